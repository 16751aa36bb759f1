"""PE4, money: each check on its own examples, each accepted reading and exception, and the real tables."""

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
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.finding import AuditFinding
from perfeval.findings import FindingClass, Severity
from perfeval.messages import LANGUAGES
from perfeval.table import Evaluation, Funding

FAMILY = tuple(check for check in CHECKS if check.code.startswith("PE4"))
CODES = [check.code for check in FAMILY]
DATA = Path(__file__).parent.parent / "data"
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "bortala-2024"


def found(*tables: Evaluation) -> tuple[AuditFinding, ...]:
    """What the checks of the family say that run unasked."""
    return audit(tables, select=[check.code for check in FAMILY if not check.is_optional]).findings


def codes(*tables: Evaluation) -> list[str]:
    return [finding.code for finding in found(*tables)]


def only(*tables: Evaluation) -> AuditFinding:
    (finding,) = found(*tables)
    return finding


def money(*rows: dict[str, str], unit: str = "万元", **more: object) -> Evaluation:
    """The clean table with other rows of money and no row of cost in money."""
    return attrs.evolve(changed(**more), funding=[Funding(**row) for row in rows], amount_unit=unit)


def row(label: str, budget: str, executed: str, **more: str) -> dict[str, str]:
    return {"label": label, "adjusted": budget, "executed": executed, **more}


def cost(target: str, actual: str, name: str = "道路养护支出", **more: object) -> Evaluation:
    """The clean table with a row of cost in money."""
    cells: dict[str, object] = {
        "indicators_2_level3": name,
        "indicators_2_target": target,
        "indicators_2_actual": actual,
    }
    return changed(**(cells | more))


def test_codes() -> None:
    numbers = (401, 402, 403, 404, 405, 406, 409, 412, 413, 414, 415, 416, 417)
    assert [f"PE{number}" for number in numbers] == CODES


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_examples(check: Check) -> None:
    for table in check.wrong:
        assert {one.code for one in audit([table], select=CODES).findings} == {check.code}
    for table in check.right:
        assert not audit([table], select=CODES).findings


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_wordings(check: Check) -> None:
    for table in check.wrong:
        for finding in audit([table], select=[check.code]).findings:
            texts = [
                message.text(language)
                for message in (finding.message, finding.ask, finding.explained_by)
                for language in LANGUAGES
            ]
            assert all(texts)
            assert not any(word in text for text in texts for word in ("虚报", "造假", "违规", "None"))


@pytest.mark.parametrize(
    ("printed", "budget", "executed"),
    [
        ("98.00%", "80.00", "78.40"),
        ("98%", "80.00", "78.40"),
        ("98", "80.00", "78.40"),
        ("0.98", "80.00", "78.40"),
        ("1", "1.56", "1.56"),
        ("100 %", "1.56", "1.56"),
        ("980‰", "80.00", "78.40"),
        ("86%", "43.2", "37.24"),  # 86.20 %
        ("86.5%", "300", "259.45"),  # 86.483 %, half up
        ("99%", "2596", "2595.6208"),  # 99.985 %, cut
        ("100.00%", "3175.09", "3174.98"),  # 99.9965 %
        ("96.85", "4764453.11", "4614453.11"),
        ("44.4%", "180", "80"),
        ("66.67%", "3.0", "2.0"),
        ("100%", "80.00", "82.00"),  # capped
        ("102.5%", "80.00", "82.00"),
        ("", "80.00", "78.40"),
        ("—", "80.00", "78.40"),
        ("约98%", "80.00", "70.00"),
        ("0.00%", "0.00", "0.00"),
        ("见附表", "80.00", "70.00"),
        ("100%", "", "78.40"),
    ],
)
def test_rates_that_are_right(printed: str, budget: str, executed: str) -> None:
    table = money(row("年度资金总额", budget, executed, rate=printed))
    assert "PE401" not in codes(table)


@pytest.mark.parametrize(
    ("printed", "budget", "executed"),
    [
        ("86.19%", "250000", "215457.6"),  # 86.1830 %
        ("88%", "80.00", "78.40"),
        ("99%", "80.00", "78.40"),
        ("0.97", "80.00", "78.40"),
        ("44.45%", "180", "80"),
        ("1", "80.00", "60.00"),
        ("100%", "180", "80"),
        ("0", "180", "80"),
    ],
)
def test_rates_that_are_wrong(printed: str, budget: str, executed: str) -> None:
    finding = only(money(row("年度资金总额", budget, executed, rate=printed)))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE401",
        Severity.ERROR,
        FindingClass.ARITHMETIC,
    )
    assert finding.facts["reported"] == printed


