"""What an audit costs beside the scoring that it needs anyway, and whether a table costs the same among many.

Run: ``python benchmarks/audit.py [--tables 10000] [--json FILE]``. Prints a Markdown table; the exit status is always 0.
Times are CPU time of this process, the garbage collector as it is. Each size is measured on fresh tables, no two of them
alike, made by ``perfeval.testing`` from a stated seed; a tenth of them has a planted fault, as in a real filing some do.
Scoring and auditing take turns over the same tables; the peer of the audit is ``perfeval.score`` with its verdicts.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

import attrs

import perfeval
from perfeval.table import Evaluation
from perfeval.testing import clean_evaluation

SEED = 2024
ROUNDS = 3


@attrs.frozen
class Line:
    """One size: microseconds of one table, scored and audited, and their ratio, by round."""

    tables: int
    scored: tuple[float, ...]
    audited: tuple[float, ...]
    findings: int

    @property
    def ratios(self) -> tuple[float, ...]:
        """Audit divided by scoring, round by round."""
        return tuple(ours / peer for ours, peer in zip(self.audited, self.scored, strict=True))


def measured(size: int) -> Line:
    """Score and audit so many fresh tables, in turns."""
    book = perfeval.load_rulebook("common-practice")
    scored, audited, findings = [], [], 0
    for round_ in range(ROUNDS):
        for_scores, for_audit = tables_of(size, SEED + 2 * round_), tables_of(size, SEED + 2 * round_ + 1)
        scored.append(seconds(lambda: [_verdicts(table, book) for table in for_scores]) / size * 1e6)  # noqa: B023 - called at once
        audited.append(seconds(lambda: perfeval.audit(for_audit, book)) / size * 1e6)  # noqa: B023 - called at once
        findings += len(perfeval.audit(for_audit, book).findings)
    return Line(size, tuple(scored), tuple(audited), findings // ROUNDS)


def tables_of(size: int, seed: int = SEED) -> Sequence[Evaluation]:
    """Make tables that differ in form, rows, figures and names; every tenth has one score too high by a tenth."""
    random = Random(seed)  # noqa: S311 - the same tables each time
    tables = []
    for number in range(size):
        table = clean_evaluation(random)
        keys = {**table.keys, "project_code": f"P{number:08}"}
        tables.append(attrs.evolve(table, keys=keys, organisation=f"第{number // 8}单位"))
        if number % 10 == 0 and table.indicators:
            first, *rest = table.indicators
            tables[-1] = attrs.evolve(tables[-1], indicators=(attrs.evolve(first, score="0.1"), *rest))
    return tables


def _verdicts(table: Evaluation, book: perfeval.RuleBook) -> list[object]:
    return [row.verdict for row in perfeval.score(table, book).indicators]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    sizes = sorted({max(1, options.tables // 100), max(1, options.tables // 10), options.tables})
    lines = [measured(size) for size in sizes]
    print("| tables | score, µs a table | audit, µs a table | audit ÷ score | aim | findings a table |")
    print("|--:|--:|--:|--:|--:|--:|")
    for line in lines:
        ratio = median(line.ratios)
        print(
            f"| {line.tables} | {median(line.scored):.0f} | {median(line.audited):.0f} | {ratio:.1f} "
            f"({min(line.ratios):.1f}-{max(line.ratios):.1f}) | 10 | {line.findings / line.tables:.1f} |"
        )
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    if options.json:
        data: list[dict[str, Any]] = [attrs.asdict(line) for line in lines]
        Path(options.json).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
