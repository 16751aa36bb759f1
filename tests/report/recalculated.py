"""LibreOffice, forced to compute every formula again: by default it believes the values that a file holds."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from shutil import which

import openpyxl
import pytest

needs_office = pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice to compute formulas")

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def recalculated(path: Path, room: Path, suffix: str = "xlsx") -> Path:
    """Give the workbook as LibreOffice computes it."""
    user = room / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    out = room / "out"
    command = [
        str(which("soffice")),
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", suffix, "--outdir", str(out), str(path)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=500)
    return out / f"{path.stem}.{suffix}"


Found = tuple[str, str, object, object]
"""Sheet, cell, the value that we wrote, and the value that was computed."""


def with_wrong_values(path: Path, room: Path) -> Path:
    """Give the workbook with a wrong value beside every formula: who believes it, or computes only some, shows it."""
    wrong = room / "wrong" / path.name
    wrong.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(wrong, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            content = given.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                content, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1<v>-987654321</v>", content)
                assert count == content.count(b"</f>")
            made.writestr(part, content)
    return wrong


def computed(path: Path, room: Path) -> Iterator[Found]:
    """Give every formula of a workbook, with the value in the file and the one that LibreOffice computes.

    LibreOffice gets the workbook with wrong values, so that what it shows is computed.
    """
    again = openpyxl.load_workbook(recalculated(with_wrong_values(path, room), room), data_only=True)
    written = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    place = cell.coordinate
                    yield (
                        sheet.title,
                        place,
                        written[sheet.title][place].value,
                        again[sheet.title][place].value,
                    )


def same(first: object, second: object) -> bool:
    """Say whether two cells show the same: the shortest decimals of two binary numbers."""
    if isinstance(first, int | float) and isinstance(second, int | float):
        return Decimal(repr(first)) == Decimal(repr(second))
    return (first or "") == (second or "")
