"""The commands as a user runs them: output, exit status, one clear sentence for what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfeval.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = "examples/bortala-2024"
DRY_PORT = f"{EXAMPLES}/04-dry-port.toml"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def run(*arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "perfeval", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=False, cwd=ROOT)


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_eight_tables_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "score", EXAMPLES, "--output-format", "json")
    data = json.loads(out)
    assert (status, err, data["schema"], data["problems"]) == (0, "", "perfeval.scorecard.v1", [])
    assert data["rulebook"]["id"] == "common-practice"
    tables = data["evaluations"]
    assert [table["execution"]["score"] for table in tables] == (
        ["10.00", "10.00", "8.80", "10.00", "1.79", "10.00", "9.76", "4.44"]
    )
    assert [table["total"] for table in tables] == (
        ["100.00", "100.00", "98.80", "100.00", "91.75", "100.00", "99.76", "94.44"]
    )
    rows = [row for table in tables for row in table["indicators"]]
    assert len(rows) == 55
    others = [(row["level3"], row["score"], row["reported_score"], row["verdict"], row["notes"]) for row in rows
              if row["verdict"] != "equal"]  # fmt: skip
    assert others == [
        ("工作小组调研考察运转保障经费", "10.00", "0", "below", ["zero-under-ceiling"]),
        ("差旅费", "9.96", "10", "coarse", []),
    ]


def test_a_row_as_the_schema_fills_it_in(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = outcome(capsys, "score", DRY_PORT, "--output-format", "json")
    table = json.loads(out)["evaluations"][0]
    row = next(row for row in table["indicators"] if row["level3"] == "差旅费")
    line = row["place"]["line"]
    assert (ROOT / DRY_PORT).read_text(encoding="utf-8").splitlines()[line - 1] == "[[indicators]]"
    assert row == {
        "id": None, "level1": "成本指标", "level2": "经济成本指标", "level3": "差旅费", "target": "<=8.90 万元",
        "actual": "=8.94 万元", "weight": "10", "rule": "proportional", "printed_rule": "按照正常比例赋分",
        "family": "ratio", "completion": "0.9955", "score": "9.96", "reported_score": "10", "verdict": "coarse",
        "status": "scored", "reason": None, "notes": [], "place": {"file": DRY_PORT, "line": line},
    }  # fmt: skip
    assert table["execution"] == {
        "weight": "10", "budget": "50.00", "executed": "8.94", "rate": "17.88%", "score": "1.79",
        "reported_rate": "17.88%", "reported_score": "1.79", "verdict": "equal", "status": "scored", "reason": None,
        "notes": [],
    }  # fmt: skip
    assert table["subtotals"]["产出指标"] == {"weight": "40", "score": "40.00"}
    rest = ("total", "reported_total", "grade", "scored_subtotal", "scored_weight", "unscorable", "notes")
    assert [table[key] for key in rest] == ["91.75", "81.79", "优", "91.75", "100", {}, []]


def test_other_family_names_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    text = (ROOT / DRY_PORT).read_text(encoding="utf-8")
    text = text.replace("=8.94 万元", "=13.35 万元").replace(
        'weight = "10"\nscore = "10"', 'weight = "10"\nscore = "5"'
    )
    path.write_text(text, encoding="utf-8")
    _, out, _ = outcome(capsys, "score", str(path), "--output-format", "json")
    row = json.loads(out)["evaluations"][0]["indicators"][4]
    assert (row["score"], row["verdict"], row["verdict_by"]) == ("6.67", "other-family", "linear")


def test_text_says_what_was_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "score", EXAMPLES)
    assert (status, err) == (0, "")
    assert "8 张表，55 个指标：复算 55 个，未能复算 0 个；评分办法 common-practice" in out
    lines = [line for line in out.splitlines() if "差旅费" in line]
    assert [line.split() for line in lines] == [
        [
            "差旅费",
            "<=8.90",
            "万元",
            "=8.94",
            "万元",
            "10",
            "10",
            "9.96",
            "-0.04",
            "自评得分位数较少，舍入后一致",
        ]
    ]
    english = outcome(capsys, "score", EXAMPLES, "--lang", "en")[1]
    assert "8 table(s), 55 indicator(s): 55 recomputed, 0 not; rule book common-practice" in english


def test_partial_and_unscorable_tables_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "score", "tests/data/cases.json", "--lang", "en")
    assert status == 0
    assert "26 table(s), 209 indicator(s): 117 recomputed, 92 not (blank-weight 57, " in out
    assert "no total: 80.00 points recomputed out of 80 (the table is partial)" in out


def test_explain_one_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "explain", EXAMPLES, "--indicator", "差旅费")
    assert (status, err) == (0, "")
    first, *lines = out.splitlines()
    assert first.startswith(f"{DRY_PORT}:")
    assert first.endswith("成本指标 / 经济成本指标 / 差旅费：指标值 <=8.90 万元，实际完成值 =8.94 万元")
    assert lines[0] == "  9.96 = 10 × 8.90 ÷ 8.94，四舍五入到 0.01：8.94 超过目标 8.90，按比例扣减"
    assert any("settings.reverse = ratio" in line and "已核对" in line for line in lines)


def test_explain_everything_and_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "explain", DRY_PORT, "--lang", "en")
    assert status == 0
    assert "execution rate: 8.94 executed ÷ 50.00 budget = 17.88%" in out
    assert "reported total 81.79, difference +9.96" in out
    assert outcome(capsys, "explain", DRY_PORT, "--indicator", "没有的") == (
        2,
        "",
        "没有名称含“没有的”的指标\n",
    )


@pytest.mark.parametrize("suffix", ["json", "toml"])
def test_convert_and_back(capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"all.{suffix}"
    assert outcome(capsys, "convert", EXAMPLES, "-o", str(output)) == (0, "", "")
    before = outcome(capsys, "score", EXAMPLES, "--output-format", "json")[1]
    after = outcome(capsys, "score", str(output), "--output-format", "json")[1]
    totals = [[table["total"] for table in json.loads(text)["evaluations"]] for text in (before, after)]
    assert totals[0] == totals[1]
    assert not [path for path in tmp_path.iterdir() if path != output]


def test_rulebooks(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "rulebook", "list")
    assert (status, [line.split()[0] for line in out.splitlines()]) == (
        0,
        ["common-practice", "platform", "hubei"],
    )
    status, out, _ = outcome(capsys, "rulebook", "show", "hubei")
    assert status == 0
    assert "  execution.weight = 20\n      [已核对] 项目自评表填报说明" in out
    status, out, _ = outcome(
        capsys, "rulebook", "show", "examples/rulebooks/bands-2021-draft.toml", "--lang", "en"
    )
    assert "settings.satisfaction = bands 90%→1 80%→0.8 60%→0.5 0%→0\n      [background]" in out


def test_try(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "try", "<=8.90万元", "8.94万元", "--weight", "10")
    assert (status, out.splitlines()[0]) == (0, "9.96")
    status, out, _ = outcome(capsys, "try", "--lang", "en", "≥3次", "完成")
    assert (status, out.splitlines()[0]) == (0, "-")
    assert "no score: the actual cannot be read as a number" in out


# Misuse: exit status 2, nothing on stdout, one sentence (or one a problem), no traceback.
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["score", "no-such.toml"], "no-such.toml: 找不到这个文件或目录"),
        (["score", "no-such.toml", "--lang", "en"], "no-such.toml: is no file or directory"),
        (["score", DRY_PORT, "--rulebook", "beijing"],
         "没有名为“beijing”的内置评分办法（有 common-practice、platform、hubei），也没有这个文件"),
        (["score", "LICENSE"], "LICENSE: 没有找到绩效自评表"),
        (["score", "docs/rules"], "docs/rules/banded.md: 没有找到绩效自评表"),
        (["convert", DRY_PORT, "-o", "x.pdf"], "输出文件 x.pdf 应以 .toml 或 .json 结尾"),
        (["convert", DRY_PORT, "-o", "no/such/dir/x.json"], "不能写入 no/such/dir/x.json"),
        (["try", "≥3次", "3次", "--rule", "banded"], "评分办法 common-practice 没有用到“banded”规则"),
        (["try", "≥3次", "3次", "--rule", "proportinal"], "“proportinal”既不是规则的种类"),
        (["try", "≥3次", "3次", "--weight", "abc"], "分值“abc”读不出"),
        (["try", "≥3次", "3次", "--year", "abcd"], "年度“abcd”读不出，请写如 2024"),
        (["try", "≥3次", "3次", "--reported", "xx"], "自评得分“xx”读不出"),
        (["score"], "命令用法有误：缺少参数 PATH"),
        (["nonsense"], "命令用法有误：COMMAND 没有 'nonsense' 这个选择"),
        (["score", DRY_PORT, "--nonsense"], "命令用法有误：不认识的参数 --nonsense"),
        (["score", DRY_PORT, "--lang"], "命令用法有误：--lang 需要一个值"),
        (["score", "examples/rulebooks/bortala-2024.toml"],
         "examples/rulebooks/bortala-2024.toml:2:10 schema: 是 perfeval.rulebook.v1，不是绩效自评表"),
        (["rulebook", "show", DRY_PORT], f'{DRY_PORT}:2:10 schema: schema 应为 "perfeval.rulebook.v1"'),
    ],
)  # fmt: skip
def test_misuse(capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str) -> None:
    status, out, err = outcome(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(sentence)
    assert "Traceback" not in err


def test_the_readable_ones_are_still_scored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(
        'schema = "perfeval.evaluation.v1"\nkind = "x"\n[[indicators]]\nweight = 3\n'
    )
    status, out, err = outcome(capsys, "score", str(tmp_path), DRY_PORT, "--output-format", "json")
    data = json.loads(out)
    assert (status, len(data["evaluations"])) == (2, 1)
    assert [(p["line"], p["path"], p["code"]) for p in data["problems"]] == [
        (2, "kind", "IN-CHOICE"),
        (4, "indicators[0].weight", "IN-TYPE"),
    ]
    assert len(err.splitlines()) == 2


def test_a_rule_book_in_a_directory_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(
        capsys, "score", "examples/bortala-2024", "examples/rulebooks", "--output-format", "json"
    )
    assert (status, len(json.loads(out)["evaluations"])) == (0, 8)
    assert {line.partition(" schema: ")[2] for line in err.splitlines()} == {
        "是 perfeval.cases.v1，不是绩效自评表",
        "是 perfeval.rulebook.v1，不是绩效自评表",
    }


def test_fillers_are_reported_on_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        'schema = "perfeval.evaluation.v1"\n[[indicators]]\nlevel3 = "指标2："\n', encoding="utf-8"
    )
    status, _, err = outcome(capsys, "score", str(path))
    assert (status, err) == (
        0,
        f"{path}:2:1: PE001 空白行“指标2：”没有指标值、实际完成值、分值和得分，不计入\n",
    )


# A Windows console in Chinese is GBK: text must come through it, rare characters as their code, JSON as ASCII.
def test_gbk_console(tmp_path: Path) -> None:
    text = run("score", DRY_PORT, encoding="gbk")
    assert (text.returncode, text.stderr) == (0, b"")
    assert "差旅费" in text.stdout.decode("gbk")
    as_json = run("score", DRY_PORT, "--output-format", "json", encoding="gbk")
    assert json.loads(as_json.stdout.decode("ascii"))["evaluations"][0]["total"] == "91.75"
    odd = tmp_path / "odd.toml"
    odd.write_text('schema = "perfeval.evaluation.v1"\nname = "\U0001f600𠮷m²"\n', encoding="utf-8")
    shown = run("score", str(odd), encoding="gbk")
    assert shown.returncode == 0
    assert r"\U0001f600" in shown.stdout.decode("gbk")


def test_version_and_help() -> None:
    assert run("--version").stdout.decode().strip() == "perfeval 0.1.0"
    helped = run("score", "--help")
    assert (helped.returncode, b"--output-format" in helped.stdout) == (0, True)


def test_a_minus_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "try", "≥-3%", "-5%", "--level3", "增长率")[1].splitlines()[0] == "-"
    assert outcome(capsys, "try", "≥5%", "-5%")[1].splitlines()[0] == "0.00"


def test_a_converted_file_is_as_open_as_any_other(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    output, link = tmp_path / "a.json", tmp_path / "link.json"
    mask = os.umask(0o022)
    try:
        assert outcome(capsys, "convert", DRY_PORT, "-o", str(output))[0] == 0
        assert output.stat().st_mode & 0o777 == 0o644
        output.chmod(0o664)
        link.symlink_to(output)
        assert outcome(capsys, "convert", EXAMPLES, "-o", str(link))[0] == 0
    finally:
        os.umask(mask)
    assert link.is_symlink()
    assert output.stat().st_mode & 0o777 == 0o664
    assert len(json.loads(output.read_text(encoding="utf-8"))["evaluations"]) == 8


def test_the_execution_rate_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "explain", DRY_PORT, "--indicator", "执行率")
    assert status == 0
    assert "预算执行率：执行数 8.94 ÷ 预算数 50.00 = 17.88%" in out


def test_what_a_match_gives_on_the_spot_is_explained(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "own.toml"
    book.write_text(
        'schema = "perfeval.rulebook.v1"\nid = "own"\n[settings]\npass_line = "60%"\n'
        '[[match]]\nlevel3 = ["费"]\nrule = { kind = "proportional", reverse = "cliff" }\n'
        '[[match]]\nrule = { kind = "proportional" }\n'
        '[[basis]]\ncovers = ["settings.reverse", "settings.pass_line"]\nsource = "某文件"\nstatus = "verified"\n',
        encoding="utf-8",
    )
    out = outcome(capsys, "try", "≤10万元", "12万元", "--level3", "差旅费", "--rulebook", str(book))[1]
    assert "设置：match[0].rule.reverse = cliff；评分办法没有写依据" in out
    assert "某文件" not in out
    assert "及格线" not in out
    out = outcome(capsys, "try", "≥90%", "50%", "--rulebook", str(book))[1]
    assert "设置：settings.pass_line = 0.6；依据：某文件（已核对）" in out


def test_a_full_disk_is_one_sentence() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = f"{sys.executable} -m perfeval score {DRY_PORT} >/dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)  # noqa: S607
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"set -o pipefail; {sys.executable} -m perfeval explain {EXAMPLES} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, b"")


def test_terminal_controls_do_not_get_through(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('schema = "perfeval.evaluation.v1"\n[[indicators]]\nlevel3 = "a\\u001b[31mb"\ntarget = "≥1次"\n', encoding="utf-8")  # fmt: skip
    out = outcome(capsys, "score", str(path))[1]
    assert "\x1b" not in out
    assert "a [31mb" in out
