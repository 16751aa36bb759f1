"""How comparisons are written: signs, words before a number, bounds behind it."""

from __future__ import annotations

__all__ = ["BOUND", "BOUNDS", "OPERATOR", "OPERATORS", "SIGNS", "SIGN_ANYWHERE", "WORDED_COMPARISON"]

import re

from perfeval.values.model import Operator

_SIGNS = {
    Operator.AT_LEAST: ("≥=", "≥", ">=", "=>", "≧", "⩾", "〉=", "》=", "≮"),
    Operator.AT_MOST: ("≤=", "≤", "<=", "=<", "≦", "⩽", "〈=", "《=", "≯"),
    Operator.EQUAL: ("==", "=", "═"),
    Operator.MORE_THAN: (">", "〉", "》"),
    Operator.LESS_THAN: ("<", "〈", "《"),
}
_WORDS = {
    Operator.AT_LEAST: (
        "大于或等于", "大于等于", "高于或等于", "不少于", "不低于", "不小于", "不得少于", "不得低于", "至少", "最少", "最低", "不下于",
    ),
    Operator.AT_MOST: (
        "小于或等于", "小于等于", "低于或等于", "不超过", "不超出", "不高于", "不多于", "不大于", "不得超过", "不得高于",
        "未超过", "至多", "最多", "最高", "不超", "控制在",
    ),
    Operator.EQUAL: ("等于",),
    Operator.MORE_THAN: ("超过", "高于", "大于", "多于"),
    Operator.LESS_THAN: ("低于", "小于", "少于", "不到", "不足"),
}  # fmt: skip
_BOUNDS = {
    Operator.AT_LEAST: ("(含)以上", "(含)及以上", "及以上", "以上(含)", "以上", "及其以上"),
    Operator.AT_MOST: (
        "(含)以下",
        "(含)以内",
        "及以下",
        "以下(含)",
        "以内(含)",
        "以下",
        "以内",
        "之内",
        "内",
    ),
}


def _table(words: dict[Operator, tuple[str, ...]]) -> dict[str, Operator]:
    return {word: operator for operator, group in words.items() for word in group}


def _pattern(words: dict[str, Operator]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


SIGNS = _table(_SIGNS)
"""Each sign and its operator."""
OPERATORS = SIGNS | _table(_WORDS)
"""Each sign or word before a number and its operator."""
OPERATOR = _pattern(OPERATORS)
BOUNDS = _table(_BOUNDS)
"""Each word behind a number (以上, 以内) and its operator."""
BOUND = _pattern(BOUNDS)
# 《 》 quote titles: they are signs only where nothing closes or opens them (at the start of a cell).
SIGN_ANYWHERE = re.compile(r"[≥≤<>=≧≦⩾⩽═≮≯≠]|^[〉》]|^[〈《](?![^〉》]*[〉》])")
WORDED_COMPARISON = re.compile(
    rf"(?:{'|'.join(word for group in _WORDS.values() for word in group)})[^0-9]{{0,6}}[0-9]"
    rf"|[0-9][^0-9]{{0,4}}(?:以上|以下|以内|之内)"
)
