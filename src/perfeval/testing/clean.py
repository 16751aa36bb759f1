"""Clean tables: random, of varied form, in which every figure follows from the others."""

from __future__ import annotations

__all__ = ["clean_evaluation", "clean_unit"]

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

import attrs

from perfeval.table import Evaluation, Goal, Indicator, TableKind, Total
from perfeval.testing import words
from perfeval.testing.edit import number_of
from perfeval.testing.figures import hundredths, one_in, shown, trimmed
from perfeval.testing.form import Form, draw_form
from perfeval.testing.money import Money, draw_money, funding_rows, whole_money
from perfeval.testing.rows import (
    Draft,
    counted,
    deadline,
    direct,
    graded,
    ranged,
    rated,
    satisfaction,
    under_ceiling,
)

_GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def clean_evaluation(random: Random) -> Evaluation:
    """Draw a project's table in which nothing is wrong."""
    form = draw_form(random)
    return _project(random, form, random.choice(words.PROJECTS), random.choice(words.UNITS))[0]


def clean_unit(random: Random) -> tuple[Evaluation, ...]:
    """Draw a unit's own table and two to four of its projects; the unit's money holds that of its projects."""
    form = draw_form(random)
    unit = random.choice(words.UNITS)
    names = random.sample(words.PROJECTS, random.randint(2, 4))
    drawn = [_project(random, form, name, unit) for name in names]
    projects = [table for table, _ in drawn]
    return _whole(random, form, unit, projects, [money for _, money in drawn]), *projects


def _project(random: Random, form: Form, name: str, unit: str) -> tuple[Evaluation, Money]:
    money = draw_money(random, form)
    drafts = [(group, weight, _drafts(random, form, group, money)) for group, weight in form.groups]
    rows = _told(random, form, money, _weighed(random, form, drafts))
    return _table(random, form, TableKind.PROJECT, (name, unit), money, rows), money


def _whole(
    random: Random, project_form: Form, unit: str, projects: Sequence[Evaluation], moneys: Sequence[Money]
) -> Evaluation:
    own = draw_form(random, TableKind.WHOLE_UNIT)
    form = attrs.evolve(
        own, year=project_form.year, money_unit=project_form.money_unit, has_initial=project_form.has_initial
    )
    drafts = [(group, weight, _whole_drafts(random, form, group)) for group, weight in form.groups]
    rows = _weighed(random, form, drafts)
    money = whole_money(random, moneys)
    shared = _told(random, form, money, _shared(random, projects, rows))
    return _table(random, form, TableKind.WHOLE_UNIT, (unit, unit), money, shared)


def _shared(
    random: Random, projects: Sequence[Evaluation], rows: tuple[Indicator, ...]
) -> tuple[Indicator, ...]:
    """Let the first row of the unit be one of a project's, with the same figures: where it passed its target."""
    names = [row.level3 for table in projects for row in table.indicators]
    found = [
        row
        for table in projects
        for row in table.indicators
        if row.level2 == "数量指标" and names.count(row.level3) == 1 and row.deviation in (None, "")
    ]
    first = rows[0]
    if not found or first.level2 != "数量指标" or first.deviation not in (None, "") or one_in(random, 3):
        return rows
    other = random.choice(found)
    same = attrs.evolve(
        first,
        level3=other.level3,
        target=other.target,
        actual=other.actual,
        score=first.weight,
        previous_year=None,
    )
    return same, *rows[1:]


def _table(
    random: Random,
    form: Form,
    kind: TableKind,
    names: tuple[str, str],
    money: Money,
    rows: tuple[Indicator, ...],
) -> Evaluation:
    funding = funding_rows(random, form, money, is_whole=kind is TableKind.WHOLE_UNIT)
    score = hundredths(form.execution * min(money.rate, Fraction(1)))
    total = score + sum((number_of(row.score) or 0 for row in rows), Fraction(0))
    grade = next(grade for least, grade in _GRADES if total >= least)
    return Evaluation(
        kind=kind,
        name=names[0],
        organisation=names[1],
        year=str(form.year),
        amount_unit=form.money_unit,
        goal=_goal(random, rows),
        funding=funding,
        indicators=rows,
        total=Total(
            weight="100" if form.has_total else None,
            score=form.points(total) if form.has_total else None,
            grade=grade if form.has_total and form.has_grade else None,
        ),
    )


def _goal(random: Random, rows: Sequence[Indicator]) -> Goal:
    """Say the first quantity in words, as it stands in the rows."""
    row = next((row for row in rows if row.level2 == "数量指标"), None)
    if row is None or row.target is None or row.actual is None or one_in(random, 3):
        return Goal(expected="按计划完成年度任务。", actual="年度任务按计划推进。")
    number = row.target.text.lstrip("≥>=＞＝不少于")
    return Goal(expected=f"{row.level3}{number}。", actual=f"{row.level3}{row.actual.text.lstrip('=')}。")


def _drafts(random: Random, form: Form, group: str, money: Money) -> list[Draft]:
    if group == "产出指标":
        return _outputs(random, form, words.QUANTITIES)
    if group == "成本指标":
        return _costs(random, form, money)
    if group == "效益指标":
        return _benefits(random, form, words.BENEFITS_COUNTED, words.CEILINGS)
    return [_asked(random, form)]


