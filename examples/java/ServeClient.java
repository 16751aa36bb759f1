// Has perfeval score records of a Java program, without libraries: starts `perfeval serve --stdio`, writes a line of
// JSON for each record and reads a line of JSON for each answer (docs/serve.md).
//
//     javac ServeClient.java && java ServeClient perfeval serve --stdio
//
// Exit status: 0 all answers came, 1 they did not.

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public final class ServeClient implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    ServeClient(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT); // an unread stderr would fill up and stop the server
        process = builder.start();
        requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Gives the answers to these lines, in their order. One thread writes while this one reads: both pipes are small. */
    List<Map<String, Object>> ask(List<String> lines) throws IOException, InterruptedException {
        Thread writer = new Thread(() -> {
            try {
                for (String line : lines) {
                    requests.write(line);
                    requests.write('\n');
                }
                requests.flush();
            } catch (IOException gone) {
                System.err.println("perfeval has ended: " + gone.getMessage());
            }
        });
        writer.start();
        List<Map<String, Object>> found = new ArrayList<>();
        while (found.size() < lines.size()) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("perfeval ended after " + found.size() + " of " + lines.size() + " answers");
            }
            found.add(object(new Json(line).value()));
        }
        writer.join();
        return found;
    }

    /** Ends the input, and with it the server. */
    @Override
    public void close() throws IOException {
        requests.close();
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> command = arguments.length > 0 ? List.of(arguments) : List.of("perfeval", "serve", "--stdio");
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("level3", "差旅费");
        row.put("target", "<=8.90万元");
        row.put("actual", "8.94万元");
        row.put("weight", "10");
        row.put("score", "10");
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("schema", "perfeval.evaluation.v1");
        table.put("name", "某项目");
        table.put("indicators", List.of(row));

        Map<String, Object> indicator = new LinkedHashMap<>();
        indicator.put("id", "row-1");
        indicator.put("do", "indicator");
        indicator.put("target", ">=3次");
        indicator.put("actual", "2次");
        indicator.put("weight", 10);
        List<String> lines = List.of(
            text(indicator),
            "{\"id\": \"broken\"", // one bad record never ends it
            text(Map.of("id", "table-1", "do", "score", "evaluation", table)),
            text(Map.of("id", "table-2", "do", "audit", "evaluation", table, "lang", "zh")));

        try (ServeClient client = new ServeClient(command)) {
            List<Map<String, Object>> answers = client.ask(lines);
            out.println(answers.get(0).get("id") + ": " + at(answers.get(0), "result", "trials", 0, "score"));
            out.println(answers.get(1).get("id") + ": " + at(answers.get(1), "error", "code"));
            out.println(answers.get(2).get("id") + ": "
                + at(answers.get(2), "result", "evaluations", 0, "indicators", 0, "score"));
            for (Object finding : (List<?>) at(answers.get(3), "result", "findings")) {
                out.println(answers.get(3).get("id") + ": " + at(finding, "code") + " " + at(finding, "message"));
            }
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }

    /** Gives what stands at a path of keys and indexes, or null. */
    static Object at(Object value, Object... path) {
        for (Object step : path) {
            if (step instanceof Integer) {
                value = ((List<?>) value).get((Integer) step);
            } else {
                value = ((Map<?, ?>) value).get(step);
            }
        }
        return value;
    }

    @SuppressWarnings("unchecked") // the parser below makes no other maps
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** Writes maps, lists, texts, integers, truth values and null as JSON. Amounts go as texts, with their digits. */
    static String text(Object value) {
        if (value instanceof Map) {
            List<String> pairs = new ArrayList<>();
            ((Map<?, ?>) value).forEach((key, item) -> pairs.add(text(key.toString()) + ":" + text(item)));
            return "{" + String.join(",", pairs) + "}";
        }
        if (value instanceof List) {
            List<String> items = new ArrayList<>();
            ((List<?>) value).forEach(item -> items.add(text(item)));
            return "[" + String.join(",", items) + "]";
        }
        if (!(value instanceof String)) {
            return String.valueOf(value);
        }
        StringBuilder written = new StringBuilder("\"");
        for (char character : ((String) value).toCharArray()) {
            if (character == '"' || character == '\\') {
                written.append('\\').append(character);
            } else if (character < ' ') {
                written.append(String.format("\\u%04x", (int) character));
            } else {
                written.append(character);
            }
        }
        return written.append('"').toString();
    }

    /** Reads one line of JSON that perfeval wrote; numbers become BigDecimal. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            char first = text.charAt(at);
            if (first == '{') {
                Map<String, Object> found = new LinkedHashMap<>();
                for (at++; text.charAt(at) != '}'; skip(',')) {
                    String key = string();
                    skip(':');
                    found.put(key, value());
                }
                at++;
                return found;
            }
            if (first == '[') {
                List<Object> found = new ArrayList<>();
                for (at++; text.charAt(at) != ']'; skip(',')) {
                    found.add(value());
                }
                at++;
                return found;
            }
            if (first == '"') {
                return string();
            }
            int start = at;
            while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(start, at);
            switch (word) {
                case "null": return null;
                case "true": return Boolean.TRUE;
                case "false": return Boolean.FALSE;
                default: return new BigDecimal(word);
            }
        }

        private void skip(char character) {
            if (text.charAt(at) == character) {
                at++;
            }
        }

        private String string() {
            StringBuilder found = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char character = text.charAt(at);
                if (character == '\\') {
                    character = text.charAt(++at);
                    if (character == 'u') {
                        character = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else if ("nrtbf".indexOf(character) >= 0) {
                        character = "\n\r\t\b\f".charAt("nrtbf".indexOf(character));
                    }
                }
                found.append(character);
            }
            at++; // the closing quote
            return found.toString();
        }
    }
}
