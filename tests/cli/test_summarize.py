"""``perfeval summarize -o``: the ending decides, and what stands in the way is said before anything is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from perfeval.cli import main

TABLES = "examples/bortala-2024"


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(["summarize", *arguments])
    except SystemExit as stopped:
        status = int(str(stopped.code))
    out, err = capsys.readouterr()
    return status, out, err


def _html(path: Path) -> int:
    return path.read_text(encoding="utf-8").count(' id="table-')


def _xlsx(path: Path) -> int:
    return int(openpyxl.load_workbook(path)["各表"].max_row) - 1


def _parquet(path: Path) -> int:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: no Parquet")
    return int(parquet.read_table(path).num_rows)


def _csv(path: Path) -> int:
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnumber,")
    assert b"\r\r" not in path.read_bytes()
    return len(path.read_text(encoding="utf-8-sig").splitlines()) - 1


def _json(path: Path) -> int:
    return len(json.loads(path.read_text(encoding="utf-8"))["tables"])


@pytest.mark.parametrize(
    ("name", "count"),
    [("a.html", _html), ("a.XLSX", _xlsx), ("a.parquet", _parquet), ("a.csv", _csv), ("a.json", _json)],
)
def test_the_ending_decides(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, count: Callable[[Path], int]
) -> None:
    path = tmp_path / name
    path.write_bytes(b"an older file")
    assert outcome(capsys, TABLES, "-o", str(path), "--sample", "2") == (0, f"已写入 {path}：8 张表\n", "")
    assert count(path) == 8
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_the_file_holds_what_stdout_shows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for ending in ("json", "csv"):
        path = tmp_path / f"a.{ending}"
        assert outcome(capsys, TABLES, "-o", str(path))[0] == 0
        shown = outcome(capsys, TABLES, "--output-format", ending)[1]
        assert path.read_bytes().decode("utf-8") == shown


def test_what_could_not_be_read_is_in_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    status, _, err = outcome(capsys, TABLES, "LICENSE", "-o", str(path))
    assert status == 2
    assert "LICENSE" in err
    assert "LICENSE" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.pdf"], "-o ends in one of .html .xlsx .parquet .csv .json, not in .pdf"),
        (["-o", "nowhere/a.html"], "cannot write nowhere/a.html"),
        (["-o", "a.html", "--output-format", "csv"], "not allowed with argument"),
    ],
)
def test_misuse_is_said_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["perfeval", "--lang", "en"])
    status, out, err = outcome(capsys, "not-there", "--lang", "en", *arguments)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert said in err
    assert "not-there" not in err


@pytest.mark.parametrize(
    ("name", "module", "said"),
    [
        ("a.html", "jinja2", "perfeval[reports]"),
        ("a.xlsx", "xlsxwriter", "perfeval[reports]"),
        ("a.parquet", "pyarrow", "perfeval[frames]"),
    ],
)
def test_a_missing_library_is_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: str,
    said: str,
) -> None:
    for known in [one for one in sys.modules if one.startswith("perfeval.report.")]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.setitem(sys.modules, module, None)
    status, out, err = outcome(capsys, "not-there", "-o", str(tmp_path / name))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert module in err
    assert said in err
