"""What exact scores over columns cost beside what one would write without perfeval, and how often that is wrong.

Run: ``python benchmarks/frames.py [--rows 10000000] [--large] [--province 1000000] [--write] [--json FILE]``. Prints Markdown
tables; ``--write`` puts them into docs/performance.md. All contenders of a line take turns over the same rows (A B A B …); each
figure is a median, with the range of the ratios: of the time that passes, and of CPU seconds of all threads; ``--large`` adds 10^8 rows
streamed from Parquet and ``--province`` a run of ``perfeval batch``, each with the peak memory of a process of its own.

The rows are stated by ``drawn_rows``: four printed rules, three operators, targets and actuals of three digits and up to two
decimals, half of them short of their target, ten rows a table. Peers are the float expressions that one writes by hand,
with the engine's ``round(2)``; their code is below. perfeval's own scores are held to ``perfeval.score_indicator`` on
2000 rows of the same draw, and wrong rows of peers are counted against them.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import attrs
import duckdb
import numpy as np
import pandas as pd
import polars as pl

from perfeval import score_indicator
from perfeval.frames import Columns, Number, Tables, score, totals

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
ROUNDS = 5
PIECE = 2_000_000
RULES = ("按比例赋分", "按比例赋分", "直接赋分", "满意度赋分")
OPERATORS = (">=", "<=", "=")
WEIGHTS = (200, 300, 400, 500, 600, 800, 1000, 1200, 1500)
RESULTS = ("score", "reason")
ALL = ("score", "completion", "rule", "family", "status", "reason", "verdict")
INTEGERS = Columns(
    target=Number(value="target", scale=2, operator="operator"),
    actual=Number(value="actual", scale=2),
    weight=Number(value="weight", scale=2),
    rule="rule",
)
FLOATS = Columns(
    target=Number(value="target", scale=2, is_scaled=False, operator="operator"),
    actual=Number(value="actual", scale=2, is_scaled=False),
    weight=Number(value="weight", scale=2, is_scaled=False),
    rule="rule",
)
TEXTS = Columns(rule="rule")
TABLES = Tables(key="table")


def drawn_rows(count: int, seed: int = 2024, first: int = 0) -> pl.DataFrame:
    """Draw rows with integers in hundredths: as many whole tens and ones as tenths and hundredths, three digits each."""
    random = np.random.default_rng([seed, first])
    places = np.array([1, 10, 100, 1000, 10_000])[random.integers(0, 5, count)]
    digits = random.integers(1, 1000, count)
    operator = random.integers(0, len(OPERATORS), count)
    is_below = (random.random(count) < 0.5) == (operator != OPERATORS.index("<="))
    reached = np.where(is_below, random.integers(0, digits + 1), digits + random.integers(0, digits + 1))
    return pl.DataFrame(
        {
            "table": (np.arange(count) + first) // 10,
            "rule": _texts(random.integers(0, len(RULES), count), RULES),
            "operator": _texts(operator, OPERATORS),
            "target": digits * places,
            "actual": reached * places,
            "weight": random.choice(np.array(WEIGHTS), count),
        }
    )


def _texts(numbers: np.ndarray[Any, Any], texts: Sequence[str]) -> pl.Series:
    return pl.Series(numbers).replace_strict(list(range(len(texts))), list(texts), return_dtype=pl.String)


def as_floats(rows: pl.DataFrame) -> pl.DataFrame:
    """Give amounts as the floats that are nearest to them; polars itself divides by a reciprocal, which is not that."""
    return rows.with_columns(
        *(pl.Series(name, rows[name].to_numpy() / 100) for name in ("target", "actual", "weight"))
    )


def as_texts(rows: pl.DataFrame) -> pl.DataFrame:
    """Give printed cells, with a unit."""
    amounts = {
        name: pl.Series([f"{n // 100}.{n % 100:02}" for n in rows[name].to_list()])
        for name in ("target", "actual")
    }
    return rows.select(
        "table",
        "rule",
        (pl.col("operator") + amounts["target"] + "万元").alias("target"),
        (amounts["actual"] + "万元").alias("actual"),
        (pl.col("weight") // 100).cast(pl.String).alias("weight"),
    )


# The peers: what one writes by hand.


def polars_naive(rows: pl.DataFrame, unit: int) -> pl.DataFrame:
    target, actual, weight = (
        pl.col(name) / unit if unit > 1 else pl.col(name) for name in ("target", "actual", "weight")
    )
    at_most = pl.col("operator") == "<="
    is_met = pl.when(at_most).then(actual <= target).otherwise(actual >= target)
    ratio = pl.when(at_most).then(target / actual).otherwise(actual / target)
    share = pl.when(is_met).then(1.0).when(pl.col("rule") == "直接赋分").then(0.0).otherwise(ratio)
    return rows.with_columns(score=(weight * share).round(2))


def pandas_naive(rows: pd.DataFrame, unit: int) -> pd.DataFrame:
    target, actual, weight = (
        rows[name] / unit if unit > 1 else rows[name] for name in ("target", "actual", "weight")
    )
    at_most = rows["operator"] == "<="
    is_met = np.where(at_most, actual <= target, actual >= target)
    with np.errstate(all="ignore"):
        ratio = np.where(at_most, target / actual, actual / target)
    share = np.where(is_met, 1.0, np.where(rows["rule"] == "直接赋分", 0.0, ratio))
    return rows.assign(score=(weight * share).round(2))


NAIVE_SQL = """
    select *, round(weight / {unit} * case
        when (case when operator = '<=' then actual <= target else actual >= target end) then 1.0::double
        when rule = '直接赋分' then 0.0::double
        when operator = '<=' then target::double / actual else actual::double / target end, 2) as score
    from {table}"""


def pandas_apply(rows: pd.DataFrame) -> pd.Series:
    def one(row: Any) -> float:
        at_most = row["operator"] == "<="
        if (row["actual"] <= row["target"]) if at_most else (row["actual"] >= row["target"]):
            share = 1.0
        elif row["rule"] == "直接赋分":
            share = 0.0
        else:
            share = row["target"] / row["actual"] if at_most else row["actual"] / row["target"]
        return float(round(row["weight"] / 100 * share, 2))

    return rows.apply(one, axis=1)


def decimal_loop(rows: Sequence[tuple[Any, ...]]) -> list[Decimal]:
    cent = Decimal("0.01")
    made = []
    for rule, operator, target, actual, weight in rows:
        at_most = operator == "<="
        if (actual <= target) if at_most else (actual >= target):
            share = Decimal(1)
        elif rule == "直接赋分":
            share = Decimal(0)
        else:
            share = Decimal(target) / actual if at_most else Decimal(actual) / target
        made.append((Decimal(weight) / 100 * share).quantize(cent, ROUND_HALF_UP))
    return made


@attrs.frozen
class Spent:
    """Seconds of one run: elapsed, and of CPU, all threads together."""

    elapsed: float
    cpu: float


@attrs.frozen
class Line:
    """perfeval beside one peer: seconds of each round, and how many of the peer's rows and totals are wrong."""

    key: str
    name: str
    rows: int
    ours: tuple[Spent, ...]
    peers: tuple[Spent, ...]
    aim: float | None
    wrong: tuple[int, int] | None = None

    def ratios(self, kind: str) -> tuple[float, ...]:
        """Perfeval divided by its peer, round by round."""
        pairs = zip(self.ours, self.peers, strict=True)
        return tuple(getattr(ours, kind) / getattr(peer, kind) for ours, peer in pairs)

    def row(self) -> str:
        """Give the line of the table."""
        elapsed, cpu = self.ratios("elapsed"), self.ratios("cpu")
        aim = "-"
        if self.aim is not None:
            aim = f"{self.aim:g}, {'met' if median(elapsed) <= self.aim else 'missed'}"
        wrong = "-"
        if self.wrong is not None:
            rows, tables = self.wrong[0] / self.rows, self.wrong[1] / (self.rows / 10)
            wrong = f"{100 * rows:.2g} % of rows, {100 * tables:.2g} % of totals"
        ours, peers = (
            median(one.cpu for one in spent) / self.rows * 1e9 for spent in (self.ours, self.peers)
        )
        return (
            f"| {self.name} | {ours:.3g} | {peers:.3g} | {median(elapsed):.2g} ({min(elapsed):.2g}-{max(elapsed):.2g}) "
            f"| {median(cpu):.2g} ({min(cpu):.2g}-{max(cpu):.2g}) | {aim} | {wrong} |"
        )


