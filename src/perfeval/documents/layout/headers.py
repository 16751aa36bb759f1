"""Header rows: what each column of a table holds."""

from __future__ import annotations

__all__ = ["Column", "Columns", "funding_columns", "goal_columns", "indicator_columns"]

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from perfeval.documents.layout.lines import Line, Slot
from perfeval.documents.layout.words import Words, key_of

_NAMES = ("level3", "level2")
_BESIDE_NAMES = frozenset(
    {"level1", "level2", "target", "actual", "weight", "score", "operator", "unit", "rule", "coefficient"}
)
_MONEY = frozenset({"initial", "adjusted", "executed", "rate"})
_FLAT = frozenset({"name", "project_code"})
_REVIEWED = {
    "actual": "review_actual",
    "score": "review_score",
    "deviation": "review_reason",
    "rule": "review_reason",
}


@attrs.frozen(eq=False)
class Column:
    """A column: its role, where it runs, and its header as printed. Each is itself alone: no two stand at one place."""

    role: str
    start: float  # exact: a position across the table
    stop: float  # exact: the same
    slot: Slot


@attrs.frozen(slots=False)
class Columns:
    """The columns of a table, from left to right."""

    columns: tuple[Column, ...]
    unknown: tuple[Slot, ...] = ()
    fields: int = 0
    """How many fields the header line has, where they are only counted."""

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that the form has a column for."""
        return frozenset(column.role for column in self.columns)

    def first(self, role: str) -> Column | None:
        """Give the first column of a role."""
        return next((column for column in self.columns if column.role == role), None)

    def at(self, slot: Slot, tolerance: float) -> Column | None:  # exact: positions
        """Give the column that a slot begins in."""
        for column in self.columns:
            if column.start - tolerance <= slot.start < column.stop - tolerance:
                return column
        return None

    @property
    def is_flat(self) -> bool:
        """Say whether each row names its project: an export with one row an indicator."""
        return bool(_FLAT & self.roles)


def _columns(line: Line, role_of: Callable[[Slot], str | None]) -> Columns:
    known: list[Column] = []
    unknown: list[Slot] = []
    for slot in line.printed:
        role = role_of(slot)
        if role is None:
            unknown.append(slot)
        else:
            known.append(Column(role, slot.start, slot.stop, slot))
    first = min((column.start for column in known), default=0)
    # What stands left of all columns is the label at the side of the section.
    return Columns(tuple(known), tuple(slot for slot in unknown if slot.start > first), len(line.slots))


def indicator_columns(line: Line, under: Line | None, words: Words) -> tuple[Columns, bool] | None:
    """Give the columns of the indicator table if the line is its header, and whether ``under`` belongs to it.

    A header of two lines has groups (指标值, 自评, 复核) over columns of their own.
    """
    if under is not None and under.piece != line.piece:
        under = None
    if not any(_is_named(each, words) for each in (line, under) if each is not None):
        return None  # nearly all lines: nothing else need be asked of them
    if under is not None and (double := _double(line, under, words)) is not None:
        return double, True
    flat = _columns(line, lambda slot: _flat_role(slot, words))
    columns = _distinct(
        flat if flat.is_flat else _columns(line, lambda slot: words.columns.get(key_of(slot.text)))
    )
    return (columns, False) if _is_indicator_header(columns) else None


def _is_named(line: Line, words: Words) -> bool:
    """Say whether a line names the column of the indicators' names, without which there is no header."""
    return any(words.columns.get(key_of(slot.text)) in _NAMES for slot in line.printed)


def _flat_role(slot: Slot, words: Words) -> str | None:
    key = key_of(slot.text)
    role = words.columns.get(key)
    if role is not None and role != "ignored":
        return role
    for lookup, known in ((words.labels, None), (words.funding, _MONEY)):
        other = lookup.get(key)
        if other is not None and (known is None or other in known):
            return other
    if slot.text.startswith("keys."):
        return slot.text
    return "total" if words.rows.get(key) == "total" else role


