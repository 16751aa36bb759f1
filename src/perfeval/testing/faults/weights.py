"""Faults of weights, totals and grades."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

import attrs

from perfeval.table import Evaluation
from perfeval.testing.edit import number_of, renumbered, with_row, with_rows, with_score, with_total
from perfeval.testing.fault import Change, Fault, in_table
from perfeval.testing.figures import trimmed
from perfeval.testing.places import adds_up, full_rows

_GRADES = ("优", "良", "中", "差")


def _weigh(evaluation: Evaluation, number: int, more: Fraction | int) -> Evaluation:
    """Give a row with full marks so many points more, in weight and in score."""
    row = evaluation.indicators[number]
    weight = (number_of(row.weight) or Fraction(0)) + more
    changed = with_row(evaluation, number, weight=renumbered(row.weight, trimmed(weight)))
    return with_score(changed, number, weight)


def _heavier(evaluation: Evaluation, random: Random) -> Change:
    return _of_other_weight(evaluation, random, random.randint(2, 9))


def _lighter(evaluation: Evaluation, random: Random) -> Change:
    return _of_other_weight(evaluation, random, -random.randint(1, 3))


def _of_other_weight(evaluation: Evaluation, random: Random, more: int) -> Change:
    numbers = full_rows(evaluation, 5)
    if not numbers or not adds_up(evaluation):
        return None
    return _weigh(evaluation, random.choice(numbers), more), "total.weight"


def _execution_besides(evaluation: Evaluation, random: Random) -> Change:
    """The rows alone make 100, and the execution rate has its points besides."""
    numbers = full_rows(evaluation)
    execution = number_of(evaluation.funding[0].weight) if evaluation.funding else None
    if not numbers or execution is None or not adds_up(evaluation):
        return None
    number = random.choice(numbers)
    if (number_of(evaluation.indicators[number].weight) or 0) + execution >= 50:
        return None
    changed = _weigh(evaluation, number, execution)
    score = number_of(evaluation.funding[0].score) or Fraction(0)
    return with_total(changed, -score), "total.weight"


def _total_weight(evaluation: Evaluation, random: Random) -> Change:
    if not adds_up(evaluation) or number_of(evaluation.total.weight) != 100:
        return None
    total = attrs.evolve(evaluation.total, weight=random.choice(("110", "95", "120", "99")))
    return attrs.evolve(evaluation, total=total), "total.weight"


def _moved_between_groups(evaluation: Evaluation, random: Random) -> Change:
    numbers = [
        number for number in full_rows(evaluation, 4) if "分)" in (evaluation.indicators[number].level1 or "")
    ]
    first = random.choice(numbers) if numbers else 0
    others = [n for n in numbers if evaluation.indicators[n].level1 != evaluation.indicators[first].level1]
    if not others or not adds_up(evaluation):
        return None
    changed = _weigh(_weigh(evaluation, first, 2), random.choice(others), -2)
    return _only_named(changed, evaluation.indicators[first].level1), f"indicators[{first}].weight"


def _only_named(evaluation: Evaluation, kept: str | None) -> Evaluation:
    """Take the points out of the names of all other groups, which would say the same."""
    rows = tuple(
        row if row.level1 == kept else attrs.evolve(row, level1=(row.level1 or "").partition("(")[0])
        for row in evaluation.indicators
    )
    return with_rows(evaluation, rows)


def _group_renamed(evaluation: Evaluation, random: Random) -> Change:
    """The name of a group promises other points than its rows have."""
    groups = [row.level1 for row in evaluation.indicators]
    if not adds_up(evaluation) or any("分" in (group or "分") for group in groups):
        return None
    name = random.choice(groups)
    weight = sum(
        (number_of(row.weight) or Fraction(0) for row in evaluation.indicators if row.level1 == name),
        Fraction(0),
    )
    stated = f"{name}（{trimmed(weight + random.choice((-5, 5, 10)))}分）"
    rows = tuple(
        attrs.evolve(row, level1=stated) if row.level1 == name else row for row in evaluation.indicators
    )
    return with_rows(evaluation, rows), f"indicators[{groups.index(name)}].weight"


def _no_weight_left(evaluation: Evaluation, random: Random) -> Change:
    """A row of weight 0; its points went to a neighbour of the same group."""
    return _given_away(evaluation, random, Fraction(0))


def _negative_weight(evaluation: Evaluation, random: Random) -> Change:
    return _given_away(evaluation, random, Fraction(-random.randint(1, 5)))


def _given_away(evaluation: Evaluation, random: Random, left: Fraction) -> Change:
    numbers = full_rows(evaluation, 2)
    random.shuffle(numbers)
    for number in numbers:
        row = evaluation.indicators[number]
        others = [n for n in numbers if n != number and evaluation.indicators[n].level1 == row.level1]
        weight = number_of(row.weight)
        if others and weight is not None and adds_up(evaluation) and weight - left < 40:
            changed = with_row(evaluation, number, weight=trimmed(left), coefficient=None)
            changed = with_total(with_row(changed, number, score="0"), -weight)
            return _weigh(changed, random.choice(others), weight - left), f"indicators[{number}].weight"
    return None


def _heavy(evaluation: Evaluation, random: Random) -> Change:
    """One row takes the points of the others, of which each keeps 1."""
    numbers = full_rows(evaluation, 2)
    whole = sum((number_of(evaluation.indicators[n].weight) or Fraction(0) for n in numbers), Fraction(0))
    has_names = any("分" in (row.level1 or "分") for row in evaluation.indicators)
    if has_names or whole - len(numbers) < 50 or not adds_up(evaluation):
        return None
    first = random.choice(numbers)
    changed = evaluation
    for number in numbers:
        weight = number_of(evaluation.indicators[number].weight) or Fraction(0)
        changed = _weigh(
            changed, number, whole - weight - len(numbers) + 1 if number == first else 1 - weight
        )
    return changed, f"indicators[{first}].weight"


def _group_missing(evaluation: Evaluation, random: Random) -> Change:
    """Effects or results are filed under another kind, so that the table has none of its own."""
    group, other = random.choice((("效益", "产出"), ("产出", "效益"), ("满意度", "效益")))
    rows = evaluation.indicators
    names = [(row.level1 or "") + (row.level2 or "") for row in rows]
    has_all = all(any(word in name for name in names) for word in ("产出", "效益", "满意度"))
    if evaluation.partial or not has_all or any("分" in (row.level1 or "") for row in rows):
        return None
    if any(group in (row.level2 or "") and group not in (row.level1 or "") for row in rows):
        return None
    level2 = {"产出": "质量指标", "效益": "社会效益指标"}[other]
    moved = tuple(
        attrs.evolve(row, level1=f"{other}指标", level2=level2) if group in (row.level1 or "") else row
        for row in rows
    )
    return with_rows(evaluation, moved), "indicators"


def _weight_given_away(evaluation: Evaluation, random: Random) -> Change:
    """Points of one row went to another, and its score stayed."""
    numbers = full_rows(evaluation, 4)
    if len(numbers) < 2 or any("分" in (row.level1 or "") for row in evaluation.indicators):
        return None
    first, second = random.sample(numbers, 2)
    row = evaluation.indicators[first]
    weight = (number_of(row.weight) or Fraction(0)) - 2
    changed = with_row(evaluation, first, weight=renumbered(row.weight, trimmed(weight)), coefficient=None)
    return _weigh(changed, second, 2), f"indicators[{first}].weight"


FAULTS: tuple[Fault, ...] = (
    in_table("one row heavier", "PE201", _heavier),
    in_table("one row lighter", "PE201", _lighter),
    in_table("execution besides 100", "PE201", _execution_besides),
    in_table("another sum in the total row", "PE201", _total_weight),
    in_table("weight moved to another group", "PE202", _moved_between_groups),
    in_table("group named with other points", "PE202", _group_renamed),
    in_table("weight 0", "PE208", _no_weight_left),
    in_table("negative weight", "PE208", _negative_weight),
    in_table("one row holds half of all points", "PE209", _heavy),
    in_table("a kind of indicator missing", "PE211", _group_missing),
    in_table("weight lowered, score kept", "PE104", _weight_given_away),
)