def in_turns(
    ours: Callable[[], Any], peer: Callable[[], Any], rounds: int = ROUNDS
) -> tuple[list[Spent], list[Spent]]:
    """Measure two callables in turns, after a warm-up of each."""
    figures: tuple[list[Spent], list[Spent]] = ([], [])
    for number in range(rounds + 1):
        for place, run in enumerate((ours, peer)):
            gc.collect()
            start, cpu = perf_counter(), process_time()
            made = run()
            spent = Spent(perf_counter() - start, process_time() - cpu)
            del made
            if number:
                figures[place].append(spent)
    return figures


def checked_scores(rows: pl.DataFrame) -> np.ndarray[Any, Any]:
    """Give perfeval's scores in hundredths, held to single rows."""
    scores = score(rows, columns=INTEGERS, results=("score",))["perfeval_score"].to_numpy()
    for place, row in enumerate(rows.head(2000).iter_rows(named=True)):
        target, actual, weight = (Decimal(row[name]) / 100 for name in ("target", "actual", "weight"))
        alone = score_indicator(f"{row['operator']}{target}", str(actual), weight, row["rule"]).score
        assert alone is not None
        assert int(alone * 100) == scores[place], row
    return scores


def wrong_ones(exact: np.ndarray[Any, Any], floats: Any) -> tuple[int, int]:
    """Count the rows and the totals of ten rows, added up as floats, that are not the exact ones."""
    found = np.asarray(floats, dtype=np.float64)
    wrong_rows = int((np.round(found * 100) != exact).sum())
    ends = len(exact) // 10 * 10
    sums = found[:ends].reshape(-1, 10).sum(axis=1)
    exact_sums = exact[:ends].reshape(-1, 10).sum(axis=1)
    return wrong_rows, int((sums != exact_sums / 100).sum())


