"""Count what a mutation run killed, by room; name the survivors with ``--survivors``.

Functions that run while a module is imported (tables of units and words) are run before the tool switches
a mutant on, so their mutants survive whatever the tests say; they are counted by themselves.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

ROOT = Path("mutants/src/perfeval")
AT_IMPORT = (
    "x__default_units__",
    "x__pattern__",
    "x__table__",
    "x__texts__",
    "_compile_name__",
    "_compile_multiplier__",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--survivors", action="store_true")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    survivors = []
    for path in sorted(ROOT.rglob("*.meta")):
        room = path.relative_to(ROOT).parts[0]
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            outcome = _outcome(name, code)
            counts[room, outcome] += 1
            if outcome == "survived":
                survivors.append(name)
    rooms = sorted({room for room, _ in counts})
    print("| room | killed | survived | share killed | not run | at import |")
    print("|---|--:|--:|--:|--:|--:|")
    for room in [*rooms, "all"]:
        made = {
            outcome: sum(
                count for (where, what), count in counts.items() if what == outcome and room in (where, "all")
            )
            for outcome in ("killed", "survived", "not run", "at import")
        }
        tried = made["killed"] + made["survived"]
        share = f"{100 * made['killed'] // tried} %" if tried else "-"
        print(
            f"| {room} | {made['killed']} | {made['survived']} | {share} | {made['not run']} | {made['at import']} |"
        )
    if options.survivors:
        print("\n".join(survivors))


def _outcome(name: str, code: int | None) -> str:
    if any(part in name for part in AT_IMPORT):
        return "at import"
    if code in (None, 34):  # 34: skipped
        return "not run"
    return "survived" if code in (0, 33) else "killed"  # 33: no test runs the function


if __name__ == "__main__":
    main()
