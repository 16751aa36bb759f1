"""Plans: how the rows of one combination of rule, levels and shapes of cells are scored, decided once in Python.

The same functions choose the rule, the direction and the common unit as for a single row. What depends on the
numbers of a row (a unit that was assumed and gives an absurd ratio) becomes part of the formula.
"""

from __future__ import annotations

__all__ = ["Context", "Plan", "is_constant", "leaves_of", "plan_of"]

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm

import attrs

from perfeval.formula.columns import (
    ONE,
    Choose,
    Decision,
    Linear,
    NotLinearError,
    Ratio,
    Refusal,
    decision,
    leaves,
)
from perfeval.formula.nodes import (
    Branch,
    Case,
    Compare,
    Greatest,
    Input,
    Multiply,
    Node,
    Number,
    Refuse,
    Subtract,
    with_inputs,
)
from perfeval.frames.cells import Constant, Varying
from perfeval.rulebook import RuleBook
from perfeval.rules import Banded, Kind, Proportional, Rule
from perfeval.rules.parts import ACTUAL, TARGET, ZERO
from perfeval.scoring.choice import Choice, choose, direction, target_kind
from perfeval.scoring.compare import (
    KINDS,
    WIDEST,
    Common,
    Compared,
    common_unit,
    compare,
    in_months,
    is_plain_percentage,
)
from perfeval.scoring.indicator import without_value
from perfeval.scoring.vocabulary import Reason
from perfeval.scoring.working import completion_formula, first_reason, formula_of, with_share
from perfeval.values import (
    Comparison,
    Deadline,
    Missing,
    MissingReason,
    Operator,
    Quantity,
    Range,
    Target,
    Unit,
)

_SOME = 2  # any number that is no special case: neither 0 nor a share
_UNDEFINED = Refusal("undefined")
_LOW, _HIGH = Input("low"), Input("high")


@attrs.frozen(cache_hash=True)
class Context:
    """What a row says of itself besides its numbers."""

    rule: str | None
    level1: str | None
    level2: str | None
    level3: str | None
    year: int | None


@attrs.frozen
class Plan:
    """The rule of some rows, the decisions of its score and of completion, and the factors for one scale.

    ``target`` and ``actual`` are multiplied by their factors; ``one`` is then the integer that stands for 1.
    """

    rule: str
    family: str | None
    decision: Decision
    completion: Decision
    target: int = 1
    actual: int = 1
    one: int = 1


def plan_of(book: RuleBook, context: Context, target: Varying | Constant, actual: Varying | Constant) -> Plan:
    """Decide how rows are scored.

    Raises NotLinearError for a rule that columns cannot hold.
    """
    choice = choose(
        book,
        context.rule,
        context.level1,
        context.level2,
        context.level3,
        target_kind(without_value(_sample(target), _sample(actual))[0]),  # 新增 is a word there
    )
    try:
        return _Planner(book, context, choice, tuple(map(_scale, (target, actual)))).plan(target, actual)
    except NotLinearError as error:
        raise NotLinearError(f"{choice.rule.kind}: {error}") from None


def _sample(cell: Varying | Constant) -> Target:
    return cell.comparison(_SOME) if isinstance(cell, Varying) else cell.value


def _scale(cell: Varying | Constant) -> int:
    return cell.scale if isinstance(cell, Varying) else 0


