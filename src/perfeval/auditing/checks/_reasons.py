"""What checks of explanations share: whether a row, or the table, gives a reason."""

from __future__ import annotations

__all__ = [
    "UNSPENT",
    "Given",
    "has_column",
    "is_boilerplate",
    "is_short",
    "overshoot_of",
    "reason_of",
    "reasons_in",
    "texts_about",
]

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from perfeval.auditing.checks._targets import (
    core_of_row,
    has_any,
    is_excepted,
    is_missed,
    overshoots,
    times_of,
)
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table, once
from perfeval.values import Missing, MissingReason, parse_target, squash

_LABELS = re.compile(r"(?:存在问题|偏差原因|原因分析|原因|改进措施|改进|说明|分析|及|和|:)")
_PUNCTUATION = re.compile(r"[,、.。;!\s]")
# Words that state a result and no reason; a whole cell of nothing else.
_BOILERPLATE = re.compile(
    r"(?:无|没有|暂无|无偏差|无差异|无异常|不涉及|不适用|正常|良好|一切正常|偏差在合理范围(?:内)?|偏差较小|符合(?:预期|要求|实际)"
    r"|继续(?:保持|努力)|下一步继续努力|"
    r"(?:已|均已|已经|全部|基本|已全部)?(?:按(?:计划|时|期|要求|规定))?(?:完成|达成|达到|达标)(?:预期|年度|绩效|全年)?(?:指标|目标|任务)?(?:值)?)+"
)
_FIGURE = re.compile(r"(?:为|是|共|约|达|达到)?[0-9]")
UNSPENT = tuple("结转 结余 续用 分期 第一期 首期 首付 尾款 合同 跨年 延续 下年 次年 未支付 节约 收回".split())
"""Words of the goal text that say why money is left."""
_SHORTEST = 3  # characters of a name by which a text can be said to be about it


class Given(StrEnum):
    """What a row's reason cell says."""

    NO_COLUMN = "no-column"
    NONE = "none"  # blank, a dash, a slash
    PERHAPS = "perhaps"  # blank under a filled one of its group (one merged cell?), or named elsewhere with a figure only
    BOILERPLATE = "boilerplate"
    GIVEN = "given"


def is_boilerplate(text: str) -> bool:
    """Say whether a text is 无, 已完成, 按计划完成: a result, and no reason."""
    words = _PUNCTUATION.sub("", _LABELS.sub("", squash(text)))
    return not words or _BOILERPLATE.fullmatch(words) is not None


@once
def _own(row: Row) -> Given:
    text = row.indicator.deviation
    if text is None:
        return Given.NO_COLUMN
    value = parse_target(text)
    if isinstance(value, Missing):
        says = value.reason in (MissingReason.NONE, MissingReason.NOT_APPLICABLE)
        return Given.BOILERPLATE if says else Given.NONE
    return Given.BOILERPLATE if is_boilerplate(text) else Given.GIVEN


@once
def reason_of(row: Row) -> Given:
    """Give whether the row has a reason: in its own cell, in a text that names it, or in a cell that may be merged."""
    own = _own(row)
    if own is Given.GIVEN:
        return own
    named = [_named_in(row, other) for other in row.table.rows if other is not row]
    if Given.GIVEN in named:
        return Given.GIVEN
    is_open = Given.PERHAPS in named or _is_below_a_reason(row)
    return Given.PERHAPS if own is Given.NONE and is_open else own


def _named_in(row: Row, other: Row) -> Given:
    """Say whether another row's reason is about the row; a name with its figure may be a statement of it, and no reason."""
    name, text = core_of_row(row), squash(other.indicator.deviation or "")
    if len(name) < _SHORTEST or name not in text or _own(other) is not Given.GIVEN:
        return Given.NONE
    _, *rests = text.split(name)
    return Given.PERHAPS if all(_FIGURE.match(rest) for rest in rests) else Given.GIVEN


def _is_below_a_reason(row: Row) -> bool:
    """Say whether the nearest filled reason above stands in the same group: a PDF may have lost that cells are one."""
    above = [other for other in row.table.rows if other.number < row.number and _own(other) is not Given.NONE]
    return bool(above) and _own(above[-1]) is Given.GIVEN and _group(above[-1]) == _group(row)


def _group(row: Row) -> tuple[str, str]:
    return squash(row.indicator.level1 or ""), squash(row.indicator.level2 or "")


def has_column(table: Table) -> bool:
    """Say whether the form has a column for reasons."""
    return any(row.indicator.deviation is not None for row in table.rows)


def reasons_in(table: Table) -> Iterator[str]:
    """Give every reason of the table that says something, without white space."""
    for row in table.rows:
        if _own(row) is Given.GIVEN:
            yield squash(row.indicator.deviation or "")


def texts_about(table: Table, words: tuple[str, ...]) -> tuple[bool, bool]:
    """Say whether a reason of the table, and whether its text of what was done, holds one of the words."""
    goal = table.evaluation.goal
    told = any(has_any(text, words) for text in reasons_in(table))
    return told, has_any(squash(goal.actual or "") + squash(goal.expected or ""), words)


def overshoot_of(row: Row, settings: AuditSettings) -> Fraction | None:
    """Give A ÷ T where it asks for a reason and there is none; None where an overshoot says nothing."""
    if not overshoots(row, settings.exceeded) or is_excepted(row, settings):
        return None
    return None if reason_of(row) is Given.GIVEN else times_of(row)


def is_short(row: Row) -> bool:
    """Say whether a row owes a reason: its target is missed, or a person judged it and gave less than the weight.

    A row with neither weight nor score, or with a weight of 0, owes nothing.
    """
    if not row.weight and (row.weight is not None or row.reported is None):
        return False
    if is_missed(row):
        return True
    is_lower = row.reported is not None and row.weight is not None and row.reported < row.weight
    return is_lower and row.scored.score is None
