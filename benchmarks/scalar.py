"""What one score, one cell, one table and one import cost, beside the plainest code that people write instead.

Run: ``python benchmarks/scalar.py [--quick] [--json FILE]``. Prints a Markdown table; the exit status is
always 0. Times are CPU time of this process (wall time for imports). perfeval and its peer take turns, both
warm, the garbage collector off for both; the ratio is the median over the rounds, with the least and the
greatest. Each peer says what it leaves out, and its results are held against perfeval's.

The 20 000 rows of the pandas lines: ``random.Random(2024)``; every second row is short of its target, by a
factor from 0.5 to 0.999, the others reach 1 to 1.3 times; ratio and reverse ratio by a throw of a coin; weights
1 to 20. Amounts are hundredths of 万元; a third of the targets are whole tens to 500, a third have one
decimal, a third two, both to 100, as planned amounts are in published forms.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import attrs

import perfeval
from perfeval.table import cells, dump_json
from perfeval.values import Comparison, Missing, Operator, Text, Unparsed

# --- Timing -----------------------------------------------------------------------------------------------


@attrs.frozen
class Effort:
    """How long to measure: rounds in which the two take turns, CPU seconds of one turn, rounds of imports."""

    rounds: int
    seconds: float
    import_rounds: int


FULL = Effort(rounds=21, seconds=0.05, import_rounds=15)
QUICK = Effort(rounds=2, seconds=0.002, import_rounds=2)


@attrs.frozen
class Checked:
    """How many results of the peer were held against perfeval's, how many differ, and what that shows."""

    results: int
    wrong: int
    remark: str = ""


@attrs.frozen
class Race:
    """What is timed against what. One call handles ``items`` things; ``before`` runs untimed before each call."""

    key: str
    name: str
    ours: Callable[[], object]
    peer: Callable[[], object]
    checked: Checked
    items: int = 1
    aim: float | None = None
    before: Callable[[], None] | None = None


@attrs.frozen
class Line:
    """One line of the table: seconds of one item, by round."""

    key: str
    name: str
    ours: tuple[float, ...]
    peer: tuple[float, ...]
    aim: float | None
    checked: Checked

    @property
    def ratios(self) -> tuple[float, ...]:
        """Give perfeval's time divided by the peer's, round by round."""
        return tuple(ours / peer for ours, peer in zip(self.ours, self.peer, strict=True))

    def as_data(self) -> dict[str, Any]:
        """Give the line as plain data."""
        ratios = self.ratios
        return {
            "key": self.key,
            "name": self.name,
            "perfeval_us": median(self.ours) * 1e6,
            "peer_us": median(self.peer) * 1e6,
            "ratio": {"median": median(ratios), "min": min(ratios), "max": max(ratios)},
            "aim": self.aim,
            "met": None if self.aim is None else median(ratios) <= self.aim,
            "checked": attrs.asdict(self.checked),
        }


def run(race: Race, effort: Effort) -> Line:
    """Let perfeval and its peer take turns; how often a turn calls is found while warming up."""
    ours_calls = _calls(race.ours, race.before, effort.seconds)
    peer_calls = _calls(race.peer, race.before, effort.seconds)
    ours, peer = [], []
    for _ in range(effort.rounds):
        ours.append(_turn(race.ours, race.before, ours_calls) / race.items)
        peer.append(_turn(race.peer, race.before, peer_calls) / race.items)
    return Line(race.key, race.name, tuple(ours), tuple(peer), race.aim, race.checked)


def _calls(work: Callable[[], object], before: Callable[[], None] | None, seconds: float) -> int:
    calls = 1
    while (spent := _turn(work, before, calls) * calls) < seconds:
        calls *= 2
    return max(1, round(calls * seconds / spent))


def _turn(work: Callable[[], object], before: Callable[[], None] | None, calls: int) -> float:
    """CPU seconds of one call."""
    gc.collect()
    gc.disable()
    try:
        if before is not None:
            return _turn_with_pauses(work, before, calls)
        start = process_time()
        for _ in range(calls):
            work()
        return (process_time() - start) / calls
    finally:
        gc.enable()