@attrs.frozen
class _Planner:
    book: RuleBook
    context: Context
    choice: Choice
    scales: Sequence[int]

    def plan(self, target: Varying | Constant, actual: Varying | Constant) -> Plan:
        if isinstance(target, Constant) or isinstance(actual, Constant):
            target, actual, reason = self.constants(target, actual)
            if reason is not None:
                return self.refused(reason)
        if isinstance(target, Constant) and isinstance(actual, Constant):
            return self.fixed(target.value, actual.value)
        wanted = target.comparison(_SOME) if isinstance(target, Varying) else target.value
        if isinstance(wanted, Deadline):
            months = in_months(wanted.period)
            found = _sample(actual)
            if months is not None and isinstance(found, Comparison) and found.quantity.unit == months.unit:
                return self.numbers(Constant(Comparison(Operator.AT_MOST, months)), actual)
        if isinstance(actual, Constant) and isinstance(actual.value, Deadline):
            months = in_months(actual.value.period)
            if months is not None and isinstance(wanted, Comparison) and wanted.quantity.unit == months.unit:
                return self.numbers(target, Constant(Comparison(None, months)))
        if isinstance(wanted, Comparison | Range) and isinstance(_sample(actual), Comparison):
            return self.numbers(target, actual)
        return self.words(wanted, actual)

    def constants(
        self, target: Varying | Constant, actual: Varying | Constant
    ) -> tuple[Varying | Constant, Varying | Constant, Reason | None]:
        """Give what stands for a cell without value (新增, 无 against 0), or the reason why nothing does."""
        wanted, found = _sample(target), _sample(actual)
        if isinstance(target, Varying) and found == Missing(MissingReason.NONE):
            return target, actual, None  # 无 is 0 where the target is 0: that depends on the row
        wanted, found, reason = without_value(wanted, found)
        return (
            Constant(wanted) if isinstance(target, Constant) else target,
            Constant(found) if isinstance(actual, Constant) else actual,
            reason,
        )

    def refused(self, reason: Reason) -> Plan:
        return Plan(self.choice.rule.kind, None, Refusal(str(reason)), _UNDEFINED)

    def fixed(self, wanted: Target, found: Target) -> Plan:
        """Two constants: everything is known now."""
        compared = compare(wanted, found, self.assumed(wanted), self.context.year)
        if isinstance(self.choice.rule, Banded) and compared.reason is None:
            compared = with_share(compared)
        return self.known(compared)

    def known(self, compared: Compared) -> Plan:
        rule, family = self.choice.rule, self.family(compared.kind)
        reason = None if compared.reason is None else first_reason(rule, compared)
        if reason is not None:
            return Plan(rule.kind, family, Refusal(str(reason)), _UNDEFINED)
        given = {name: Number(*pair) for name, pair in compared.inputs.items()}
        made, completion = (
            decision(with_inputs(formula(rule, compared.kind), given))
            for formula in (formula_of, completion_formula)
        )
        return Plan(rule.kind, family, made, completion if given else _UNDEFINED)

    def assumed(self, wanted: Target) -> Operator:
        if isinstance(wanted, Comparison) and wanted.operator is None:
            return direction(self.book, self.context.level1, self.context.level2, self.context.level3)
        return Operator.EQUAL

    def family(self, kind: Kind) -> str | None:
        rule = self.choice.rule
        return str(rule.reverse) if kind is Kind.AT_MOST and isinstance(rule, Proportional) else None

    def words(self, wanted: Target, actual: Varying | Constant) -> Plan:
        """A text or date against a number, or a number against words."""
        found = _sample(actual)
        if isinstance(actual, Constant) and found == Missing(MissingReason.NONE):
            return self.none_against(wanted)
        compared = compare(wanted, found, self.assumed(wanted), self.context.year)
        if (
            compared.kind is not Kind.DEGREE
            or not isinstance(actual, Varying)
            or not is_plain_percentage(found)
        ):
            return self.known(compared)
        unit = actual.unit
        degree = Multiply(Number(unit.numerator, unit.denominator), ACTUAL)
        nodes = [
            with_inputs(formula(self.choice.rule, Kind.DEGREE), {"degree": degree})
            for formula in (formula_of, completion_formula)
        ]
        return self.scaled(Kind.DEGREE, nodes, Fraction(1))

    def none_against(self, wanted: Target) -> Plan:
        """无 as an actual: 0 where the target is 0, else a blank."""
        if not isinstance(wanted, Comparison):
            return self.refused(Reason.BLANK_ACTUAL)
        nothing = Constant(Comparison(None, Quantity(wanted.quantity.number * 0, wanted.quantity.unit)))
        target = Varying(wanted.operator, wanted.quantity.unit, wanted.quantity.approximate, self.scales[0])
        guard = Compare("=", TARGET, ZERO)
        return self.numbers(target, nothing, only_where=(guard, Reason.BLANK_ACTUAL))

    def numbers(
        self,
        target: Varying | Constant,
        actual: Varying | Constant,
        only_where: tuple[Compare, Reason] | None = None,
    ) -> Plan:
        """Two numbers, or a range and a number, of which at least one varies."""
        wanted, found = _sample(target), _sample(actual)
        assert isinstance(found, Comparison)  # noqa: S101 - for the type checker
        ends = (wanted.low, wanted.high) if isinstance(wanted, Range) else (_comparison(wanted).quantity,)
        kind = Kind.RANGE if isinstance(wanted, Range) else self.kind(_comparison(wanted))
        common = common_unit(ends[0].unit, found.quantity.unit)
        if common is None:
            return self.known(Compared(kind, {}, (), Reason.UNIT_MISMATCH))
        given: dict[str, Node] = {}
        if isinstance(target, Constant):
            names = ("low", "high") if len(ends) == 2 else ("target",)
            inherits = common.unit is not ends[0].unit
            units = [common.unit if inherits else end.unit for end in ends]
            pairs = [end.with_unit(unit).in_unit(common.unit) for end, unit in zip(ends, units, strict=True)]
            given = {name: _lowest(pair) for name, pair in zip(names, pairs, strict=True)}
        if isinstance(actual, Constant):
            given["actual"] = _lowest(found.quantity.with_unit(common.own).in_unit(common.unit))
        nodes = [self.guarded(kind, common, formula) for formula in (formula_of, completion_formula)]
        if only_where is not None:
            nodes = [Case((Branch(only_where[0], node),), Refuse(str(only_where[1]))) for node in nodes]
        nodes = [with_inputs(node, given) for node in nodes]
        return self.scaled(kind, nodes, _ratio_of(common.own, common.unit))

    def kind(self, wanted: Comparison) -> Kind:
        return KINDS[wanted.operator or self.assumed(wanted)]

    def guarded(self, kind: Kind, common: Common, formula: Callable[[Rule, Kind], Node]) -> Node:
        """Give a formula of the rule, after what an assumed unit must not give."""
        rule = self.choice.rule
        node = formula(rule, kind)
        sample = Compared(kind, {"actual": (_SOME, 1)}, unit=common.unit)
        if isinstance(rule, Banded):
            shared = with_share(sample)
            if shared.reason is not None:
                return self.where_plausible(kind, common, Refuse(str(first_reason(rule, shared))))
            share = Fraction(*shared.inputs["share"]) / _SOME
            node = with_inputs(node, {"share": Multiply(Number(*share.as_integer_ratio()), ACTUAL)})
            if common.unit.is_bare:
                refusal = self.ambiguous(kind)
                below_two = Case((Branch(Compare("=", ACTUAL, ZERO), node),), refusal)
                node = Case((Branch(Compare("<", _size(ACTUAL), Number(2)), below_two),), node)
        return self.where_plausible(kind, common, node)

    def ambiguous(self, kind: Kind) -> Refuse:
        """Give the refusal of a unit that is not believed, unless the rule never scores such rows anyhow."""
        compared = Compared(kind, {}, (), Reason.UNIT_AMBIGUOUS)
        return Refuse(str(first_reason(self.choice.rule, compared)))

    def where_plausible(self, kind: Kind, common: Common, node: Node) -> Node:
        if not common.assumed:
            return node
        refusal = self.ambiguous(kind)
        bounds = (_LOW, _HIGH) if kind is Kind.RANGE else (TARGET,)
        for bound in bounds:
            for one, other in ((ACTUAL, bound), (bound, ACTUAL)):
                far = Case(
                    (Branch(Compare("=", other, ZERO), node),),
                    Case(
                        (Branch(Compare(">", _size(one), Multiply(Number(WIDEST), _size(other))), refusal),),
                        node,
                    ),
                )
                node = far
        if common.bare is None:
            return node
        bare, other = (ACTUAL, bounds[0]) if common.bare == "actual" else (bounds[0], ACTUAL)
        small = Case((Branch(Compare("<", _size(other), Number(2)), node),), refusal)
        below = Case((Branch(Compare("=", bare, ZERO), node),), small)
        return Case((Branch(Compare("<", _size(bare), Number(2)), below),), node)

    def scaled(self, kind: Kind, nodes: Sequence[Node], ratio: Fraction) -> Plan:
        """Bring target and actual on one scale of integers; one unit of the actual is ``ratio`` of the target's."""
        target, actual = Fraction(1, 10 ** self.scales[0]), ratio / 10 ** self.scales[1]
        made, completion = (decision(node) for node in nodes)
        names = inputs_of(made) | inputs_of(completion)
        one = lcm(target.denominator, actual.denominator)
        factors = {"target": int(target * one), "actual": int(actual * one), ONE: one}
        needed = {name: factor if name in names else 0 for name, factor in factors.items()}
        shared = gcd(*needed.values()) or 1
        return Plan(
            self.choice.rule.kind,
            self.family(kind),
            made,
            completion,
            needed["target"] // shared,
            needed["actual"] // shared,
            needed[ONE] // shared,
        )


