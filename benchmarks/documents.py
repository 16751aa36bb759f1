"""What reading a document costs in time and memory, beside the bare library that opens it and visits its cells.

Run: ``python benchmarks/documents.py [--quick] [--only KIND] [--json FILE]``. Prints a Markdown table; the exit
status is always 0. The documents are made anew by the writers of the test corpus (python-docx, openpyxl,
reportlab, LibreOffice for xls): 1, 6 and 24 tables of ten indicators, and so many sheets or about as many pages.

Time is CPU time of this process; ``perfeval.read``, its reader alone (the bytes to paragraphs and grids, before
tables are understood) and the bare library take turns, all of them warm but with no cell parsed before, the
garbage collector off; a ratio is the median over the rounds. Memory is the peak of a process of its own for each measurement, that reads once,
less what it held before it read; nothing is traced. Cells read from perfeval are held against the text that the
document was made from; the tables' names must be among the cells of the bare library.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import gc
import io
import json
import platform
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from shutil import which
from statistics import median
from time import process_time
from typing import Any

import attrs

import perfeval
from perfeval.documents.limits import Meter
from perfeval.table import cells, table_data

# --- The bare libraries -----------------------------------------------------------------------------------
# Each is imported where it is used: a process that measures memory holds none but its own.


def bare_pdf(data: bytes) -> list[str]:
    """Give the cells of every table that ``extract_tables`` finds.

    Leaves out: text outside tables, merged cells, rotated and hidden text, tables over several pages.
    """
    import pdfplumber  # noqa: PLC0415 - see above

    found: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            found += [cell or "" for table in page.extract_tables() for row in table for cell in row]
            page.close()
    return found


def bare_docx(data: bytes) -> list[str]:
    """Give the text of every slot. Leaves out: what is merged, text outside tables, revisions, tables in tables."""
    import docx  # noqa: PLC0415 - see above

    document = docx.Document(io.BytesIO(data))
    # table.cell builds all cells anew for each of them; _cells is what python-docx itself iterates over
    return [cell.text for table in document.tables for cell in table._cells]  # noqa: SLF001 - as above


def bare_xlsx(data: bytes) -> list[str]:
    """Give every stored value. Leaves out: what is shown (number formats), merged and hidden cells, cached formulas."""
    import openpyxl  # noqa: PLC0415 - see above

    book = openpyxl.load_workbook(io.BytesIO(data))
    return [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


def bare_xlsx_read_only(data: bytes) -> list[str]:
    """Give every stored value in openpyxl's fast mode: by default it spends most of its time on borders of merged cells.

    Leaves out what the default leaves out, and merged cells altogether.
    """
    import openpyxl  # noqa: PLC0415 - see above

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


def bare_xls(data: bytes) -> list[str]:
    """Give every stored value. Leaves out: what is shown (number formats), merged and hidden cells."""
    import xlrd  # noqa: PLC0415 - see above

    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    return [
        str(sheet.cell_value(row, column))
        for sheet in book.sheets()
        for row in range(sheet.nrows)
        for column in range(sheet.ncols)
    ]


def bare_html(data: bytes) -> list[str]:
    """Give the text of every cell. Leaves out: spans, line breaks, hidden text, encodings, text outside tables."""
    from lxml import html  # noqa: PLC0415 - see above

    root = html.document_fromstring(data)
    return ["".join(map(str, cell.itertext())) for cell in root.iter("td", "th")]


def bare_csv(data: bytes) -> list[str]:
    """Give every field. Leaves out: encodings but UTF-8, delimiters but the comma, places."""
    return [field for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for field in row]


# --- The documents ----------------------------------------------------------------------------------------


@attrs.frozen
class Kind:
    """A format: how its documents are made, its reader, the bare library, and what a document consists of."""

    made_as: str
    form: str
    reader: tuple[str, str]
    bare: Callable[[bytes], list[str]]
    unit: str
    hazards: frozenset[str] = frozenset({"prose"})


KINDS = {
    "pdf": Kind("pdf-reportlab", "xinjiang", ("pdf.reader", "read_pdf"), bare_pdf, "page"),
    "docx": Kind("docx", "xinjiang", ("word.reader", "read_docx"), bare_docx, "table"),
    "xlsx": Kind(
        "xlsx", "xinjiang", ("excel.xlsx", "read_xlsx"), bare_xlsx, "sheet", frozenset({"sheet each"})
    ),
    "xlsx-read-only": Kind(
        "xlsx",
        "xinjiang",
        ("excel.xlsx", "read_xlsx"),
        bare_xlsx_read_only,
        "sheet",
        frozenset({"sheet each"}),
    ),
    "xls": Kind("xls", "xinjiang", ("excel.xls", "read_xls"), bare_xls, "sheet", frozenset({"sheet each"})),
    "html": Kind("html", "xinjiang", ("web.reader", "read_html"), bare_html, "table"),
    "csv": Kind("csv", "export", ("separated", "read_separated"), bare_csv, "table", frozenset()),
}
SIZES = (1, 6, 24)
AIM = 1.5


@attrs.frozen
class Sample:
    """A document, how many pages, sheets or tables it has, and its true tables."""

    kind: str
    tables: int
    data: bytes
    units: int
    truth: list[dict[str, Any]]

    @property
    def suffix(self) -> str:
        """The suffix of the file; some formats have two peers."""
        return suffix_of(self.kind)

    @property
    def name(self) -> str:
        """The name in the table of results."""
        unit = KINDS[self.kind].unit
        return f"{self.kind}, {self.units} {unit}{'s' * (self.units > 1)}"


def suffix_of(kind: str) -> str:
    """Give the suffix of the files of a kind."""
    return kind.partition("-")[0]


def samples(kind: str, sizes: tuple[int, ...]) -> Iterator[Sample]:
    """Make the documents of one format."""
    corpus = import_module("documents.made.corpus")
    made = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        specs = [
            corpus.Spec(
                name=f"d{size}",
                format=made.made_as,
                form=made.form,
                tables=size,
                rows=10,
                hazards=made.hazards,
            )
            for size in sizes
        ]
        corpus.make(out, tuple(specs))
        for size in sizes:
            data = (out / f"d{size}.{suffix_of(kind)}").read_bytes()
            truth = json.loads((out / f"d{size}.expected.json").read_text(encoding="utf-8"))["tables"]
            yield Sample(kind, size, data, _pages(data) if kind == "pdf" else size, truth)


def _pages(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", data))


# --- Measuring --------------------------------------------------------------------------------------------

WAYS = ("perfeval", "reader", "bare")


def work_of(way: str, kind: str, data: bytes) -> Callable[[], object]:
    """Give what is measured."""
    if way == "bare":
        return partial(KINDS[kind].bare, data)
    if way == "perfeval":
        return partial(perfeval.read, data, name=f"d.{suffix_of(kind)}")
    module, function = KINDS[kind].reader
    reader = getattr(import_module(f"perfeval.documents.{module}"), function)
    return lambda: reader(data, Meter(f"d.{suffix_of(kind)}"))


@attrs.frozen
class Line:
    """One line of the table: seconds of each way by round, MiB of each, what was checked."""

    sample: Sample
    seconds: dict[str, tuple[float, ...]]  # exact: durations, never amounts
    memory: dict[str, float]  # exact: mebibytes, never amounts
    tables_found: int
    cells: int
    cells_wrong: int
    missing_in_bare: int

    def ratios(self, way: str) -> tuple[float, ...]:  # exact: ratios of durations
        """Give the time of one way divided by that of the bare library, round by round."""
        return tuple(ours / bare for ours, bare in zip(self.seconds[way], self.seconds["bare"], strict=True))

    @property
    def memory_ratio(self) -> float:  # exact: a ratio of sizes
        """Memory of perfeval divided by that of the bare library, neither counted below a tenth of a MiB."""
        return max(self.memory["perfeval"], 0.1) / max(self.memory["bare"], 0.1)  # exact: sizes

    def as_data(self) -> dict[str, Any]:
        """Give the line as plain data."""
        ratios, reader = self.ratios("perfeval"), self.ratios("reader")
        each = {way: median(self.seconds[way]) * 1000 / self.sample.units for way in WAYS}
        return {
            "key": f"{self.sample.kind}-{self.sample.tables}",
            "name": self.sample.name,
            "bytes": len(self.sample.data),
            "ms_per_unit": each,
            "ratio": {"median": median(ratios), "min": min(ratios), "max": max(ratios)},
            "reader_ratio": {"median": median(reader), "min": min(reader), "max": max(reader)},
            "memory_mib": self.memory,
            "memory_ratio": self.memory_ratio,
            "aim": AIM,
            "met": median(ratios) <= AIM,
            "memory_met": self.memory_ratio <= AIM,
            "checked": {
                "tables": self.tables_found,
                "cells": self.cells,
                "wrong": self.cells_wrong,
                "missing_in_bare": self.missing_in_bare,
            },
        }


def measure(sample: Sample, rounds: int) -> Line:
    """Check the results of one document, then let the ways take turns."""
    works = {way: work_of(way, sample.kind, sample.data) for way in WAYS}
    reading = perfeval.read(sample.data, name=f"d.{sample.suffix}")
    compare = import_module("documents.made.compare")
    outcome = compare.compare(sample.truth, [table_data(table) for table in reading.evaluations])
    seen = {compare.normal(cell) for cell in KINDS[sample.kind].bare(sample.data)}
    names = [compare.normal(row["level3"]) for table in sample.truth for row in table["indicators"]]
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}  # exact: durations
    for _ in range(rounds):
        for way, work in works.items():
            seconds[way].append(_turn(work))
    return Line(
        sample,
        {way: tuple(found) for way, found in seconds.items()},
        {way: _memory_of(way, sample, rounds) for way in WAYS},
        len(reading.evaluations),
        outcome.cells,
        len(outcome.differences),
        sum(name not in seen for name in names),
    )


def _turn(work: Callable[[], object]) -> float:  # exact: CPU seconds
    """CPU seconds of one call; short work is repeated, and finds no cell that it parsed before."""
    gc.collect()
    gc.disable()
    try:
        calls, spent = 0, 0.0  # exact: seconds
        while spent < 0.05:  # exact: seconds
            _forget_cells()
            start = process_time()
            work()
            spent += process_time() - start
            calls += 1
        return spent / calls
    finally:
        gc.enable()


def _forget_cells() -> None:
    caches = [value for value in vars(cells).values() if hasattr(value, "cache_clear")]
    assert caches, "the caches of perfeval.table.cells have moved"
    for cache in caches:
        cache.cache_clear()


def _memory_of(way: str, sample: Sample, rounds: int) -> float:  # exact: mebibytes
    """MiB that reading once adds to the peak of a new process; the median of three."""
    with tempfile.NamedTemporaryFile(suffix=f".{sample.suffix}") as file:
        file.write(sample.data)
        file.flush()
        command = [sys.executable, __file__, "--child", way, sample.kind, file.name]
        found = [_added(command) for _ in range(3 if rounds > 2 else 1)]
    return median(found)


def _added(command: list[str]) -> float:  # exact: mebibytes
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603 - this script
    before, after = map(int, done.stdout.split())
    return (after - before) / 1024


def child(way: str, kind: str, file: str) -> None:
    """Print the KiB of this process before reading, with everything imported, and its peak while it read."""
    data = Path(file).read_bytes()
    work = work_of(way, kind, data)
    for name in ("perfeval.documents.layout", *_IMPORTS[kind]):
        import_module(name)
    gc.collect()
    _forget_peak()
    before = _memory("VmRSS")
    work()
    print(before, _memory("VmHWM"))


_IMPORTS = {
    "pdf": ("pdfplumber", "perfeval.documents.pdf.reader"),
    "docx": ("docx", "perfeval.documents.word.reader"),
    "xlsx": ("openpyxl", "perfeval.documents.excel.xlsx"),
    "xlsx-read-only": ("openpyxl", "perfeval.documents.excel.xlsx"),
    "xls": ("xlrd", "perfeval.documents.excel.xls"),
    "html": ("lxml.html", "perfeval.documents.web.reader"),
    "csv": ("csv", "perfeval.documents.separated"),
}


def _memory(field: str) -> int:
    """KiB now (VmRSS) or at most (VmHWM). ru_maxrss of a child begins with what its parent held: only where need be."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(rf"{field}:\s*(\d+) kB", status.read_text(encoding="ascii", errors="replace"))
        if found:
            return int(found[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def _forget_peak() -> None:
    """Importing may have taken more for a moment than reading adds: the peak counts from here where that can be."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


# --- The table --------------------------------------------------------------------------------------------

HEAD = """| document | perfeval ms | bare ms | ratio (min–max) | reader alone | MiB | bare MiB | ratio | aim 1.5: time, memory | cells wrong |
|---|--:|--:|--:|--:|--:|--:|--:|---|---|"""


def as_markdown(line: dict[str, Any]) -> str:
    """Give one line of the table; times are of one page, sheet or table."""
    ratio, each, memory, checked = line["ratio"], line["ms_per_unit"], line["memory_mib"], line["checked"]
    lost = f"; {checked['missing_in_bare']} names not in the bare cells" if checked["missing_in_bare"] else ""
    columns = (
        line["name"],
        f"{each['perfeval']:,.1f}",
        f"{each['bare']:,.1f}",
        f"{ratio['median']:.2f} ({ratio['min']:.2f}–{ratio['max']:.2f})",
        f"{line['reader_ratio']['median']:.2f}",
        f"{memory['perfeval']:.1f}",
        f"{memory['bare']:.1f}",
        f"{line['memory_ratio']:.2f}",
        ", ".join("met" if line[key] else "missed" for key in ("met", "memory_met")),
        f"{checked['wrong']} of {checked['cells']}{lost}",
    )
    return f"| {' | '.join(columns)} |"


def main() -> None:
    """Measure, print the table, and write it as JSON where asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="the smallest documents, two rounds: to see that it runs"
    )
    parser.add_argument("--only", choices=KINDS, action="append", help="only this format")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return
    kinds = [kind for kind in options.only or KINDS if kind != "xls" or which("soffice")]
    # In place of this folder: this file would hide the package of the same name.
    sys.path[0] = str(Path(__file__).parent.parent / "tests")
    libraries = ("pdfplumber", "python-docx", "openpyxl", "xlrd", "lxml")
    machine = f"Python {platform.python_version()}, {platform.machine()}, perfeval {perfeval.__version__}"
    machine += "".join(f", {name} {version(name)}" for name in libraries)
    print(f"{machine}\n\n{HEAD}", flush=True)
    lines = []
    for kind in kinds:
        for sample in samples(kind, SIZES[:1] if options.quick else SIZES):
            lines.append(measure(sample, 2 if options.quick else 9).as_data())
            print(as_markdown(lines[-1]), flush=True)
    if options.json:
        content = {"machine": machine, "quick": options.quick, "lines": lines}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
