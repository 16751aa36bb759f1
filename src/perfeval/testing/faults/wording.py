"""Faults of how cells are worded: words for a date or a range, figures that say nothing or lost their unit."""

from __future__ import annotations

__all__ = ["FAULTS"]

from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import number_of, renumbered, with_row
from perfeval.testing.fault import Change, Fault, in_row, in_table
from perfeval.testing.faults.shortfalls import blanked
from perfeval.testing.figures import shown, trimmed
from perfeval.testing.places import is_full, read_row


def _in_words(evaluation: Evaluation, number: int) -> bool:
    row = evaluation.indicators[number]
    is_judged = not row.rule or "等级" in row.rule
    has_no_digit = row.target is not None and not any(sign.isdigit() for sign in row.target.text)
    return is_judged and has_no_digit and is_full(row) and "效益" in (row.level1 or "") + (row.level2 or "")


def _repeated(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    return with_row(evaluation, number, actual=str(row.target)) if _in_words(evaluation, number) else None


def _hollow(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    if not _in_words(evaluation, number):
        return None
    return with_row(
        evaluation,
        number,
        level3=random.choice(("发挥示范带动作用", "提升队伍凝聚力", "保障机关运转")),
        target="=100%",
        actual="100%",
        rule="按照正常比例赋分" if row.rule else row.rule,
        previous_year=blanked(row.previous_year),
    )


def _all_content(evaluation: Evaluation, random: Random) -> Change:
    numbers = [
        n for n, row in enumerate(evaluation.indicators) if "满意" in (row.level1 or "") + (row.level3 or "")
    ]
    row = evaluation.indicators[numbers[0]] if len(numbers) == 1 else None
    reading = None if row is None else read_row(row)
    if row is None or reading is None or not reading.is_sound or not reading.unit.is_percent:
        return None
    evidence = None if row.evidence is None else random.choice(("工作资料", "会计凭证"))
    actual = renumbered(row.actual, random.choice(("100", "100.00")))
    return with_row(
        evaluation, numbers[0], actual=actual, evidence=evidence
    ), f"indicators[{numbers[0]}].actual"


def _yuan_without_unit(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    """The target is in 万元, the actual in 元 and says nothing of it."""
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    if reading is None or reading.unit.symbol != "万元" or not reading.is_sound or reading.actual <= 0:
        return None
    return with_row(
        evaluation, number, actual=trimmed(reading.actual * 10_000), previous_year=blanked(row.previous_year)
    )


def _ratio_for_rate(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    reading = read_row(evaluation.indicators[number])
    if reading is None or not reading.unit.is_percent or not reading.is_sound or not reading.is_floor:
        return None
    return with_row(evaluation, number, actual=shown(reading.actual / 100)) if reading.target >= 10 else None


def _year_for_date(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    is_deadline = row.target is not None and row.target.text.endswith("前") and "月" in row.target.text
    if not is_deadline or not is_full(row) or "12月" in str(row.target) or not evaluation.year:
        return None
    return with_row(evaluation, number, actual=f"{evaluation.year}年")


def _words_for_range(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    if row.target is None or "%-" not in row.target.text or not is_full(row) or not number_of(row.score):
        return None
    return with_row(evaluation, number, actual="处于正常水平")


FAULTS: tuple[Fault, ...] = (
    in_row("target repeated as actual", "PE303", _repeated, "actual"),
    in_row("effect in words as 100 %", "PE304", _hollow, "target"),
    in_table("everybody content, no survey", "PE309", _all_content),
    in_row("元 without unit against 万元", "PE314", _yuan_without_unit, "actual"),
    in_row("ratio for a percentage", "PE315", _ratio_for_rate, "actual"),
    in_row("year for a date", "PE319", _year_for_date, "actual"),
    in_row("words for a range", "PE319", _words_for_range, "actual"),
)