def _comparison(value: Target) -> Comparison:
    assert isinstance(value, Comparison)  # noqa: S101 - for the type checker
    return value


def _lowest(pair: tuple[int, int]) -> Number:
    """Give a constant without a common factor, which would cost room in the integers of its forms."""
    return Number(*Fraction(*pair).as_integer_ratio())


def _ratio_of(own: Unit, unit: Unit) -> Fraction:
    """Give how many of a unit one of another is."""
    return Fraction(own.numerator * unit.denominator, own.denominator * unit.numerator)


def _size(node: Input) -> Node:
    return Greatest(node, Subtract(ZERO, node))


def inputs_of(made: Decision) -> frozenset[str]:
    """Give the names that the forms of a decision need; a constant over a constant needs no scale."""
    forms = [
        *conditions_of(made),
        *(form for ratio in leaves_of(made) for form in (ratio.numerator, ratio.denominator)),
    ]
    return frozenset(name for form in forms for name, _ in form.terms)


def conditions_of(made: Decision) -> Iterator[Linear]:
    """Give the forms whose signs decide."""
    if isinstance(made, Choose):
        yield made.form
        yield from conditions_of(made.then)
        yield from conditions_of(made.otherwise)


def leaves_of(*decisions: Decision) -> Iterator[Ratio]:
    """Give the ratios of decisions that are worked out row by row."""
    for made in decisions:
        yield from (leaf for leaf in leaves(made) if isinstance(leaf, Ratio) and not is_constant(leaf))


def is_constant(ratio: Ratio) -> bool:
    """Say whether a ratio is the same in every row, whatever stands for 1."""
    return ratio.numerator.constant is not None and ratio.denominator.constant is not None