def test_rate_of_a_part_is_a_warning() -> None:
    finding = only(changed(funding_1_rate="90%"))
    assert (finding.code, finding.severity) == ("PE401", Severity.WARNING)


def test_rate_on_the_initial_budget_is_a_question() -> None:
    finding = only(money(row("年度资金总额", "80.00", "78.40", initial="100.00", rate="78.40%")))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE401",
        Severity.WARNING,
        FindingClass.QUESTION,
    )
    assert "年初预算数 100.00" in finding.message.text()


def test_only_the_initial_budget_column() -> None:
    right = {"label": "年度资金总额", "initial": "100.00", "executed": "78.40", "rate": "78.40%"}
    assert codes(money(right)) == []
    assert codes(money({**right, "rate": "80%"})) == ["PE401"]


@pytest.mark.parametrize("score", ["9.80", "9.8", "9.80分", "—", ""])
def test_execution_scores_that_are_right(score: str) -> None:
    assert "PE402" not in codes(money(row("年度资金总额", "80.00", "78.40", weight="10", score=score)))


@pytest.mark.parametrize(
    ("budget", "executed", "score"),
    [
        ("4764453.11", "4614453.11", "9.68"),  # cut
        ("300", "259.45", "8.6"),  # 8.648, cut; rate first 8.65
        ("230.27", "202.67", "8.80"),
        ("50.00", "8.94", "1.79"),
        ("80.00", "82.00", "10"),  # capped
    ],
)
def test_execution_scores_under_other_roundings(budget: str, executed: str, score: str) -> None:
    table = money(row("年度资金总额", budget, executed, weight="10", score=score))
    assert all(one.severity is Severity.NOTE for one in found(table) if one.code == "PE402")


def test_execution_score_above() -> None:
    finding = only(changed(funding_0_score="10.00"))
    assert (finding.code, finding.severity, finding.effect.points) == (
        "PE402",
        Severity.ERROR,
        Decimal("0.20"),
    )


@pytest.mark.parametrize("score", ["5.00", "0", "9.00"])
def test_execution_score_below_is_a_note(score: str) -> None:
    finding = only(changed(funding_0_score=score))
    assert (finding.code, finding.severity, finding.kind) == ("PE402", Severity.NOTE, FindingClass.QUESTION)


def test_execution_score_of_fewer_digits_is_a_note() -> None:
    finding = only(money(row("合计", "43.2", "37.24", weight="10", score="9")))
    assert (finding.code, finding.severity) == ("PE402", Severity.NOTE)


def test_execution_score_on_the_initial_budget_is_a_question() -> None:
    finding = only(
        money(row("合计", "100.00", "72.00", initial="80.00", weight="10", rate="72%", score="9.00"))
    )
    assert (finding.code, finding.severity) == ("PE402", Severity.WARNING)
    assert "年初预算数 80.00" in finding.message.text()


@pytest.mark.parametrize(
    ("score", "expected", "says"),
    [
        ("9.80", Severity.NOTE, "与按比例计分一致"),  # the proportion that the forms print
        ("9.8", Severity.NOTE, "与按比例计分一致"),
        ("9.95", Severity.WARNING, "78.40 ÷ 80.00 = 98.00% → 7.00，多 2.95 分"),
        ("7", None, ""),
        ("5", Severity.NOTE, "自评偏低"),
    ],
)
def test_steps_of_a_book_without_a_source_prove_nothing(
    score: str, expected: Severity | None, says: str
) -> None:
    book = perfeval.load_rulebook(EXAMPLES.parent / "rulebooks" / "bands-2021-draft.toml")
    findings = audit([changed(funding_0_score=score, year="2021")], book, select=["PE402"]).findings
    assert [one.severity for one in findings] == ([] if expected is None else [expected])
    assert all(one.kind is FindingClass.QUESTION and says in one.message.text() for one in findings)