def _turn_with_pauses(work: Callable[[], object], before: Callable[[], None], calls: int) -> float:
    spent = 0.0
    for _ in range(calls):
        before()
        start = process_time()
        work()
        spent += process_time() - start
    return spent / calls


# --- One table --------------------------------------------------------------------------------------------

# level 1, level 3, target, actual, weight, reported score: three of ten rows are short of their target.
ROWS = (
    ("产出指标", "培训人次", ">=150人次", "162人次", "10", "10"),
    ("产出指标", "建设项目数量", "=12个", "12个", "10", "10"),
    ("产出指标", "项目验收合格率", "=100%", "98.6%", "10", "9.9"),
    ("产出指标", "项目按期完成率", ">=95%", "95%", "10", "10"),
    ("成本指标", "项目总成本", "<=251.22万元", "239.83万元", "10", "10"),
    ("成本指标", "信息系统运维成本", "<=8.90 万元", "8.94 万元", "10", "10"),
    ("效益指标", "公共服务能力", "有效提升", "有效提升", "10", "10"),
    ("效益指标", "带动社会投资", ">=300万元", "312.5万元", "10", "10"),
    ("效益指标", "设施持续使用年限", ">=20年", "20年", "5", "5"),
    ("满意度指标", "服务对象满意度", ">=90%", "88.5%", "5", "4.92"),
)


def table_of_ten() -> perfeval.Evaluation:
    """Give the table that is scored and read: ten rows from text, and one row of money."""
    return perfeval.Evaluation(
        name="商务发展专项",
        year="2024",
        department="某州商务局",
        amount_unit="万元",
        keys={"project_code": "652700240000000001"},
        goal=perfeval.Goal(expected="保障商务发展各项工作", actual="各项工作已完成"),
        funding=(
            perfeval.Funding(
                label="年度资金总额",
                initial="651.03",
                adjusted="2921.71",
                executed="2571.33",
                weight="10",
                rate="88.01%",
                score="8.80",
            ),
        ),
        indicators=tuple(
            perfeval.Indicator(
                level1=level1, level3=level3, target=target, actual=actual, weight=weight, score=score
            )
            for level1, level3, target, actual, weight, score in ROWS
        ),
        total=perfeval.Total(weight="100", score="98.62"),
    )


_STEP = Decimal("0.01")
_ZERO = Decimal(0)
_ONE = Decimal(1)


@attrs.frozen
class PlainScore:
    """One row of the plain loop."""

    name: str
    score: Decimal
    completion: Decimal


@attrs.frozen
class PlainCard:
    """What the plain loop gives for a table."""

    execution: PlainScore
    rows: tuple[PlainScore, ...]
    total: Decimal


def plain_card(table: Any) -> PlainCard:
    """Score a table by a plain loop over the cells that perfeval has parsed.

    Leaves out: the choice of a rule, units (both sides are taken to have the same), missing and unreadable
    cells, ranges and dates, words other than the target's own, a target of 0, reasons, notes, steps, places,
    subtotals, the grade, every setting of a rule book, and the completion of what is met (1 for all). It
    divides before it multiplies, in 28 digits: a score can come out on the wrong side of a tie.
    """
    rows = []
    total = _ZERO
    for row in table.indicators:
        target, actual, weight = row.target.value, row.actual.value, row.weight.value
        if isinstance(target, Text):
            completion = _ONE if actual == target else _ZERO
        else:
            wanted, found = target.quantity.number, actual.quantity.number
            if target.operator is Operator.AT_MOST:
                completion = _ONE if found <= wanted else wanted / found
            else:
                completion = _ONE if found >= wanted else found / wanted
        score = weight if completion is _ONE else (weight * completion).quantize(_STEP, ROUND_HALF_UP)
        total += score
        rows.append(PlainScore(row.level3, score, completion))
    execution = _plain_execution(table.funding[0])
    return PlainCard(execution, tuple(rows), total + execution.score)


