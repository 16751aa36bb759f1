"""The real tables, each audited and read row by row: its errors and warnings, each of them judged right.

A change of a check that changes these lists is judged again, table by table; docs/quality.md counts them per check.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import perfeval
from perfeval.auditing.engine import audit
from perfeval.auditing.finding import AuditFinding
from perfeval.findings import Severity
from perfeval.table import Evaluation

DATA = Path(__file__).parent.parent / "data"
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "bortala-2024"
BOOKS = EXAMPLES.parent / "rulebooks"

# Case: (severity, code, row), worst first. A row is counted from 0; None is the table.
CASES: dict[str, list[tuple[str, str, int | None]]] = {
    "tangxi-weituo": [("error", "PE406", None)],  # total row 0, its source 90 / 89.974 / 89.974
    "tangxi-cunji": [("error", "PE406", None)],  # total row 0, its source 202.64 / 132.912 / 132.912
    "qingshen-salary": [("warning", "PE209", 0)],  # one row of 60 points
    "daying-cost-row": [
        ("warning", "PE209", 0),  # one row of 90 points
        ("warning", "PE313", 0),  # at most 30万元, answered by 完成
    ],
    "daying-anke": [],
    "daying-targets": [],
    "cq-rongmeiti-whole": [
        ("warning", "PE101", 8),  # 72.74 % of 100 % has 2 of 2
        ("warning", "PE301", 14),  # 12次 of at least 6次
    ],
    "hengshan-grain": [],
    "zhongjiang-water": [("warning", "PE201", None)],  # rows of 100 points, and 10 of execution
    "suixi-linshi": [
        ("warning", "PE101", 7),  # 5830 against at most 5300 has 10 of 10
        ("warning", "PE103", 3),  # 4604 of at least 4754 has 5 of 5
    ],
    "xiaoxian-zhongyang": [],
    "yuanzhou-potato": [],
    "yongde-nutrition": [("warning", "PE501", 5)],  # 98 % of 100 %, 9 of 10, no reason
    "sc-puhui": [
        ("warning", "PE301", 4),  # 10倍 of at least 2倍
        ("warning", "PE312", 2),  # all of it paid, 52.79 % executed
        ("warning", "PE508", None),  # 52.79 %
        ("warning", "PE607", None),  # all outputs in full at 52.79 %
    ],
    "hbust-scholarship": [],
    "guangshui-road": [],
    "xuancheng-quake": [],
    "ningde-quake-whole": [],
    "zhongxian-kexie-whole": [],
    "ezhou-kexie": [("warning", "PE501", 1)],  # 9 of 10 events, no reason
    "yangtze-fishing": [("warning", "PE211", None)],  # no benefit
    "fengjie-12350": [],
    "suzhou-green": [("warning", "PE312", 5)],  # 预算执行率 98 %, by the money 94.54 %
    "daying-shuangxin": [("warning", "PE314", 3)],  # 10万元 answered by 已完成100%
    "zhaohua-tekun": [],
    "linhai-green": [],
}

UNIT: list[tuple[str, str, str, int | None]] = [
    ("seed-2-car-trade-in", "warning", "PE301", 0),  # 1100 of 150
    ("seed-2-car-trade-in", "warning", "PE312", 4),  # 100 % by 88.01 %
    ("seed-2-car-trade-in", "warning", "PE606", 0),  # 0.184 万元 a car, planned 1.535
    ("seed-2-car-trade-in", "warning", "PE607", 2),  # begun late, timeliness in full
    ("seed-4-dry-port", "warning", "PE103", 4),  # 8.94 against at most 8.90, in full
    ("seed-4-dry-port", "warning", "PE504", 3),  # 8.93 in words, 8.94 in the row
    ("seed-4-dry-port", "warning", "PE607", None),  # all in full at 17.88 %
    ("seed-5-party-branch", "warning", "PE317", 0),  # goal 4, target 7
    ("seed-6-investment-attraction", "warning", "PE301", 0),  # 10 of 5
    ("seed-6-investment-attraction", "warning", "PE509", None),  # 28.45 became 474.52
    ("seed-7-logistics-plan", "warning", "PE312", 4),  # 100 % by 44.44 %
    ("seed-7-logistics-plan", "warning", "PE607", None),  # all in full at 44.44 %
    ("unit", "warning", "PE601", None),  # 资金使用合规率 under two rules
    ("unit", "warning", "PE601", None),  # 项目成本控制率 under two rules
    ("unit", "warning", "PE602", None),  # under the ceiling: nothing here, everything there
    ("unit", "warning", "PE603", None),  # 724.35 above 651.03
    ("unit", "warning", "PE612", None),  # "all finished", 17.88 % and 44.44 %
]


@cache
def cases() -> tuple[Evaluation, ...]:
    return perfeval.read(DATA / "cases.json").evaluations


@cache
def unit() -> tuple[Evaluation, ...]:
    return tuple(
        table for path in sorted(EXAMPLES.glob("*.toml")) for table in perfeval.read(path).evaluations
    )


def of_tables(findings: tuple[AuditFinding, ...]) -> list[AuditFinding]:
    """Give what is said of tables; PE9 says what the audit itself could not do."""
    return [one for one in findings if not one.code.startswith("PE9")]


def grave(findings: tuple[AuditFinding, ...]) -> list[tuple[str, str, int | None]]:
    return [
        (str(one.severity), one.code, one.row)
        for one in of_tables(findings)
        if one.severity is not Severity.NOTE
    ]


def test_every_case_is_judged() -> None:
    assert [table.keys["case"] for table in cases()] == list(CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=list(CASES))
def test_errors_and_warnings(number: int) -> None:
    table = cases()[number]
    assert grave(audit([table]).findings) == CASES[table.keys["case"]]


def test_tables_of_nobody_say_nothing_of_each_other() -> None:
    """None of the cases names its unit: together they have the findings that each has alone."""
    together = [(one.table, one.code, one.row) for one in of_tables(audit(cases()).findings)]
    alone = [
        (number, one.code, one.row)
        for number, table in enumerate(cases())
        for one in of_tables(audit([table]).findings)
    ]
    assert together == alone


def test_errors_and_warnings_of_a_unit() -> None:
    found = [
        (
            one.evaluation.keys["case"] if one.table is not None and one.evaluation is not None else "unit",
            str(one.severity),
            one.code,
            one.row,
        )
        for one in of_tables(audit(unit()).findings)
        if one.severity is not Severity.NOTE
    ]
    assert found == UNIT


def test_the_missed_target_names_its_missing_reason_and_the_total() -> None:
    (missed,) = [one for one in audit(unit()).findings if one.code == "PE103"]
    assert [(one.code, one.severity) for one in missed.consequences] == [
        ("PE212", Severity.NOTE),
        ("PE501", Severity.NOTE),
    ]


@pytest.mark.parametrize(
    ("book", "names"),
    [
        ("hubei", ["hbust-scholarship", "guangshui-road", "ezhou-kexie", "yangtze-fishing"]),
        ("platform", list(CASES)),
    ],
)
def test_books_of_a_region_agree_on_what_is_wrong(book: str, names: list[str]) -> None:
    for table in cases():
        if table.keys["case"] in names:
            assert grave(audit([table], book).findings) == CASES[table.keys["case"]]


def test_a_book_without_sources_accuses_nobody_of_its_steps() -> None:
    """The draft bands give 7.00 for 96.85 %: 9.68 in proportion is right by every form that was read."""
    book = perfeval.load_rulebook(BOOKS / "bands-2021-draft.toml")
    errors = [one for one in audit(cases(), book).findings if one.severity is Severity.ERROR]
    assert {one.code for one in errors} == {"PE406"}
