"""Many tables together: the Bortala disclosure by hand, marks and buckets at their edges, laws of the sample."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import Evaluation, Funding, Indicator, audit, read
from perfeval.cli import main
from perfeval.errors import UsageError
from perfeval.portfolio import Bucket, GroupedBy, Signal, Summary, Weighing, draw, spread_of, summarize

TABLES = "examples/bortala-2024"


def table(
    budget: str | None,
    executed: str | None,
    *,
    name: str = "甲",
    actual: str = "10",
    department: str = "财政局",
) -> Evaluation:
    """A table of one indicator of 90 points with the target ≥10 and 10 points of execution."""
    return Evaluation(
        name=name,
        department=department,
        year="2024",
        amount_unit="万元",
        funding=[Funding(label="年度资金总额", adjusted=budget, executed=executed, weight="10")],
        indicators=[
            Indicator(
                level1="产出指标",
                level3="数量",
                target="≥10个",
                actual=f"{actual}个",
                weight="90",
                score="90",
            )
        ],
    )


def summary_of(*tables: Evaluation, sample: int | None = None, **more: object) -> Summary:
    return summarize(audit(tables), sample=sample, **more)  # type: ignore[arg-type]


def bortala() -> Summary:
    paths = sorted(Path(TABLES).glob("*.toml"))
    return summary_of(*(one for path in paths for one in read(path).evaluations))


def test_bortala() -> None:
    summary = bortala()
    assert (len(summary.lines), summary.indicators, summary.scored, dict(summary.unscorable)) == (
        8,
        55,
        55,
        {},
    )
    signals = {line.card.execution.rate: line.signal for line in summary.lines}
    assert signals == {
        "100.00%": Signal.GREEN,
        "88.01%": Signal.RED,
        "17.88%": Signal.RED,
        "97.60%": Signal.GREEN,
        "44.44%": Signal.RED,
    }
    assert summary.reported_grades == {"优": 6, "良": 1, "中": 0, "差": 0, None: 1}
    assert summary.grades == {"优": 8, "良": 0, "中": 0, "差": 0, None: 0}
    # 3174.98 of 3175.09 is printed as 100.00% and is not all of it.
    assert summary.buckets == {
        Bucket.UNDER_30: 1,
        Bucket.FROM_30: 1,
        Bucket.FROM_60: 0,
        Bucket.FROM_80: 3,
        Bucket.ALL: 3,
        Bucket.OVER: 0,
        None: 0,
    }
    projects = next(group for group in summary.groups if group.name)
    assert (projects.tables, int(projects.budget), int(projects.executed)) == (7, 11_704_200, 9_903_700)


@pytest.mark.parametrize(
    ("executed", "actual", "signal"),
    [
        ("95", "10", Signal.GREEN),  # (1 − 0.95) ÷ 1 is 0.05: strict
        ("94.9", "10", Signal.RED),
        ("0", "0", Signal.YELLOW),  # q is 0
        ("80", "0", Signal.GREEN),  # (B − E) ÷ B is 0.2: strict
        ("79.9", "0", Signal.YELLOW),
        (None, "10", None),
        ("95", "", None),
    ],
)
def test_signals_at_their_marks(executed: str | None, actual: str, signal: Signal | None) -> None:
    assert summary_of(table("100", executed, actual=actual)).lines[0].signal == signal


def test_no_budget_is_yellow_and_a_blank_one_is_unknown() -> None:
    assert [line.signal for line in summary_of(table("0", "0"), table("", "0")).lines] == [
        Signal.YELLOW,
        None,
    ]


@pytest.mark.parametrize(
    ("executed", "bucket"),
    [
        ("29.99", "<30"),
        ("30", "30-60"),
        ("60", "60-80"),
        ("80", "80-100"),
        ("99.999", "80-100"),
        ("100", "100"),
        ("100.01", ">100"),
        ("", None),
    ],
)
def test_buckets(executed: str, bucket: str | None) -> None:
    assert summary_of(table("100", executed)).lines[0].bucket == bucket


def test_quartiles_by_hand() -> None:
    spread = spread_of(map(Decimal, ("80", "90.01", "91", "100")), Decimal(100))
    assert spread is not None
    assert (spread.least, spread.lower, spread.median, spread.upper, spread.most, spread.full) == (
        *map(Decimal, ("80", "87.5075", "90.505", "93.25", "100")),
        1,
    )
    assert spread_of((), Decimal(100)) is None


def test_groups_keep_whole_units_apart_and_count_those_without_money() -> None:
    whole = Evaluation(kind="whole_unit", department="财政局", funding=[Funding(adjusted="5", executed="5")])
    groups = summary_of(table("1", "1"), table("2", ""), whole, table("3", "3", department="商务局")).groups
    assert [(one.name, str(one.kind), one.tables, one.with_money, int(one.budget)) for one in groups] == [
        ("商务局", "project", 1, 1, 30_000),
        ("财政局", "project", 2, 1, 10_000),
        ("财政局", "whole_unit", 1, 0, 0),  # no unit is printed
    ]
    assert [one.name for one in summary_of(table("1", "1"), by=GroupedBy.YEAR).groups] == ["2024"]


def test_money_of_its_own_unit_counts_in_yuan() -> None:
    other = Evaluation(
        amount_unit="万元", funding=[Funding(adjusted="50000元", executed="3.5万", weight="10")]
    )
    line = summary_of(other).lines[0]
    assert (line.budget, line.executed) == (Fraction(50_000), Fraction(35_000))


def test_the_scores_are_those_of_the_audit() -> None:
    result = audit([table("100", "50"), table("1", "1")])
    assert all(line.card is card for line, card in zip(summarize(result).lines, result.cards, strict=True))


budgets = st.lists(st.integers(0, 1000), min_size=1, max_size=12)
seeds = st.integers(-5, 1000)


def drawn(amounts: list[int], size: int, seed: int) -> Summary:
    tables = [table(str(one), "0", name=str(number)) for number, one in enumerate(amounts)]
    return summary_of(*tables, sample=size, weighing=Weighing.AMOUNT, seed=seed)


@given(budgets, st.integers(1, 14), seeds)
def test_a_sample_has_its_size_and_covers_what_it_holds(amounts: list[int], size: int, seed: int) -> None:
    sample = drawn(amounts, size, seed).sample
    assert sample is not None
    heavy = [number for number, one in enumerate(amounts) if one]
    assert len(set(sample.numbers)) == len(sample.numbers) == min(size, len(heavy))
    assert set(sample.numbers) <= set(heavy)
    assert sample.without_weight == len(amounts) - len(heavy)
    covered, whole = sample.coverage.amount
    assert (int(covered), int(whole)) == (
        10_000 * sum(amounts[one] for one in sample.numbers),
        10_000 * sum(amounts),
    )
    assert sample.coverage.tables == (len(sample.numbers), len(amounts))


@given(budgets, st.integers(1, 6), seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_tables_does_not_matter(
    amounts: list[int], size: int, seed: int, random: object
) -> None:
    tables = [table(str(one), "0", name=str(number)) for number, one in enumerate(amounts)]
    turned = list(tables)
    random.shuffle(turned)  # type: ignore[attr-defined]
    names = []
    for order in (tables, turned):
        summary = summary_of(*order, sample=size, weighing=Weighing.AMOUNT, seed=seed)
        assert summary.sample is not None
        names.append({summary.lines[number].evaluation.name for number in summary.sample.numbers})
    assert names[0] == names[1]


def test_heavier_tables_are_drawn_in_proportion() -> None:
    """Over 400 seeds a table of 3 parts of 10 is drawn about 120 times; the numbers are the same everywhere."""
    lines = drawn([1, 2, 3, 4], 1, 0)
    samples = [draw(lines.lines, 1, Weighing.AMOUNT, seed) for seed in range(400)]
    counts = [sum(number in one.numbers for one in samples) for number in range(4)]
    assert sum(counts) == 400
    for count, parts in zip(counts, (1, 2, 3, 4), strict=True):
        assert abs(Fraction(count, 400) - Fraction(parts, 10)) < Fraction(7, 100)


def test_a_sample_of_none_is_refused() -> None:
    with pytest.raises(UsageError, match="不小于 1"):
        summary_of(table("1", "1"), sample=0)


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", TABLES, "--sample", "2", "--weigh", "amount", "--seed", "-7"]) == 0
    assert "监管信号：红 3，黄 0，绿 5" in capsys.readouterr().out
    assert main(["summarize", TABLES, "--sample", "2", "--output-format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["schema"] == "perfeval.summary.v1"
    assert sum(row["drawn"] for row in made["tables"]) == len(made["sample"]["tables"]) == 2
    assert sum(row["risk"] for row in made["tables"]) == made["sample"]["coverage"]["risk"][1]
    assert main(["summarize", TABLES, "--output-format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert [row["signal"] for row in rows].count("red") == 3
    assert {row["drawn"] for row in rows} == {""}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sample", "x"], "--sample must be a whole number, not x"),
        (["--sample", "0"], "at least 1, not 0"),
        (["--seed", "1.5"], "--seed must be a whole number, not 1.5"),
    ],
)
def test_misuse(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["summarize", TABLES, "--lang", "en", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


SETTINGS = 'schema = "perfeval.audit-settings.v1"\n[signals]\n'


def test_marks_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text(
        f'{SETTINGS}gap = {{ more_than = "0.6", basis = "本局 2024 年监控通知" }}\n', encoding="utf-8"
    )
    arguments = ["summarize", TABLES, "--config", str(config), "--lang", "en", "--output-format", "json"]
    assert main(arguments) == 0
    signals = json.loads(capsys.readouterr().out)["signals"]
    # (1 − 0.444) ÷ 1 is not above 0.6, and 0.556 of the budget is unspent.
    assert (signals["red"], signals["yellow"], signals["green"]) == (1, 1, 6)
    assert signals["marks"]["gap"] == {"more_than": "0.6", "basis": "本局 2024 年监控通知"}
    assert signals["marks"]["unspent"]["more_than"] == "0.2"
    assert main(["audit", TABLES, "--config", str(config)]) == 1  # findings: the same file serves both


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ('{ more_than = "5", basis = "甲" }', "signals.gap.more_than: must be from 0 to 1"),
        ('{ more_than = "-0.1", basis = "甲" }', "signals.gap.more_than: must be from 0 to 1"),
        ('{ more_than = 0.1, basis = "甲" }', "signals.gap.more_than: must be a string"),
        ('{ more_than = "0.1" }', "signals.gap.basis: is required"),
        ('{ more_than = "0.1", basis = " " }', "signals.gap.basis: say where"),
        ('{ more_than = "0.1", basis = 7 }', "signals.gap.basis: must be a string"),
        ('"0.1"', "signals.gap: must be a table"),
        ('{ share = "0.1", basis = "甲" }', "share: is not a known key"),
    ],
)
def test_marks_that_are_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, mark: str, said: str
) -> None:
    config = tmp_path / "own.toml"
    config.write_text(f"{SETTINGS}gap = {mark}\n", encoding="utf-8")
    assert main(["summarize", TABLES, "--config", str(config), "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert f"{config}:3:" in err
