"""Read a directory of made documents and say how much of them was read as printed.

Prints for each format: documents, tables, cells, rows (level3, target, actual, weight, score), findings of the reader,
clean documents with findings, wrong numbers that no finding announces. Run:
``python scripts/document_report.py CORPUS_DIR [-v]``; ``-v`` lists each difference and each finding.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

import perfeval
from perfeval.findings import FindingClass, Severity
from perfeval.table import table_data

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from documents.made.compare import compare

_COLUMNS = (
    "documents", "tables", "cells", "cells %", "rows", "rows %", "findings", "clean", "clean+finding", "refused", "silent",
    "seconds",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="list each difference and each finding")
    options = parser.parse_args()
    sums: dict[str, Counter[str]] = {}
    for path in sorted(options.corpus.iterdir()):
        truth = path.with_name(f"{path.stem}.expected.json")
        if path.suffix != ".json" and truth.exists():
            made = json.loads(truth.read_text(encoding="utf-8"))
            for name in (made["format"], "all"):
                sums.setdefault(name, Counter())
            counts = _counts(path, made, verbose=options.verbose)
            sums[made["format"]].update(counts)
            sums["all"].update(counts)
    _print(sums)


def _counts(path: Path, made: dict[str, object], *, verbose: bool) -> Counter[str]:
    tables = made["tables"]
    assert isinstance(tables, list)
    start = time.perf_counter()
    refused = ""
    try:
        reading = perfeval.read(path)
        evaluations, findings = reading.evaluations, reading.findings
    except perfeval.UnreadableError as error:
        evaluations, findings, refused = (), (), error.text("en")
    seconds = time.perf_counter() - start
    outcome = compare(tables, [table_data(table) for table in evaluations])
    doubts = [
        one for one in findings if one.kind is FindingClass.READING and one.severity is not Severity.NOTE
    ]
    if made["refusable"] and not evaluations and (refused or doubts):
        return Counter({"documents": 1, "refused": 1, "milliseconds": round(seconds * 1000)})
    silent = 0 if doubts else sum(1 for one in outcome.differences if one.is_wrong_number)
    if verbose and (outcome.differences or doubts or refused):
        print(f"== {path.name} ({'clean' if made['clean'] else made['hazards']}) {refused}")
        for finding in doubts:
            print(f"   finding: {finding.text('en')}")
        for difference in outcome.differences[:40]:
            print(f"   {difference}")
        if len(outcome.differences) > 40:
            print(f"   … and {len(outcome.differences) - 40} more")
    return Counter({
        "documents": 1,
        "tables": outcome.tables,
        "cells": outcome.cells,
        "cells identical": outcome.cells_identical,
        "rows": outcome.rows,
        "rows identical": outcome.rows_identical,
        "findings": len(doubts),
        "clean": int(bool(made["clean"])),
        "clean+finding": int(bool(made["clean"]) and bool(doubts)),
        "refused": int(bool(refused)),
        "silent": silent,
        "milliseconds": round(seconds * 1000),
    })  # fmt: skip


def _print(sums: dict[str, Counter[str]]) -> None:
    print(f"{'format':15}" + "".join(f"{name:>14}" for name in _COLUMNS))
    for name, counts in sums.items():
        shown = dict(counts)
        for what in ("cells", "rows"):
            share = 100 * counts[f"{what} identical"] / max(counts[what], 1)
            cells = f"{share:.2f}"
            shown[f"{what} %"] = cells  # type: ignore[assignment]  # only printed
        shown["seconds"] = f"{counts['milliseconds'] / 1000:.1f}"  # type: ignore[assignment]  # only printed
        print(f"{name:15}" + "".join(f"{shown.get(column, 0):>14}" for column in _COLUMNS))


if __name__ == "__main__":
    main()
