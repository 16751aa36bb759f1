"""PE5, explanations and evidence: examples, exceptions, accepted readings, and the real tables."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import perfeval
from perfeval.auditing.check import Check
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.engine import audit
from perfeval.auditing.examples import changed, unit_of
from perfeval.auditing.finding import AuditFinding
from perfeval.findings import FindingClass, Severity
from perfeval.messages import LANGUAGES
from perfeval.table import Evaluation

FAMILY = tuple(check for check in CHECKS if check.code.startswith("PE5"))
CODES = [check.code for check in FAMILY]
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "bortala-2024"
CASES = Path(__file__).parent.parent / "data" / "cases.json"


def found(*tables: Evaluation) -> tuple[AuditFinding, ...]:
    return audit(tables, select=CODES).findings


def codes(*tables: Evaluation) -> list[str]:
    return [finding.code for finding in found(*tables)]


def test_codes_are_complete() -> None:
    assert [f"PE50{number}" for number in range(1, 10)] == CODES


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_examples(check: Check) -> None:
    for table in check.wrong:
        assert codes(table) == [check.code]
    for table in check.right:
        assert codes(table) == []


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_wording_accuses_nobody_and_names_every_fact(check: Check) -> None:
    for finding in found(*check.wrong):
        for message in (finding.message, finding.explained_by, finding.ask):
            for language in LANGUAGES:
                text = message.text(language)
                assert text
                assert "{" not in text
                assert not any(word in text for word in ("虚报", "造假", "违规"))


def short(deviation: str | None, **more: object) -> Evaluation:
    """A missed target: 76 % of 95 %, scored 16 of 20."""
    row: dict[str, object] = {
        "indicators_1_actual": "76%",
        "indicators_1_score": "16",
        "indicators_1_deviation": deviation,
        "total_score": "95.80",
    }
    return changed(**(row | more))


@pytest.mark.parametrize(
    ("deviation", "expected"),
    [
        ("", ["PE501"]),
        ("  ", ["PE501"]),
        ("—", ["PE501"]),
        ("/", ["PE501"]),
        (None, []),  # the form has no such column in this row
        ("无", ["PE506"]),
        ("不适用", ["PE506"]),
        ("已完成", ["PE506"]),
        ("已按计划完成年度目标。", ["PE506"]),
        ("偏差原因：无", ["PE506"]),
        ("检测设备停用", []),
        ("已完成检测，但因设备停用两个月未达标", []),
        ("受降雨影响", []),
    ],
)
def test_reason_of_a_missed_target(deviation: str | None, expected: list[str]) -> None:
    assert codes(short(deviation)) == expected


@pytest.mark.parametrize(
    ("actual", "score", "expected"),
    [
        ("95%", "20", []),
        ("95%", "18", []),  # met and scored lower is PE102
        ("94.9%", "20", ["PE501"]),
        ("", "", []),
        ("完成", "18", ["PE501"]),  # a person gave less than the weight
        ("完成", "20", []),
    ],
)
def test_when_a_reason_is_due(actual: str, score: str, expected: list[str]) -> None:
    assert codes(changed(indicators_1_actual=actual, indicators_1_score=score)) == expected


def test_rows_without_weight_owe_a_reason_if_they_have_a_score() -> None:
    assert codes(short("", indicators_1_weight="")) == ["PE501"]
    assert codes(short("", indicators_1_weight="", indicators_1_score="")) == []
    assert codes(short("", indicators_1_weight="0", indicators_1_score="0")) == []


def test_digits_that_printing_dropped_are_no_shortfall() -> None:
    cost = {"indicators_2_target": "<=0.645万元/公里", "indicators_2_previous_year": "新增"}
    assert codes(changed(**cost, indicators_2_actual="0.645万元/公里")) == []
    assert codes(changed(**cost, indicators_2_actual="0.646万元/公里")) == ["PE501"]


def test_a_reason_elsewhere_that_names_the_row_counts() -> None:
    assert codes(short("", indicators_0_deviation="养护合格率偏低，因检测设备停用")) == []


def test_a_reason_elsewhere_that_states_only_a_figure_of_the_row_makes_a_note() -> None:
    table = short("", indicators_0_deviation="设备停用，养护合格率76%")
    (finding,) = [one for one in found(table) if one.code == "PE501"]
    assert finding.severity is Severity.NOTE
    assert "另一处" in finding.message.text()


def test_what_a_row_earned_is_said_only_where_it_is_printed() -> None:
    for changes, says in (
        ({}, "得分 16/20，"),
        ({"indicators_1_weight": ""}, "得分 16，"),
        ({"indicators_1_score": ""}, "实际 76%，偏差原因"),
    ):
        (finding,) = found(short("", **changes))
        assert says in finding.message.text()


def test_an_excerpt_may_give_its_reasons_in_the_part_that_is_missing() -> None:
    low = changed(**LOW)
    assert "PE508" in codes(low)
    assert "PE508" not in codes(changed(**LOW, partial=True))
    adjusted = {"funding_0_initial": "60.00"}
    assert codes(changed(**adjusted)) == ["PE509"]
    assert codes(changed(**adjusted, partial=True)) == []


def test_a_cell_that_may_be_merged_makes_a_note() -> None:
    merged = short("", indicators_0_deviation="检测设备停用", indicators_1_level2="数量指标")
    assert [(one.code, one.severity) for one in found(merged)] == [("PE501", Severity.NOTE)]
    apart = short("", indicators_0_deviation="检测设备停用")
    assert [(one.code, one.severity) for one in found(apart)] == [("PE501", Severity.WARNING)]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (">=75%", []),  # 97 ÷ 75 is under 1.3
        (">=74%", ["PE502"]),
        (">=48%", []),  # twice and more is PE301
    ],
)
def test_exceeded(target: str, expected: list[str]) -> None:
    table = changed(indicators_1_target=target, indicators_1_previous_year="新增")
    assert codes(table) == expected


def test_an_overshoot_is_one_finding() -> None:
    table = changed(indicators_1_target=">=40%", indicators_1_previous_year="新增")
    both = audit([table], select=["PE301", "PE502"]).findings
    assert [one.code for one in both] == ["PE301"]


@pytest.mark.parametrize(
    ("deviation", "expected"),
    [
        ("养护合格率75%", [Severity.WARNING]),
        ("养护合格率为50%", [Severity.NOTE]),  # far off: perhaps another thing
        ("养护合格率76%", []),
        ("养护合格率76.0%", []),
        ("养护合格率约77%", []),
        ("养护合格率低于95%", []),  # the target
        ("比目标低19%", []),  # nothing is named
        ("其中养护合格率75%", []),
        ("上年养护合格率75%", []),
        ("养护合格率75分", []),
        ("养护道路里程125公里", [Severity.WARNING]),  # another row that it names
        ("养护道路里程12.6万米", []),
        ("养护道路里程126.4公里", [Severity.WARNING]),
        ("执行率98%", []),
        ("执行率97%", [Severity.WARNING]),
        ("全年执行数78.4万元", []),
        ("全年执行数784000元", []),
        ("全年执行数78万元", []),  # rounded
        ("全年执行数77.9万元", [Severity.WARNING]),
        ("预算数80万元", []),
        ("实际支出58.4万元", []),  # a part that the table has
    ],
)
def test_figures_in_a_reason(deviation: str, expected: list[Severity]) -> None:
    table = short(deviation)
    assert [one.severity for one in found(table) if one.code == "PE504"] == expected
    assert all(one.kind is FindingClass.CONTRADICTION for one in found(table) if one.code == "PE504")


@pytest.mark.parametrize("blank", ["", " ", "—", "/", "无"])
def test_blank_evidence_is_one_line(blank: str) -> None:
    table = changed(indicators_0_evidence=blank, indicators_1_evidence=blank)
    (finding,) = found(table)
    assert (finding.code, finding.more) == ("PE507", 1)


def test_evidence_is_asked_for_results_only() -> None:
    assert codes(changed(indicators_1_evidence="", indicators_1_actual="", indicators_1_score="")) == []
    assert codes(changed(indicators_1_evidence=None)) == []


LOW = {
    "funding_0_executed": "68.00",
    "funding_0_rate": "85.00%",
    "funding_0_score": "8.50",
    "funding_1_executed": "48.00",
    "total_score": "98.50",
}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [Severity.WARNING]),
        ({"indicators_0_deviation": "招标结余"}, []),
        ({"indicators_0_deviation": "受降雨影响"}, [Severity.WARNING]),  # of something else
        ({"goal_actual": "年底结转12万元，下年续用。"}, [Severity.NOTE]),
        ({f"indicators_{number}_deviation": None for number in range(5)}, [Severity.NOTE]),
        ({"funding_0_executed": "72.00", "funding_1_executed": "52.00"}, []),  # exactly 90 %
        ({"funding_0_executed": "", "funding_1_executed": ""}, []),  # blank is not 0
        ({"funding_0_adjusted": "0", "funding_1_adjusted": "0", "funding_2_adjusted": "0"}, []),
    ],
)
def test_low_execution(more: dict[str, object], expected: list[Severity]) -> None:
    table = changed(**(LOW | more))
    assert [one.severity for one in found(table) if one.code == "PE508"] == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"funding_0_initial": "60.00"}, [Severity.WARNING]),
        ({"funding_0_initial": "100.00"}, [Severity.WARNING]),
        ({"funding_0_initial": "73.00"}, []),  # 9.6 %
        ({"funding_0_initial": "0.00"}, []),  # added within the year
        ({"funding_0_initial": ""}, []),
        ({"funding_0_initial": "80万元"}, []),
        ({"funding_0_initial": "60.00", "indicators_0_deviation": "年中追加养护任务"}, []),
        ({"funding_0_initial": "60.00", "goal_actual": "年中追加20万元。"}, []),
        ({"funding_0_initial": "60.00", "goal_expected": "增加通行里程。"}, [Severity.WARNING]),
        ({"funding_0_initial": "800000元"}, []),
    ],
)
def test_adjustment(more: dict[str, object], expected: list[Severity]) -> None:
    assert [one.severity for one in found(changed(**more)) if one.code == "PE509"] == expected


def test_the_adjustment_of_a_whole_unit_is_a_note() -> None:
    assert codes(unit_of()) == []  # 4 %
    (finding,) = found(unit_of(funding_0_initial="300.00"))
    assert (finding.code, finding.severity) == ("PE509", Severity.NOTE)


def test_optional_checks_run_only_if_selected() -> None:
    optional = {check.code for check in FAMILY if check.is_optional}
    assert optional == {"PE503", "PE505"}
    table = changed(indicators_1_actual="95%", indicators_1_deviation="检测设备停用" * 20)
    assert not {one.code for one in audit([table]).findings} & optional
    assert set(codes(table)) == optional


@cache
def real_findings() -> tuple[tuple[str, str, str, Severity], ...]:
    tables = [table for path in sorted(EXAMPLES.glob("*.toml")) for table in perfeval.read(path).evaluations]
    names = [check.code for check in FAMILY if not check.is_optional]
    return tuple(
        (one.evaluation.keys["case"].split("-")[1], one.code, one.path, one.severity)
        for one in audit(tables, select=names).findings
        if one.evaluation is not None
    )


def test_real_tables() -> None:
    assert real_findings() == (
        ("0", "PE509", "funding[3].adjusted", Severity.NOTE),
        ("2", "PE508", "funding[0].rate", Severity.NOTE),  # 88.01 %: the text of what was done says why
        ("4", "PE504", "indicators[3].deviation", Severity.WARNING),  # T-4: 8.93 against 8.94
        ("4", "PE501", "indicators[4].deviation", Severity.NOTE),  # named elsewhere
        ("6", "PE509", "funding[0].adjusted", Severity.WARNING),  # T-11: 28.45 to 474.52
        ("7", "PE508", "funding[0].rate", Severity.NOTE),  # 44.44 %: first instalment
    )


def test_cases_read_once() -> None:
    """Each was judged right, against the notes of the cases."""
    tables = perfeval.read(CASES).evaluations
    assert {table.keys["case"] for table in tables} == set(
        json.loads(CASES.with_name("cases-notes.json").read_text(encoding="utf-8"))
    )
    names = [check.code for check in FAMILY if not check.is_optional]
    warned = {
        (one.evaluation.keys["case"], one.code)
        for one in audit(tables, select=names).findings
        if one.severity is not Severity.NOTE and one.evaluation is not None
    }
    assert warned == {
        ("cq-rongmeiti-whole", "PE501"),  # 72.74 % of 100 %
        ("ezhou-kexie", "PE501"),  # 9 of 10 events
        ("sc-puhui", "PE508"),  # 52.79 %
        ("suixi-linshi", "PE501"),  # 5830 against at most 5300
        ("yongde-nutrition", "PE501"),  # 98 % of 100 %
    }