def _plain_execution(money: Any) -> PlainScore:
    rate = min(money.executed.value.number / money.adjusted.value.number, _ONE)
    return PlainScore("预算执行率", (money.weight.value * rate).quantize(_STEP, ROUND_HALF_UP), rate)


def plain_reading(table: Any) -> list[tuple[bool, Decimal]]:
    """Score by the plain loop; say of each row whether the reported score is equal, and how far it was completed.

    Leaves out: why a reported score that is not equal may still be right (other roundings, the intervals
    of measured figures, other accepted formulas), which is what a verdict says.
    """
    card = plain_card(table)
    reported = (table.funding[0].score.value, *(row.score.value for row in table.indicators))
    scores = (card.execution, *card.rows)
    return [(row.score == value, row.completion) for row, value in zip(scores, reported, strict=True)]


def full_reading(table: perfeval.Evaluation, book: perfeval.RuleBook) -> list[tuple[object, object]]:
    """Score with perfeval and ask every score for its verdict and completion."""
    return [(score.verdict, score.completion) for score in perfeval.score(table, book).scores]


def score_races() -> Iterator[Race]:
    """Score a table of ten rows; and the same with every verdict and completion."""
    table, book = table_of_ten(), perfeval.load_rulebook("common-practice")
    ours, plain = perfeval.score(table, book), plain_card(table)
    expected = [score.score for score in ours.scores] + [ours.total]
    found = [score.score for score in (plain.execution, *plain.rows)] + [plain.total]
    yield Race(
        "score",
        "score a table of 10 rows",
        partial(perfeval.score, table, book),
        partial(plain_card, table),
        _compared(expected, found),
        aim=4.0,
    )
    verdicts = [verdict is perfeval.Verdict.EQUAL for verdict, _ in full_reading(table, book)]
    yield Race(
        "score-verdicts",
        "the same, reading every verdict and completion",
        partial(full_reading, table, book),
        partial(plain_reading, table),
        _compared(verdicts, [equal for equal, _ in plain_reading(table)]),
    )


def _compared(expected: Iterable[object], found: Iterable[object], remark: str = "") -> Checked:
    pairs = list(zip(expected, found, strict=True))
    return Checked(len(pairs), sum(ours != peers for ours, peers in pairs), remark)


# --- One cell ---------------------------------------------------------------------------------------------

# All from published tables.
PLAIN_CELLS = tuple(
    """>=20% 22.2% >=8% 9.4% =100% >=90% <=230.27万元 =202.67万元 >=150辆 =1100辆 >=4项 =4套 <=8.90万元 =8.94万元
    72.74% 1228人 909.93小时 ≥11.376万元 ≥400平方米 15935 ≤90万元 ≥85 =7人 <=0.45万元""".split()
)
OTHER_CELLS = (
    "有效提升", "日产日清", "加大文物保护,展示文物价值", "定性 好坏", "不断提升", "≧ 735 人次", "≦0%", "═ 100 %",
    "不少于12种", "200余人", "100百分比", "3,724,055.00", "10月", "12月底到位", "2021年12月31日前完成", "60-80%",
    ">=60%且<=80%", "470 人/天", "≥2倍", "无", "-", "",
)  # fmt: skip

_CELL = re.compile(r"^(>=|<=|≥|≤|=)?\s*([0-9]+(?:\.[0-9]+)?)\s*([^0-9.,\s]*)$")
_SIGNS = {">=": Operator.AT_LEAST, "≥": Operator.AT_LEAST, "<=": Operator.AT_MOST, "≤": Operator.AT_MOST}
_SIGNS["="] = Operator.EQUAL

Parts = tuple[Operator | None, Decimal, str]


def plain_cell(text: str) -> tuple[str | None, Decimal, str] | None:
    """Read a cell by one expression: sign, number, unit; None where it does not match.

    Leaves out: what units mean and convert to, words for signs, full-width forms, grouped digits, ranges,
    dates, approximate figures, the reasons why a cell is empty, and telling words from what cannot be read.
    """
    found = _CELL.match(text)
    return (found[1], Decimal(found[2]), found[3]) if found else None


