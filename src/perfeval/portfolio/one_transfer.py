"""What tables must have in common to be those of one transfer; anything else is a wrong call."""

from __future__ import annotations

__all__ = ["row_key", "same_transfer"]

from collections.abc import Iterable, Sequence

from perfeval.auditing.names import plain_name, same_name
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.table import Evaluation, Indicator, TableKind
from perfeval.values import squash

_NONE = Wording("CALL-AGGREGATE", "没有可合并的表", "there is no table to aggregate")
_KIND = Wording(
    "CALL-AGGREGATE-KIND",
    '{table} 是 {kind}，不是转移支付的表；如确是同一转移支付，请将其 kind 改为 "transfer"',
    '{table} is of kind {kind}, not a table of a transfer; if it is one, set its kind to "transfer"',
)
_DIFFER = {
    what: Wording(
        "CALL-AGGREGATE-DIFFER",
        f"{{first}} 与 {{second}} 的{chinese}不同（{{one}}、{{other}}），不能合并为一张区域表{cure}",
        f"{{first}} and {{second}} differ in {what} ({{one}}, {{other}}) and cannot make one regional table{english_cure}",
    )
    for what, chinese, cure, english_cure in (
        ("stage", "阶段", "", ""),
        ("year", "年度", "", ""),
        ("name", "名称", "；如确是同一项，请用 --name 指定名称", "; if they are one, name it with --name"),
    )
}
_TWICE = Wording(
    "CALL-AGGREGATE-TWICE",
    "{first} 与 {second} 是同一张表，合并会重复计算；请只给一份",
    "{first} and {second} are the same table and would count twice; give only one",
)


def row_key(row: Indicator) -> tuple[str, str, str]:
    """Give what rows of different tables are matched by: the three names without blanks, codes and punctuation."""
    return plain_name(row.level1), plain_name(row.level2), plain_name(row.level3)


def same_transfer(tables: Iterable[Evaluation], name: str | None) -> tuple[Evaluation, ...]:
    """Give the tables. Raises UsageError where they are none, not of one transfer, stage and year, or one twice."""
    found = tuple(tables)
    if not found:
        raise UsageError(_NONE())
    for number, table in enumerate(found):
        if table.kind is not TableKind.TRANSFER:
            raise UsageError(_KIND(table=_shown(table, number), kind=table.kind))
    _agree(found, [squash(str(table.stage)) for table in found], "stage")
    _agree(found, [squash(table.year or "").removesuffix("度").removesuffix("年") for table in found], "year")
    if name is None:
        _agree(found, [table.name or "" for table in found], "name")
    for number, table in enumerate(found):
        if table in found[:number]:
            first = found.index(table)
            raise UsageError(_TWICE(first=_shown(found[first], first), second=_shown(table, number)))
    return found


def _agree(tables: Sequence[Evaluation], values: Sequence[str], what: str) -> None:
    """A value that is not printed agrees with every other."""
    known = [(number, value) for number, value in enumerate(values) if squash(value)]
    for number, value in known[1:]:
        first, expected = known[0]
        if value != expected and not (what == "name" and same_name(value, expected)):
            facts = {"first": _shown(tables[first], first), "second": _shown(tables[number], number)}
            raise UsageError(_DIFFER[what](**facts, one=expected, other=value))


def _shown(table: Evaluation, number: int) -> str:
    return table.file or f"#{number + 1}"
