"""What other software calls: score a table, one indicator, one execution rate."""

from __future__ import annotations

__all__ = ["score", "score_execution", "score_indicator"]

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.rules import RULES
from perfeval.scoring.choice import name_of_kind
from perfeval.scoring.execution import ExecutionScore, score_amounts
from perfeval.scoring.indicator import IndicatorScore, score_row
from perfeval.scoring.scorecard import Scorecard, score_table, year_of
from perfeval.table import (
    Evaluation,
    Indicator,
    TargetCell,
    amount_cell,
    number_cell,
    target_cell,
    weight_cell,
)
from perfeval.values import Quantity, Target

Book = str | Path | RuleBook
CellLike = str | int | Decimal | Mapping[str, str] | Target | TargetCell
AmountLike = str | int | Decimal | Quantity

_A_KIND = re.compile(r"[A-Za-z][A-Za-z_ -]*")
_NO_WEIGHT = Wording("CALL-WEIGHT", "分值“{weight}”读不出", "the weight '{weight}' cannot be read")
_NO_YEAR = Wording(
    "CALL-YEAR", "年度“{year}”读不出，请写如 2024", "the year '{year}' cannot be read; write it like 2024"
)
_NO_SUCH_KIND = Wording(
    "CALL-KIND",
    "“{rule}”既不是规则的种类（{kinds}），也不是印出的赋分规则",
    "'{rule}' is neither the kind of a rule ({kinds}) nor the printed text of one",
)
_NOT_A_TABLE = Wording("CALL-TABLE", "应为 Evaluation，现为 {type}", "must be an Evaluation, not a {type}")


def score(evaluation: Evaluation, rulebook: Book = "common-practice") -> Scorecard:
    """Recompute every rate, score, subtotal, total and grade of a table, exactly.

    ``rulebook`` is a built-in name, the path of a TOML file, or a loaded RuleBook. What the table says never
    raises; a wrong call raises UsageError, a broken book UnreadableError.
    """
    if not isinstance(evaluation, Evaluation):
        raise UsageError(_NOT_A_TABLE(type=type(evaluation).__name__))
    return score_table(evaluation, load_rulebook(rulebook))


def score_indicator(  # noqa: PLR0913 - the cells of one row, by name
    target: CellLike | None,
    actual: CellLike | None,
    weight: str | int | Decimal | None = 10,
    rule: str | None = None,
    level1: str | None = None,
    level2: str | None = None,
    level3: str | None = None,
    year: int | str | None = None,
    rulebook: Book = "common-practice",
    reported: str | int | Decimal | None = None,
) -> IndicatorScore:
    """Score one indicator from its cells.

    ``rule`` is the printed 赋分规则 or the kind of a rule (``direct``). ``weight`` is in points. ``year`` is that of
    the table, for deadlines without one. Floats are refused (UsageError): they are binary.

    >>> score_indicator("<=8.90万元", "8.94万元", weight=10).score
    Decimal('9.96')
    """
    kind = rule if rule is not None and name_of_kind(rule) else None
    if (
        rule and kind is None and _A_KIND.fullmatch(rule)
    ):  # printed rules are Chinese: this is a kind misspelt
        raise UsageError(
            _NO_SUCH_KIND(rule=rule, kinds=" ".join([*(each.kind for each in RULES), "satisfaction"]))
        )
    known_year = year_of(year)
    if year is not None and known_year is None:
        raise UsageError(_NO_YEAR(year=year))
    row = Indicator(
        level1=level1,
        level2=level2,
        level3=level3,
        target=target_cell(target),
        actual=target_cell(actual, "actual"),
        weight=weight_cell(weight),
        score=number_cell(reported, "reported"),
        rule=None if kind else rule,
    )
    return score_row(row, load_rulebook(rulebook), known_year, rule_kind=kind)


def score_execution(
    budget: AmountLike | None,
    executed: AmountLike | None,
    weight: str | int | Decimal = 10,
    rulebook: Book = "common-practice",
    reported: str | int | Decimal | None = None,
) -> ExecutionScore:
    """Score the execution rate of one budget and one executed amount, both in the same unit.

    >>> score_execution("50.00", "8.94").rate
    '17.88%'
    """
    points = weight_cell(weight)
    if points is None or not isinstance(points.value, Decimal):
        raise UsageError(_NO_WEIGHT(weight=weight))
    return score_amounts(
        amount_cell(budget, "budget"),
        amount_cell(executed, "executed"),
        points.value,
        load_rulebook(rulebook),
        number_cell(reported, "reported"),
    )