def test_a_zero_total_names_only_the_sources_that_say_something() -> None:
    zero = dict.fromkeys(("funding_0_initial", "funding_0_adjusted", "funding_0_executed"), "0")
    rest = dict.fromkeys(("funding_2_initial", "funding_2_adjusted", "funding_2_executed"), "")
    (finding,) = audit([changed(**zero, **rest)], select=["PE406"]).findings
    assert "年初预算数 0 (60.00)；全年预算数 0 (60.00)；全年执行数 0 (58.40)" in finding.message.text()


def test_a_wrong_rate_explains_the_score_made_of_it() -> None:
    finding = only(changed(funding_0_rate="100.00%", funding_0_score="10.00"))
    assert finding.code == "PE401"
    assert [one.code for one in finding.consequences] == ["PE402"]


def test_blank_budget_is_not_zero() -> None:
    assert codes(money(row("合计", "", "78.40"))) == []
    assert codes(money(row("合计", "—", "0", score="10"))) == []
    assert codes(money(row("合计", "0", "0", score="10"))) == ["PE403"]
    assert codes(money(row("合计", "0", "0", score="0"))) == []
    assert codes(money(row("合计", "0", "0"))) == []


def test_spent_without_a_budget() -> None:
    finding = only(money(row("合计", "0", "78.40")))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE403",
        Severity.ERROR,
        FindingClass.CONTRADICTION,
    )


def test_over_executed() -> None:
    finding = only(money(row("合计", "80.00", "82.00")))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE404",
        Severity.WARNING,
        FindingClass.CONTRADICTION,
    )
    assert finding.effect.amount == 2
    assert only(money(row("合计", "80.00", "80.01"))).severity is Severity.NOTE
    assert only(money(row("合计", "80", "81"))).severity is Severity.WARNING
    assert codes(money(row("合计", "5.8万", "58000元"))) == []
    part = only(changed(funding_1_executed="55.40", funding_2_executed="23.00"))
    assert (part.code, part.severity) == ("PE404", Severity.NOTE)


@pytest.mark.parametrize(
    "rows",
    [
        [row("合计", "80.00", "80.00"), row("财政拨款", "60.00", "60.00"), row("其他资金", "20.00", "20.00")],
        [  # 其中 inside 其中
            row("年度资金总额：", "100", "100"),
            row("其中：当年财政拨款", "80", "80"),
            row("其中：省级", "30", "30"),
            row("其他资金", "20", "20"),
        ],
        [
            row("年度总金额", "100", "100"),
            row("其中：财政拨款", "100", "100"),
            row("一般公共预算", "70", "70"),
            row("政府性基金", "30", "30"),
        ],
        [  # a subtotal and its numbered rows, the total at the end
            row("财政资金小计", "188.61", "188.45"),
            row("① 项目支出", "30", "30"),
            row("② 基本支出", "158.61", "158.45"),
            row("2.单位其它收入", "0", "0"),
            row("合 计", "188.61", "188.45"),
        ],
        [  # the same without numbers
            row("合计", "100", "100"),
            row("本级资金", "70", "70"),
            row("项目支出", "30", "30"),
            row("基本支出", "40", "40"),
            row("上级资金", "30", "30"),
        ],
        [row("合计", "80", "80"), row("其中：财政拨款", "60", "60")],  # one part, and no word of the rest
        [row("合计", "80", "80"), row("财政拨款", "80", "80"), row("其他资金", "", "—")],
        [row("合计", "80", "80"), row("财政拨款", "", ""), row("其他资金", "", "")],
        [row("合计", "80", "80"), row("财政拨款", "XX", "**"), row("其他资金", "20", "20")],
        [row("财政拨款", "60", "60"), row("自筹", "20", "20")],  # no total
        [row("合计", "80", "80"), row("财政拨款", "600000元", "60万元"), row("其他资金", "20", "20")],
    ],
)
def test_parts_that_add_up(rows: list[dict[str, str]]) -> None:
    assert codes(money(*rows)) == []


def test_parts_that_do_not_add_up() -> None:
    table = money(row("合计", "80.00", "70.00"), row("财政", "60.00", "58.00"), row("其他", "18.50", "18.00"))
    below, above = found(table)
    assert (below.code, below.severity, below.facts["difference"]) == ("PE405", Severity.ERROR, "1.5")
    assert (above.code, above.facts["sum"]) == ("PE405", "76")