def _is_indicator_header(columns: Columns) -> bool:
    roles = columns.roles
    named = any(role in roles for role in _NAMES)
    enough = len(roles & _BESIDE_NAMES) >= 2 and bool(roles & {"target", "actual", "weight", "score"})
    return named and enough and len(columns.unknown) <= len(columns.columns)


def _double(line: Line, under: Line, words: Words) -> Columns | None:
    """Read two lines as one header: the lower line's cells stand under groups, and all are headers."""
    lower = under.printed
    if not lower or not all(_lower_role(slot, words) for slot in lower):
        return None
    if _is_indicator_header(_columns(under, lambda slot: words.columns.get(key_of(slot.text)))):
        return None  # complete by itself: the line above it is something else
    upper = line.printed
    found: list[Column] = []
    unknown: list[Slot] = []
    for slot in upper:
        below = [other for other in lower if _is_over(slot, other, upper, line)]
        role = words.columns.get(key_of(slot.text))
        if len(below) == 1 and role is not None and role != "ignored":
            return None  # a column needs no second name: this is text under its header
        if below:
            found.extend(
                Column(_under(slot, other, words), other.start, other.stop, other) for other in below
            )
        elif role is not None:
            found.append(Column(role, slot.start, slot.stop, slot))
        else:
            unknown.append(slot)
    placed = {id(column.slot) for column in found}
    if any(id(slot) not in placed for slot in lower):
        return None
    columns = _distinct(
        Columns(
            tuple(sorted(found, key=lambda column: column.start)),
            tuple(unknown),
            max(len(line.slots), len(under.slots)),
        )
    )
    return columns if _is_indicator_header(columns) else None


def _is_over(slot: Slot, other: Slot, upper: tuple[Slot, ...], line: Line) -> bool:
    # Where cells are not merged, a group's other fields are empty.
    if line.aligned:
        stop = slot.stop
        for later in line.slots:
            if not later.text and abs(later.start - stop) <= line.tolerance:
                stop = later.stop
        return slot.start - line.tolerance <= other.start < stop - line.tolerance
    beyond = [later.start for later in upper if later.start > slot.start]
    return slot.start <= other.start < min(beyond, default=other.start + 1)


def _lower_role(slot: Slot, words: Words) -> str | None:
    key = key_of(slot.text)
    return words.columns.get(key) or words.parts.get(key)


def _under(group: Slot, slot: Slot, words: Words) -> str:
    role = _lower_role(slot, words) or "ignored"
    if words.groups.get(key_of(group.text)) == "review":
        return _REVIEWED.get(role, role)
    return role


def _distinct(columns: Columns) -> Columns:
    """Settle what two columns of one role mean, where forms are known to print both."""
    columns = _of_last_level(_of_the_year(columns))
    kept: list[Column] = []
    for column in columns.columns:
        twins = [other for other in columns.columns if other.role == column.role]
        role = column.role
        if len(twins) > 1 and role == "target" and "调整" not in column.slot.text:
            # 年初指标值 and 调整指标值: the adjusted one is judged, the first where it is blank.
            role = "initial_target" if any("调整" in other.slot.text for other in twins) else role
        elif len(twins) > 1 and role in {"score", "actual"} and twins[-1] is column:
            role = _REVIEWED[role] if "复" in column.slot.text or "审" in column.slot.text else role
        kept.append(attrs.evolve(column, role=role))
    return _without_twins(attrs.evolve(columns, columns=tuple(kept)))


def _of_last_level(columns: Columns) -> Columns:
    """Of 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 keep the weight of the indicator itself."""
    name = columns.first("level3")
    weights = [column for column in columns.columns if column.role == "weight"]
    if name is None or len(weights) == 1 or sum(1 for column in weights if column.start > name.start) != 1:
        return columns
    others = [column for column in weights if column.start < name.start]
    return _ignoring(columns, others)


def _of_the_year(columns: Columns) -> Columns:
    """Of a form that prints the goals of several years and beside them, under one level 1, those of the year keep these."""
    names = [column for column in columns.columns if column.role == "level3"]
    targets = [column for column in columns.columns if column.role == "target"]
    ones = [column for column in columns.columns if column.role == "level1"]
    if not (len(names) == len(targets) == 2 and len(ones) == 1 and targets[0].start < names[1].start):
        return columns
    first = [
        column for column in columns.columns if column.role != "level1" and column.stop <= targets[0].stop
    ]
    found = _ignoring(columns, first)
    return attrs.evolve(found, unknown=(*found.unknown, targets[0].slot))


