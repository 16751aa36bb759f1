"""Scores in words: figures, rule, setting and basis, in Chinese or English."""

from __future__ import annotations

__all__ = [
    "NOTE_TEXTS",
    "REASON_TEXTS",
    "VERDICT_TEXTS",
    "explain_card",
    "explain_execution",
    "explain_indicator",
    "settings_of",
]

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from perfeval.messages import Language, Message, Wording
from perfeval.rulebook import BasisStatus, RuleBook, setting_value, shown_value
from perfeval.rules import Banded, Equality, Graded, Kind, Proportional, Rule
from perfeval.scoring.numbers import difference
from perfeval.scoring.vocabulary import Note, Reason, Verdict

if TYPE_CHECKING:
    from perfeval.formula import Step
    from perfeval.scoring.choice import Choice
    from perfeval.scoring.execution import ExecutionScore
    from perfeval.scoring.indicator import IndicatorScore
    from perfeval.scoring.scorecard import Scorecard


def _texts(table: dict[str, tuple[str, str]]) -> dict[str, Wording]:
    return {code: Wording(code, zh, en) for code, (zh, en) in table.items()}


REASON_TEXTS = _texts({
    Reason.BLANK_TARGET: ("指标值为空", "the target is blank"),
    Reason.BLANK_ACTUAL: ("实际完成值为空", "the actual is blank"),
    Reason.BLANK_WEIGHT: ("没有分值", "there is no weight"),
    Reason.BLANK_BUDGET: ("全年预算数为空", "the budget is blank"),
    Reason.BLANK_EXECUTED: ("全年执行数为空", "the executed amount is blank"),
    Reason.UNPARSED_TARGET: ("指标值读不出数", "the target cannot be read"),
    Reason.UNPARSED_ACTUAL: ("实际完成值读不出数", "the actual cannot be read as a number"),
    Reason.UNPARSED_WEIGHT: ("分值读不出或不合理", "the weight cannot be read, or is implausible"),
    Reason.UNPARSED_BUDGET: ("全年预算数读不出", "the budget cannot be read"),
    Reason.UNPARSED_EXECUTED: ("全年执行数读不出", "the executed amount cannot be read"),
    Reason.UNIT_MISMATCH: ("指标值与实际完成值的单位不可比", "the units of target and actual cannot be compared"),
    Reason.UNIT_AMBIGUOUS: ("有一方没有单位，无法确定", "one side has no unit, and it cannot be told"),
    Reason.RULE_UNFIT: ("文字指标值不适用这种赋分规则", "a target in words does not fit this scoring rule"),
    Reason.NO_RULE: ("印出的赋分规则只有文字，未达到目标时得几分无从计算", "the printed rule is in words only, and the target is not met"),
    Reason.NO_FUNDING: ("没有资金行", "there is no funding row"),
    Reason.NOT_APPLICABLE: ("不适用或不计分", "not applicable, or not counted"),
    Reason.NEGATIVE_TARGET: ("指标值为负且未达到，没有比例可言", "the target is negative and missed: it has no ratio"),
    Reason.NEGATIVE_AMOUNT: ("金额为负", "an amount is negative"),
    Reason.ZERO_BUDGET: ("全年预算数为 0，执行率无从计算", "the budget is 0: there is no execution rate"),
    Reason.NEEDS_JUDGEMENT: ("需要人来评判", "it takes a person to judge"),
})  # fmt: skip