def test_parts_of_rounded_amounts_are_a_note() -> None:
    finding = only(money(row("合计", "80.00", "80"), row("财政", "60.01", "60"), row("其他", "20.00", "20")))
    assert (finding.code, finding.severity) == ("PE405", Severity.NOTE)


def test_blank_parts_make_it_a_question() -> None:
    table = money(row("合计", "80", "80"), row("财政", "60", "60"), row("其他", "", ""))
    assert {(one.code, one.severity, one.kind) for one in found(table)} == {
        ("PE405", Severity.WARNING, FindingClass.QUESTION)
    }


def test_one_part_above_the_total() -> None:
    assert codes(money(row("合计", "80", "70"), row("其中：财政拨款", "90", "70"))) == ["PE405"]


def test_sums_of_a_partial_table_are_left_alone() -> None:
    assert codes(changed(partial=True, funding_2_executed="18.00")) == []


def test_total_row_of_zero() -> None:
    table = money(row("合计", "0", "0", rate="0", score="0", weight="10"), row("财政", "90", "89.97"))
    finding = only(table)
    assert (finding.code, finding.severity) == ("PE406", Severity.ERROR)
    assert finding.facts["columns"] == "全年预算数 0 (90)；全年执行数 0 (89.97)"
    assert [one.code for one in finding.consequences] == ["PE402"]


def test_blank_total_row_is_a_note() -> None:
    finding = only(money(row("合计", "", ""), row("财政", "60", "60"), row("其他", "20", "20")))
    assert (finding.code, finding.severity) == ("PE406", Severity.NOTE)
    one_cell = money(row("合计", "", "80"), row("财政", "60", "60"), row("其他", "20", "20"))
    assert codes(one_cell) == []


def test_parts_of_zero_under_a_total() -> None:
    table = money(row("合计", "80", "80"), row("财政", "0", "60"), row("其他", "0", "20"))
    assert codes(table) == ["PE406"]
    assert codes(money(row("合计", "0", "0"), row("财政", "0", "0"), row("其他", "0", "0"))) == []


def test_rounded_to_full_only_if_selected() -> None:
    table = money(row("合计", "3175.09", "3174.98", rate="100.00%", score="10.00", weight="10"))
    assert codes(table) == []
    assert [one.code for one in audit([table], select=["PE409"]).findings] == ["PE409"]


def test_units_of_money() -> None:
    part = only(changed(funding_2_executed="200000.00"))
    assert (part.code, part.severity, part.facts["label"]) == ("PE412", Severity.ERROR, "其他资金")
    assert {one.code for one in part.consequences} == {"PE404", "PE405"}
    across = only(money(row("合计", "80.00", "784000", rate="98.00%", score="9.80", weight="10")))
    assert (across.code, across.severity) == ("PE412", Severity.ERROR)
    untold = only(money(row("合计", "80.00", "784000")))
    assert (untold.code, untold.severity, untold.kind) == ("PE412", Severity.WARNING, FindingClass.QUESTION)
    other_way = only(money(row("合计", "800000", "78.40", rate="98%")))
    assert other_way.code == "PE412"
    assert codes(money(row("合计", "800000", "78.40"))) == []  # little was spent, perhaps
    assert codes(money(row("合计", "80", "78.4", initial="800000"))) == ["PE412"]


def test_a_part_too_small_to_matter_is_no_unit() -> None:
    table = money(row("合计", "60.00", "60.00"), row("财政", "60.00", "60.00"), row("其他", "20.00", "0"))
    assert codes(table) == ["PE405"]


def test_part_scored() -> None:
    finding = only(changed(funding_1_score="5", funding_2_score="4.80"))
    assert (finding.code, finding.severity, finding.more) == ("PE413", Severity.NOTE, 1)
    assert codes(changed(funding_1_score="0")) == []
    alone = money(
        row("年度总金额", "80", "78.4"), row("其中：财政拨款", "80", "78.4", weight="10", score="9.80")
    )
    assert codes(alone) == []


def test_negative_amounts() -> None:
    refund = only(money(row("合计", "80", "-1")))
    assert (refund.code, refund.severity, refund.kind) == ("PE414", Severity.WARNING, FindingClass.QUESTION)
    budget = only(money(row("合计", "-80", "0")))
    assert (budget.code, budget.severity) == ("PE414", Severity.ERROR)


