"""Where each part of a table was written: line and column of TOML and JSON, also behind dropped rows."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from perfeval import Evaluation, Finding, Location, read

TOML = """\
schema = "perfeval.evaluation.v1"
name = "甲"
[keys]
"a.b" = "1"
[[funding]]
label = "年度资金总额"
[[indicators]]
level3 = "……"
[[indicators]]
level3 = "走访次数"
target = { operator = "≥", value = "3", unit = "次" }
  actual = "3次"
[[indicators]]
level3 = "指标2："
weight = "—"
[[indicators]]
id = "4"
level3 = "培训" # 第四行
weight="10"
[total]
score = '''
10'''
"""

# Rows 0 and 2 of the file are fillers, so row 1 is the table's first and row 3 its second.
TOML_PLACES = [
    ("", 1, 1),
    ("schema", 1, 10),
    ("name", 2, 8),
    ("keys", 3, 1),
    ('keys."a.b"', 4, 9),
    ("funding", 5, 1),
    ("funding[0]", 5, 1),
    ("funding[0].label", 6, 9),
    ("indicators", 7, 1),
    ("indicators[0]", 9, 1),
    ("indicators[0].level3", 10, 10),
    ("indicators[0].target", 11, 10),
    ("indicators[0].target.operator", 11, 23),
    ("indicators[0].target.unit", 11, 48),
    ("indicators[0].actual", 12, 12),
    ("indicators[1]", 16, 1),
    ("indicators[1].level3", 18, 10),
    ("indicators[1].weight", 19, 8),
    ("total", 20, 1),
    ("total.score", 21, 9),
]

JSON = """\
{"schema": "perfeval.evaluation.v1",
 "evaluations": [
  {"name": "甲", "indicators": [{"level3": "指标1:"},
    {"level3": "走访次数", "target": {"value": "3"}}]},
  {
   "indicators": [
    {"level3": "培训",
     "weight": "10"},
    {},
    {"score": "9"}
   ]
  }
 ]
}
"""
JSON_PLACES = [
    (0, "", 3, 3),
    (0, "name", 3, 12),
    (0, "indicators", 3, 31),
    (0, "indicators[0]", 4, 5),
    (0, "indicators[0].level3", 4, 16),
    (0, "indicators[0].target.value", 4, 44),
    (1, "", 5, 3),
    (1, "indicators[0]", 7, 5),
    (1, "indicators[0].weight", 8, 16),
    (1, "indicators[1]", 10, 5),
    (1, "indicators[1].score", 10, 15),
]

SEVERAL = """\
schema = "perfeval.evaluation.v1"
[[evaluations]]
name = "甲"
[[evaluations.indicators]]
level3 = "其中："
[[evaluations.indicators]]
level3 = "走访次数"
[[evaluations]]
[[evaluations.indicators]]
weight = "10"
[evaluations.total]
score = "9"
"""
SEVERAL_PLACES = [
    (0, "", 2, 1),
    (0, "name", 3, 8),
    (0, "indicators[0]", 6, 1),
    (0, "indicators[0].level3", 7, 10),
    (1, "", 8, 1),
    (1, "indicators[0]", 9, 1),
    (1, "indicators[0].weight", 10, 10),
    (1, "total", 11, 1),
    (1, "total.score", 12, 9),
]


def tables(text: str) -> tuple[Evaluation, ...]:
    return read(text.encode(), name="form").evaluations


@pytest.mark.parametrize(("path", "line", "column"), TOML_PLACES)
def test_toml(path: str, line: int, column: int) -> None:
    assert tables(TOML)[0].place(path) == Location(file="form", line=line, column=column)


@pytest.mark.parametrize(("table", "path", "line", "column"), JSON_PLACES)
def test_json(table: int, path: str, line: int, column: int) -> None:
    assert tables(JSON)[table].place(path) == Location(file="form", line=line, column=column)


@pytest.mark.parametrize(("table", "path", "line", "column"), SEVERAL_PLACES)
def test_several_tables(table: int, path: str, line: int, column: int) -> None:
    assert tables(SEVERAL)[table].place(path) == Location(file="form", line=line, column=column)


@pytest.mark.parametrize(
    "path", ["title", "indicators[0].score", "indicators[1].target", "evaluations", "indicators[0"]
)
def test_what_is_not_written_has_no_place(path: str) -> None:
    assert tables(TOML)[0].place(path) is None


@pytest.mark.parametrize(
    "path", ["indicators[2]", "indicators[99].target", "indicators[x]", "indicators[-1]"]
)
def test_a_row_that_is_not_there_has_no_place(path: str) -> None:
    assert tables(TOML)[0].place(path) is None


# All places, as a mapping: the table's own paths, and no row that was dropped.
def test_the_mapping_of_all_places() -> None:
    places = tables(TOML)[0].places
    assert len(places) == len(list(places)) == 21
    assert {path for path, *_ in TOML_PLACES[1:]} <= set(places)
    assert [path for path in places if path.startswith("indicators[2]")] == []
    assert all(places[path].file == "form" for path in places)
    with pytest.raises(KeyError):
        places["indicators[0].score"]


def test_the_mapping_of_one_of_several_tables() -> None:
    first, second = (table.places for table in tables(SEVERAL))
    assert set(first) == {"name", "indicators", "indicators[0]", "indicators[0].level3"}
    assert set(second) == {"indicators", "indicators[0]", "indicators[0].weight", "total", "total.score"}
    assert len(second) == 5


def test_the_eleventh_table_is_not_the_second() -> None:
    many = [{"name": str(number), "indicators": [{"weight": str(number)}]} for number in range(12)]
    text = json.dumps({"schema": "perfeval.evaluation.v1", "evaluations": many}, indent=0)
    lines = [table.place("indicators[0].weight") for table in tables(text)]
    assert [text.split("\n")[place.line - 1] for place in lines if place and place.line] == [
        f'"weight": "{number}"' for number in range(12)
    ]


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.text("en") for finding in findings]


# Dropped rows are told, each at its own line of the file.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            TOML,
            [
                "form:7:1: PE001 the filler row '……' has no target, actual, weight or score and is left out",
                "form:13:1: PE001 the filler row '指标2：' has no target, actual, weight or score and is left out",
            ],
        ),
        (
            JSON,
            [
                "form:3:32: PE001 the filler row '指标1:' has no target, actual, weight or score and is left out",
                "form:9:5: PE001 the filler row '' has no target, actual, weight or score and is left out",
            ],
        ),
        (
            SEVERAL,
            [
                "form:4:1: PE001 the filler row '其中：' has no target, actual, weight or score and is left out"
            ],
        ),
    ],
)
def test_findings_of_dropped_rows(text: str, expected: list[str]) -> None:
    findings = read(text.encode(), name="form").findings
    assert shown(findings) == expected
    assert {(str(f.kind), str(f.severity), f.code) for f in findings} == {("reading", "note", "PE001")}


def test_the_finding_in_chinese() -> None:
    (finding,) = read(SEVERAL.encode(), name="form").findings
    assert finding.text() == "form:4:1: PE001 空白行“其中：”没有指标值、实际完成值、分值和得分，不计入"


# name, other cells of the row, whether the row is left out
@pytest.mark.parametrize(
    ("name", "cells", "dropped"),
    [
        ("……", "", True),
        ("…", "", True),
        ("......", "", True),
        ("指标1", "", True),
        ("指标2：", "", True),
        ("指标 12:", "", True),
        ("其中", "", True),
        ("其中：", "", True),
        ("其中：财政拨款", "", True),
        ("", "", True),
        (" 　", "", True),
        ("……", 'target = ""\nactual = "—"\nweight = "/"\nscore = "无"', True),
        ("……", 'rule = "直接赋分"\nlevel1 = "产出指标"', True),
        ("……", 'target = "≥3次"', False),
        ("……", 'actual = "3次"', False),
        ("指标1：", 'weight = "10"', False),
        ("其中：", 'score = "0"', False),
        ("……", 'actual = "……"', False),  # unreadable is not blank
        ("指标1完成率", "", False),
        ("走访次数", "", False),
        (".", "", False),
    ],
)
def test_filler_rows(name: str, cells: str, dropped: bool) -> None:
    text = f'schema = "perfeval.evaluation.v1"\n[[indicators]]\nlevel3 = "{name}"\n{cells}\n'
    reading = read(text.encode())
    assert (len(reading.evaluations[0].indicators), len(reading.findings)) == ((0, 1) if dropped else (1, 0))


def test_a_row_without_a_name_is_a_filler_too() -> None:
    reading = read(b'schema = "perfeval.evaluation.v1"\n[[indicators]]\nlevel1 = "x"\n')
    assert (reading.evaluations[0].indicators, len(reading.findings)) == ((), 1)


@pytest.mark.parametrize(
    ("source", "name", "file"),
    [
        ("path", None, "form.toml"),
        ("path", "表", "表"),
        ("bytes", None, "<bytes>"),
        ("bytes", "表", "表"),
    ],
)
def test_what_places_call_the_file(source: str, name: str | None, file: str, tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text(TOML, encoding="utf-8")
    table = read(path if source == "path" else TOML.encode(), name=name).evaluations[0]
    assert table.file == (str(path) if file == path.name else file)
    assert table.place("name") == Location(file=table.file, line=2, column=8)
    assert table.sha256 == sha256(TOML.encode()).hexdigest()