NOTE_TEXTS = _texts({
    Note.DIRECTION_ASSUMED: ("指标值没有写方向，按惯例推定", "the target has no operator; its direction is assumed"),
    Note.UNIT_ASSUMED: ("有一方没有单位，按另一方推定", "one side has no unit; the other's is assumed"),
    Note.ACTUAL_INEQUALITY: ("实际完成值带有不等号，按其数值计算", "the actual is an inequality; its number is used"),
    Note.STRICT_AS_INCLUSIVE: ("大于、小于按大于等于、小于等于处理", "> and < are read as ≥ and ≤"),
    Note.APPROXIMATE: ("含约数，按其数值计算", "a figure is approximate; its number is used"),
    Note.ASSERTED: ("只凭文字表述，没有数据", "rests on words alone"),
    Note.EXCEEDS_EQUALITY: ("指标值写作“等于”，实际超过，按达到处理", "the target says =, the actual exceeds it and counts as met"),
    Note.ZERO_UNDER_CEILING: ("实际为 0 而指标值是上限，各地处理不一", "the actual is 0 under a ceiling; regions differ on it"),
    Note.OVER_EXECUTED: ("执行数大于预算数，按满分计", "more was executed than budgeted; full marks"),
    Note.TOTAL_ROW_ASSUMED: ("资金合计行是推定的", "which row is the total is assumed"),
    Note.TOTAL_ROW_EMPTY: ("资金合计行为空，用各分项之和", "the total row is empty; its parts are added up"),
    Note.BUDGET_COLUMN_ASSUMED: ("没有调整后预算数，用仅有的预算数", "there is no adjusted budget; the only budget is used"),
    Note.GRADE_EDGE: ("总分舍入前后等级不同", "rounding the total changes the grade"),
    Note.RESCALED: ("有指标不适用，总分按其余指标的分值折算", "some rows do not apply; the total is rescaled to the weights of the others"),
    Note.OVER_ACHIEVED: ("大幅超过指标值", "far above the target"),
})  # fmt: skip

VERDICT_TEXTS = _texts({
    Verdict.NOT_REPORTED: ("没有自评得分", "no score is reported"),
    Verdict.EQUAL: ("与自评一致", "equals the reported score"),
    Verdict.WITHIN_BAND: ("自评在其档次之内", "the reported score is inside the band"),
    Verdict.UNSCORABLE: ("无法复算", "cannot be recomputed"),
    Verdict.WITHIN_INPUT_ROUNDING: ("实际完成值的舍入可以解释自评得分", "rounding of the actual explains it"),
    Verdict.TAIL: ("尾差", "a difference of rounding"),
    Verdict.OTHER_FAMILY: ("按另一种承认的算法一致", "equal under another accepted rule"),
    Verdict.OTHER_DIRECTION: ("按另一方向理解指标值则一致", "equal when the target is read the other way"),
    Verdict.COARSE: ("自评得分位数较少，舍入后一致", "equal at the fewer digits printed"),
    Verdict.BELOW: ("自评偏低", "reported lower"),
    Verdict.DIFFERS: ("与自评不一致", "differs from the reported score"),
})  # fmt: skip

STATUS_TEXTS = _texts({
    BasisStatus.VERIFIED: ("已核对", "verified"),
    BasisStatus.REPORTED: ("有来源", "reported"),
    BasisStatus.BACKGROUND: ("未核对", "background"),
})  # fmt: skip
_RULES = _texts({
    "proportional": ("按比例赋分", "in proportion"),
    "direct": ("直接赋分", "direct"),
    "banded": ("分档赋分", "by bands"),
    "graded": ("按评判等级赋分", "by graded judgement"),
    "stated": ("印出的文字规则", "printed rule in words"),
})  # fmt: skip

