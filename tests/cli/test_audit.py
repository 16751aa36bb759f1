"""perfeval audit and perfeval checks: formats, exit statuses, selection, baseline."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval.auditing import CHECKS
from perfeval.cli import main

TABLES = "examples/bortala-2024"
DRY_PORT = f"{TABLES}/04-dry-port.toml"


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    return status, *capsys.readouterr()


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(outcome(capsys, "audit", *arguments, "--output-format", "json")[1])
    return made


def test_the_eight_tables(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "audit", TABLES)
    assert (status, err) == (1, "")
    for code in (
        "PE103",
        "PE301",
        "PE312",
        "PE317",
        "PE504",
        "PE509",
        "PE601",
        "PE602",
        "PE603",
        "PE606",
        "PE607",
    ):
        assert code in out
    assert "8 张表，55 个指标" in out
    assert "错误 0" in out


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "txt"])
def test_the_same_findings_in_every_format(suffix: str) -> None:
    def found(source: list[perfeval.Evaluation]) -> set[tuple[str, str | None, str]]:
        return {
            (one.code, one.indicator, str(one.severity))
            for one in perfeval.audit(source).findings
            if one.severity != "note"
        }

    tables = [perfeval.read(path).evaluations[0] for path in sorted(Path(TABLES).glob("*.toml"))]
    assert found(list(perfeval.read(f"examples/documents/bortala-2024.{suffix}").evaluations)) == found(
        tables
    )


def test_json_lines_csv_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    whole = data(capsys, DRY_PORT)
    assert whole["schema"] == "perfeval.audit.v1"
    _, lines, _ = outcome(capsys, "audit", DRY_PORT, "--output-format", "json-lines")
    assert [json.loads(line) for line in lines.splitlines()] == whole["findings"]
    _, text, _ = outcome(capsys, "audit", DRY_PORT, "--output-format", "csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) - 1 >= len(whole["findings"])
    assert {len(row) for row in rows} == {16}
    _, markdown, _ = outcome(capsys, "audit", DRY_PORT, "--output-format", "markdown", "--lang", "en")
    assert markdown.startswith("## ")


def test_select_ignore_fail_on_and_baseline(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert {one["code"] for one in data(capsys, DRY_PORT, "--select", "PE5")["findings"]} == {
        "PE501",
        "PE504",
    }
    assert "PE504" not in {
        one["code"] for one in data(capsys, DRY_PORT, "--ignore", "figure-in-reason")["findings"]
    }
    assert outcome(capsys, "audit", DRY_PORT, "--fail-on", "error")[0] == 0
    old = tmp_path / "old.json"
    old.write_text(outcome(capsys, "audit", DRY_PORT, "--output-format", "json")[1], encoding="utf-8")
    assert data(capsys, DRY_PORT, "--baseline", str(old))["findings"] == []
    assert outcome(capsys, "audit", DRY_PORT, "--baseline", str(old))[0] == 0


@pytest.mark.parametrize(
    "arguments", [("--select", "PE999"), ("--baseline", "README.md"), ("--rulebook", "nobody")]
)
def test_misuse(capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]) -> None:
    status, out, err = outcome(capsys, "audit", DRY_PORT, *arguments)
    assert (status, out, len(err.splitlines())) == (2, "", 1)


def test_unreadable_is_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    status, out, err = outcome(capsys, "audit", str(bad), DRY_PORT)
    assert (status, len(err.splitlines())) == (2, 1)
    assert "PE103" in out


def test_checks(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "checks")
    assert (status, len(out.splitlines())) == (0, len(CHECKS))
    status, out, _ = outcome(capsys, "checks", "pe103", "--lang", "en")
    assert status == 0
    assert "False alarms" in out
    assert outcome(capsys, "checks", "PE000")[0] == 2


CONFIG = """schema = "perfeval.audit-settings.v1"
[settings]
points = "0.05"
[[ignore]]
check = "figure-in-reason"
table = "博州阿拉山口—哈萨克斯坦多斯特克“无水港”筹建工作经费项目资金"
reason = "单位说明：四舍五入"
[[ignore]]
check = "PE301"
reason = "年中追加"
"""


def test_marks_and_what_was_looked_into(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = str(Path(DRY_PORT).absolute())
    (tmp_path / "perfeval.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = data(capsys, table)
    assert found["coverage"]["ignored"] == 1
    by_code = {one["code"]: one for one in found["findings"]}
    assert "PE504" not in by_code
    assert not by_code["PE103"]["material"]  # 0.04 points
    unused = by_code["PE901"]
    assert unused["places"] == [{"file": "perfeval.toml", "line": 8, "column": 1}]
    assert "年中追加" in unused["message"]
    # What was not looked for is not called unused.
    assert "PE901" not in {
        one["code"] for one in data(capsys, table, "--select", "PE5", "--select", "PE9")["findings"]
    }
    other = tmp_path / "other.toml"
    other.write_text(CONFIG.split("[[ignore]]", maxsplit=1)[0], encoding="utf-8")
    assert "PE504" in {one["code"] for one in data(capsys, table, "--config", str(other))["findings"]}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('schema = "perfeval.audit-settings.v1"\n[[ignore]]\ncheck = "PE301"\n', 2),
        ('schema = "perfeval.audit-settings.v1"\n[[ignore]]\ncheck = "PE301"\nreason = " "\n', 4),
        ('schema = "perfeval.audit-settings.v1"\n[settings]\npoints = 0.05\n', 3),
        ('schema = "x"\n', 1),
        ("a = [", 1),
    ],
)
def test_a_broken_configuration_is_two(
    text: str, line: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    config = tmp_path / "perfeval.toml"
    config.write_text(text, encoding="utf-8")
    status, out, err = outcome(capsys, "audit", DRY_PORT, "--config", str(config))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert f"perfeval.toml:{line}:" in err