def _whole_drafts(random: Random, form: Form, group: str) -> list[Draft]:
    if group in {"产出指标", "履职效能"}:
        return _outputs(random, form, words.WHOLE_QUANTITIES)
    return [_asked(random, form)] if group == "满意度指标" else _benefits(random, form, words.WHOLE_BENEFITS)


def _asked(random: Random, form: Form) -> Draft:
    return satisfaction(random, form, random.choice(words.SATISFACTIONS))


def _outputs(random: Random, form: Form, things: Sequence[words.Counted]) -> list[Draft]:
    quantities = [counted(random, form, thing) for thing in random.sample(things, random.randint(1, 3))]
    qualities = [
        rated(random, form, name, "质量指标") for name in random.sample(words.QUALITIES, random.randint(1, 2))
    ]
    timely = [direct(random, form, random.choice(words.TIMELINESS), "时效指标")]
    if one_in(random, 2):
        timely.append(deadline(random, form, random.choice(words.STAGES_OF_WORK)))
    if one_in(random, 5):
        qualities.append(ranged(random, form, random.choice(words.RANGES), "质量指标"))
    return [*quantities, *qualities, *timely]


def _benefits(
    random: Random, form: Form, things: Sequence[words.Counted], ceilings: Sequence[words.Counted] = ()
) -> list[Draft]:
    drafts = [
        graded(random, form, thing, "社会效益指标")
        for thing in random.sample(words.BENEFITS_IN_WORDS, random.randint(1, 2))
    ]
    if one_in(random, 2):
        drafts.append(counted(random, form, random.choice(things), "经济效益指标"))
    if ceilings and one_in(random, 3):
        drafts.append(under_ceiling(random, form, random.choice(ceilings), "社会效益指标"))
    return drafts


def _costs(random: Random, form: Form, money: Money) -> list[Draft]:
    kind = random.randrange(4)
    if kind == 0:
        things = random.sample(words.UNIT_COSTS, random.randint(1, 2))
        return [under_ceiling(random, form, thing, "经济成本指标") for thing in things]
    if kind == 1:
        return [_cost(form, "项目总成本", money.budget, money.spent)]
    if kind == 2:
        names = random.sample(words.COST_PARTS, 2)
        first, spent = hundredths(money.budget * 3 / 5), hundredths(money.spent * 3 / 5)
        parts = ((first, spent), (money.budget - first, money.spent - spent))
        return [_cost(form, name, *amounts) for name, amounts in zip(names, parts, strict=True)]
    sign = "=" if form.repeats_sign else ""
    return [
        Draft(
            level2="经济成本指标",
            name="成本控制率",
            target=f"{form.sign('<=')}100%",
            actual=f"{sign}{trimmed(100 * money.rate)}%",
        )
    ]


def _cost(form: Form, name: str, ceiling: Fraction, spent: Fraction) -> Draft:
    sign = "=" if form.repeats_sign else ""
    unit = form.money_unit
    target, actual = f"{form.sign('<=')}{shown(ceiling)}{unit}", f"{sign}{shown(spent)}{unit}"
    return Draft(level2="经济成本指标", name=name, target=target, actual=actual)


def _weighed(
    random: Random, form: Form, groups: Sequence[tuple[str, int, Sequence[Draft]]]
) -> tuple[Indicator, ...]:
    rows = []
    for group, weight, drafts in groups:
        level1 = f"{group}({weight}分)" if form.names_weights else group
        weights = _split(random, weight, len(drafts))
        rows += [_row(random, form, level1, draft, one) for draft, one in zip(drafts, weights, strict=True)]
    return tuple(rows)


def _split(random: Random, whole: int, count: int) -> list[Fraction]:
    """Share points out in whole numbers, none of them 0; now and then in halves."""
    scale = 2 if one_in(random, 6) else 1
    least = whole * scale // (count + 2)
    cuts = sorted(random.randint(0, whole * scale - least * count) for _ in range(count - 1))
    edges = [0, *cuts, whole * scale - least * count]
    return [Fraction(high - low + least, scale) for low, high in pairwise(edges)]


def _row(random: Random, form: Form, level1: str, draft: Draft, weight: Fraction) -> Indicator:
    score = hundredths(weight * draft.share)
    evidence = draft.evidence or random.choice(words.EVIDENCE)
    return Indicator(
        level1=level1,
        level2=draft.level2,
        level3=draft.name,
        target=draft.target,
        actual=draft.actual,
        weight=trimmed(weight),
        score=form.points(score),
        previous_year=draft.previous if form.has_previous else None,
        rule=draft.rule if form.has_rule else None,
        standard="计划标准" if form.has_standard else None,
        evidence=evidence if form.has_evidence else None,
        deviation=draft.reason if form.has_deviation else None,
        coefficient=f"{shown(100 * draft.share)}%" if form.has_coefficient else None,
    )


def _told(random: Random, form: Form, money: Money, rows: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Say why money was not spent where a reader looks for it: with the cost, else in the first row."""
    if not form.has_deviation or money.rate >= Fraction(9, 10):
        return rows
    reason = random.choice(words.UNSPENT_REASONS)
    number = next((number for number, row in enumerate(rows) if "成本" in (row.level1 or "")), 0)
    told = "；".join(text for text in (rows[number].deviation, reason) if text)
    return *rows[:number], attrs.evolve(rows[number], deviation=told), *rows[number + 1 :]