_ROW = Wording(
    "explain-row", "{name}：指标值 {target}，实际完成值 {actual}", "{name}: target {target}, actual {actual}"
)
_NAMELESS_ROW = Wording(
    "explain-row", "指标值 {target}，实际完成值 {actual}", "target {target}, actual {actual}"
)
_MONEY = Wording(
    "explain-money",
    "预算执行率：执行数 {executed} ÷ 预算数 {budget} = {rate}",
    "execution rate: {executed} executed ÷ {budget} budget = {rate}",
)
_MONEY_UNKNOWN = Wording(
    "explain-money-unknown",
    "预算执行率：执行数 {executed}，预算数 {budget}",
    "execution rate: {executed} executed, {budget} budget",
)
_NO_SCORE = Wording("explain-none", "不能计分：{reason}", "no score: {reason}")
_RULE = Wording("explain-rule", "规则：{rule}（{chosen}）", "rule: {rule} ({chosen})")
_CHOSEN = Wording(
    "explain-chosen", "评分办法 {book} 第 {number} 条 match", "match {number} of rule book {book}"
)
_CALLED = Wording("explain-called", "评分办法 {book}，由调用者指定", "rule book {book}, named by the caller")
_SETTING = Wording("explain-setting", "设置：{name} = {value}", "setting: {name} = {value}")
_BASIS = Wording("explain-basis", "；依据：{source}（{status}）", "; basis: {source} ({status})")
_NO_BASIS = Wording("explain-no-basis", "；评分办法没有写依据", "; the rule book gives no basis")
_NOTE = Wording("explain-note", "注：{note}（{code}）", "note: {note} ({code})")
_REPORTED = Wording("explain-reported", "自评得分 {reported}：{verdict}", "reported {reported}: {verdict}")
_REPORTED_BY = Wording(
    "explain-reported-by", "自评得分 {reported}：{verdict}（{by}）", "reported {reported}: {verdict} ({by})"
)
_TOTAL = Wording(
    "explain-total", "总分 {total} = {sum}，等级 {grade}", "total {total} = {sum}, grade {grade}"
)
_RESCALED = Wording(
    "explain-rescaled",
    "总分 {total} = ({sum}) × {whole} ÷ {weight}，等级 {grade}",
    "total {total} = ({sum}) × {whole} ÷ {weight}, grade {grade}",
)
_NO_TOTAL = Wording(
    "explain-no-total",
    "没有总分：已复算 {scored} 分（分值共 {weight}），未能复算 {unscorable}",
    "no total: {scored} points recomputed out of {weight}; not recomputed: {unscorable}",
)
_REPORTED_TOTAL = Wording(
    "explain-reported-total",
    "自评总分 {reported}，差 {difference}",
    "reported total {reported}, difference {difference}",
)


_BY_REASON = {"below-pass-line": "pass_line", "over-achieved-step": "ladder"}


def explain_indicator(score: IndicatorScore, language: Language) -> str:
    """Give the lines on one indicator."""
    row = score.indicator
    name = " / ".join(part for part in (row.level1, row.level2, row.level3) if part)
    heading = _ROW if name else _NAMELESS_ROW
    target, actual = (cell.text if cell else "" for cell in (row.target, row.actual))
    lines = [heading(name=name, target=target or "-", actual=actual or "-").text(language)]
    lines += _result(score.steps, score.reason, language)
    book, choice = score.rulebook, score.choice
    chosen = _CALLED(book=book.id)
    if choice.match is not None:
        chosen = _CHOSEN(book=book.id, number=choice.match + 1)
    rule = _RULES.get(choice.rule.kind)
    label = rule().text(language) if rule else choice.rule.kind
    lines.append(_RULE(rule=label, chosen=chosen.text(language)).text(language))
    for name in settings_of(score):
        lines.append(_own_parameter(choice, name, language) or _setting(book, name, language))
    lines += _notes(score.notes, language)
    lines += _reported(score.reported_score, score.verdict, score.verdict_by, language)
    return "\n  ".join(lines)


def settings_of(score: IndicatorScore) -> list[str]:
    """Give the names of the settings of the book that a score depended on, such as ``settings.reverse``."""
    compared, choice = score.compared, score.choice
    kind = compared.kind if compared else None
    because = {step.because.code for step in score.steps if step.because}
    return _settings(choice.rule, kind, score.notes, because, is_satisfaction=choice.is_satisfaction)


def explain_execution(score: ExecutionScore, language: Language) -> str:
    """Give the lines on the execution rate."""
    facts = {
        "executed": _or_dash(score.executed),
        "budget": _or_dash(score.budget),
        "rate": score.rate or "-",
    }
    lines = [(_MONEY if score.rate else _MONEY_UNKNOWN)(**facts).text(language)]
    lines += _result(score.steps, score.reason, language)
    settings = ["execution.rule"] if score.score is not None else []
    lines += [_setting(score.rulebook, setting, language) for setting in settings]
    lines += _notes(score.notes, language)
    lines += _reported(score.reported_score, score.verdict, None, language)
    return "\n  ".join(lines)


def explain_card(card: Scorecard, language: Language) -> str:
    """Give the lines on a whole table."""
    parts = [card.execution.explain(language), *(row.explain(language) for row in card.indicators)]
    parts.append(_total(card, language))
    return "\n".join(parts)