def _each(read: Callable[[str], object], texts: tuple[str, ...]) -> None:
    for text in texts:
        read(text)


def parse_races() -> Iterator[Race]:
    """Parse cells without any cache: plain numbers, then every notation."""
    kinds = (
        ("parse-plain", "parse a cell: plain numbers", PLAIN_CELLS, 6.0),
        ("parse-all", "parse a cell: every notation", PLAIN_CELLS + OTHER_CELLS, None),
    )
    for key, name, texts, aim in kinds:
        yield Race(
            key,
            name,
            partial(_each, perfeval.parse_target, texts),
            partial(_each, plain_cell, texts),
            _cells_checked(texts),
            items=len(texts),
            aim=aim,
        )


def _cells_checked(texts: tuple[str, ...]) -> Checked:
    """Count the cells that the expression fails to read or reads as something else."""
    wrong = [text for text in texts if _meaning(perfeval.parse_target(text)) != _as_parts(plain_cell(text))]
    missed = sum(plain_cell(text) is None for text in wrong)
    remark = f"{missed} not read, {len(wrong) - missed} misread" if wrong else ""
    return Checked(len(texts), len(wrong), remark)


def _meaning(value: perfeval.Target) -> Parts | perfeval.Target | None:
    """Give a plain number as its parts; None for words and for no value, which the expression is right not to read."""
    if isinstance(value, Comparison) and not value.quantity.approximate:
        return value.operator, value.quantity.number, value.quantity.unit.symbol
    return None if isinstance(value, Text | Missing | Unparsed) else value


def _as_parts(parts: tuple[str | None, Decimal, str] | None) -> Parts | None:
    return None if parts is None else (_SIGNS[parts[0]] if parts[0] else None, parts[1], parts[2])


# --- One file ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class PlainRow:
    """An indicator as strings."""

    level1: str
    level3: str
    target: str
    actual: str
    weight: str
    score: str


@attrs.frozen(kw_only=True)
class PlainMoney:
    """A row of money as strings."""

    label: str
    initial: str
    adjusted: str
    executed: str
    weight: str
    rate: str
    score: str


@attrs.frozen(kw_only=True)
class PlainTable:
    """A table as strings."""

    name: str
    year: str
    keys: dict[str, str]
    funding: tuple[PlainMoney, ...]
    indicators: tuple[PlainRow, ...]
    total: dict[str, str]


def plain_read(data: bytes) -> PlainTable:
    """Load the one table of a JSON document into classes that hold strings.

    Leaves out: every check of keys and types, parsing any cell, duplicate keys, exact floats, filler rows,
    the digest of the file, places, and all fields that this table does not have.
    """
    table = json.loads(data)["evaluations"][0]
    return PlainTable(
        name=table["name"],
        year=table["year"],
        keys=table["keys"],
        funding=tuple(PlainMoney(**row) for row in table["funding"]),
        indicators=tuple(PlainRow(**row) for row in table["indicators"]),
        total=table["total"],
    )


def forget_cells() -> None:
    """Empty the caches of parsed cells."""
    for cached in _cell_caches():
        cached.cache_clear()


def _cell_caches() -> list[Any]:
    return [value for value in vars(cells).values() if hasattr(value, "cache_clear")]


def read_races() -> Iterator[Race]:
    """Read one table from JSON bytes, with its cells known from other tables and with all of them new."""
    assert _cell_caches(), "the caches of perfeval.table.cells have moved"
    data = dump_json((table_of_ten(),)).encode()
    checked = _read_checked(data)
    ours, peer = partial(perfeval.read, data), partial(plain_read, data)
    yield Race("read-cached", "read a table from JSON, cells seen before", ours, peer, checked, aim=6.0)
    yield Race("read-cold", "the same, every cell new", ours, peer, checked, aim=6.0, before=forget_cells)


