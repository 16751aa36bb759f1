"""Tables that hypothesis makes: any text in any cell, parts, keys, rows that are fillers and rows that are not."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from perfeval import Evaluation, Funding, Goal, Indicator, Stage, TableKind, Total

CELLS = (
    "", "—", "/", "无", "不适用", "新增", "≥3次", "<=8.90万元", "=100%", "100%", "3-5次", "2024年12月底前", "12月", "有效提升",
    "定性：好坏", "已完成", "部分达成预期指标", "20%", "10分", "8.94 万元", "5.8万", "854万(其中400万)", "XX", "约200人", "0", "-5%",
    "0.95", "1,200.00", "≥百分之九十", "……", "200万", "6‰",
)  # fmt: skip
AWKWARD = (
    '"',
    "'",
    "\\",
    "\n",
    "\r\n",
    "\t",
    '"""',
    "'''",
    "{",
    "#",
    "\x7f",
    "\x00",
    "绩效\u2028自评",
    "😀",
    "é",
)

texts = st.text(max_size=12) | st.sampled_from(AWKWARD) | st.sampled_from(CELLS)
numbers = st.integers(-(10**6), 10**6) | st.decimals(
    min_value=Decimal(-1000), max_value=Decimal(1000), places=2, allow_nan=False
)
cells = st.sampled_from(CELLS) | texts | numbers
parts = st.fixed_dictionaries({}, optional={"operator": texts, "value": texts, "unit": texts})
targets = cells | parts


def _some(kind: Any, fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """An instance with some of its fields given: an absent column is not an empty one."""
    return st.fixed_dictionaries({}, optional=fields).map(lambda given: kind(**given))


_WORDS = ("id", "level1", "level2", "level3", "rule", "standard", "evidence", "deviation", "review_reason")
_TARGETS = ("target", "actual", "previous_year", "review_actual")
_NUMBERS = ("weight", "score", "review_score")

goals = _some(Goal, dict.fromkeys(("expected", "actual"), texts))
totals = _some(Total, {"weight": cells, "score": cells, "grade": texts})
funding = _some(
    Funding,
    {"label": texts, "rate": texts, **dict.fromkeys(("initial", "adjusted", "executed", "weight", "score"), cells)},
)  # fmt: skip
indicators = _some(
    Indicator,
    {**dict.fromkeys(_WORDS, texts), **dict.fromkeys(_TARGETS, targets), **dict.fromkeys(_NUMBERS, cells)},
)
evaluations: st.SearchStrategy[Evaluation] = _some(
    Evaluation,
    {
        **dict.fromkeys(("name", "year", "title", "department", "organisation", "amount_unit"), texts),
        "kind": st.sampled_from(TableKind),
        "stage": st.sampled_from(Stage),
        "partial": st.booleans(),
        "keys": st.dictionaries(texts, texts, max_size=3),
        "goal": goals,
        "funding": st.lists(funding, max_size=2),
        "indicators": st.lists(indicators, max_size=3),
        "total": totals,
    },
)
