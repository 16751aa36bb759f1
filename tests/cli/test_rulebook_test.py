"""``perfeval rulebook test``: one line for each failure, a count, and the exit status."""

from pathlib import Path

import pytest

from perfeval.cli import main

ROOT = Path(__file__).parents[2]
CASES = """schema = "perfeval.cases.v1"
rulebook = "platform"
[[case]]
name = "成本"
target = "≤100万元"
actual = "150万元"
weight = "10"
score = "5"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("sub").mkdir()
    tmp_path.joinpath("sub/a.cases.toml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_all_pass(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.joinpath("other.toml").write_text("no cases", encoding="utf-8")
    assert main(["rulebook", "test", "."]) == 0
    assert capsys.readouterr() == ("1 条用例：通过 1，未通过 0\n", "")


def test_failures_are_one_line_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.joinpath("b").write_text(CASES.replace('"5"', '"6"'), encoding="utf-8")
    assert main(["rulebook", "test", "sub", "b", "--lang", "en"]) == 1
    line = 'b:8:9: 成本: expected score = "6", found score = "5.00" (rule book platform)'
    assert capsys.readouterr() == (f"{line}\ncases: 2, passed 1, failed 1\n", "")


def test_what_cannot_be_read_keeps_nothing_else_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("broken").write_text(CASES.replace("weight", "wieght"), encoding="utf-8")
    folder.joinpath("empty").mkdir()
    assert main(["rulebook", "test", "broken", "empty", "no", "sub", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == "cases: 1, passed 1, failed 0\n"
    assert err.splitlines() == [
        "broken:7:10 case[0].wieght: is not a known key; perhaps weight",
        "empty: has no file of cases in it (*.cases.toml)",
        "no: the file cannot be opened: No such file or directory",
    ]


def test_the_cases_of_every_book_that_ships(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["rulebook", "test", "tests/rulebook/cases", "examples/rulebooks"]) == 0
    assert capsys.readouterr().out.endswith("未通过 0\n")
