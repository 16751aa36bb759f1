"""Which match of a book an indicator meets: patterns of the printed rule, levels, kind of target."""

import pytest

from perfeval import Evaluation, Indicator, score, score_indicator
from perfeval.rulebook import read_rulebook


def chosen(condition: str, **cells: str) -> bool:
    """Whether an indicator meets a match with this condition (direct), or goes on to the last (proportional)."""
    text = (
        f'schema = "perfeval.rulebook.v1"\nid = "x"\n[[match]]\n{condition}\nrule = {{ kind = "direct" }}\n'
        '[[match]]\nrule = { kind = "proportional" }\n'
    )
    row = Indicator(**{"target": "≥10次", "actual": "5次", "weight": "10", **cells})
    (found,) = score(Evaluation(indicators=[row]), read_rulebook(text.encode())).indicators
    assert (found.rule, found.choice.match) in {("direct", 0), ("proportional", 1)}
    return found.rule == "direct"


# * stands for anything, the rest may stand anywhere; white space and width do not matter
@pytest.mark.parametrize(
    ("pattern", "printed", "holds"),
    [
        ("直接赋分", "直接赋分", True),
        ("直接赋分", "1、直接赋分，否则不得分", True),
        ("直接赋分", "直 接\n赋分", True),
        ("直接赋分", "直接计分", False),
        ("按*比例赋分", "按照正常比例赋分", True),
        ("按*比例赋分", "按比例赋分", True),
        ("按*比例赋分", "比例赋分", False),
        ("按*比例赋分", "比例赋分按", False),
        ("*", "任何文字", True),
        ("a.c", "abc", False),  # a dot is a dot
        ("(1)", "（1）", True),
        ("满分(100)", "满分（100）", True),
        # … nor in the pattern
        ("按 比例 赋分", "按比例赋分", True),
        ("完成得满分，否则不得分", "完成得满分，否则不得分", True),
        ("（1）", "(1)", True),
    ],
)
def test_printed(pattern: str, printed: str, holds: bool) -> None:
    assert chosen(f'printed = ["别的", "{pattern}"]', rule=printed) is holds


@pytest.mark.parametrize(
    ("printed", "holds"),
    [("少检查一个扣1分", True), ("", False), ("—", False), ("/", False), ("无", False), (" \n", False)],
)
def test_printed_other(printed: str, holds: bool) -> None:
    assert chosen("printed_other = true", rule=printed) is holds


@pytest.mark.parametrize(
    ("condition", "levels", "holds"),
    [
        ('level = ["满意度"]', {"level1": "满意度指标"}, True),
        ('level = ["满意度"]', {"level2": "服务对象满意度"}, True),
        ('level = ["满意度"]', {"level3": "群众满 意度"}, True),
        ('level = ["满意度"]', {"level3": "满意率"}, False),
        ('level = ["满意度", "满意率"]', {"level3": "满意率"}, True),
        ('level1 = ["成本"]', {"level1": "成本指标"}, True),
        ('level1 = ["成本"]', {"level2": "成本指标"}, False),
        ('level2 = ["质量"]', {"level2": "质量指标"}, True),
        ('level2 = ["质量"]', {"level1": "质量指标"}, False),
        ('level3 = ["次数"]', {"level3": "走访次数"}, True),
        ('level3 = ["次数"]', {}, False),
        ('level1 = ["产出"]\nlevel2 = ["数量"]', {"level1": "产出指标", "level2": "数量指标"}, True),
        ('level1 = ["产出"]\nlevel2 = ["数量"]', {"level1": "产出指标", "level2": "质量指标"}, False),
        ('level3 = ["差错（率）"]', {"level3": "差错（率）"}, True),
        ('level3 = ["走访 次数"]', {"level3": "走访次数"}, True),
    ],
)
def test_levels(condition: str, levels: dict[str, str], holds: bool) -> None:
    assert chosen(condition, **levels) is holds


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("number", "≥10次"),
        ("number", "10"),
        ("number", "XX"),
        ("number", ""),
        ("range", "3-5次"),
        ("deadline", "2024年12月底前"),
        ("text", "有效提升"),
    ],
)
def test_kinds_of_target(kind: str, target: str) -> None:
    found = [
        other
        for other in ("number", "range", "deadline", "text")
        if chosen(f'target = "{other}"', target=target)
    ]
    assert found == [kind]


def test_all_conditions_must_hold() -> None:
    condition = 'printed = ["扣分"]\nlevel3 = ["次数"]\ntarget = "number"'
    assert chosen(condition, rule="少一次扣分", level3="走访次数")
    assert not chosen(condition, rule="少一次扣分", level3="走访率")
    assert not chosen(condition, rule="直接赋分", level3="走访次数")
    assert not chosen(condition, rule="少一次扣分", level3="走访次数", target="有效")


# Words of the settings are compared like the names of indicators: width and white space do not matter.
@pytest.mark.parametrize(
    ("word", "name", "note"), [("差错率", "差 错率", True), ("差错（率）", "差错（率）", True), ("差错率", "合格率", False)]
)  # fmt: skip
def test_lower_is_better(word: str, name: str, note: bool) -> None:
    text = f'schema = "perfeval.rulebook.v1"\nid = "x"\n[settings]\nlower_is_better = ["{word}"]\n'
    found = score_indicator("10%", "5%", level3=name, rulebook=read_rulebook(text.encode()))
    assert (str(found.score) == "10.00") is note
