"""The service through real pipes: one answer for each line, whatever the line holds, and the next one too."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.cli import main, serve
from perfeval.report.service import Service
from perfeval.rulebook import load_rulebook

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "perfeval", "serve", "--stdio"]
# A console of another encoding must not change a byte.
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONWARNINGS": "error"}
SCHEMA = "perfeval.evaluation.v1"
TRAVEL = {"level3": "差旅费", "target": "<=8.90万元", "actual": "8.94万元", "weight": "10", "score": "10"}
TABLE = {"schema": SCHEMA, "name": "某项目", "indicators": [TRAVEL]}
GOOD = {"id": "好", "do": "indicator", "target": "<=8.90万元", "actual": "8.94万元"}
DEEP = '{"do":"ping","id":' + "[" * 100_000 + "]" * 100_000 + "}"


def answers(*lines: str | bytes | dict[str, Any], options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    written = [
        line if isinstance(line, bytes) else (json.dumps(line) if isinstance(line, dict) else line).encode()
        for line in lines
    ]
    done = subprocess.run(
        [*COMMAND, *options],
        input=b"\n".join(written) + b"\n",
        capture_output=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\r" not in done.stdout
    found = done.stdout.decode("utf-8").split("\n")
    assert found.pop() == ""
    return [json.loads(line) for line in found]


def test_every_kind_of_request() -> None:
    found = answers(
        {"id": 1, "do": "ping"},
        {"id": 2, **GOOD, "lang": "en"},
        {"do": "score", "evaluation": TABLE},
        {"id": None, "do": "audit", "evaluation": TABLE, "select": ["PE103"], "lang": "en"},
        {"id": "x", "do": "explain", "evaluation": TABLE},
        {"id": 6, "do": "explain", "target": ">=3次", "actual": "2次", "weight": 10, "lang": "en"},
        {"id": 7, "do": "score", "evaluation": {"schema": SCHEMA, "evaluations": []}, "rulebook": "hubei"},
    )
    assert [one["id"] for one in found] == [1, "好", None, None, "x", 6, 7]
    assert all(one["ok"] and set(one) == {"id", "ok", "result"} for one in found)
    results = [one["result"] for one in found]
    assert [one["schema"].removeprefix("perfeval.") for one in results] == [
        "service.v1", "trials.v1", "scorecard.v1", "audit.v1", "explanation.v1", "explanation.v1", "scorecard.v1",
    ]  # fmt: skip
    assert results[0]["do"] == ["score", "audit", "indicator", "explain", "ping"]
    assert results[1]["trials"][0]["score"] == "9.96"
    assert results[2]["evaluations"][0]["indicators"][0]["score"] == "9.96"
    assert [one["code"] for one in results[3]["findings"]] == ["PE103"]
    assert "差旅费" in results[4]["explanations"][0]
    assert "6.67 = 10 × 2 ÷ 3" in results[5]["explanations"][0]
    assert results[6]["rulebook"]["id"] == "hubei"


@pytest.mark.parametrize(
    ("line", "code", "path", "identity"),
    [
        ("", "IN-EMPTY", None, None),
        ("nonsense", "IN-OBJECT", None, None),
        ('["ab"]', "IN-OBJECT", None, None),
        ('{"id": 1', "IN-SYNTAX", None, None),
        ('{"id":1,"id":2,"do":"ping"}', "IN-DUPLICATE", None, None),
        (b'{"id":"\xff"}', "IN-ENCODING", None, None),
        (r'{"id":"\ud800","do":"ping"}', "IN-SYNTAX", None, None),
        (DEEP, "IN-NESTING", None, None),
        ('{"id":' + "9" * 5000 + "}", "IN-SYNTAX", None, None),
        ('{"id":1e99999999999999999999}', "IN-SYNTAX", None, None),
        ({"id": True, "do": "ping"}, "SERVE-ID", "id", None),
        ('{"id":NaN,"do":"ping"}', "SERVE-ID", "id", None),
        ({"id": 5}, "SERVE-DO", "do", 5),
        ({"id": 5, "do": ["ping"]}, "SERVE-DO", "do", 5),
        ({"id": 5, "do": "ping", "lang": "fr"}, "SERVE-LANG", "lang", 5),
        ({"id": 5, "do": "ping", "rulebook": "/etc/passwd"}, "SERVE-BOOK", "rulebook", 5),
        ({"id": 5, "do": "ping", "more": 1}, "IN-KEY", "more", 5),
        ({"id": 5, "do": "score"}, "IN-MISSING", "evaluation", 5),
        ({"id": 5, "do": "score", "evaluation": [TABLE]}, "IN-TYPE", "evaluation", 5),
        ({"id": 5, "do": "score", "evaluation": {}}, "IN-SCHEMA", "schema", 5),
        ({"id": 5, "do": "audit", "evaluation": TABLE, "select": "PE103"}, "IN-TYPE", "select", 5),
        ({"id": 5, "do": "audit", "evaluation": TABLE, "select": ["PE9999"]}, "CALL-CHECK", None, 5),
        ({"id": 5, "do": "indicator", "target": "3", "actual": 2.5}, "IN-TYPE", "actual", 5),
        ('{"id":5,"do":"indicator","target":"3","actual":"3","weight":NaN}', "IN-TYPE", "weight", 5),
        ({"id": 5, "do": "indicator", "target": "3", "actual": "3", "rule": "propotional"}, "CALL-KIND", None, 5),
    ],
)  # fmt: skip
def test_a_bad_line_has_its_answer_and_ends_nothing(
    line: str | bytes | dict[str, Any], code: str, path: str | None, identity: object
) -> None:
    refused, good = answers(line, GOOD)
    assert (refused["id"], refused["ok"], refused["error"]["code"]) == (identity, False, code)
    problems = refused["error"]["problems"]
    assert path is None or [one["path"] for one in problems] == [path]
    assert good["result"]["trials"][0]["score"] == "9.96"


def test_every_problem_of_a_request_at_once() -> None:
    (refused,) = answers(
        {"do": "indicator", "target": 1.5, "actual": [], "wieght": "10"}, options=("--lang", "en")
    )
    assert refused["error"]["message"].splitlines() == [
        'request target: must be a string, not a decimal; put it in quotes: "1.5"',
        "request actual: must be a string, not an array",
        "request wieght: is not a known key; perhaps weight",
    ]


def test_a_line_without_end_and_lines_of_windows() -> None:
    done = subprocess.run(
        COMMAND,
        input=b'\xef\xbb\xbf{"id":1,"do":"ping"}\r\n{"id":2,"do":"ping"}',
        capture_output=True,
        check=True,
    )
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 2]


def test_no_line_no_answer() -> None:
    assert subprocess.run(COMMAND, input=b"", capture_output=True, check=True).stdout == b""


def test_a_line_that_is_too_long() -> None:
    most = serve.MOST_BYTES
    fits = b'{"id":2,"do":"ping"}'.ljust(most - 1)
    found = answers(b"x" * (2 * most + 5), fits, b" " * most, GOOD)
    assert [one.get("error", {}).get("code") for one in found] == ["SERVE-SIZE", None, "SERVE-SIZE", None]


def test_own_rule_books_are_named_at_the_start(tmp_path: Path) -> None:
    book = tmp_path / "own.toml"
    book.write_text('schema = "perfeval.rulebook.v1"\nid = "own"\n', encoding="utf-8")
    options = ("--rulebook", "hubei", "--rulebook", str(book))
    found = answers({"do": "ping"}, {"do": "ping", "rulebook": str(book)}, options=options)
    assert [one["result"]["rulebook"]["id"] for one in found] == ["hubei", "own"]


def test_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve"])
    assert main(["serve", "--stdio", "--rulebook", "beijing"]) == 2
    assert capsys.readouterr().out == ""


def test_a_reader_that_goes_away_is_no_failure() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, bufsize=0, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b'{"do":"ping"}\n' * 2)
        process.wait(timeout=60)
        assert (process.returncode, process.stderr.read()) == (0, b"")


def test_a_fault_of_perfeval_costs_one_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    service = Service({"common-practice": load_rulebook("common-practice")})
    monkeypatch.setattr("perfeval.report.service.score_indicator", fails)
    assert json.loads(service.answer(json.dumps(GOOD).encode()))["error"]["code"] == "SERVE-FAULT"
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.fixture(scope="module")
def running() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        yield process
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=60) == 0


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["ping", "zh", "10"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (
    "id do evaluation target actual weight rule rulebook lang year select level1 reported previous".split()
)
ROWS = st.fixed_dictionaries({}, optional=dict.fromkeys([*TRAVEL, "rule"], VALUES | st.text()))
TABLES = st.fixed_dictionaries(
    {"schema": st.just(SCHEMA)},
    optional={"indicators": st.lists(ROWS, max_size=2) | VALUES, "year": VALUES, "x": VALUES},
)
DOS = st.sampled_from(["score", "audit", "indicator", "explain", "ping"])
REQUESTS = st.fixed_dictionaries(
    {"do": DOS}, optional={**dict.fromkeys(FIELDS[3:], VALUES), "id": VALUES, "evaluation": TABLES | VALUES}
)
ROW_REQUESTS = st.fixed_dictionaries(
    {"do": st.just("indicator"), "target": st.text(), "actual": st.text()},
    optional={
        "weight": st.integers() | st.text(),
        "rule": st.text(),
        "year": st.integers(),
        "reported": st.text(),
    },
)
LINES = st.one_of(
    st.binary(),
    st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.one_of(VALUES, REQUESTS, ROW_REQUESTS).map(lambda value: json.dumps(value).encode()),
).map(lambda line: line.replace(b"\n", b""))


@given(line=LINES)
def test_any_line_has_one_answer_and_the_next_is_answered(
    running: subprocess.Popen[bytes], line: bytes
) -> None:
    assert running.stdin
    assert running.stdout
    running.stdin.write(line + b"\n" + json.dumps(GOOD).encode() + b"\n")
    running.stdin.flush()
    first, second = (json.loads(running.stdout.readline()) for _ in range(2))
    assert set(first) == {"id", "ok", "result" if first["ok"] else "error"}
    assert first["ok"] or first["error"]["code"] != "SERVE-FAULT"
    assert second["id"] == GOOD["id"]
    assert second["result"]["trials"][0]["score"] == "9.96"


@pytest.mark.slow
def test_the_client_in_java(tmp_path: Path) -> None:
    javac, java = shutil.which("javac"), shutil.which("java")
    if javac is None or java is None:
        pytest.skip("no javac: install default-jdk-headless to test the client in Java")
    source = ROOT / "examples/java/ServeClient.java"
    compile_it = [
        javac,
        "--release",
        "11",
        "-encoding",
        "UTF-8",
        "-Xlint:all",
        "-Werror",
        "-d",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(compile_it, check=True, timeout=300)
    done = subprocess.run(
        [java, "-cp", str(tmp_path), "ServeClient", *COMMAND], capture_output=True, check=False, timeout=300
    )
    lines = done.stdout.decode("utf-8").splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines[:3] == ["row-1: 6.67", "null: IN-SYNTAX", "table-1: 9.96"]
    assert any(line.startswith("table-2: PE103 ") for line in lines[3:])
    assert all(line.startswith("table-2: PE") for line in lines[3:])
