"""How much of the points rests on figures: recomputable, restating the budget, merely asserted."""

from __future__ import annotations

__all__ = ["Substance", "substance_of", "substance_picture"]

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum

from perfeval.auditing import AuditResult, AuditSettings
from perfeval.auditing.checks._costs import costs_of
from perfeval.auditing.checks.pe307_payment_as_quantity import CHECK as PAYMENT_AS_QUANTITY
from perfeval.auditing.checks.pe417_cost_rows_restate_budget import CHECK as COST_ROWS_RESTATE_BUDGET
from perfeval.auditing.subject import Table, Unit
from perfeval.messages import Language, Wording
from perfeval.report.pictures.drawing import LINE, MARGIN, SHADES, WIDTH, Picture, box, picture, pixels, text
from perfeval.rules import Kind
from perfeval.scoring import IndicatorScore, Note, Reason
from perfeval.scoring.numbers import quotient, total_of


class Substance(StrEnum):
    """What the points of a row rest on."""

    RECOMPUTABLE = "recomputable"
    RESTATING = "restating-the-budget"
    ASSERTED = "merely-asserted"
    UNSCORED = "not-scorable"


_TITLE = Wording("picture-substance", "分值的依据", "What the points rest on")
_NAMES = {
    Substance.RECOMPUTABLE: Wording("picture-substance-figures", "有数据，可复算", "figures, recomputable"),
    Substance.RESTATING: Wording(
        "picture-substance-restating", "重复预算与执行数", "restating budget and execution"
    ),
    Substance.ASSERTED: Wording("picture-substance-asserted", "仅有文字表述", "merely asserted"),
    Substance.UNSCORED: Wording("picture-substance-unscored", "未能复算", "could not be recomputed"),
}
_PART = Wording(
    "picture-substance-part", "{name}：{points} 分，{share}%", "{name}: {points} points, {share}%"
)
_DESCRIBED = Wording(
    "picture-substance-described",
    "各表指标分值合计 {points} 分（预算执行率的分值不计）。",
    "Weights of all indicators together: {points} points (those of the execution rate are left out).",
)
_SHADES = {
    Substance.RECOMPUTABLE: SHADES[0],
    Substance.RESTATING: SHADES[1],
    Substance.ASSERTED: SHADES[2],
    Substance.UNSCORED: None,
}
_WORDS = frozenset({Kind.ASSERTED, Kind.UNCLEAR, Kind.DEGREE})
_BAR = 30


def substance_picture(result: AuditResult, language: Language = "zh") -> Picture:
    """Draw one bar of the weights of all indicators of all tables, by what they rest on (see ``substance_of``)."""
    tables = (Table(number, card) for number, card in enumerate(result.cards))
    points = substance_of(tables)
    whole = total_of(points.values())
    described = [_DESCRIBED(points=f"{whole:f}").text(language)]
    drawn, done, left = [], Decimal(0), MARGIN
    for number, (substance, weight) in enumerate(points.items(), 1):
        share = _percent(weight, whole)
        words = _PART(name=_NAMES[substance]().text(language), points=f"{weight:f}", share=share).text(
            language
        )
        described.append(words)
        shade = _SHADES[substance]
        done = total_of((done, weight))
        right = MARGIN + pixels(done, whole, WIDTH - 2 * MARGIN)
        y = MARGIN + _BAR + number * LINE
        ink = shade.ink if shade else "currentColor"
        if right > left:
            drawn.append(box(left, MARGIN, (right - left, _BAR), shade, words))
        if right - left >= LINE:
            drawn.append(text((left + right) // 2, MARGIN + _BAR - 10, str(number), anchor="middle", ink=ink))
        drawn.append(box(MARGIN, y - 11, (24, 14), shade))
        drawn.append(text(MARGIN + 12, y, str(number), anchor="middle", ink=ink))
        drawn.append(text(MARGIN + 32, y, words))
        left = right
    height = 2 * MARGIN + _BAR + LINE * len(points)
    return picture(_TITLE().text(language), " ".join(described), height, drawn)


def substance_of(tables: Iterable[Table]) -> dict[Substance, Decimal]:
    """Add up the weights above 0 of all rows by what they rest on; each row counts once, by the first that holds.

    - could not be recomputed: the row has no score (不适用 is left out altogether);
    - restating the budget: PE307 holds for the row (a payment among the quantities), or PE417 for its table and the row
      is one of the ceilings in money that add up to the budget while their actuals add up to what was executed;
    - merely asserted: a target in words, or an actual that says done, says in time or repeats the target's range;
    - recomputable: target and actual are figures, periods or days.

    What was looked into and is left out of the findings counts as well: it asks for no explanation, and says no more.
    """
    points = dict.fromkeys(Substance, Decimal(0))
    for table in tables:
        restating = set(_restating(table))
        for row in table.rows:
            if row.weight is not None and row.weight > 0 and row.scored.reason is not Reason.NOT_APPLICABLE:
                substance = _substance(row.scored, is_restating=row.number in restating)
                points[substance] = total_of((points[substance], row.weight))
    return points


def _restating(table: Table) -> Iterator[int]:
    settings = AuditSettings()
    yield from (row.number for row in table.rows if any(PAYMENT_AS_QUANTITY.run(row, settings)))
    costs = costs_of(table)
    is_whole = not table.evaluation.partial
    if is_whole and costs is not None and any(COST_ROWS_RESTATE_BUDGET.run(Unit((table,)), settings)):
        yield from (row.number for row in costs.rows)


def _substance(row: IndicatorScore, *, is_restating: bool) -> Substance:
    if row.score is None:
        return Substance.UNSCORED
    if is_restating:
        return Substance.RESTATING
    compared = row.compared
    in_words = compared is not None and compared.kind in _WORDS
    return Substance.ASSERTED if in_words or Note.ASSERTED in row.notes else Substance.RECOMPUTABLE


def _percent(weight: Decimal, whole: Decimal) -> Decimal:
    if not whole:
        return Decimal("0.00")
    (n, n_by), (d, d_by) = weight.as_integer_ratio(), whole.as_integer_ratio()
    return quotient((100 * n * d_by, n_by * d), 2)
