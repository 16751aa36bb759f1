// Proves a scoring engine against the test vectors of a rule book, without Python and without libraries:
//
//     perfeval rulebook vectors common-practice -o vectors.jsonl
//     javac VectorRunner.java && java VectorRunner vectors.jsonl
//
// The engine here is a small one: 按比例赋分 and 直接赋分 of numbers under common-practice. Put yours into answer().
// Exit status: 0 no vector failed, 1 some did, 2 the file cannot be read.

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public final class VectorRunner {
    private static final BigDecimal ZERO = BigDecimal.ZERO;
    private static final int DIGITS = 2; // rounding.step = 0.01

    /** Gives a score ("9.96"), the reason why there is none ("negative-target"), or null: not implemented. */
    static String answer(Map<String, String> line) {
        BigDecimal weight = number(line.get("weight"));
        BigDecimal target = number(line.get("target_number"));
        BigDecimal actual = number(line.get("actual_number"));
        String rule = line.get("rule_kind");
        if (!"indicator".equals(line.get("kind")) || weight == null || target == null || actual == null) {
            return null;
        }
        boolean isDirect = "direct".equals(rule);
        if (!isDirect && !"proportional".equals(rule)) {
            return null;
        }
        boolean isCeiling;
        switch (String.valueOf(line.get("comparison"))) {
            case "at-least": isCeiling = false; break;
            case "equal": isCeiling = target.signum() == 0; break; // more than the target meets it, unless that is 0
            case "at-most": isCeiling = true; break;
            default: return null;
        }
        boolean isMet = isCeiling ? actual.compareTo(target) <= 0 : actual.compareTo(target) >= 0;
        if (isMet) {
            return rounded(weight, BigDecimal.ONE, weight);
        }
        if (isDirect || target.signum() == 0) {
            return rounded(ZERO, BigDecimal.ONE, weight);
        }
        if (target.signum() < 0) {
            return "negative-target";
        }
        return isCeiling
            ? rounded(weight.multiply(target), actual, weight)
            : rounded(weight.multiply(actual.max(ZERO)), target, weight);
    }

    /** Rounds once, half up, from the exact quotient; then no score exceeds its weight. */
    private static String rounded(BigDecimal dividend, BigDecimal divisor, BigDecimal weight) {
        return dividend.divide(divisor, DIGITS, RoundingMode.HALF_UP).min(weight).toPlainString();
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || !Files.isReadable(Path.of(arguments[0]))) {
            System.err.println("usage: java VectorRunner vectors.jsonl");
            System.exit(2);
        }
        List<String> lines = Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8);
        Map<String, String> header =
            lines.isEmpty() || !lines.get(0).startsWith("{") ? Map.of() : object(lines.get(0));
        if (!"perfeval.vectors.v1".equals(header.get("schema"))) {
            System.err.println(arguments[0] + ": is not perfeval.vectors.v1");
            System.exit(2);
        }
        int passed = 0;
        int failed = 0;
        int missing = 0;
        for (int index = 1; index < lines.size(); index++) {
            Map<String, String> line = object(lines.get(index));
            String found = answer(line);
            String wanted = line.get("score") != null ? line.get("score") : line.get("reason");
            if (found == null) {
                missing++;
            } else if (isSame(found, wanted)) {
                passed++;
            } else {
                failed++;
                System.out.println(arguments[0] + ":" + (index + 1) + ": " + found + ", not " + wanted + ": "
                    + lines.get(index));
            }
        }
        System.out.println(header.get("rulebook") + ": passed " + passed + ", failed " + failed
            + ", not implemented " + missing);
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean isSame(String found, String wanted) {
        BigDecimal first = number(found);
        BigDecimal second = number(wanted);
        return first != null && second != null ? first.compareTo(second) == 0 : found.equals(wanted);
    }

    private static BigDecimal number(String text) {
        return text == null || !text.matches("-?[0-9]+([.][0-9]+)?") ? null : new BigDecimal(text);
    }

    /** Reads a flat JSON object of strings and nulls: every line of the vectors is one. */
    static Map<String, String> object(String text) {
        Map<String, String> found = new HashMap<>();
        int[] at = {1}; // behind the brace
        while (text.charAt(at[0]) != '}') {
            String name = string(text, at);
            at[0]++; // the colon
            if (text.charAt(at[0]) == '"') {
                found.put(name, string(text, at));
            } else {
                at[0] += "null".length();
            }
            if (text.charAt(at[0]) == ',') {
                at[0]++;
            }
        }
        return found;
    }

    private static String string(String text, int[] at) {
        StringBuilder found = new StringBuilder();
        for (at[0]++; text.charAt(at[0]) != '"'; at[0]++) {
            char character = text.charAt(at[0]);
            if (character == '\\') {
                character = text.charAt(++at[0]);
                if (character == 'u') {
                    character = (char) Integer.parseInt(text.substring(at[0] + 1, at[0] + 5), 16);
                    at[0] += 4;
                } else if ("nrtbf".indexOf(character) >= 0) {
                    character = "\n\r\t\b\f".charAt("nrtbf".indexOf(character));
                }
            }
            found.append(character);
        }
        at[0]++; // the closing quote
        return found.toString();
    }
}
