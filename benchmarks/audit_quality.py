"""How much the audit finds and how much it says besides: faults planted in tables that are known to be clean, or real.

Run: ``python benchmarks/audit_quality.py [--planted N] [--clean N] [--seed N]``. Prints a Markdown table: for each code
how often it was planted and found at its place at top level, and how many errors and warnings came besides that are no
declared consequences of it. Each planted table is held against the same table before planting, so that what a real
table says of its own does not count. Exit status 1 where less than all is found, more than 1 % comes besides, or a clean
table has an error or a warning.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import attrs

from perfeval import audit, read
from perfeval.auditing import AuditFinding
from perfeval.findings import Location, Severity
from perfeval.table import Evaluation, Funding, Indicator
from perfeval.testing import FAULTS, Fault, Host, Planted, clean_evaluation, clean_unit

ROOT = Path(__file__).parent.parent
OF_ONE_TABLE = ("PE606", "PE607")
_GRAVE = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@attrs.frozen
class Judged:
    """One planted fault: whether it was found, and what came besides."""

    fault: Fault
    planted: Planted
    is_found: bool
    others: tuple[AuditFinding, ...]


def judged(fault: Fault, host: Host, random: Random) -> Judged | None:
    """Plant a fault and audit; None where the host has no place for it, or is faulty there by itself."""
    planted = fault.plant(host, random)
    if planted is None:
        return None
    before = [one for top in _audited(host) for one in (top, *top.consequences)]
    place = Location(file=str(planted.table), cell=planted.path)
    if any(one.code == planted.code and place in one.places for one in before):
        return None
    known = {(one.code, one.places[0]): _GRAVE[one.severity] for one in before}
    after = _audited(planted.evaluations)
    hits = [one for one in after if one.code == planted.code and place in one.places]
    others = tuple(
        one
        for one in after
        if one not in hits
        and one.severity is not Severity.NOTE
        and known.get((one.code, _original(one.places[0], host, planted)), 0) < _GRAVE[one.severity]
    )
    return Judged(fault, planted, bool(hits), others)


def _original(place: Location, host: Host, planted: Planted) -> Location:
    """Give the place in the table of which the last one is a copy: what it says of itself is not new."""
    return attrs.evolve(place, file=str(planted.table)) if int(place.file or 0) >= len(host) else place


def hosts(random: Random, real: Sequence[Host], *, is_of_units: bool) -> Iterator[Host]:
    """Give tables without end: drawn ones, alone or with their unit, and every eighth time real ones."""
    units = [host for host in real if len(host) > 1]
    while True:
        kind = random.randrange(8)
        if kind == 0:
            yield random.choice(units if is_of_units else real)
        else:
            yield clean_unit(random) if is_of_units or kind == 1 else (clean_evaluation(random),)


def real_hosts() -> tuple[Host, ...]:
    """Give the published tables: those of one unit together, the others each for itself."""
    unit = tuple(
        table
        for path in sorted((ROOT / "examples" / "bortala-2024").glob("*.toml"))
        for table in read(path).evaluations
    )
    cases = read(ROOT / "tests" / "data" / "cases.json").evaluations
    return (unit, *((table,) for table in (*unit, *cases)))


def plantings(count: int, seed: int) -> Iterator[Judged]:
    """Plant so many faults, of each kind as often as of any other where the tables allow it."""
    random = Random(seed)  # noqa: S311 - to draw tables, not to keep secrets
    real = real_hosts()
    singles, units = (hosts(random, real, is_of_units=of_units) for of_units in (False, True))
    made = 0
    while made < count:
        for fault in FAULTS:
            source = units if fault.code.startswith("PE6") and fault.code not in OF_ONE_TABLE else singles
            found = next((one for _ in range(40) if (one := judged(fault, next(source), random))), None)
            if found is not None:
                made += 1
                yield found


def clean_findings(count: int, seed: int) -> Iterator[tuple[int, tuple[AuditFinding, ...]]]:
    """Audit clean tables: give how many tables each time, and the errors and warnings."""
    random, made = Random(seed), 0  # noqa: S311 - as above
    while made < count:
        host = clean_unit(random) if random.randrange(4) == 0 else (clean_evaluation(random),)
        made += len(host)
        yield len(host), tuple(one for one in _audited(host) if one.severity is not Severity.NOTE)


def _audited(host: Host) -> tuple[AuditFinding, ...]:
    return audit([_placed(table, number) for number, table in enumerate(host)]).findings


def _placed(table: Evaluation, number: int) -> Evaluation:
    """Give every cell a place, so that findings say which cells they are about."""
    paths = ["", "name", "indicators", "total", "goal"]
    paths += [f"goal.{field}" for field in ("expected", "actual")]
    paths += [f"total.{field}" for field in ("weight", "score", "grade")]
    for name, count, row in (
        ("indicators", len(table.indicators), Indicator),
        ("funding", len(table.funding), Funding),
    ):
        for number_of_row in range(count):
            start = f"{name}[{number_of_row}]"
            paths += [start, *(f"{start}.{field.name}" for field in attrs.fields(row))]
    return attrs.evolve(table, places={path: Location(file=str(number), cell=path) for path in paths})


def main() -> int:
    """Plant, audit, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--planted", type=int, default=5000)
    parser.add_argument("--clean", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument(
        "--show", type=int, default=0, help="how many misses and others to show for each kind"
    )
    given = parser.parse_args()
    results = list(plantings(given.planted, given.seed))
    _show(results, given.show)
    planted = Counter(one.planted.code for one in results)
    found = Counter(one.planted.code for one in results if one.is_found)
    others = Counter(one.planted.code for one in results for _ in one.others)
    kinds = Counter(fault.code for fault in {one.fault for one in results})
    print("| code | kinds | planted | found | recall | besides |")
    print("|---|---:|---:|---:|---:|---:|")
    for code in sorted(planted):
        share = f"{100 * found[code] / planted[code]:.1f} %"
        print(f"| {code} | {kinds[code]} | {planted[code]} | {found[code]} | {share} | {others[code]} |")
    hits, besides = found.total(), others.total()
    recall, precision = 100 * hits / planted.total(), 100 * hits / (hits + besides)
    print(
        f"| all | {kinds.total()} | {planted.total()} | {hits} | {recall:.2f} % | {besides}: precision {precision:.2f} % |"
    )
    cleans = list(clean_findings(given.clean, given.seed + 1))
    alarms = [one for _, findings in cleans for one in findings]
    print(
        f"\nclean tables: {sum(number for number, _ in cleans)}; errors and warnings in them: {len(alarms)}"
    )
    missing = sorted({fault.name for fault in FAULTS} - {one.fault.name for one in results})
    print(f"kinds never planted: {', '.join(missing) or 'none'}")
    return int(bool(alarms or missing) or recall < 100 or precision < 99)


def _show(results: Sequence[Judged], most: int) -> None:
    shown: Counter[str] = Counter()
    for one in results:
        name = one.fault.name
        if (one.is_found and not one.others) or shown[name] >= most:
            continue
        shown[name] += 1
        state = "found" if one.is_found else "MISSED"
        print(f"{state} {one.planted.code} {name} at {one.planted.table}:{one.planted.path}")
        row = _row(one.planted)
        print(f"    {row}")
        for other in one.others:
            print(f"    besides: {other.text('zh')}")


def _row(planted: Planted) -> str:
    table = planted.evaluations[planted.table]
    if planted.path.startswith("indicators["):
        row = table.indicators[int(planted.path[11 : planted.path.index("]")])]
        cells = (
            row.level1,
            row.level3,
            row.target,
            row.actual,
            row.weight,
            row.score,
            row.rule,
            row.deviation,
        )
        return f"{table.name} " + " | ".join(str(cell) for cell in cells)
    rows = [" ".join(str(cell) for cell in attrs.astuple(row, recurse=False)) for row in table.funding]
    return f"{table.name} {table.amount_unit} {table.total.weight} {table.total.score} " + " / ".join(rows)


if __name__ == "__main__":
    sys.exit(main())
