"""One score as a live formula: the numbers that it is made of, and the formula over the cells that hold them."""

from __future__ import annotations

__all__ = ["NUMBERS", "Calculation", "calculation_of"]

from collections.abc import Mapping
from decimal import Decimal

import attrs

from perfeval.formula import Node, plain
from perfeval.formula.exact import Pair
from perfeval.formula.nodes import Divide, Input, Multiply, Number, with_inputs
from perfeval.formula.spreadsheet import CellNumber, NoCellFormulaError, cell_formula
from perfeval.messages import Language, Wording
from perfeval.rules import Kind
from perfeval.scoring import ExecutionScore, IndicatorScore, Reason
from perfeval.scoring.explain import REASON_TEXTS
from perfeval.scoring.working import formula_of, score_formula

NUMBERS = ("weight", "target", "high", "actual")
"""The cells beside a row that its formula looks at."""

_CELL_OF = {"low": "target", "degree": "actual"}
_USUAL_DECIMALS = 2  # so that somebody can type 9.95 where 10 was
_ENDLESS = Wording(
    "workbook-endless",
    "换算后不是有限小数，此处为数值",
    "has no end as a decimal; this is the value",
)


@attrs.frozen
class Calculation:
    """The numbers of the cells, by the names of ``NUMBERS``, the formula of the score over inputs, and its value."""

    value: Decimal
    numbers: Mapping[str, Decimal]
    _formula: Node

    def formula(self, references: Mapping[str, str], language: Language) -> str:
        """Give the cell formula, without ``=``; ``references`` are the cells of ``NUMBERS``.

        Raises NoCellFormulaError where a spreadsheet would not compute it exactly.
        """
        try:
            return self._written(references, language, _USUAL_DECIMALS)
        except NoCellFormulaError:
            return self._written(references, language, 0)

    def _written(self, references: Mapping[str, str], language: Language, decimals: int) -> str:
        cells = {
            name: _cell(references[_CELL_OF.get(name, name)], number, decimals)
            for name in (*NUMBERS, *_CELL_OF)
            if (number := self.numbers.get(_CELL_OF.get(name, name))) is not None
        }
        return cell_formula(self._formula, cells, lambda code: REASON_TEXTS[Reason(code)]().text(language))


def calculation_of(score: ExecutionScore | IndicatorScore) -> Calculation | None:
    """Give how a score is calculated; None where there is none. Raises NoCellFormulaError for numbers without end."""
    compared = score.compared
    if score.score is None or score.weight is None or compared is None:
        return None
    inputs = dict(compared.inputs)
    share = inputs.pop("share", None)
    if isinstance(score, ExecutionScore):
        rule, kind = score.rulebook.execution.rule, Kind.AT_LEAST
        given: dict[str, Node] = {"share": Divide(Input("actual"), Input("target"))}
    else:
        rule, kind = score.choice.rule, compared.kind
        given = {} if share is None else {"share": _share(share, inputs["actual"])}
    fraction = with_inputs(formula_of(rule, kind), given)
    numbers = {_CELL_OF.get(name, name): _decimal(pair) for name, pair in inputs.items() if name != "weight"}
    numbers["weight"] = score.weight
    return Calculation(score.score, numbers, score_formula(fraction, score.rulebook.rounding))


def _share(share: Pair, actual: Pair) -> Node:
    """Bands look at the actual as a fraction of one: per cent, unless the two numbers say otherwise."""
    if actual[0] == 0:
        return Multiply(Input("actual"), Number(1, 100))
    return Multiply(Input("actual"), Number(share[0] * actual[1], share[1] * actual[0]))


def _decimal(pair: Pair) -> Decimal:
    text = plain(pair)
    if "÷" in text:
        raise NoCellFormulaError(_ENDLESS())
    return Decimal(text)


def _cell(reference: str, number: Decimal, least: int) -> CellNumber:
    exponent = number.as_tuple().exponent
    decimals = max(least, -exponent if isinstance(exponent, int) else 0)
    numerator, denominator = number.as_integer_ratio()
    size = abs(numerator) * 10**decimals // denominator
    return CellNumber(reference, decimals, size, size)