def _ignoring(columns: Columns, some: Sequence[Column]) -> Columns:
    changed = [attrs.evolve(one, role="ignored") if one in some else one for one in columns.columns]
    return attrs.evolve(columns, columns=tuple(changed))


def _without_twins(columns: Columns) -> Columns:
    """Leave out a second column of one role: nobody can say which of the two is meant."""
    kept: list[Column] = []
    unknown = list(columns.unknown)
    for column in columns.columns:
        if column.role != "ignored" and any(other.role == column.role for other in kept):
            unknown.append(column.slot)
            kept.append(attrs.evolve(column, role="ignored"))
        else:
            kept.append(column)
    return attrs.evolve(columns, columns=tuple(kept), unknown=tuple(unknown))


def funding_columns(line: Line, words: Words) -> Columns | None:
    """Give the columns of the money table if the line is its header."""
    columns = _columns(line, lambda slot: words.funding.get(key_of(slot.text)))
    columns = _with_label(columns)
    labels = tuple(column for column in columns.columns if column.role == "label")
    money = attrs.evolve(
        columns, columns=tuple(column for column in columns.columns if column.role != "label")
    )
    columns = _without_twins(money)
    columns = attrs.evolve(columns, columns=(*labels, *columns.columns))
    roles = columns.roles
    if len(roles & _MONEY) >= 2 or (roles & {"adjusted", "executed"} and roles & {"weight", "score"}):
        return columns if len(columns.unknown) <= len(columns.columns) else None
    if labels and roles & {"initial", "adjusted"} and not columns.unknown:
        return columns  # 项目资金 | 年初预算数 in a table of targets
    return None


def _with_label(columns: Columns) -> Columns:
    """Take 年度预算数 before 年初预算 and 调整后预算数 for what it is: the label over the names of the rows."""
    if not columns.columns or columns.first("label"):
        return columns
    first, *others = columns.columns
    is_label = first.role in {"initial", "adjusted"} and any(other.role == first.role for other in others)
    if not is_label or len({other.role for other in others} & _MONEY) < 2:
        return columns
    return attrs.evolve(columns, columns=(attrs.evolve(first, role="label"), *others))


def goal_columns(line: Line, words: Words) -> Columns | None:
    """Give the columns of the goals if the line is their header: 预期目标 beside 实际完成情况."""
    found: list[Column] = []
    for slot in line.printed:
        role = words.goal.get(key_of(slot.text))
        if role is not None:
            found.append(Column(role, slot.start, slot.stop, slot))
    roles = _by_role(found)
    if found and "actual" not in roles and len(found) == len(line.printed):
        # 总体目标 | 年度目标 over the goal alone; one word is a label with nothing behind it.
        return Columns((found[-1],), fields=len(line.slots)) if len(found) > 1 else None
    if "actual" not in roles or "expected" not in roles:
        return None
    beside = [slot for slot in line.printed if all(slot is not column.slot for column in found)]
    sides = [slot for slot in beside if slot.rows > 1 and slot.stop <= found[0].start + line.tolerance]
    if len(beside) - len(sides) > (0 if sides else 1) or any(slot.start > found[0].start for slot in beside):
        return None
    # 年度总体目标 | 预期目标 | 实际完成情况: the first is the label at the side.
    expected = [column for column in found if column.role == "expected"]
    if len(expected) > 1 and "调整" in expected[-1].slot.text and "调整" not in expected[-2].slot.text:
        before = attrs.evolve(expected[-2], role="initial")  # holds where the adjusted goal is blank
        return Columns((before, expected[-1], roles["actual"]), fields=len(line.slots))
    return Columns((expected[-1], roles["actual"]), fields=len(line.slots))


def _by_role(columns: Iterable[Column]) -> Mapping[str, Column]:
    return {column.role: column for column in columns}
