"""Everything that is wrong with a file, at once: exact lines with place, field and what to do."""

import pytest

from perfeval import UnreadableError, read

TOML = """\
schema = "perfeval.evaluation.v1"
kind = "projct"
nam = "甲"
partial = "no"
year = 2024
goal = "说明"
funding = 3

[keys]
project_code = 12
nested = { a = "1" }

[[indicators]]
traget = "3"
weight = 10
target = 3.50
score = true
level1 = ["产出指标"]
[[indicators]]
target = { operater = "≥", value = 3 }
actual = 2024-12-31
weight = { value = "3" }
previous_year = [1]
"quoted.key" = ""
[total]
score = inf
"""

TOML_ZH = """\
form.toml:2:8 kind: “projct” 不是 project whole_unit transfer targets 之一
form.toml:3:7 nam: 没有这个键，是否应为 name
form.toml:4:11 partial: 应为true 或 false，现为字符串
form.toml:5:8 year: 应为字符串，现为整数，请加引号："2024"
form.toml:6:8 goal: 应为表，现为字符串
form.toml:7:11 funding: 应为数组，现为整数
form.toml:10:16 keys.project_code: 应为字符串，现为整数，请加引号："12"
form.toml:11:10 keys.nested: 应为字符串，现为表
form.toml:14:10 indicators[0].traget: 没有这个键，是否应为 target
form.toml:15:10 indicators[0].weight: 应为字符串，现为整数，请加引号："10"
form.toml:16:10 indicators[0].target: 应为字符串，现为小数，请加引号："3.50"
form.toml:17:9 indicators[0].score: 应为字符串，现为true 或 false
form.toml:18:10 indicators[0].level1: 应为字符串，现为数组
form.toml:20:23 indicators[1].target.operater: 没有这个键，是否应为 operator
form.toml:20:36 indicators[1].target.value: 应为字符串，现为整数，请加引号："3"
form.toml:21:10 indicators[1].actual: 应为字符串，现为日期
form.toml:22:10 indicators[1].weight: 应为字符串，现为表
form.toml:23:17 indicators[1].previous_year: 应为字符串，现为数组
form.toml:24:16 indicators[1]."quoted.key": 没有这个键
form.toml:26:9 total.score: 应为字符串，现为小数，请加引号："Infinity\""""

TOML_EN = """\
form.toml:2:8 kind: 'projct' is not one of project whole_unit transfer targets
form.toml:3:7 nam: is not a known key; perhaps name
form.toml:4:11 partial: must be true or false, not a string
form.toml:5:8 year: must be a string, not an integer; put it in quotes: "2024"
form.toml:6:8 goal: must be a table, not a string
form.toml:7:11 funding: must be an array, not an integer
form.toml:10:16 keys.project_code: must be a string, not an integer; put it in quotes: "12"
form.toml:11:10 keys.nested: must be a string, not a table
form.toml:14:10 indicators[0].traget: is not a known key; perhaps target
form.toml:15:10 indicators[0].weight: must be a string, not an integer; put it in quotes: "10"
form.toml:16:10 indicators[0].target: must be a string, not a decimal; put it in quotes: "3.50"
form.toml:17:9 indicators[0].score: must be a string, not true or false
form.toml:18:10 indicators[0].level1: must be a string, not an array
form.toml:20:23 indicators[1].target.operater: is not a known key; perhaps operator
form.toml:20:36 indicators[1].target.value: must be a string, not an integer; put it in quotes: "3"
form.toml:21:10 indicators[1].actual: must be a string, not a date
form.toml:22:10 indicators[1].weight: must be a string, not a table
form.toml:23:17 indicators[1].previous_year: must be a string, not an array
form.toml:24:16 indicators[1]."quoted.key": is not a known key
form.toml:26:9 total.score: must be a string, not a decimal; put it in quotes: "Infinity\""""

JSON = """\
{"schema": "perfeval.evaluation.v1", "evaluation": [],
 "evaluations": [
  {"kind": null, "amount_unit": 1.10, "name": "甲"},
  "乙",
  {"stage": "自评",
   "indicators": {"level3": "走访次数"},
   "total": {"score": NaN, "grade": false},
   "goal": {"expected": []},
   "funding": [{"adjusted": 50, "executed": {"value": "8.94"}}, null]}
 ],
 "version": 1
}
"""
JSON_EN = """\
form.json:1:52 evaluation: is not a known key
form.json:3:12 evaluations[0].kind: must be a string, not null
form.json:3:33 evaluations[0].amount_unit: must be a string, not a decimal; put it in quotes: "1.10"
form.json:4:3 evaluations[1]: must be a table, not a string
form.json:5:13 evaluations[2].stage: '自评' is not one of target monitor self review
form.json:6:18 evaluations[2].indicators: must be an array, not a table
form.json:7:23 evaluations[2].total.score: must be a string, not a float; put it in quotes: "nan"
form.json:7:37 evaluations[2].total.grade: must be a string, not true or false
form.json:8:25 evaluations[2].goal.expected: must be a string, not an array
form.json:9:29 evaluations[2].funding[0].adjusted: must be a string, not an integer; put it in quotes: "50"
form.json:9:45 evaluations[2].funding[0].executed: must be a string, not a table
form.json:9:65 evaluations[2].funding[1]: must be a table, not null
form.json:11:13 version: is not a known key"""


def problems(text: str, name: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(text.encode(), name=name)
    return caught.value


def test_all_problems_of_a_toml_file() -> None:
    error = problems(TOML, "form.toml")
    assert error.text("zh").split("\n") == TOML_ZH.split("\n")
    assert error.text("en").split("\n") == TOML_EN.split("\n")
    assert str(error) == error.text("zh")


def test_all_problems_of_a_json_file() -> None:
    assert problems(JSON, "form.json").text("en").split("\n") == JSON_EN.split("\n")


# The place of something missing is that of the nearest thing around it.
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = '甲'\n", 'f.toml:1:1 schema: schema must be "perfeval.evaluation.v1"'),
        ("\nname = '甲'\nschema = 1\n", 'f.toml:3:10 schema: schema must be "perfeval.evaluation.v1"'),
    ],
)
def test_schema(text: str, line: str) -> None:
    assert problems(text, "f.toml").text("en") == line


def test_a_problem_about_the_whole_file_has_no_line() -> None:
    (problem,) = problems("", "empty.toml").problems
    assert (problem.line, problem.column, problem.path) == (0, 0, "")
    assert str(problem) == "empty.toml: 文件是空的"


# Facts that look like a template are shown as they stand.
def test_braces_in_a_value() -> None:
    error = problems('schema = "perfeval.evaluation.v1"\nkind = "{found}{0}"\n"{x}" = 1\n', "f")
    assert error.text("en").split("\n") == [
        "f:2:8 kind: '{found}{0}' is not one of project whole_unit transfer targets",
        "f:3:9 {x}: is not a known key",
    ]
