"""Conversion by LibreOffice: what it gives, and what is said where it is missing, fails or takes too long."""

import io
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path
from shutil import which
from time import monotonic, sleep

import docx
import openpyxl
import pytest

from perfeval.documents import office
from perfeval.documents.grid import Grid
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.office import CONVERTED, convert_with_office
from perfeval.documents.word.reader import read_docx
from perfeval.errors import UnreadableError

needs_office = pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")


def program(folder: Path, script: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def code_of(data: bytes, suffix: str, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        convert_with_office(data, suffix, Meter(f"a{suffix}", limits or Limits()))
    (problem,) = caught.value.problems
    assert problem.message.text("zh")
    assert problem.message.text("en")
    return problem.message.code


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty folder the only one where programs of an office are found, and another for scratch files."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return tmp_path / "bin"


@pytest.mark.usefixtures("path")
def test_without_an_office_suite() -> None:
    with pytest.raises(UnreadableError) as caught:
        convert_with_office(b"x", ".DOC", Meter("a.doc"))
    assert caught.value.text("en") == (
        "a.doc: is .doc, which needs LibreOffice, not found here; open it in Word or WPS and save it as .docx"
    )
    assert code_of(b"x", ".ods") == "IN-OFFICE-MISSING"


def test_a_suffix_that_is_not_converted() -> None:
    assert code_of(b"x", ".exe") == "IN-OFFICE-SUFFIX"
    assert set(CONVERTED.values()) == {".docx", ".xlsx"}


def test_too_large_a_file(path: Path) -> None:
    program(path, "exit 0")
    assert code_of(b"xx", ".doc", Limits(size=1)) == "IN-SIZE"


def test_an_office_suite_that_makes_nothing(path: Path) -> None:
    program(path, "exit 0")
    assert code_of(b"x", ".doc") == "IN-OFFICE-FAILED"
    assert list((path.parent / "scratch").iterdir()) == []


def test_an_office_suite_that_cannot_be_started(path: Path) -> None:
    (path / "soffice").write_bytes(b"\x7fnot a program")
    (path / "soffice").chmod(0o755)
    assert code_of(b"x", ".doc") == "IN-OFFICE-FAILED"


def test_what_is_asked_of_the_suite(path: Path) -> None:
    program(
        path,
        """
        for last; do :; done
        /bin/mkdir out
        { echo "$@"; /bin/cat "$last" profile/user/registrymodifications.xcu; echo $http_proxy; } > out/document.xlsx
        """,
    )
    made = convert_with_office(b"content", ".ods", Meter("a.ods")).decode()
    for part in (
        "--headless",
        "-env:UserInstallation=file://",
        "--convert-to xlsx:Calc MS Excel 2007 XML",
        "content",
    ):
        assert part in made
    assert "DisableMacrosExecution" in made
    assert "127.0.0.1" in made
    assert list((path.parent / "scratch").iterdir()) == []


def test_too_long_a_conversion_ends_with_all_its_programs(path: Path) -> None:
    note = path.parent / "pid"
    program(path, f"/bin/sleep 60 & echo $! > {note}; wait")
    started = monotonic()
    assert code_of(b"x", ".doc", Limits(seconds=1)) == "IN-OFFICE-TIME"
    assert monotonic() - started < 10
    assert has_ended(int(note.read_text()))
    assert list((path.parent / "scratch").iterdir()) == []


def has_ended(number: int) -> bool:
    """Say whether a process ends in a while; a zombie that nobody waits for has ended."""
    for _ in range(50):
        try:
            os.kill(number, 0)
            if Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        sleep(0.1)
    return False


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """Let LibreOffice make the old format that is to be read."""
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            str(which("soffice")),
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / f"source.{target}").read_bytes()


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("target", ["doc", "odt", "rtf"])
def test_old_word_formats(target: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("项目支出绩效自评表")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    table.cell(1, 1).text = "≥95%\n其中"
    table.cell(2, 2).text = "98.39%"
    document.add_paragraph("填表人：")  # LibreOffice writes no .doc table at the very end
    buffer = io.BytesIO()
    document.save(buffer)
    old = converted(buffer.getvalue(), ".docx", target, tmp_path)
    result = read_docx(convert_with_office(old, f".{target}", Meter("a")), Meter("a"))
    (grid,) = (block for block in result.blocks if isinstance(block, Grid))
    assert [
        [(cell.text, cell.column, cell.row_span, cell.column_span) for cell in row.cells] for row in grid.rows
    ] == [
        [("横", 0, 1, 2), ("", 2, 1, 1)],
        [("竖", 0, 2, 1), ("≥95%\n其中", 1, 1, 1), ("", 2, 1, 1)],
        [("", 1, 1, 1), ("98.39%", 2, 1, 1)],
    ]


@pytest.mark.slow
@needs_office
def test_open_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "指标"
    buffer = io.BytesIO()
    book.save(buffer)
    old = converted(buffer.getvalue(), ".xlsx", "ods", tmp_path)
    made = convert_with_office(old, ".ods", Meter("a.ods"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "xl/workbook.xml" in archive.namelist()


@pytest.mark.slow
@needs_office
def test_a_damaged_document() -> None:
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 300, ".doc") == "IN-OFFICE-FAILED"


def test_filters_are_those_of_the_targets() -> None:
    assert set(office._FILTERS) == set(CONVERTED.values())
