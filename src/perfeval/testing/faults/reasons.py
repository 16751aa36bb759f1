"""Faults of explanations and evidence."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import number_of, with_row, with_score
from perfeval.testing.fault import Change, Fault, alone, in_row, in_table
from perfeval.testing.faults.amounts import amounts_of, has_cost_in_money, spent_anew, written
from perfeval.testing.faults.shortfalls import fallen_short, overrun
from perfeval.testing.figures import hundredths, shown
from perfeval.testing.places import is_full, read_row

_OF_MONEY = tuple(
    "资金 款 执行率 预算 支付 结余 结转 合同 年中 上级 调 追加 增加 新增 压减 核减 下达 收回 统筹".split()
)


def _missed(evaluation: Evaluation, number: int, random: Random, reason: str) -> Evaluation | None:
    row = evaluation.indicators[number]
    found = None if row.deviation is None or row.deviation else fallen_short(evaluation, number, random)
    if found is None:
        return None
    return with_row(with_score(found[0], number, hundredths(found[1])), number, deviation=reason)


def _no_reason(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _missed(evaluation, number, random, random.choice(("", "—")))


def _no_reason_over_ceiling(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    found = None if row.deviation is None or row.deviation else overrun(evaluation, number, random)
    if found is None:
        return None
    changed, reading, actual = found
    scored = with_score(changed, number, hundredths(reading.weight * reading.target / actual))
    return with_row(scored, number, deviation="")


def _no_reason_in_words(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row, weight = evaluation.indicators[number], number_of(evaluation.indicators[number].weight)
    is_judged = row.rule is not None and "等级" in row.rule
    if row.deviation != "" or not is_judged or not is_full(row) or weight is None or weight < 3:
        return None
    changed = with_row(evaluation, number, actual="部分达成年度指标")
    return with_score(changed, number, hundredths(weight * random.randint(62, 78) / 100))


def _empty_reason(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _missed(evaluation, number, random, random.choice(("无", "已完成", "按计划完成", "无偏差")))


def _other_figure(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """The reason names the row with a figure a little off."""
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    name = row.level3 or ""
    if row.deviation != "" or reading is None or not reading.is_sound or reading.actual <= 0 or len(name) < 4:
        return None
    if reading.unit.is_absent or any(sign in name for sign in "()（）、，,0123456789每各节"):
        return None
    wrong = shown(reading.actual * random.choice((104, 105, 94)) / 100, reading.places + 1)
    if Fraction(wrong) in (reading.actual, reading.target, abs(reading.target - reading.actual)):
        return None
    return with_row(evaluation, number, deviation=f"实施条件变化，{name}{wrong}{reading.unit.symbol}")


def _other_rate(evaluation: Evaluation, random: Random) -> Change:
    """The reason gives another execution rate than the table."""
    money = amounts_of(evaluation)
    numbers = [number for number, row in enumerate(evaluation.indicators) if row.deviation == ""]
    if money is None or not numbers or money.rate >= Fraction(99, 100):
        return None
    number = random.choice(numbers)
    text = f"受招标影响，预算执行率{shown(100 * money.rate - random.randint(2, 6))}%"
    return with_row(evaluation, number, deviation=text), f"indicators[{number}].deviation"


def _no_evidence(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    if not row.evidence or not is_full(row):
        return None
    return with_row(evaluation, number, evidence=random.choice(("", "—", "无")))


def _has_column(evaluation: Evaluation) -> bool:
    return any(row.deviation is not None for row in evaluation.indicators)


def _may_speak_of_money(evaluation: Evaluation) -> bool:
    """Say whether a text speaks of money, or may where rows are known to be missing."""
    texts = [row.deviation or "" for row in evaluation.indicators]
    goal = (evaluation.goal.expected or "") + (evaluation.goal.actual or "")
    return evaluation.partial or any(word in text for text in (*texts, goal) for word in _OF_MONEY)


def _low_execution(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if (
        money is None
        or not _has_column(evaluation)
        or _may_speak_of_money(evaluation)
        or has_cost_in_money(evaluation)
    ):
        return None
    share = Fraction(random.randint(62, 88), 100)
    parts = tuple(hundredths(part * share) for part in money.adjusted[1:])
    return spent_anew(evaluation, money.adjusted, (sum(parts, Fraction(0)), *parts)), "funding[0].rate"


def _adjusted(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or money.initial is None or _may_speak_of_money(evaluation):
        return None
    less = hundredths(money.adjusted[1] * random.randint(30, 60) / 100)
    if less * 8 < money.adjusted[0]:
        return None
    initial = (money.adjusted[0] - less, money.adjusted[1] - less, *money.adjusted[2:])
    return written(evaluation, "initial", initial), "funding[0].initial"


def _unit_cost(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """Less than half of what was paid for is there, all the money is spent, and the form has no column for reasons."""
    row, money = evaluation.indicators[number], amounts_of(evaluation)
    rows = [other for other in evaluation.indicators if "数量" in (other.level2 or "")]
    is_paid = any(word in (row.level3 or "") for word in ("购置", "补贴", "养护", "新建", "修缮", "更新"))
    if (
        money is None
        or rows != [row]
        or not is_paid
        or row.deviation is not None
        or money.rate < Fraction(95, 100)
    ):
        return None
    found = fallen_short(evaluation, number, random, (25, 45))
    return None if found is None else with_score(found[0], number, hundredths(found[1]))


def _full_outputs(evaluation: Evaluation, random: Random) -> Change:
    """Little is spent, a reason speaks of late money, and every output has full marks."""
    money, told = amounts_of(evaluation), _told(evaluation)
    outputs = [row for row in evaluation.indicators if "产出" in (row.level1 or "")]
    if (
        money is None
        or told is None
        or evaluation.partial
        or len(outputs) < 2
        or not all(map(is_full, outputs))
    ):
        return None
    share = Fraction(random.randint(20, 58), 100)
    parts = tuple(hundredths(part * share) for part in money.adjusted[1:])
    return spent_anew(told, money.adjusted, (sum(parts, Fraction(0)), *parts)), "funding[0].executed"


def _told(evaluation: Evaluation) -> Evaluation | None:
    """Let the table say that money came late, where it can."""
    numbers = [number for number, row in enumerate(evaluation.indicators) if row.deviation == ""]
    if not numbers or has_cost_in_money(evaluation) or _may_speak_of_money(evaluation):
        return None
    return with_row(evaluation, numbers[0], deviation="资金下达较晚，执行率偏低")


FAULTS: tuple[Fault, ...] = (
    in_row("missed without a reason", "PE501", _no_reason, "deviation"),
    in_row("ceiling passed without a reason", "PE501", _no_reason_over_ceiling, "deviation"),
    in_row("achieved in part without a reason", "PE501", _no_reason_in_words, "deviation"),
    in_row("another figure in the reason", "PE504", _other_figure, "deviation"),
    in_table("another rate in the reason", "PE504", _other_rate),
    in_row("missed, the reason says nothing", "PE506", _empty_reason, "deviation"),
    in_row("no evidence", "PE507", _no_evidence, "evidence"),
    in_table("low execution without a reason", "PE508", _low_execution),
    in_table("budget adjusted without a reason", "PE509", _adjusted),
    in_row("money spent on half the quantity", "PE606", _unit_cost, "actual"),
    alone(in_table("full outputs for half the money", "PE607", _full_outputs)),
)