Work = Callable[[], Any]


def line(
    key: str,
    name: str,
    rows: int,
    work: tuple[Work, Work],
    aim: float | None,
    wrong: tuple[int, int] | None = None,
) -> Line:
    """Measure perfeval and its peer in turns."""
    ours, peers = in_turns(*work)
    return Line(key, name, rows, tuple(ours), tuple(peers), aim, wrong)


def engine_lines(count: int) -> Iterator[Line]:
    """Measure every engine from integers and floats beside the expression that one writes by hand."""
    rows = drawn_rows(count)
    exact, floats = checked_scores(rows), as_floats(rows)
    frames: Mapping[str, tuple[Any, Any, Columns, int]] = {
        "integers": (rows, rows.to_pandas(), INTEGERS, 100),
        "floats": (floats, floats.to_pandas(), FLOATS, 1),
    }

    def scored(given: Any, columns: Columns, results: Sequence[str] = RESULTS) -> Work:
        return lambda: score(given, columns=columns, results=results)

    for kind, (given, _, columns, unit) in frames.items():
        peer = partial(polars_naive, given, unit)
        wrong = wrong_ones(exact, peer()["score"].to_numpy())
        aim = {"integers": 1.5, "floats": 3.0}[kind]
        yield line(f"polars-{kind}", f"polars, {kind}", count, (scored(given, columns), peer), aim, wrong)
    everything = scored(rows, INTEGERS, ALL), partial(polars_naive, rows, 100)
    yield line("polars-all", "polars, integers, all seven results", count, everything, None)
    for kind, (_, given, columns, unit) in frames.items():
        other = partial(pandas_naive, given, unit)
        wrong = wrong_ones(exact, other()["score"])
        yield line(
            f"pandas-{kind}",
            f"pandas, {kind}",
            count,
            (scored(given, columns), other),
            1.0 if kind == "floats" else None,
            wrong,
        )
    connection = duckdb.connect()
    for kind, (given, _, columns, unit) in frames.items():
        connection.register("given", given.to_arrow())
        connection.execute(f"create table {kind} as select * from given")  # noqa: S608 - a name of this file
        table = connection.table(kind)
        naive = connection.sql(NAIVE_SQL.format(unit=f"{unit}::double", table=kind))
        wrong = wrong_ones(exact, naive.fetchnumpy()["score"])
        ours = partial(
            lambda own, of: score(own, columns=of, results=RESULTS).to_arrow_table(), table, columns
        )
        yield line(f"duckdb-{kind}", f"DuckDB, {kind}", count, (ours, naive.to_arrow_table), 1.3, wrong)


