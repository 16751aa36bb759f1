"""Reader: a formula as the formula of a spreadsheet cell, exact although spreadsheets count in binary.

``10*8.90/8.94`` is not what a spreadsheet computes: neither 8.90 nor 8.94 is a binary number, and a score that
lies halfway (14.625) may then fall to the wrong side. So every cell is first made a whole number
(``ROUND(G5*100,0)``), conditions compare whole numbers, and the one quotient that is rounded is of whole numbers of
at most 13 digits, two fewer than a spreadsheet keeps: it cannot be mistaken for a half that it is not. Only ROUND,
ROUNDDOWN, MIN, MAX and IF are used, which WPS and old Excel know.

What cannot be written so raises NoCellFormulaError, with the reason.
"""

from __future__ import annotations

__all__ = ["CellNumber", "NoCellFormulaError", "cell_formula", "quoted"]

from collections.abc import Callable, Mapping
from math import gcd
from operator import eq, ge, gt, le, lt

import attrs

from perfeval.formula.cell_numbers import (
    ONE,
    CellNumber,
    NoCellFormulaError,
    Quotient,
    Whole,
    aligned,
    difference,
    of_cell,
    product,
    ratio,
    rounded,
    total,
)
from perfeval.formula.nodes import (
    Add,
    Because,
    Case,
    Compare,
    Divide,
    Greatest,
    Input,
    Label,
    Least,
    Multiply,
    Node,
    Number,
    Refuse,
    Round,
    Subtract,
)
from perfeval.messages import Wording

_LONGEST = 8000  # a cell holds 8192 characters
_DEEPEST = 60  # and 64 levels
_HOLDS = {">=": ge, ">": gt, "=": eq, "<": lt, "<=": le}

_LENGTH = Wording(
    "cell-length",
    "规则过长，写不进一个单元格，此处为数值",
    "the rule is too long for one cell; this is the value",
)


@attrs.frozen
class _Choice:
    condition: str
    then: _Tree
    otherwise: _Tree


@attrs.frozen
class _Reason:
    reason: str


_Tree = Quotient | _Choice | _Reason


def quoted(text: str) -> str:
    """Give a text as a constant of a cell formula."""
    return '"' + text.replace('"', '""') + '"'


def cell_formula(node: Node, cells: Mapping[str, CellNumber], say: Callable[[str], str] = str) -> str:
    """Give the formula of a cell, without ``=``; ``say`` gives the text that stands for a reason of having no value.

    Raises NoCellFormulaError where a spreadsheet would not compute it exactly.
    """
    text = _text(_read(node, cells), say)
    if len(text) > _LONGEST or text.count("IF(") > _DEEPEST:
        raise NoCellFormulaError(_LENGTH())
    return text


def _text(tree: _Tree, say: Callable[[str], str]) -> str:
    if isinstance(tree, _Reason):
        return quoted(say(tree.reason))
    if isinstance(tree, _Choice):
        return f"IF({tree.condition},{_text(tree.then, say)},{_text(tree.otherwise, say)})"
    above, under = tree.top.scaled(tree.numerator), tree.bottom.scaled(tree.denominator)
    return above.text if under == ONE else f"{above.enclosed(1)}/{under.enclosed(2)}"


def _read(node: Node, cells: Mapping[str, CellNumber]) -> _Tree:
    match node:
        case Input(name):
            return of_cell(cells[name])
        case Number(numerator, denominator):
            return Quotient.of(numerator, denominator, ONE, ONE)
        case Label(_, value) | Because(_, value):
            return _read(value, cells)
        case Refuse(reason):
            return _Reason(str(reason))
        case Round(value, step, mode):
            return _settled(_each(_read(value, cells), lambda one: rounded(one, step, mode)))
        case Case(branches, otherwise):
            rest = _read(otherwise, cells)
            for branch in reversed(branches):
                rest = _condition(branch.condition, _read(branch.then, cells), rest, cells)
            return _settled(rest)
        case Compare():
            raise TypeError("a comparison is the condition of a branch")
        case _:
            work = _WORK[type(node)]
            return _both(_read(node.left, cells), _read(node.right, cells), work)


def _each(tree: _Tree, use: Callable[[Quotient], _Tree]) -> _Tree:
    """Give what a value becomes in each of its cases; a reason stays one."""
    if isinstance(tree, _Choice):
        return _Choice(tree.condition, _each(tree.then, use), _each(tree.otherwise, use))
    return tree if isinstance(tree, _Reason) else use(tree)


def _both(left: _Tree, right: _Tree, use: Callable[[Quotient, Quotient], _Tree]) -> _Tree:
    return _each(left, lambda f: _each(right, lambda g: use(f, g)))


def _condition(condition: Compare, then: _Tree, otherwise: _Tree, cells: Mapping[str, CellNumber]) -> _Tree:
    left, right = _read(condition.left, cells), _read(condition.right, cells)
    return _both(left, right, lambda f, g: _chosen(f, condition.comparator, g, then, otherwise))


def _chosen(f: Quotient, comparator: str, g: Quotient, then: _Tree, otherwise: _Tree) -> _Tree:
    first, second = f.numerator * g.denominator, g.numerator * f.denominator
    shared = gcd(first, second) or 1
    same = f.bottom == g.bottom
    left = (f.top if same else f.top.times(g.bottom)).scaled(first // shared)
    right = (g.top if same else g.top.times(f.bottom)).scaled(second // shared)
    if _is_number(left) and _is_number(right):
        return then if _HOLDS[comparator](int(left.text), int(right.text)) else otherwise
    return _Choice(f"{left.text}{comparator}{right.text}", then, otherwise)


def _is_number(whole: Whole) -> bool:
    return whole.text.lstrip("-").isdigit()


def _least(f: Quotient, g: Quotient) -> _Tree:
    return _either(f, g, "MIN", "<=")


def _greatest(f: Quotient, g: Quotient) -> _Tree:
    return _either(f, g, "MAX", ">=")


def _either(f: Quotient, g: Quotient, function: str, comparator: str) -> _Tree:
    if f.bottom == g.bottom == ONE:
        (left, right), over = aligned(f, g)
        text = f"{function}({left.text},{right.text})"
        most = max(left.most, right.most) if function == "MAX" else min(left.most, right.most)
        return Quotient(1, over, Whole(text, most, 0))
    return _chosen(f, comparator, g, f, g)


_WORK: Mapping[type, Callable[[Quotient, Quotient], _Tree]] = {
    Add: total,
    Subtract: difference,
    Multiply: product,
    Divide: ratio,
    Least: _least,
    Greatest: _greatest,
}


def _settled(tree: _Tree) -> _Tree:
    """Write a choice between numbers over one denominator as one number: what follows is then written once."""
    if not isinstance(tree, _Choice):
        return tree
    then, otherwise = _settled(tree.then), _settled(tree.otherwise)
    if (
        isinstance(then, Quotient)
        and isinstance(otherwise, Quotient)
        and then.bottom == otherwise.bottom == ONE
    ):
        (left, right), over = aligned(then, otherwise)
        text = f"IF({tree.condition},{left.text},{right.text})"
        return Quotient(1, over, Whole(text, max(left.most, right.most), 0))
    return _Choice(tree.condition, then, otherwise)
