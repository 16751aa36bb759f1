"""Words as an actual: what states that a target was reached, in part, or not (docs/semantics.md §4, graded)."""

from __future__ import annotations

__all__ = ["Statement", "is_scale_name", "says_done", "says_in_time", "says_not_done", "statements"]

import re
from enum import StrEnum

_DONE = re.compile(
    r"(?:已|均已|全部|按时|按期|如期)?(?:达成|完成|达到)(?:预期|年度|绩效)?(?:指标|目标|任务)?"
)
_DONE_WORDS = frozenset({"全部或基本达成预期指标", "好", "优", "优秀", "合格", "达标"})
_NOT_DONE = frozenset({"未完成", "否"})
_IN_TIME = frozenset({"按时", "按期"})
_SCALES = frozenset({"好坏", "高中低", "优良中低差", "优良中差", "优中良差"})
_SEPARATORS = re.compile(r"[|/、,\\]")

_NONE = re.compile(r"未(?:达成|完成|达到|实现)|(?:效果|成效)较差")
_PART = re.compile(r"部分(?:达成|完成|达到|实现)")
_NEARLY = re.compile(r"^(?:已)?基本(?:达成|完成|达到|实现)")


def says_done(text: str) -> bool:
    """Say whether the whole cell states full achievement; 未, 部分 and 基本完成 never do."""
    return text in _DONE_WORDS or _DONE.fullmatch(text) is not None


def says_in_time(text: str) -> bool:
    """Say whether the whole cell states that a deadline was kept: 按时, 按期, 已完成."""
    return text in _IN_TIME or (text not in _DONE_WORDS and _DONE.fullmatch(text) is not None)


def says_not_done(text: str) -> bool:
    """Say whether the whole cell states that nothing was achieved."""
    return text in _NOT_DONE


def is_scale_name(text: str) -> bool:
    """Say whether a target names a scale (好坏, 高中低) and makes no choice on it."""
    return _SEPARATORS.sub("", text) in _SCALES


class Statement(StrEnum):
    """The three statements of 按评判等级赋分; each has a band of the weight."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT = "not"


def statements(text: str, *, equals_target: bool) -> tuple[Statement, ...]:
    """Give which statements the words of an actual can be taken for; none where only a person can tell.

    基本完成 is the first or the second: forms join it to either.
    """
    if equals_target or says_done(text):
        return (Statement.ACHIEVED,)
    if _NONE.search(text) or says_not_done(text):
        return (Statement.NOT,)
    if _PART.search(text):
        return (Statement.PARTLY,)
    if _NEARLY.match(text):
        return (Statement.ACHIEVED, Statement.PARTLY)
    return ()