def test_cost_rows_above_and_below_the_budget() -> None:
    above = only(cost("<=90.00万元", "78.40万元"))
    assert (above.code, above.severity, above.effect.amount) == ("PE415", Severity.WARNING, Decimal(10))
    below = only(cost("<=70.00万元", "70.00万元"))
    assert (below.code, below.severity) == ("PE415", Severity.NOTE)


@pytest.mark.parametrize(
    "table",
    [
        cost("<=90万元/公里", "78.40万元/公里"),
        cost("<=90%", "78%"),
        cost("<=90万元", "78.40万元", name="每公里养护支出"),
        cost("<=90万元", "78.40万元", name="节约资金"),
        cost(">=90万元", "98万元"),
        cost("符合规定", "符合规定"),
        cost("<=90万元", "78.40万元", partial=True),
        cost("<=90.00万元", "78.40万元", funding_0_initial="90.00", funding_1_initial="70.00"),
    ],
)
def test_cost_rows_that_say_nothing_of_the_budget(table: Evaluation) -> None:
    assert codes(table) == []


def test_ceiling_of_another_unit_of_money() -> None:
    assert codes(cost("<=800000元", "784000元")) == ["PE417"]
    assert codes(cost("<=80.04万元", "78.40")) == ["PE415"]
    assert codes(cost("<=80.0万元", "78.4")) == ["PE417"]


def test_cost_rows_against_execution() -> None:
    finding = only(cost("<=80.00万元", "75.00万元"))
    assert (finding.code, finding.severity, finding.kind) == (
        "PE416",
        Severity.WARNING,
        FindingClass.CONTRADICTION,
    )
    assert finding.facts["difference"] == "3.4"
    assert codes(cost("<=80.00万元", "完成")) == []


def test_total_cost_beside_its_parts() -> None:
    """One ceiling is the budget, another a part of it: the sum of both is no second budget."""
    table = cost(
        "<=80.00万元",
        "78.40万元",
        name="项目总支出",
        indicators_3_level1="成本指标",
        indicators_3_level2="经济成本指标",
        indicators_3_level3="材料支出",
        indicators_3_target="<=30.00万元",
        indicators_3_actual="28.00万元",
    )
    assert codes(table) == []


def test_restating_is_one_line_for_the_unit() -> None:
    first, second = cost("<=80.00万元", "78.40万元"), cost("<=80.00万元", "78.40万元")
    finding = only(first, second)
    assert (finding.code, finding.severity, finding.facts["count"]) == ("PE417", Severity.NOTE, "2")


def test_small_context_of_the_caller_changes_nothing() -> None:
    tables = [table for check in FAMILY for table in check.wrong]
    expected = [one.text() for one in audit(tables, select=CODES).findings]
    with localcontext() as context:
        context.prec = 3
        assert [one.text() for one in audit(tables, select=CODES).findings] == expected


@cache
def _seed() -> tuple[Evaluation, ...]:
    return tuple(
        table for file in sorted(EXAMPLES.glob("*.toml")) for table in perfeval.read(file).evaluations
    )


def test_seed_has_no_fault_in_its_money() -> None:
    """As read by eye: rates, their scores, parts and costs are right; only the restating of the budget is a remark."""
    finding = only(*_seed())
    assert (finding.code, finding.facts["count"], finding.facts["rows"]) == ("PE417", "7", "11")


def test_cases() -> None:
    listed = {
        (table.keys["case"], finding.code, finding.severity)
        for table in perfeval.read(DATA / "cases.json").evaluations
        for finding in found(table)
    }
    assert listed == {
        ("tangxi-weituo", "PE406", Severity.ERROR),
        ("tangxi-cunji", "PE406", Severity.ERROR),
        ("zhongjiang-water", "PE417", Severity.NOTE),
        ("suixi-linshi", "PE413", Severity.NOTE),
        ("xiaoxian-zhongyang", "PE413", Severity.NOTE),
        ("ezhou-kexie", "PE402", Severity.NOTE),
    }


def test_scopes() -> None:
    assert {check.code for check in FAMILY if check.scope is Scope.UNIT} == {"PE417"}
    assert not found(CLEAN)