def _read_checked(data: bytes) -> Checked:
    ours = perfeval.read(data).evaluations[0]
    cells_of = ("target", "actual", "weight", "score")
    expected = [str(getattr(row, name)) for row in ours.indicators for name in cells_of]
    found = [getattr(row, name) for row in plain_read(data).indicators for name in cells_of]
    return _compared(expected, found, "the peer neither validates nor parses")


# --- Many rows, as people do it ---------------------------------------------------------------------------


@attrs.frozen
class Sample:
    """A generated row, amounts in hundredths of 万元."""

    target: int
    actual: int
    weight: int
    at_most: bool

    @property
    def texts(self) -> tuple[str, str]:
        """Target and actual as a form prints them."""
        sign = "<=" if self.at_most else ">="
        return f"{sign}{_amount(self.target)}万元", f"{_amount(self.actual)}万元"

    @property
    def exact(self) -> Decimal:
        """The score in integers, half up: the third opinion, for perfeval too."""
        n, m = (self.target, self.actual) if self.at_most else (self.actual, self.target)
        return Decimal(min((200 * self.weight * n + m) // (2 * m), 100 * self.weight)).scaleb(-2)


def _amount(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def samples(count: int = 20_000, seed: int = 2024) -> Iterator[Sample]:
    """Generate rows as the docstring of this module says."""
    chance = random.Random(seed)  # noqa: S311 - repeatable rows, no secret
    for number in range(count):
        at_most, weight = chance.random() < 0.5, chance.randint(1, 20)
        tens, tenths, any_amount = (
            chance.randint(1, 50),
            chance.randint(10, 1000),
            chance.randint(100, 10_000),
        )
        target = chance.choice((tens * 1000, tenths * 10, any_amount))
        reached = chance.uniform(0.5, 0.999) if number % 2 == 0 else chance.uniform(1, 1.3)
        actual = round(target / reached if at_most else target * reached)
        yield Sample(target, actual, weight, at_most)


def _float_score(row: Any) -> float:
    ratio = row["target"] / row["actual"] if row["at_most"] else row["actual"] / row["target"]
    return float(round(row["weight"] * min(ratio, 1.0), 2))


def pandas_scores(frame: Any) -> Iterable[float]:
    """Score with ``apply(axis=1)``, binary floats and ``round(x, 2)``.

    Leaves out: parsing (it is given numbers), units, rules, zero, missing values, and exactness.
    """
    scores: Iterable[float] = frame.apply(_float_score, axis=1)
    return scores


def _frame(rows: list[Sample]) -> Any:
    # Imported here, and untyped: only these two lines need pandas, and its stubs are not everywhere.
    return import_module("pandas").DataFrame(
        {
            "target": [row.target / 100 for row in rows],
            "actual": [row.actual / 100 for row in rows],
            "weight": [row.weight for row in rows],
            "at_most": [row.at_most for row in rows],
        }
    )


def score_rows(rows: list[tuple[str, str, int]]) -> list[perfeval.IndicatorScore]:
    """Score rows one by one from their texts."""
    return [perfeval.score_indicator(target, actual, weight) for target, actual, weight in rows]


def score_tables(tables: list[perfeval.Evaluation], book: perfeval.RuleBook) -> None:
    """Score tables that are already read."""
    for table in tables:
        perfeval.score(table, book)


def row_races() -> Iterator[Race]:
    """Score 20 000 rows with pandas, and with perfeval by row and by table of ten."""
    rows = list(samples())
    texts = [(*row.texts, row.weight) for row in rows]
    book = perfeval.load_rulebook("common-practice")
    peer = partial(pandas_scores, _frame(rows))
    checked = _rows_checked(rows, score_rows(texts), peer())
    yield Race(
        "rows-single",
        "a row by score_indicator, from texts, against pandas.apply",
        partial(score_rows, texts),
        peer,
        checked,
        items=len(rows),
    )
    yield Race(
        "rows-tables",
        "a row inside score(table of 10), against pandas.apply",
        partial(score_tables, _tables(texts), book),
        peer,
        checked,
        items=len(rows),
    )


def _tables(rows: list[tuple[str, str, int]]) -> list[perfeval.Evaluation]:
    made = [
        perfeval.Indicator(target=target, actual=actual, weight=weight) for target, actual, weight in rows
    ]
    return [perfeval.Evaluation(indicators=made[start : start + 10]) for start in range(0, len(made), 10)]


def _rows_checked(rows: list[Sample], ours: list[perfeval.IndicatorScore], peers: Iterable[float]) -> Checked:
    """Count the wrong rows of pandas; the right scores are perfeval's, and must be those of the integers."""
    assert [score.score for score in ours] == [row.exact for row in rows]
    wrong = [(row, found) for row, found in zip(rows, peers, strict=True) if Decimal(str(found)) != row.exact]
    if not wrong:
        return Checked(len(rows), 0)
    row, found = wrong[0]
    target, actual = row.texts
    return Checked(
        len(rows), len(wrong), f"{target}, {actual}, weight {row.weight}: pandas {found}, exact {row.exact}"
    )


# --- Import -----------------------------------------------------------------------------------------------


def import_line(effort: Effort) -> Line:
    """Wall time of importing perfeval and its two largest dependencies, each less an empty interpreter.

    All three from compiled files, as after an installation: an editable checkout may have none, and
    PYTHONDONTWRITEBYTECODE would have perfeval alone compiled anew each time.
    """
    codes = ("pass", "import perfeval", "import attrs, cattrs")
    ours, peer = [], []
    with TemporaryDirectory() as compiled:
        settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
        for code in codes:
            _interpreter(code, settings)
        for _ in range(effort.import_rounds):
            empty, whole, dependencies = (_interpreter(code, settings) for code in codes)
            ours.append(whole - empty)
            peer.append(dependencies - empty)
    name = "import perfeval, against import attrs, cattrs"
    return Line("import", name, tuple(ours), tuple(peer), 2.0, Checked(0, 0))


def _interpreter(code: str, settings: Mapping[str, str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=settings)  # noqa: S603 - this interpreter
    return perf_counter() - start


# --- The table --------------------------------------------------------------------------------------------


def measure(effort: Effort) -> Iterator[Line]:
    """Give every line, in the order of the table."""
    for races in (score_races, parse_races, read_races, row_races):
        for race in races():
            yield run(race, effort)
    yield import_line(effort)


def as_markdown(line: dict[str, Any]) -> str:
    """Give one line of the table."""
    ratio, checked = line["ratio"], line["checked"]
    spread = f"{ratio['median']:.2f} ({ratio['min']:.2f}–{ratio['max']:.2f})"
    aim = "—" if line["aim"] is None else f"{line['aim']:.1f}: {'met' if line['met'] else 'missed'}"
    said = f"{checked['wrong']} of {checked['results']} differ" if checked["results"] else "—"
    remark = f"; {checked['remark']}" if checked["remark"] else ""
    columns = (
        line["name"], f"{line['perfeval_us']:,.1f}", f"{line['peer_us']:,.1f}", spread, aim, said + remark,
    )  # fmt: skip
    return f"| {' | '.join(columns)} |"


def main() -> None:
    """Measure, print the table, and write it as JSON where asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="few and short rounds: to see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    options = parser.parse_args()
    machine = f"Python {platform.python_version()}, {platform.machine()}, perfeval {perfeval.__version__}"
    print(f"{machine}, pandas {version('pandas')}\n")
    print("| what | perfeval µs | peer µs | ratio (min–max) | aim | peer's results |")
    print("|---|--:|--:|--:|---|---|", flush=True)
    lines = []
    for line in measure(QUICK if options.quick else FULL):
        lines.append(line.as_data())
        print(as_markdown(lines[-1]), flush=True)
    if options.json:
        content = {"machine": machine, "quick": options.quick, "lines": lines}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
