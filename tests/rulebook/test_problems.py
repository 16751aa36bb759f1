"""Everything that is wrong with a rule book, at once: exact lines with place, setting and what to do."""

import pytest

from perfeval import UnreadableError
from perfeval.rulebook import read_rulebook

HEAD = 'schema = "perfeval.rulebook.v1"\nid = "x"\n'


def lines(text: str, language: str = "en") -> list[str]:
    """What is wrong with a book of two lines and ``text`` (which begins on line 3)."""
    with pytest.raises(UnreadableError) as caught:
        read_rulebook((HEAD + text).encode(), name="b")
    return caught.value.text("zh" if language == "zh" else "en").split("\n")


SHARE = 'is not from 0 to 1; write per cent as "80%"'
KINDS = "proportional direct banded graded stated satisfaction"
DECIMAL = 'is no decimal; write it like "0.01"'


# line 3, line 4 and so on of the book; the problems
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # values of the wrong type, unknown keys, missing keys
        ("title = 1", ['b:3:9 title: must be a string, not an integer; put it in quotes: "1"']),
        ('region = "湖北"', ["b:3:10 region: must be an array, not a string"]),
        ('years = ["2024"]', ["b:3:10 years[0]: must be an integer, not a string"]),
        ("years = [true, 2024]", ["b:3:10 years[0]: must be an integer, not true or false"]),
        ("matches = 1", ["b:3:11 matches: is not a known key; perhaps match"]),
        ("rounding = 1", ["b:3:12 rounding: must be a table, not an integer"]),
        ('[rounding]\nstepp = "0.01"', ["b:4:9 rounding.stepp: is not a known key; perhaps step"]),
        ("[rounding]\nstep = 0.01", ['b:4:8 rounding.step: must be a string, not a float; put it in quotes: "0.01"']),
        ('[rounding]\nstep = "abc"', [f"b:4:8 rounding.step: 'abc' {DECIMAL}"]),
        ('[rounding]\nstep = "NaN"', [f"b:4:8 rounding.step: 'NaN' {DECIMAL}"]),
        (f'[rounding]\nstep = "0.{"0" * 40}1"', [f"b:4:8 rounding.step: '0.{'0' * 40}1' {DECIMAL}"]),
        ('[rounding]\nmode = "up"', ["b:4:8 rounding.mode: 'up' is not one of half-up truncate half-even"]),
        ('[rounding]\nrate_first = "no"', ["b:4:14 rounding.rate_first: must be true or false, not a string"]),
        ("[execution]\nweight = true", ["b:4:10 execution.weight: must be a string, not true or false"]),
        ('[execution]\nrows = "预算执行率"', ["b:4:8 execution.rows: must be an array, not a string"]),
        ('[settings]\nreverse = "ratios"', ["b:4:11 settings.reverse: 'ratios' is not one of ratio linear cliff"]),
        (
            "[settings]\nlower_is_better = [1]",
            ['b:4:20 settings.lower_is_better[0]: must be a string, not an integer; put it in quotes: "1"'],
        ),
        ('[accept]\nreverse = ["ratio", "x"]', ["b:4:21 accept.reverse[1]: 'x' is not one of ratio linear cliff"]),
        ("[weights]\nsum = 100.0", ['b:4:7 weights.sum: must be a string, not a float; put it in quotes: "100.0"']),
        ('[weights]\npatterns = [["10", "x"]]', [f"b:4:20 weights.patterns[0][1]: 'x' {DECIMAL}"]),
        ('[[grades]]\nfrom = "0"', ["b:3:1 grades[0].name: is required and missing"]),
        ('[[match]]\nprinted = ["x"]', ["b:3:1 match[0].rule: is required and missing"]),
        (
            '[[basis]]\ncovers = ["match"]\nstatus = "sure"',
            [
                "b:3:1 basis[0].source: is required and missing",
                "b:5:10 basis[0].status: 'sure' is not one of verified reported background",
            ],
        ),
        (
            '[[match]]\nrule = { kind = "direct" }\ntarget = "word"',
            ["b:5:10 match[0].target: 'word' is not one of number range deadline text"],
        ),
        # keys are called as the file calls them
        ('[[grades]]\nname = "优"\nfrom = "x"', [f"b:5:8 grades[0].from: 'x' {DECIMAL}"]),
        ('[[grades]]\nname = "优"', ["b:3:1 grades[0].from: is required and missing"]),
        ('[settings]\nladder = [{ from = [], factor = "1" }]', ["b:4:20 settings.ladder[0].from: must be a string, not an array"]),
        # rules
        ('[execution]\nrule = "proportional"', ["b:4:8 execution.rule: must be a table, not a string"]),
        ("[execution]\nrule = {}", ["b:4:8 execution.rule.kind: is required and missing"]),
        (
            "[execution]\nrule = { kind = 1 }",
            ['b:4:17 execution.rule.kind: must be a string, not an integer; put it in quotes: "1"'],
        ),
        ('[execution]\nrule = { kind = "foo" }', [f"b:4:17 execution.rule.kind: there is no rule 'foo'; there are {KINDS}"]),
        ('[[match]]\nrule = { kind = "foo" }', [f"b:4:17 match[0].rule.kind: there is no rule 'foo'; there are {KINDS}"]),
        (
            '[execution]\nrule = { kind = "proportional", capp = "1" }',
            ["b:4:40 execution.rule.capp: is not a known key; perhaps cap"],
        ),
        (
            '[execution]\nrule = { kind = "proportional", reverse = "x", pass_line = "2%%" }',
            [
                "b:4:43 execution.rule.reverse: 'x' is not one of ratio linear cliff",
                f"b:4:60 execution.rule.pass_line: '2%' {DECIMAL}",
            ],
        ),
        ('[execution]\nrule = { kind = "banded" }', ["b:4:8 execution.rule.bands: is required and missing"]),
        (
            '[execution]\nrule = { kind = "banded", bands = [{ from = "80%" }] }',
            ["b:4:36 execution.rule.bands[0].factor: is required and missing"],
        ),
        (
            '[[match]]\nrule = { kind = "satisfaction", bands = [], cap = "1" }',
            ["b:4:8 match[0].rule: this rule has no parameter bands cap"],
        ),
        (
            '[settings]\nsatisfaction = "bands"',
            ['b:4:16 settings.satisfaction: must be "proportional" or { bands = [...] }'],
        ),
        ("[settings]\nsatisfaction = {}", ['b:4:16 settings.satisfaction: must be "proportional" or { bands = [...] }']),
        ('[settings]\nsatisfaction = { bands = "x" }', ["b:4:26 settings.satisfaction.bands: must be an array, not a string"]),
        (
            '[settings]\nsatisfaction = { bands = [{ from = "90%", factor = "1" }], other = 1 }',
            ["b:4:68 settings.satisfaction.other: is not a known key"],
        ),
        # values that contradict
        ('[rounding]\nstep = "0"', ["b:4:8 rounding.step: 0 must be above 0"]),
        ('[rounding]\nstep = "-0.01"', ["b:4:8 rounding.step: -0.01 must be above 0"]),
        ('[execution]\nweight = "0"', ["b:4:10 execution.weight: 0 must be above 0"]),
        ("years = [2024]", ["b:3:9 years: years must be empty or [first, last]"]),
        ("years = [2024, 2023]", ["b:3:9 years: years must be empty or [first, last]"]),
        ("years = [2022, 2023, 2024]", ["b:3:9 years: years must be empty or [first, last]"]),
        ('[settings]\npass_line = "60"', [f"b:4:13 settings.pass_line: 60 {SHARE}"]),
        ('[settings]\npass_line = "-1%"', [f"b:4:13 settings.pass_line: -0.01 {SHARE}"]),
        (
            '[settings]\nladder = [{ from = "1", factor = "0.9" }]',
            ["b:4:10 settings.ladder: a step of over-achievement, 1, must be above 1"],
        ),
        (
            '[settings]\nladder = [{ from = "2", factor = "0.9" }, { from = "1.5", factor = "0.8" }]',
            ["b:4:10 settings.ladder: steps must ascend: 2, 1.5"],
        ),
        (
            '[settings]\nladder = [{ from = "1.5", factor = "0.8" }, { from = "1.5", factor = "0.8" }]',
            ["b:4:10 settings.ladder: steps must ascend: 1.5, 1.5"],
        ),
        (
            '[settings]\nladder = [{ from = "1.5", factor = "0.8" }, { from = "2", factor = "0.9" }]',
            ["b:4:10 settings.ladder: factors must descend, from 1 to 0: 0.8, 0.9"],
        ),
        (
            '[settings]\nladder = [{ from = "1.5", factor = "1.1" }]',
            ["b:4:10 settings.ladder: factors must descend, from 1 to 0: 1.1"],
        ),
        (
            '[settings]\nover_achievement = ["2", "1.3"]',
            ["b:4:20 settings.over_achievement: steps must ascend: 2, 1.3"],
        ),
        (
            '[settings]\nsatisfaction = { bands = [{ from = "60%", factor = "0.5" }, { from = "90%", factor = "1" }] }',
            [
                "b:4:26 settings.satisfaction.bands: lower edges must descend: 0.6, 0.9",
                "b:4:26 settings.satisfaction.bands: factors must descend, from 1 to 0: 0.5, 1",
            ],
        ),
        (
            '[accept]\nsatisfaction = ["proportional", { bands = [{ from = "2", factor = "2" }] }]',
            [
                "b:4:43 accept.satisfaction[1].bands: factors must descend, from 1 to 0: 2",
                f"b:4:53 accept.satisfaction[1].bands[0].from: 2 {SHARE}",
            ],
        ),
        ('[graded]\nbands = ["0.6", "0.8"]', ["b:4:9 graded.bands: lower edges must descend: 0.6, 0.8"]),
        ('[graded]\nbands = ["0.8"]', ["b:4:9 graded.bands: lower edges must descend: 0.8"]),
        ('[graded]\nbands = ["80", "0"]', [f"b:4:10 graded.bands[0]: 80 {SHARE}", f"b:4:16 graded.bands[1]: 0 {SHARE}"]),
        (
            '[execution]\nrule = { kind = "proportional", cap = "1.2" }',
            ["b:4:39 execution.rule.cap: cap can only be 1: no score exceeds its weight"],
        ),
        (
            '[[match]]\nrule = { kind = "proportional", cap = "0.9" }',
            ["b:4:39 match[0].rule.cap: cap can only be 1: no score exceeds its weight"],
        ),
        (
            '[execution]\nrule = { kind = "banded", bands = [] }',
            ["b:4:35 execution.rule.bands: a banded rule needs a band"],
        ),
        (
            '[execution]\nrule = { kind = "banded", bands = [{ from = "120", factor = "1" }] }',
            [f"b:4:45 execution.rule.bands[0].from: 120 {SHARE}"],
        ),
        (
            '[[match]]\nrule = { kind = "graded", bands = ["0.5", "0.5"] }',
            ["b:4:35 match[0].rule.bands: lower edges must descend: 0.5, 0.5"],
        ),
        # … also where a rule is given its own on the spot
        (
            '[[match]]\nrule = { kind = "proportional", pass_line = "60" }',
            [f"b:4:45 match[0].rule.pass_line: 60 {SHARE}"],
        ),
        (
            '[[match]]\nrule = { kind = "proportional", ladder = [{ from = "0.5", factor = "0.9" }] }',
            ["b:4:42 match[0].rule.ladder: a step of over-achievement, 0.5, must be above 1"],
        ),
        (
            '[[match]]\nprinted = ["x"]\nrule = { kind = "direct" }',
            ["b:3:1 match[0]: the last match must have no condition, or some indicator has no rule"],
        ),
        (
            '[[match]]\nrule = { kind = "direct" }\n[[match]]\nrule = { kind = "graded" }',
            ["b:5:1 match[1]: match 1 before it has no condition, so this one is never reached"],
        ),
        ('[[grades]]\nname = "优"\nfrom = "60"', ["b:5:8 grades[0].from: the lowest grade must begin at 0, not 60"]),
        (
            '[[grades]]\nname = "优"\nfrom = "0"\n[[grades]]\nname = "良"\nfrom = "90"',
            ["b:3:1 grades: lower edges must descend: 0, 90"],
        ),
        (
            '[[grades]]\nname = "优"\nfrom = "0"\n[[grades]]\nname = "良"\nfrom = "0"',
            ["b:3:1 grades: lower edges must descend: 0, 0"],
        ),
        (
            '[[basis]]\ncovers = ["settings.revers", "match", "match"]\nsource = "x"\nstatus = "verified"',
            [
                "b:4:11 basis[0].covers[0]: there is no setting 'settings.revers'",
                "b:4:39 basis[0].covers[2]: the setting 'match' has two bases",
            ],
        ),
    ],
)  # fmt: skip
def test_problems(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


ALL = """\
years = [2024]
vers = 2

[rounding]
step = "0"
mode = "up"

[execution]
weight = "-1"
rule = { kind = "banded", bands = [] }

[settings]
ladder = [{ from = "1", factor = "0.9" }]

[[match]]
rule = { kind = "proportional", cap = "2" }
[[match]]
rule = { kind = "foo" }

[[grades]]
name = "优"
from = "60"

[[basis]]
covers = ["grade"]
source = "x"
status = "verified"
"""


# A section with a fault in its structure hides only its own contradictions (here rounding.step).
def test_all_problems_at_once() -> None:
    assert lines(ALL) == [
        "b:3:9 years: years must be empty or [first, last]",
        "b:4:8 vers: is not a known key; perhaps years",
        "b:8:8 rounding.mode: 'up' is not one of half-up truncate half-even",
        "b:11:10 execution.weight: -1 must be above 0",
        "b:12:35 execution.rule.bands: a banded rule needs a band",
        "b:15:10 settings.ladder: a step of over-achievement, 1, must be above 1",
        "b:18:39 match[0].rule.cap: cap can only be 1: no score exceeds its weight",
        "b:19:1 match[1]: match 1 before it has no condition, so this one is never reached",
        f"b:20:17 match[1].rule.kind: there is no rule 'foo'; there are {KINDS}",
        "b:24:8 grades[0].from: the lowest grade must begin at 0, not 60",
        "b:27:11 basis[0].covers[0]: there is no setting 'grade'",
    ]
    assert lines(ALL, "zh") == [
        "b:3:9 years: years 应为空或 [起, 止]",
        "b:4:8 vers: 没有这个键，是否应为 years",
        "b:8:8 rounding.mode: “up” 不是 half-up truncate half-even 之一",
        "b:11:10 execution.weight: -1 必须大于 0",
        "b:12:35 execution.rule.bands: 分档规则至少要有一档",
        "b:15:10 settings.ladder: 超额档的起点 1 必须大于 1",
        "b:18:39 match[0].rule.cap: cap 只能是 1：得分不能超过分值",
        "b:19:1 match[1]: 前面第 1 条 match 没有条件，此条永远不会用到",
        f"b:20:17 match[1].rule.kind: 没有“foo”这种规则，可用 {KINDS}",
        "b:24:8 grades[0].from: 最低一档必须从 0 开始，现从 60 开始",
        "b:27:11 basis[0].covers[0]: 没有“grade”这个设置",
    ]


# 满意度 is no rule of its own: the execution rate would be scored by another than the one written.
def test_satisfaction_is_no_rule_for_the_execution_rate() -> None:
    assert lines('[execution]\nrule = { kind = "satisfaction" }')[0].startswith("b:4:")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 'b:1:1 schema: schema must be "perfeval.rulebook.v1"'),
        (b'schema = "perfeval.evaluation.v1"', 'b:1:10 schema: schema must be "perfeval.rulebook.v1"'),
        (b'schema = "perfeval.rulebook.v1"', "b:1:1 id: is required and missing"),
        (b"\nid =", "b:2:5: is not valid TOML: Invalid value"),
        (b"a = 1\na = 2", "b:2:6: is not valid TOML: Cannot overwrite a value"),
        (b"\xff", "b: is not UTF-8; save it as UTF-8"),
        ("标题".encode("utf-16"), "b: is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_is_no_book(data: bytes, line: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_rulebook(data, name="b")
    assert caught.value.text("en") == line
    assert caught.value.text("zh") != line


# Never anything else, whatever the numbers are.
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = " + "9" * 5000, id="integer"),
        pytest.param("x = " + "[" * 9999 + "]" * 9999, id="nesting"),
        pytest.param("years = 0x" + "f" * 5000, id="hexadecimal"),
        pytest.param("years = [0x" + "f" * 5000 + "]", id="hexadecimal year"),
        pytest.param("[rounding]\nstep = 0x" + "f" * 5000, id="hexadecimal step"),
        pytest.param("[rounding]\nstep = 1e999", id="exponent"),
        pytest.param('[rounding]\nstep = "1E+9999999999999999999999"', id="exponent in a text"),
        pytest.param('[graded]\nbands = ["1E+9999999%", "0.5"]', id="per cent of an exponent"),
    ],
)
def test_numbers(text: str) -> None:
    assert lines(text)[0].startswith("b")
