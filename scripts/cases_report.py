"""Score the 26 real tables of tests/data/cases.json and say what came out.

Prints tables, rows, scored, unscorable by reason, verdicts; with ``--rows`` each row that is not
scored or not equal. Run: ``python scripts/cases_report.py [--rows] [--rulebook NAME]``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import perfeval

DATA = Path(__file__).parent.parent / "tests" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rows", action="store_true", help="also print rows that are not scored or not equal"
    )
    parser.add_argument("--rulebook", default="common-practice")
    options = parser.parse_args()
    notes = json.loads((DATA / "cases-notes.json").read_text(encoding="utf-8"))
    tables = perfeval.read(DATA / "cases.json").evaluations
    book = perfeval.load_rulebook(options.rulebook)
    reasons: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    executions: Counter[str] = Counter()
    rows = 0
    for table in tables:
        card = perfeval.score(table, book)
        rows += len(card.indicators)
        reasons.update(str(row.reason or "scored") for row in card.indicators)
        verdicts.update(str(row.verdict) for row in card.indicators)
        executions[f"{card.execution.reason or 'scored'} / {card.execution.verdict}"] += 1
        if options.rows:
            _print_rows(card, notes.get(table.keys.get("case", ""), ""))
    print(f"tables: {len(tables)}; rows: {rows}")
    for heading, counts in (("rows", reasons), ("verdicts", verdicts), ("execution", executions)):
        print(f"{heading}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))


def _print_rows(card: perfeval.Scorecard, note: str) -> None:
    table = card.evaluation
    print(f"\n## {table.keys.get('case')}: {note}")
    execution = card.execution
    print(
        f"   execution {execution.rate} W={execution.weight} {execution.score} reported {execution.reported_score} "
        f"{execution.reason or execution.verdict} {list(map(str, execution.notes))}; total {card.total} / {card.reported_total}"
    )
    for row in card.indicators:
        if row.verdict is perfeval.Verdict.EQUAL and row.reason is None:
            continue
        cells = [cell.text if cell else None for cell in (row.indicator.target, row.indicator.actual)]
        print(
            f"   {row.indicator.level3!s:.24} {cells} W={row.weight} {row.score} reported {row.reported_score} "
            f"{row.reason or ''} {row.verdict} {row.verdict_by or ''} {list(map(str, row.notes))}"
        )


if __name__ == "__main__":
    main()