def _total(card: Scorecard, language: Language) -> str:
    if card.total is None:
        counts = ", ".join(f"{reason} {count}" for reason, count in card.unscorable.items()) or "-"
        facts = {"scored": card.scored_subtotal, "weight": card.scored_weight, "unscorable": counts}
        return _NO_TOTAL(**facts).text(language)
    terms = [str(score.score) for score in card.scores if score.score is not None]
    facts = {"total": card.total, "sum": " + ".join(terms), "grade": card.grade or "-"}
    if Note.RESCALED in card.notes:
        facts |= {"whole": card.rulebook.weights.sum, "weight": card.scored_weight}
        text = _RESCALED(**facts).text(language)
        text += "\n  " + _setting(card.rulebook, "weights.inapplicable", language)
    else:
        text = _TOTAL(**facts).text(language)
    if card.reported_total is not None:
        facts = {
            "reported": card.reported_total,
            "difference": f"{difference(card.total, card.reported_total):+f}",
        }
        text += "\n  " + _REPORTED_TOTAL(**facts).text(language)
    text += "".join("\n  " + line for line in _notes(card.notes, language))
    return text


def _result(steps: Iterable[Step], reason: Reason | None, language: Language) -> list[str]:
    if reason is not None:
        return [_NO_SCORE(reason=REASON_TEXTS[reason]().text(language)).text(language)]
    return [step.text(language) for step in steps]


def _notes(notes: Iterable[Note], language: Language) -> list[str]:
    return [_NOTE(note=NOTE_TEXTS[note]().text(language), code=note).text(language) for note in notes]


def _reported(reported: Decimal | None, verdict: Verdict, by: str | None, language: Language) -> list[str]:
    if reported is None:
        return []
    text = VERDICT_TEXTS[verdict]().text(language)
    message: Message = _REPORTED(reported=reported, verdict=text)
    if by:
        message = _REPORTED_BY(reported=reported, verdict=text, by=by)
    return [message.text(language)]


def _setting(book: RuleBook, name: str, language: Language) -> str:
    return _SETTING(name=name, value=setting_value(book, name)).text(language) + _basis(book, name, language)


def _basis(book: RuleBook, name: str, language: Language) -> str:
    basis = book.basis_of(name)
    if basis is None:
        return _NO_BASIS().text(language)
    status = STATUS_TEXTS[basis.status]().text(language)
    return _BASIS(source=basis.source, status=status).text(language)


def _own_parameter(choice: Choice, name: str, language: Language) -> str | None:
    """Give the line on a parameter that the match gives on the spot, in place of the book's setting."""
    group, _, parameter = name.partition(".")
    own, usual = getattr(choice.rule, parameter, None), getattr(choice.book.settings, parameter, None)
    if group != "settings" or choice.match is None or not hasattr(choice.rule, parameter) or own == usual:
        return None
    line = _SETTING(name=f"match[{choice.match}].rule.{parameter}", value=shown_value(own)).text(language)
    return line + _basis(choice.book, "match", language)


def _settings(
    rule: Rule, kind: Kind | None, notes: tuple[Note, ...], because: set[str], *, is_satisfaction: bool
) -> list[str]:
    """Give the settings that this score depended on."""
    names = ["settings.satisfaction"] if is_satisfaction else []
    if isinstance(rule, Proportional) and kind is Kind.AT_MOST:
        names.append("settings.reverse")
    if (
        kind is Kind.EQUAL
        and isinstance(rule, Proportional)
        and (Note.EXCEEDS_EQUALITY in notes or rule.equality is Equality.EXACT)
    ):
        names.append("settings.equality")
    names += [f"settings.{name}" for code, name in _BY_REASON.items() if code in because]
    if Note.ZERO_UNDER_CEILING in notes:
        names.append("settings.zero_under_ceiling")
    if Note.DIRECTION_ASSUMED in notes:
        names.append("settings.lower_is_better")
    if Note.OVER_ACHIEVED in notes:
        names.append("settings.over_achievement")
    if isinstance(rule, Graded) and kind in (Kind.ASSERTED, Kind.UNCLEAR):
        names.append("graded.bands")
    if isinstance(rule, Banded) and not is_satisfaction:
        names.append("match")
    return names


def _or_dash(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:f}"
