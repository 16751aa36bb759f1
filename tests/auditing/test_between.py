"""PE6, between the tables of a unit: each check on its own examples, its exceptions, and the real tables."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path

import attrs
import pytest

import perfeval
from perfeval.auditing.check import Check, Scope
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.engine import audit
from perfeval.auditing.examples import CLEAN, changed, unit_of
from perfeval.auditing.finding import AuditFinding
from perfeval.auditing.settings import AuditSettings
from perfeval.findings import FindingClass, Severity
from perfeval.messages import LANGUAGES
from perfeval.table import Evaluation, Funding

FAMILY = tuple(check for check in CHECKS if check.code.startswith(("PE60", "PE61")))
CODES = [check.code for check in FAMILY]
DATA = Path(__file__).parent.parent / "data"
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "bortala-2024"
BRIDGES = "农村桥梁养护"


def found(*tables: Evaluation, settings: AuditSettings | None = None) -> tuple[AuditFinding, ...]:
    """What the checks of the family say that run unasked."""
    names = [check.code for check in FAMILY if not check.is_optional]
    return audit(tables, select=names, settings=settings).findings


def codes(*tables: Evaluation, settings: AuditSettings | None = None) -> list[str]:
    return [finding.code for finding in found(*tables, settings=settings)]


def only(*tables: Evaluation) -> AuditFinding:
    (finding,) = found(*tables)
    return finding


def spent(executed: str, **more: object) -> Evaluation:
    """The clean table with one row of money of which so much was executed."""
    row = Funding(label="年度资金总额", initial="80.00", adjusted="80.00", executed=executed)
    return attrs.evolve(changed(**more), funding=[row])


def groups(check: Check, tables: tuple[Evaluation, ...]) -> list[tuple[Evaluation, ...]]:
    """Tables of a unit are looked at together, others one by one."""
    return [tables] if check.scope is Scope.UNIT else [(table,) for table in tables]


def test_codes() -> None:
    assert [f"PE{number}" for number in range(601, 613)] == CODES


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_examples(check: Check) -> None:
    for tables in groups(check, check.wrong):
        assert {one.code for one in audit(tables, select=CODES).findings} == {check.code}
    for tables in groups(check, check.right):
        assert not audit(tables, select=CODES).findings


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_wordings(check: Check) -> None:
    for tables in groups(check, check.wrong):
        for finding in audit(tables, select=[check.code]).findings:
            texts = [
                message.text(language)
                for message in (finding.message, finding.ask, finding.explained_by)
                for language in LANGUAGES
            ]
            assert all(texts)
            assert not any(word in text for text in texts for word in ("虚报", "造假", "违规", "None"))


def test_another_unit_or_year_is_another_unit() -> None:
    direct = changed(name=BRIDGES, indicators_1_rule="直接赋分")
    assert codes(CLEAN, direct) == ["PE601"]
    assert codes(CLEAN, attrs.evolve(direct, organisation="另一单位")) == []
    assert codes(CLEAN, attrs.evolve(direct, year="2023")) == []
    assert codes(attrs.evolve(CLEAN, organisation=None), attrs.evolve(direct, organisation=None)) == []


def test_rules_of_the_same_indicator() -> None:
    finding = only(CLEAN, changed(name=BRIDGES, indicators_1_rule="直接赋分"))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE601",
        Severity.WARNING,
        FindingClass.CONTRADICTION,
    )
    assert codes(CLEAN, changed(name=BRIDGES, indicators_1_rule="")) == []
    assert codes(CLEAN, changed(name=BRIDGES, indicators_1_rule="按比例赋分")) == []


def test_rules_of_indicators_of_one_kind_are_a_note() -> None:
    other = changed(name=BRIDGES, indicators_1_level3="桥梁检测合格率", indicators_1_rule="直接赋分")
    finding = only(CLEAN, other)
    assert (finding.code, finding.severity) == ("PE601", Severity.NOTE)


def test_cost_scored_two_ways() -> None:
    zero = changed(name=BRIDGES, indicators_2_actual="0万元/公里", indicators_2_score="0")
    finding = only(CLEAN, zero)
    assert (finding.code, finding.severity, finding.kind) == (
        "PE602",
        Severity.WARNING,
        FindingClass.CONTRADICTION,
    )
    assert "0.62万元/公里" in finding.facts["others"]
    full = changed(name=BRIDGES, indicators_2_actual="0万元/公里")
    assert codes(CLEAN, full) == []  # both full: one reading
    at_ceiling = changed(indicators_2_actual="0.65万元/公里")
    assert codes(at_ceiling, zero) == []
    without_sign = {"indicators_2_target": "0.65万元/公里"}
    assert codes(changed(**without_sign), changed(name=BRIDGES, indicators_2_score="0", **without_sign)) == []


def test_zero_under_other_rule_is_no_second_way() -> None:
    zero = changed(
        name=BRIDGES,
        indicators_2_actual="0万元/公里",
        indicators_2_score="0",
        indicators_2_rule="直接赋分",
    )
    assert "PE602" not in codes(CLEAN, zero)


def whole(initial: str, adjusted: str = "520.00", executed: str = "515.00", unit: str = "万元") -> Evaluation:
    row = Funding(label="合计", initial=initial, adjusted=adjusted, executed=executed)
    return attrs.evolve(unit_of(), funding=[row], amount_unit=unit)


def test_projects_above_the_unit() -> None:
    finding = only(whole("150.00"), CLEAN, changed(name=BRIDGES))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE603",
        Severity.WARNING,
        FindingClass.CONTRADICTION,
    )
    assert finding.effect.amount == Decimal(10)
    assert finding.table is None
    assert "80 + 80" in finding.message.text()


@pytest.mark.parametrize(
    "tables",
    [
        (whole("160.00"), CLEAN, changed(name=BRIDGES)),
        (whole("159.99"), CLEAN, changed(name=BRIDGES)),  # rounding
        (whole(""), CLEAN),
        (whole("800000", "8000000", "8000000", unit="元"), CLEAN),  # the same 80 万元
        (whole("80.00"), CLEAN, changed(name=BRIDGES, partial=True)),
        (CLEAN, changed(name=BRIDGES)),
        (whole("70.00"),),
        (whole("70", unit=""), CLEAN),  # no unit of money: not to be compared
    ],
)
def test_projects_within_the_unit(tables: tuple[Evaluation, ...]) -> None:
    assert "PE603" not in codes(*tables)


def test_projects_in_another_unit_of_money() -> None:
    finding = next(one for one in found(whole("790000", "9000000", "9000000", unit="元"), CLEAN))
    assert (finding.code, finding.facts["sum"], finding.facts["difference"]) == ("PE603", "800000", "10000")


def test_a_project_counts_once() -> None:
    """Its two tables are a finding of their own and make no sum too large."""
    assert codes(whole("100.00"), CLEAN, CLEAN) == ["PE611"]
    coded = changed(keys={"project_code": "A1"})
    assert codes(whole("100.00"), coded, attrs.evolve(coded, name=BRIDGES)) == ["PE611"]


def test_projects_above_the_unit_in_other_columns() -> None:
    both = found(whole("500.00", "79.00", "78.00"), CLEAN)
    assert [(one.code, one.facts["column"]) for one in both] == [
        ("PE604", "全年预算数"),
        ("PE604", "全年执行数"),
    ]


def other_money(amount: str, label: str = "其他资金") -> Evaluation:
    rows = [
        Funding(label="年度资金总额", initial="80.00", adjusted="80.00", executed="78.40"),
        Funding(label=label, initial=amount, adjusted=amount, executed=amount),
    ]
    return attrs.evolve(CLEAN, funding=rows)


def test_other_money_in_no_project() -> None:
    finding = only(unit_of(), other_money("0.00"))
    assert (finding.code, finding.severity, finding.facts["executed"]) == ("PE605", Severity.NOTE, "100")
    assert codes(unit_of(), other_money("5.00")) == []
    assert codes(unit_of(), other_money("")) == []  # a blank says nothing
    assert codes(unit_of(), other_money("—")) == []
    assert codes(unit_of(), other_money("0.00", label="上级资金")) == []
    assert codes(unit_of()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"indicators_0_actual": "150公里"},  # below the marks
        {"indicators_0_actual": "260公里", "indicators_0_deviation": "追加任务"},
        {"indicators_0_actual": "260公里", "indicators_0_level3": "巡查里程"},
        {"indicators_0_actual": "260次", "indicators_0_target": ">=120次"},
        {"indicators_0_actual": "260公里", "indicators_1_level2": "数量指标"},
        {"indicators_0_actual": "长", "indicators_0_target": "长"},
        {"indicators_0_actual": "260公里", "funding_0_executed": "170.00"},  # the money grew as well
        {"indicators_0_actual": "260公里", "partial": True},
        {"indicators_0_actual": "260公里", "funding_0_executed": ""},
    ],
)
def test_unit_cost_that_asks_nothing(changes: dict[str, object]) -> None:
    assert "PE606" not in codes(changed(**changes))


def test_unit_cost() -> None:
    finding = only(changed(indicators_0_actual="260公里"))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE606",
        Severity.WARNING,
        FindingClass.QUESTION,
    )
    assert (finding.facts["planned"], finding.facts["reported"], finding.facts["unit"]) == (
        "0.667",
        "0.302",
        "万元/公里",
    )
    costly = changed(indicators_0_actual="50公里", indicators_0_score="8.33")
    assert codes(costly) == ["PE606"]
    assert (
        codes(changed(indicators_0_actual="260公里"), settings=AuditSettings(far_exceeded=Decimal(5))) == []
    )


def test_full_marks_at_low_execution() -> None:
    finding = only(spent("40.00"))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE607",
        Severity.WARNING,
        FindingClass.QUESTION,
    )
    assert (finding.facts["rate"], finding.facts["points"]) == ("50.00%", "40")
    assert codes(spent("48.00")) == []  # at the mark
    assert codes(spent("48.00"), settings=AuditSettings(half_execution=Decimal("0.7"))) == ["PE607"]
    assert codes(spent("40.00", indicators_0_score="19")) == []
    assert codes(spent("40.00", partial=True)) == []
    assert codes(spent("")) == []


def test_instalments_make_it_a_note() -> None:
    assert only(spent("40.00", indicators_0_deviation="按合同分期付款")).severity is Severity.NOTE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目开展得晚，已完成。", ["PE607"]),
        ("开工时间推迟；里程126公里。", ["PE607"]),
        ("项目按期完成，未出现延期。", []),
        ("有效避免工期延误。", []),
        ("里程126公里。", []),
    ],
)
def test_late_work_with_full_marks_for_timeliness(text: str, expected: list[str]) -> None:
    table = spent("68.00", goal_actual=text, indicators_1_level2="时效指标")
    assert codes(table) == expected
    assert codes(spent("72.00", goal_actual=text, indicators_1_level2="时效指标")) == []  # 90 %
    assert codes(spent("68.00", goal_actual=text)) == []  # no row of timeliness


def test_indicator_in_two_tables() -> None:
    less = only(unit_of(indicators_0_actual="121公里"), CLEAN)
    assert (less.code, less.severity, less.kind) == ("PE608", Severity.WARNING, FindingClass.CONTRADICTION)
    more = only(unit_of(indicators_0_actual="500公里"), CLEAN)
    assert (more.code, more.severity, more.kind) == ("PE608", Severity.NOTE, FindingClass.QUESTION)
    assert only(unit_of(indicators_1_actual="96%"), CLEAN).severity is Severity.NOTE
    target = only(unit_of(indicators_0_target=">=100公里"), CLEAN)
    assert target.code == "PE608"


@pytest.mark.parametrize(
    "table",
    [
        unit_of(indicators_0_actual="126000米"),
        unit_of(indicators_4_actual="99%"),  # satisfaction
        unit_of(indicators_3_actual="部分达成"),
        unit_of(indicators_0_actual="", indicators_0_score=""),
        unit_of(indicators_0_level3="养护里程", indicators_0_actual="1公里"),
        unit_of(indicators_0_actual="126亩", indicators_0_target=">=120亩"),
    ],
)
def test_indicators_that_are_not_two_of_one(table: Evaluation) -> None:
    assert codes(table, CLEAN) == []


def test_an_indicator_of_two_projects_is_no_contradiction() -> None:
    tables = (unit_of(indicators_0_actual="121公里"), CLEAN, changed(name=BRIDGES))
    assert codes(*tables) == []
    assert codes(CLEAN, changed(name=BRIDGES, indicators_0_actual="125公里")) == []


def test_all_projects_full() -> None:
    tables = [changed(name=f"项目{number}号工程", total_score="100") for number in range(3)]
    finding = only(*tables)
    assert (finding.code, finding.severity, finding.facts["count"]) == ("PE609", Severity.NOTE, "3")
    assert codes(*tables[:2]) == []
    assert codes(*tables, changed(name=BRIDGES)) == []
    assert codes(*tables, changed(name=BRIDGES, total_score="")) == []


def test_forms_differ_only_if_selected() -> None:
    tables = [CLEAN, changed(name=BRIDGES, amount_unit="元"), unit_of()]
    assert "PE610" not in codes(*tables)
    (finding,) = audit(tables, select=["PE610"]).findings
    assert finding.facts["styles"] == "金额单位（万元、元）"


def test_project_twice() -> None:
    named = only(CLEAN, changed(name=" 农村道路 养护"))
    assert (named.code, named.kind) == ("PE611", FindingClass.QUESTION)
    coded = [changed(keys={"project_code": "A1"}), changed(name=BRIDGES, keys={"project_code": "A1"})]
    assert only(*coded).kind is FindingClass.CONTRADICTION
    assert codes(changed(keys={"project_code": "A1"}), changed(keys={"project_code": "A2"})) == []
    assert codes(CLEAN, attrs.evolve(CLEAN, stage="review")) == []
    assert codes(CLEAN, changed(partial=True)) == []
    assert codes(changed(name="项目"), changed(name="项目")) == []
    assert only(CLEAN, CLEAN, CLEAN).facts["count"] == "3"


def said(text: str) -> Evaluation:
    return unit_of(goal={"expected": "", "actual": text})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位实施的所有项目也已全部完成。", ["PE612"]),
        ("各项目均已完成", ["PE612"]),
        ("所有项目均未完成。", []),
        ("确保全部项目均按期完成", []),
        ("所有项目均基本完成", []),
        ("养护里程126公里。", []),
    ],
)
def test_all_projects_completed(text: str, expected: list[str]) -> None:
    low = spent("40.00", indicators_0_score="19")
    assert codes(said(text), low) == expected


def test_carried_over() -> None:
    text = "单位所有项目均已全部完成。"
    assert codes(said(text), spent("68.00", goal_actual="年底结转12万元。")) == ["PE612"]
    assert codes(said(text), spent("68.00", goal_actual="无结转资金。")) == []
    assert codes(said(text), spent("68.00")) == []
    assert codes(said(text), spent("76.00", goal_actual="年底结转4万元。")) == []


def test_small_context_of_the_caller_changes_nothing() -> None:
    for check in FAMILY:
        expected = [one.text() for one in audit(check.wrong, select=CODES).findings]
        with localcontext() as context:
            context.prec = 3
            assert [one.text() for one in audit(check.wrong, select=CODES).findings] == expected


@cache
def _seed() -> tuple[Evaluation, ...]:
    return tuple(
        table for file in sorted(EXAMPLES.glob("*.toml")) for table in perfeval.read(file).evaluations
    )


def test_seed() -> None:
    """What a reading by eye found between the tables; what agrees is not there."""
    listed = [(one.code, one.severity, one.table) for one in found(*_seed())]
    assert sorted(listed, key=str) == sorted(
        [
            ("PE606", Severity.WARNING, 2),  # T-8
            ("PE607", Severity.WARNING, 2),  # T-7
            ("PE607", Severity.WARNING, 4),  # T-5
            ("PE607", Severity.WARNING, 7),  # T-6
            ("PE601", Severity.WARNING, None),  # X4, 资金使用合规率
            ("PE601", Severity.WARNING, None),  # X4, 项目成本控制率
            ("PE601", Severity.NOTE, None),  # X4, 及时率
            ("PE601", Severity.NOTE, None),  # X4, 完成率
            ("PE602", Severity.WARNING, None),  # S2 against S3
            ("PE603", Severity.WARNING, None),  # X1
            ("PE605", Severity.NOTE, None),  # X2
            ("PE612", Severity.WARNING, None),  # T-12
        ],
        key=str,
    )


def test_figures_of_the_seed() -> None:
    facts = {one.code: one.facts for one in found(*_seed())}
    assert (facts["PE603"]["sum"], facts["PE603"]["whole"], facts["PE603"]["difference"]) == (
        "724.35",
        "651.03",
        "73.32",
    )
    assert (facts["PE606"]["planned"], facts["PE606"]["reported"]) == ("1.535", "0.184")
    assert (facts["PE605"]["adjusted"], facts["PE605"]["executed"]) == ("253.38", "253.27")


def test_cases() -> None:
    listed = {
        (table.keys["case"], finding.code, finding.severity)
        for table in perfeval.read(DATA / "cases.json").evaluations
        for finding in found(table)
    }
    assert listed == {("sc-puhui", "PE607", Severity.WARNING)}