def row_by_row(count: int) -> Iterator[Line]:
    """Measure what people write row by row, over few rows, beside polars over fifty times as many, since few measure the planning."""
    few, many = drawn_rows(count), drawn_rows(count * 50)
    exact, frame = checked_scores(few), few.to_pandas()
    tuples = list(few.select("rule", "operator", "target", "actual", "weight").iter_rows())
    # A quotient of 28 digits times the weight may fall just short of a tie, which then is rounded down.
    decimals = [int(value * 100) for value in decimal_loop(tuples)]
    wrong_decimals = np.flatnonzero(np.array(decimals) != exact)
    contenders: Mapping[str, tuple[str, Work, float | None, tuple[int, int]]] = {
        "apply": (
            "pandas.apply(axis=1)",
            partial(pandas_apply, frame),
            0.001,
            wrong_ones(exact, pandas_apply(frame)),
        ),
        "decimal": (
            "a loop with Decimal",
            partial(decimal_loop, tuples),
            None,
            (len(wrong_decimals), len(set(wrong_decimals // 10))),
        ),
    }
    for key, (name, peer, aim, wrong) in contenders.items():
        ours, peers = in_turns(lambda: score(many, columns=INTEGERS, results=RESULTS), peer, 3)
        whole = tuple(Spent(one.elapsed / 50, one.cpu / 50) for one in ours)
        yield Line(key, f"polars, integers, beside {name}", count, whole, tuple(peers), aim, wrong)


def text_line(count: int) -> Line:
    """Measure printed cells against splitting them by a regular expression on the engine, and floats from there."""
    rows = drawn_rows(count)
    texts = as_texts(rows)

    def naive() -> pl.DataFrame:
        split = texts.with_columns(
            operator=pl.col("target").str.extract(r"^([<>=]+)"),
            target=pl.col("target").str.extract(r"([\d.]+)").cast(pl.Float64),
            actual=pl.col("actual").str.extract(r"([\d.]+)").cast(pl.Float64),
            weight=pl.col("weight").cast(pl.Float64),
        )
        return polars_naive(split, 1)

    wrong = wrong_ones(checked_scores(rows), naive()["score"].to_numpy())
    work = partial(score, texts, columns=TEXTS, results=RESULTS), naive
    return line("polars-texts", "polars, printed cells", count, work, None, wrong)


def parquet_line(path: Path, count: int) -> Line:
    """Measure totals of tables from Parquet against polars looking through the same columns."""
    write_rows(path, count)
    columns = ["table", "rule", "operator", "target", "actual", "weight"]

    def ours() -> Any:
        return totals(pl.scan_parquet(path), "common-practice", INTEGERS, TABLES).collect(engine="streaming")

    def scan() -> Any:
        return pl.scan_parquet(path).select(pl.col(columns).max()).collect(engine="streaming")

    name = "polars, Parquet to totals, beside scanning its columns"
    return line("parquet-totals", name, count, (ours, scan), 4)


def flatness(counts: Sequence[int]) -> list[tuple[int, float]]:
    """Give nanoseconds of CPU a row for some numbers of rows."""
    made = []
    for count in counts:
        rows = drawn_rows(count)
        times = in_turns(lambda: score(rows, columns=INTEGERS, results=RESULTS), lambda: None, 3)[0]  # noqa: B023 - called at once
        made.append((count, median(one.cpu for one in times) / count * 1e9))
    return made


def bandwidth() -> float:
    """Give how many GB a second one core reads and writes: what bounds everything over columns."""
    given = np.ones(50_000_000)
    made = np.empty_like(given)
    times = []
    for _ in range(5):
        start = perf_counter()
        np.copyto(made, given)
        times.append(perf_counter() - start)
    return 2 * given.nbytes / median(times) / 1e9


def write_rows(path: Path, count: int) -> None:
    """Write rows as Parquet, piece by piece."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415 - only here

    writer = None
    for first in range(0, count, PIECE):
        piece = drawn_rows(min(PIECE, count - first), first=first).to_arrow()
        writer = writer or pq.ParquetWriter(path, piece.schema, compression="zstd")
        writer.write_table(piece)
    assert writer is not None
    writer.close()


def own_process(code: str, *arguments: object) -> dict[str, Any]:
    """Run code in a process of its own; gives what it prints, its peak memory in MiB and its seconds."""
    start = perf_counter()
    command = [sys.executable, "-c", code + _PEAK, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603 - this interpreter
    *_, last = done.stdout.strip().splitlines()
    return {**json.loads(last), "seconds": perf_counter() - start}


_PEAK = """
import json
from pathlib import Path
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps({"peak": int(peak.split()[1]) / 1024, "made": made}))
"""
_STREAM = """
import sys, polars as pl
sys.path.insert(0, sys.argv[3])
from frames import INTEGERS, RESULTS
from perfeval.frames import score
scored = score(pl.scan_parquet(sys.argv[1]), columns=INTEGERS, results=RESULTS)
scored.sink_parquet(sys.argv[2])
made = pl.scan_parquet(sys.argv[2]).select(pl.len(), pl.col("perfeval_score").sum()).collect().row(0)
"""
_BATCH = """
import sys
from perfeval.cli import main
made = main(["batch", sys.argv[1], "-o", sys.argv[2], "--totals", sys.argv[3]])
"""


def streamed(folder: Path, count: int) -> dict[str, Any]:
    """Score a Parquet of many rows into another, streaming."""
    write_rows(folder / "many.parquet", count)
    return own_process(_STREAM, folder / "many.parquet", folder / "scored.parquet", Path(__file__).parent)


def province(folder: Path, tables: int) -> dict[str, Any]:
    """Run ``perfeval batch`` over a province: ten rows a table, printed cells under the headers of flat files."""
    path = folder / "province.parquet"
    write_province(path, tables)
    return own_process(_BATCH, path, folder / "rows.parquet", folder / "totals.parquet")


def write_province(path: Path, tables: int) -> None:
    """Write printed cells: indicators with rules, levels and names of their own, money and totals of each table."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - only here

    writer = None
    for first in range(0, tables * 10, PIECE // 10):
        rows = drawn_rows(min(PIECE // 10, tables * 10 - first), first=first)
        texts = as_texts(rows)
        levels = ("产出指标", "产出指标", "成本指标", "效益指标", "满意度指标")
        place = np.arange(len(rows)) % 10
        piece = texts.select(
            pl.format("P{}", pl.col("table")).alias("项目编码"),
            pl.format("项目{}", pl.col("table")).alias("项目名称"),
            pl.lit("2024").alias("年度"),
            pl.lit("万元").alias("金额单位"),
            (pl.col("table") % 900 + 100).cast(pl.String).alias("全年预算数"),
            (pl.col("table") % 900 + 10).cast(pl.String).alias("全年执行数"),
            pl.Series([levels[one // 2] for one in place]).alias("一级指标"),
            pl.format("指标{}", pl.col("table") % 1000 * 10 + pl.Series(place)).alias("三级指标"),
            pl.col("target").alias("指标值"),
            pl.col("actual").alias("实际完成值"),
            pl.lit("9").alias("分值"),
            pl.lit("9").alias("得分"),
            pl.col("rule").alias("赋分规则"),
            pl.lit("100").alias("总分"),
        ).to_arrow()
        writer = writer or pq.ParquetWriter(path, piece.schema, compression="zstd")
        writer.write_table(piece)
    assert writer is not None
    writer.close()


HEAD = (
    "| what | perfeval, CPU ns a row | peer, CPU ns a row | elapsed, ratio (min-max) | CPU, ratio (min-max) | aim, elapsed "
    "| wrong rows of the peer |\n|---|--:|--:|--:|--:|---|---|"
)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--province", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    lines = [
        *engine_lines(options.rows),
        text_line(options.rows // 10),
        *row_by_row(max(1000, options.rows // 200)),
    ]
    parts = [
        f"{options.rows:,} rows; polars {pl.__version__}, pandas {pd.__version__}, DuckDB {duckdb.__version__}."
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines.append(parquet_line(folder / "totals.parquet", options.rows))
        parts += ["", HEAD, *(line.row() for line in lines)]
        flat = flatness([options.rows // 100, options.rows // 10, options.rows])
        parts += [
            "",
            "CPU a row, polars from integers: "
            + ", ".join(f"{ns:.3g} ns at {count:,}" for count, ns in flat)
            + ".",
        ]
        parts.append(
            f"One core copies {bandwidth():.1f} GB/s; a row of the integers is 24 bytes and two short texts."
        )
        if options.large:
            made = streamed(folder, options.rows * 10)
            parts.append(
                f"{options.rows * 10:,} rows streamed from Parquet to Parquet: {made['seconds']:.0f} s, "
                f"{made['seconds'] / options.rows / 10 * 1e9:.0f} ns a row, peak {made['peak']:.0f} MiB (aim 2048)."
            )
        if options.province:
            made = province(folder, options.province)
            assert made["made"] == 0
            parts.append(
                f"`perfeval batch` over a province of {options.province:,} tables, {options.province * 10:,} rows, printed "
                f"cells, with totals: {made['seconds']:.0f} s, peak {made['peak']:.0f} MiB."
            )
    text = "\n".join(parts)
    print(text)
    if options.json:
        data = [attrs.asdict(line) | {"ratio": median(line.ratios("elapsed"))} for line in lines]
        options.json.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- frames: begin -->\n")
        _, _, after = rest.partition("<!-- frames: end -->")
        PAGE.write_text(
            f"{before}<!-- frames: begin -->\n{text}\n<!-- frames: end -->{after}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
