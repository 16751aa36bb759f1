"""PE1 scores and PE2 weights, totals, grade: examples, exceptions, accepted readings, and the real tables."""

from __future__ import annotations

import json
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path

import attrs
import pytest

import perfeval
from perfeval.auditing.check import Check
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.checks._totals import level_weight
from perfeval.auditing.engine import audit
from perfeval.auditing.examples import CLEAN, changed, evaluation_of, unit_of
from perfeval.auditing.finding import AuditFinding
from perfeval.findings import FindingClass, Severity
from perfeval.messages import LANGUAGES
from perfeval.rulebook import RuleBook, read_rulebook
from perfeval.table import Evaluation

SCORES = [f"PE1{number:02}" for number in (*range(2, 6), *range(7, 19))]
TOTALS = [f"PE2{number:02}" for number in range(1, 13)]
FAMILY = tuple(check for check in CHECKS if check.code in {*SCORES, *TOTALS})
CODES = [check.code for check in FAMILY if not check.is_optional]
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "bortala-2024"
CASES = Path(__file__).parent.parent / "data" / "cases.json"
REASON = "检测设备停用"


def found(*tables: Evaluation, rulebook: str | RuleBook = "common-practice") -> tuple[AuditFinding, ...]:
    return audit(tables, rulebook, select=CODES).findings


def codes(*tables: Evaluation, rulebook: str | RuleBook = "common-practice") -> list[str]:
    return [finding.code for finding in found(*tables, rulebook=rulebook)]


def only(table: Evaluation, code: str) -> list[AuditFinding]:
    return list(audit([table], select=[code]).findings)


def book(text: str) -> RuleBook:
    return read_rulebook(f'schema = "perfeval.rulebook.v1"\nid = "own"\n{text}\n'.encode())


def cost(actual: str, score: str, **more: object) -> Evaluation:
    """Give the clean table with another actual and score under its ceiling of 0.65 万元/公里."""
    return changed(
        indicators_2_actual=actual, indicators_2_score=score, indicators_2_deviation=REASON, **more
    )


def rate(actual: str, score: str, **more: object) -> Evaluation:
    """Give the clean table with another actual and score of the rate ≥95 % that weighs 20."""
    return changed(
        indicators_1_actual=actual, indicators_1_score=score, indicators_1_deviation=REASON, **more
    )


def words(actual: str, score: str, **more: object) -> Evaluation:
    """Give the clean table with other words and another score under 按评判等级赋分, weight 20."""
    return changed(
        indicators_3_actual=actual, indicators_3_score=score, indicators_3_deviation=REASON, **more
    )


def weighed(*weights: str, **more: object) -> Evaluation:
    """Give the clean table with these weights, each row with full marks, and no total."""
    cells = {
        f"indicators_{row}_{cell}": weight
        for row, weight in enumerate(weights)
        for cell in ("weight", "score")
    }
    return changed(**{**cells, "total_score": None, **more})


def test_codes_are_complete() -> None:
    assert [check.code for check in FAMILY] == [*SCORES, *TOTALS]


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_examples(check: Check) -> None:
    selected = [*CODES, *([check.code] if check.is_optional else [])]
    # PE212 is a consequence of other findings: by itself it is seen only alone.
    for wrong in check.wrong:
        alone = [check.code] if check.code == "PE212" else selected
        assert {finding.code for finding in audit([wrong], select=alone).findings} == {check.code}
    for right in check.right:
        assert audit([right], select=selected).findings == ()


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_words_accuse_nobody(check: Check) -> None:
    for wrong in check.wrong:
        for finding in audit([wrong], select=[check.code]).findings:
            for message in (finding.message, finding.explained_by, finding.ask):
                for language in LANGUAGES:
                    text = message.text(language)
                    assert text
                    assert "{" not in text
                    assert not any(word in text for word in ("虚报", "造假", "违规", "fraud", "false"))


@pytest.mark.parametrize("check", FAMILY, ids=lambda check: check.code)
def test_docstring_has_its_paragraphs(check: Check) -> None:
    module = __import__(check.run.__module__, fromlist=["CHECK"])
    for paragraph in ("What:", "Basis:", "Why:", "False alarms:"):
        assert f"\n{paragraph} " in (module.__doc__ or "")


# PE102


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (rate("76%", "15"), 1),
        (rate("97%", "18"), 0),  # met, with a reason
        (changed(indicators_1_score="18"), 1),  # met, without
        (changed(indicators_1_score="18", indicators_1_deduction="2"), 0),
        (cost("0万元/公里", "0"), 0),  # PE117
        (rate("97%", "18", indicators_1_rule="直接赋分"), 0),  # PE108
    ],
)
def test_below_is_a_note_where_nothing_explains_it(table: Evaluation, expected: int) -> None:
    notes = only(table, "PE102")
    assert len(notes) == expected
    assert all(
        note.severity is Severity.NOTE and note.effect.points < 0 for note in notes if note.effect.points
    )


# PE103


def test_missed_by_a_hair_with_full_marks() -> None:
    table = cost("0.653万元/公里", "20")
    (finding,) = found(table)
    assert (finding.code, finding.severity, finding.kind) == (
        "PE103",
        Severity.WARNING,
        FindingClass.ARITHMETIC,
    )
    assert finding.effect.points == Decimal("0.09")
    assert "0.653万元/公里" in finding.message.text()
    assert "按表中得分的位数取整" in finding.message.text()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (rate("94.8%", "20"), "arithmetic warning"),
        (rate("94.8%", "20", indicators_1_rule=None), "question warning"),
        (rate("94.8%", "20", indicators_1_rule="每低1个百分点扣1分"), "question warning"),
        (rate("94.8%", "20", indicators_1_rule="按评判等级赋分"), "question warning"),
        (rate("约94.8%", "20"), "question note"),
        (rate("94.8%", "19.96"), None),
        (rate("94.8%", "19.5"), None),
        (rate("94.9999%", "20"), None),  # 19.99998 rounds to full marks by the rule itself
        (rate(">=94%", "20"), None),  # may be met
        (cost("0.649万元/公里", "20"), None),
        (cost("6530元/公里", "20"), "arithmetic warning"),  # in another unit of the same
        (cost("6490元/公里", "20"), None),
        (rate("94%", "20", indicators_1_target="90%-93.5%"), "arithmetic warning"),  # above a range
        (rate("93%", "20", indicators_1_target="90%-93.5%"), None),
        (
            changed(
                indicators_1_target="2024年11月底前",
                indicators_1_actual="2024年12月",
                indicators_1_rule="直接赋分",
                indicators_1_previous_year="",
            ),
            "arithmetic warning",
        ),
        (changed(indicators_0_rule="满意度赋分", indicators_4_actual="85%", indicators_4_score="8"), None),
    ],
)
def test_missed_with_full_marks(table: Evaluation, expected: str | None) -> None:
    findings = [f"{finding.kind} {finding.severity}" for finding in only(table, "PE103")]
    assert findings == ([] if expected is None else [expected])


def test_direction_assumed_is_tried_the_other_way() -> None:
    assert only(rate("3%", "20", indicators_1_target="5%", indicators_1_level3="物价涨幅"), "PE103") == []
    fewer = rate("3条", "20", indicators_1_target="5条", indicators_1_level3="道路条数")
    assert len(only(fewer, "PE103")) == 1  # a count is never a ceiling


def test_full_marks_by_an_accepted_band() -> None:
    table = changed(indicators_4_target=">=95%", indicators_4_actual="92%", indicators_4_deviation=REASON)
    assert codes(table) == ["PE116"]


# PE104, PE105


def test_above_the_weight_is_an_error_whatever_the_rule() -> None:
    (finding,) = found(words("车流明显增多", "21", partial=True))
    assert (finding.code, finding.severity, finding.effect.points) == ("PE104", Severity.ERROR, Decimal(1))


@pytest.mark.parametrize("text", ["", "—", "/", "20", "20.00 分", "20分", "0"])
def test_blank_and_dash_are_not_unreadable(text: str) -> None:
    assert only(changed(indicators_3_score=text), "PE105") == []


@pytest.mark.parametrize(("text", "severity"), [("优", "warning"), ("20/20", "warning"), ("-1", "error")])
def test_unreadable_and_negative(text: str, severity: str) -> None:
    assert [finding.severity for finding in only(changed(indicators_3_score=text), "PE105")] == [severity]


# PE107 - PE111


@pytest.mark.parametrize(
    ("actual", "score", "expected"),
    [
        ("部分达成年度指标", "16", "warning"),  # the lower edge of the band above
        ("部分达成年度指标", "15.99", None),
        ("部分达成年度指标", "12", None),
        ("部分达成年度指标", "11.99", "note"),
        ("未达成年度指标", "12", "warning"),
        ("未达成年度指标且效果较差", "0", None),
        ("基本完成", "20", None),
        ("基本完成", "13", None),
        ("基本完成", "5", "note"),
        ("车流明显增多", "3", None),  # only a person can tell
        ("达成年度指标", "3", None),  # PE102
    ],
)
def test_bands_of_statements(actual: str, score: str, expected: str | None) -> None:
    severities = [str(finding.severity) for finding in only(words(actual, score), "PE107")]
    assert severities == ([] if expected is None else [expected])


def test_bands_are_those_of_the_book() -> None:
    table = words("部分达成年度指标", "11", total_score="90.80")
    assert codes(table) == ["PE107"]
    assert [finding.code for finding in audit([table], "hubei", select=["PE107"]).findings] == []


def test_partial_score_under_direct() -> None:
    (met,) = only(rate("97%", "18", indicators_1_rule="直接赋分"), "PE108")
    assert met.severity is Severity.NOTE  # below the formula: never more
    (open_,) = only(words("车流增多", "18", indicators_3_rule="直接赋分"), "PE108")
    assert (open_.severity, open_.kind) == (Severity.WARNING, FindingClass.CONTRADICTION)
    assert only(rate("97%", "18", indicators_1_rule="直接赋分", indicators_1_deduction="2"), "PE108") == []
    assert only(rate("97%", "18", indicators_1_rule="直接赋分，未达标按比例赋分"), "PE108") == []
    assert only(rate("97%", "0", indicators_1_rule="直接赋分"), "PE108") == []


def test_satisfaction_off_the_bands() -> None:
    table = changed(indicators_4_actual="85%", indicators_4_score="8.5", indicators_4_deviation=REASON)
    assert [finding.code for finding in found(attrs.evolve(table, partial=True))] == ["PE109"]
    without = book('[settings]\nsatisfaction = "proportional"')
    assert codes(attrs.evolve(table, partial=True), rulebook=without) == ["PE102"]


@pytest.mark.parametrize("name", ["群众认可度", "服务好评率", "问卷测评结果"])
def test_other_names_of_satisfaction(name: str) -> None:
    assert only(changed(indicators_0_level3=name, indicators_0_rule="满意度赋分"), "PE110") == []


def test_satisfaction_rules() -> None:
    (wrong,) = only(changed(indicators_0_rule="满意度赋分"), "PE110")
    assert wrong.severity is Severity.WARNING
    (other,) = only(changed(indicators_4_rule="直接赋分"), "PE110")
    assert other.severity is Severity.NOTE
    complaints = changed(indicators_4_level3="投诉率", indicators_4_rule="按照正常比例赋分")
    assert only(complaints, "PE110") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"indicators_3_rule": "按照正常比例赋分"}, "warning"),
        ({"indicators_3_rule": "按照正常比例赋分", "indicators_3_target": "进一步改善"}, "warning"),
        ({"indicators_3_rule": "按照正常比例赋分", "indicators_3_target": "12个路段的通行改善"}, None),
        ({"indicators_3_rule": "按照正常比例赋分", "indicators_3_actual": "100%"}, "note"),
        ({"indicators_3_rule": "少一处扣1分"}, None),
        ({"indicators_3_rule": "直接赋分"}, None),
        ({"indicators_3_rule": "/"}, None),
        ({"indicators_0_rule": "按评判等级赋分"}, "warning"),
        ({"indicators_0_rule": "按评判等级赋分", "indicators_0_target": "11月底前"}, None),
    ],
)
def test_rule_and_target(changes: dict[str, str], expected: str | None) -> None:
    severities = [str(finding.severity) for finding in only(changed(**changes), "PE111")]
    assert severities == ([] if expected is None else [expected])


# PE112, PE118


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"indicators_3_score": ""}, ["warning"]),
        ({"indicators_3_score": "—"}, ["warning"]),
        ({"indicators_3_score": "0"}, []),
        ({"indicators_3_score": None}, []),
        ({"indicators_3_score": "", "indicators_3_actual": "不适用"}, []),
        ({"indicators_3_actual": ""}, ["warning"]),
        ({"indicators_3_actual": "无"}, []),
        ({"indicators_3_actual": "", "indicators_3_score": "0"}, []),
        ({"indicators_3_weight": "", "indicators_3_score": ""}, []),
    ],
)
def test_what_is_blank(changes: dict[str, object], expected: list[str]) -> None:
    assert [str(finding.severity) for finding in only(changed(**changes), "PE112")] == expected


def test_a_table_published_blank_is_one_note() -> None:
    blank = {f"indicators_{row}_{cell}": "" for row in range(5) for cell in ("actual", "score")}
    (finding,) = found(changed(**blank, total_score=""))
    assert (finding.code, finding.severity) == ("PE112", Severity.NOTE)
    assert finding.facts["count"] == "5"
    for stage in ("target", "monitor"):
        assert found(changed(**blank, total_score="", stage=stage)) == ()


def test_what_could_not_be_recomputed_is_one_line() -> None:
    table = words("车流明显增多", "18", indicators_1_actual="97次", partial=True)
    (finding,) = found(table)
    assert (finding.code, finding.severity) == ("PE118", Severity.NOTE)
    assert finding.facts["reasons"] == "unit-mismatch:1 needs-judgement:1"
    assert "需要人来评判（1）" in finding.message.text()
    assert "it takes a person to judge (1)" in finding.message.text("en")


# PE113 - PE117


@pytest.mark.parametrize(
    ("coefficient", "weight", "score", "expected"),
    [
        ("100%", "20", "20", None),
        ("1", "20", "20", None),
        ("0.9", "20", "18", None),
        ("90", "20", "18", None),
        ("72.74%", "2", "1.45", None),
        ("72.74%", "2", "1.5", None),  # the score in one decimal
        ("66.67%", "20", "13.33", None),  # inside half a unit of the coefficient
        ("90%", "20", "20", "warning"),
        ("100%", "20", "18", "note"),
        ("—", "20", "18", None),
    ],
)
def test_coefficient_times_weight(coefficient: str, weight: str, score: str, expected: str | None) -> None:
    table = changed(
        indicators_0_coefficient=coefficient, indicators_0_weight=weight, indicators_0_score=score
    )
    severities = [str(finding.severity) for finding in only(table, "PE113")]
    assert severities == ([] if expected is None else [expected])


def test_coefficient_against_actual() -> None:
    (finding,) = only(rate("76%", "16", indicators_1_coefficient="100"), "PE114")
    assert finding.facts["share"] == "80.00%"
    assert only(rate("76%", "16", indicators_1_coefficient="0.8"), "PE114") == []
    assert only(rate("76%", "16", indicators_1_coefficient="70%"), "PE114") == []


def test_rounding_is_one_folded_note() -> None:
    table = changed(
        indicators_0_target=">=120条",
        indicators_0_actual="115条",
        indicators_0_score="19.16",
        indicators_1_target=">=120条",
        indicators_1_actual="115条",
        indicators_1_score="19.16",
        partial=True,
    )
    (finding,) = found(table)
    assert (finding.code, finding.severity, finding.more) == ("PE115", Severity.NOTE, 1)


def test_other_family_is_named() -> None:
    (finding,) = only(cost("0.80万元/公里", "15.38"), "PE116")
    assert finding.facts["family"] == "linear"
    assert codes(cost("0.80万元/公里", "15.38", total_score=None, partial=True), rulebook="platform") == []


def test_other_direction_is_named() -> None:
    table = rate("3%", "20", indicators_1_target="5%", indicators_1_level3="物价涨幅")
    (finding,) = only(table, "PE116")
    assert "未印“≥”或“≤”" in finding.message.text()


def test_zero_under_a_ceiling_is_a_question_either_way() -> None:
    for score in ("0", "20"):
        (finding,) = only(cost("0万元/公里", score), "PE117")
        assert (finding.kind, finding.severity) == (FindingClass.QUESTION, Severity.NOTE)
        assert "20" in finding.message.text()
    decided = book('[settings]\nzero_under_ceiling = "zero"')
    assert audit([cost("0万元/公里", "0")], decided, select=["PE117"]).findings == ()
    assert only(cost("0万元/公里", "10"), "PE117") == []  # neither reading: PE102


@pytest.mark.parametrize("name", ["群众投诉次数", "安全事故起数"])
def test_no_complaints_in_full_are_what_is_wanted(name: str) -> None:
    row = {"indicators_1_level3": name, "indicators_1_target": "<=3次", "indicators_1_actual": "0次"}
    assert only(changed(**row), "PE117") == []


# PE201 - PE203


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (weighed("20", "20", "20", "20", "10"), None),
        (weighed("15", "20", "20", "20", "10"), "error"),
        (weighed("25", "20", "20", "20", "10"), "error"),
        (weighed("30", "20", "20", "20", "10"), "warning"),  # the rows alone make 100
        (weighed("30", "20", "20", "20", "10", funding_0_weight="—"), None),
        (weighed("15", "20", "20", "20", "10", funding_0_weight="—"), None),  # execution may weigh 15
        (weighed("5", "20", "20", "20", "10", funding_0_weight="—"), "error"),
        (weighed("35", "20", "20", "20", "10", funding_0_weight="—"), "error"),
        (weighed("10", "20", "20", "20", "10", funding_0_weight="20"), None),
        (weighed("20%", "20%", "20%", "20%", "10%"), None),
        (weighed("16.67", "16.67", "16.66", "20", "20"), None),
        (weighed("20", "20", "20", "20", "10", total_weight="90"), None),
        (weighed("20", "20", "20", "20", "10", total_weight="110"), "error"),
        (weighed("15", "20", "20", "20", "10", total_weight="95"), "warning"),
        (weighed("15", "20", "20", "20", "10", partial=True), None),
        (weighed("(10-20)分", "20", "20", "20", "10"), None),  # not readable, hence no sum
        (weighed("20", "20", "20", "20", "10", funding_1_weight="10"), None),  # printed twice
        (weighed("20", "20", "20", "20", "10", funding_0_weight="5", funding_1_weight="5"), None),
        (weighed("30", "20", "20", "20", "10", indicators_0_level3="预算执行率"), None),
    ],
)
def test_sum_of_weights(table: Evaluation, expected: str | None) -> None:
    severities = [str(finding.severity) for finding in only(table, "PE201")]
    assert severities == ([] if expected is None else [expected])


def test_a_doubtful_weight_is_no_proof() -> None:
    table = weighed("15", "20", "20", "20", "10")
    (finding,) = only(attrs.evolve(table, doubts=frozenset({"indicators[3].weight"})), "PE201")
    assert (finding.severity, finding.kind) == (Severity.WARNING, FindingClass.QUESTION)


def test_weights_in_names_where_rows_have_none() -> None:
    def named(output: str) -> Evaluation:
        groups = (output, output, "成本指标(20分)", "效益指标(20分)", "满意度指标(10分)")
        cells: dict[str, object] = {f"indicators_{row}_level1": name for row, name in enumerate(groups)}
        return changed(**cells, **{f"indicators_{row}_weight": "" for row in range(5)})

    assert only(named("产出指标(40分)"), "PE201") == []
    (finding,) = only(named("产出指标(30分)"), "PE201")
    assert (finding.severity, finding.facts["sum"]) == (Severity.WARNING, "90")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("产出指标(50分)", "50"),
        ("产出指标（50 分）", "50"),
        ("数量指标15分", "15"),
        ("投入目标(28.5分)", "28.5"),
        ("产出指标(50)", "50"),
        ("产出指标 (40-50)分", None),
        ("成本指标(0-20分)", None),
        ("成本指标(0—20分)", None),
        ("产出指标(一)", None),
        ("产出指标", None),
        ("", None),
    ],
)
def test_weight_of_a_level(name: str, expected: str | None) -> None:
    assert level_weight(name) == (None if expected is None else Decimal(expected))


def test_level_weights() -> None:
    table = changed(indicators_0_level1="产出指标(50分)", indicators_1_level1="产出指标(50分)")
    (finding,) = only(table, "PE202")
    assert (finding.facts["stated"], finding.facts["sum"], finding.severity) == ("50", "40", Severity.WARNING)
    assert only(attrs.evolve(table, partial=True), "PE202") == []


def test_usual_weights_run_only_if_selected() -> None:
    table = weighed("10", "20", "30", "20", "10")
    assert [finding.code for finding in audit([table]).findings if finding.code == "PE203"] == []
    assert len(only(table, "PE203")) == 1


# PE204 - PE212


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (changed(total_score="99.80"), None),
        (changed(total_score="99.8"), None),
        (changed(total_score="99.80分"), None),
        (changed(total_score="99"), "note"),  # cut
        (changed(total_score="100"), "note"),  # rounded
        (changed(total_score="98"), "error"),
        (changed(total_score="99.70"), "error"),
        (changed(total_score="99.90"), "error"),
        (changed(total_score="90.00"), "error"),  # the execution score left out
        (changed(total_score="98.80", partial=True), None),
        (changed(total_score="98.80", indicators_3_score=""), None),
        (changed(total_score="98.80", indicators_3_score="优"), None),
        (changed(total_score="98.80", funding_0_score="—"), None),  # execution may have 8.80
        (changed(total_score="80.00", funding_0_score="—"), "warning"),
        (changed(total_score="98.80", funding_1_score="8.80"), None),  # another score of execution
        (weighed("30", "20", "20", "20", "10", total_score="100"), None),  # the rows alone
        (weighed("30", "20", "20", "20", "10", total_score="109.80"), None),
        (changed(total_score="99.81", indicators_0_score="6.67", indicators_1_score="33.33"), "note"),
        (changed(total_score=""), None),
    ],
)
def test_total_of_printed_scores(table: Evaluation, expected: str | None) -> None:
    severities = [str(finding.severity) for finding in only(table, "PE204")]
    assert severities == ([] if expected is None else [expected])


def test_a_total_that_counts_the_corrected_score_hangs_under_the_wrong_score() -> None:
    table = words("车流明显增多", "21", total_score="99.80")
    (finding,) = found(table)
    assert finding.code == "PE104"
    (note,) = finding.consequences
    assert (note.code, note.severity) == ("PE212", Severity.NOTE)
    assert "已按更正后的得分计算" in note.message.text()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (words("车流明显增多", "21", total_score="98.80"), ["PE104", "PE204"]),  # 100.80, or 99.80 with 20
        (rate("76%", "19", total_score="90.00"), ["PE101", "PE204"]),  # 98.80, or 95.80 with 16
        (rate("76%", "19", total_score="95.80"), ["PE101"]),
        (changed(indicators_3_score="-5", total_score="70"), ["PE105", "PE204"]),  # 74.80, 79.80 or 84.80
        (changed(indicators_3_score="-5", total_score="79.80"), ["PE105"]),
        (changed(funding_0_score="9.95", total_score="99.80"), ["PE402"]),
        (changed(funding_0_score="9.95", total_score="97.00"), ["PE204", "PE402"]),
    ],
)
def test_a_total_fault_that_the_wrong_score_does_not_explain_stands_on_its_own(
    table: Evaluation, expected: list[str]
) -> None:
    findings = audit([table], ignore=["PE5"]).findings
    assert sorted(one.code for one in findings if one.severity is Severity.ERROR) == expected


def test_a_rounded_total_is_no_corrected_one() -> None:
    table = rate("76%", "16.3", total_score="96")  # 96.10, or 95.80 with 16: both are 96 rounded
    assert [one.severity for one in only(table, "PE204")] == [Severity.NOTE]
    assert [one.message.wording.code for one in only(table, "PE212")] == ["PE212"]


def test_total_above_100() -> None:
    (finding,) = found(changed(total_score="109.80"))
    assert (finding.code, finding.severity) == ("PE204", Severity.ERROR)
    assert [one.code for one in finding.consequences] == ["PE205"]
    (question,) = only(changed(total_score="109.80", total_weight="110"), "PE205")
    assert (question.severity, question.kind) == (Severity.WARNING, FindingClass.QUESTION)


@pytest.mark.parametrize(
    ("total", "grade", "expected"),
    [
        ("90", "优", None),
        ("90", "优秀", None),
        ("90", "优秀等级", None),
        ("90", "良", "warning"),
        ("89.99", "优", "error"),
        ("89.99", "良好", None),
        ("59.99", "中", "error"),
        ("60", "中等", None),
        ("59", "差", None),
        ("95", "合格", None),
        ("95", "A", None),
        ("95", "", None),
    ],
)
def test_grades(total: str, grade: str, expected: str | None) -> None:
    table = changed(total_score=total, total_grade=grade, partial=True)
    severities = [str(finding.severity) for finding in only(table, "PE206")]
    assert severities == ([] if expected is None else [expected])


def test_a_grade_by_rounding() -> None:
    table = rate("47.5%", "10", total_score="90", total_grade="优")
    (finding,) = found(table)
    assert (finding.code, finding.severity, finding.facts["sum"]) == ("PE207", Severity.WARNING, "89.80")
    (note,) = only(rate("47.5%", "10", total_score="90"), "PE207")
    assert note.severity is Severity.NOTE
    assert only(rate("47.5%", "10", total_score="89.80"), "PE207") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"weight": "-5"}, "error"),
        ({"weight": "0"}, "warning"),
        ({"weight": "0分"}, "warning"),
        ({"weight": "0", "target": ""}, None),
        ({"weight": "0", "target": "0.00%", "level3": "0"}, None),
        ({"weight": "0.5"}, None),
        ({"weight": ""}, None),
    ],
)
def test_weights_above_zero(changes: dict[str, str], expected: str | None) -> None:
    table = changed(**{f"indicators_3_{field}": text for field, text in changes.items()})
    severities = [str(finding.severity) for finding in only(table, "PE208")]
    assert severities == ([] if expected is None else [expected])


def test_heavy_rows_are_one_line() -> None:
    assert [finding.more for finding in only(weighed("50", "50"), "PE209")] == [1]
    assert only(weighed("49.99"), "PE209") == []


def test_no_total_is_one_line_for_a_unit() -> None:
    tables = [changed(total_score=None), changed(total_score="", name="另一项目"), changed(name="第三项目")]
    (finding,) = found(*tables)
    assert (finding.code, finding.severity, finding.facts["count"]) == ("PE210", Severity.NOTE, "2")


@pytest.mark.parametrize(
    ("levels", "kind", "expected"),
    [
        (("产出指标", "效益指标", "满意度指标"), "project", None),
        (("产出指标", "效益指标"), "project", "note"),
        (("产出指标", "满意度指标"), "project", "warning"),
        (("效益指标", "满意度指标"), "project", "warning"),
        (("项目完成指标", "项目效益指标", "满意度指标"), "project", None),
        (("项目决策", "产出指标"), "project", None),  # another framework
        (("绩效指标",), "project", None),
        (("履职效能",), "whole_unit", "note"),
        (("履职效能", "社会效应"), "whole_unit", None),
    ],
)
def test_kinds_of_indicators(levels: tuple[str, ...], kind: str, expected: str | None) -> None:
    rows = [{"level1": level, "level3": "甲", "target": "1", "weight": "10"} for level in levels]
    table = evaluation_of({"kind": kind, "indicators": rows})
    severities = [str(finding.severity) for finding in only(table, "PE211")]
    assert severities == ([] if expected is None else [expected])


def test_the_corrected_total_and_its_grade() -> None:
    table = rate("47.5%", "20", total_score="99.80")
    (finding,) = audit([table], select=["PE101", "PE103", "PE212"]).findings
    assert finding.code == "PE101"
    assert [one.code for one in finding.consequences] == ["PE103", "PE212"]
    total = finding.consequences[1]
    assert (total.facts["corrected"], total.facts["before"], total.facts["after"]) == ("89.80", "优", "良")
    assert "等级由“优”变为“良”" in total.message.text()


# Rows that say 不适用: a total rescaled to what applies is explained, whatever the book's own setting is


def inapplicable(**more: object) -> Evaluation:
    """Give the clean table with a row of 20 points that says 不适用."""
    return changed(**{"indicators_1_actual": "不适用", "indicators_1_score": "0", **more})


@pytest.mark.parametrize("setting", ["keep", "rescale"])
@pytest.mark.parametrize(
    ("score", "total", "expected"),
    [
        ("0", "79.80", []),  # the plain sum
        ("0", "99.75", []),  # 79.80 × 100 ÷ 80
        ("0", "99.8", []),
        ("0", "99.7", []),  # cut
        ("0", "99.80", []),  # 70 × 90 ÷ 70, and execution beside it
        ("20", "99.75", []),  # points given all the same, and taken out of the total
        ("—", "99.75", []),
        ("", "99.75", []),
        ("0", "98.75", ["PE204"]),
        ("20", "98.75", ["PE204"]),
    ],
)
def test_a_rescaled_total_is_explained(setting: str, score: str, total: str, expected: list[str]) -> None:
    table = inapplicable(indicators_1_score=score, total_score=total)
    rules = book(f'[weights]\ninapplicable = "{setting}"')
    found_codes = [
        code for code in codes(table, rulebook=rules) if code in ("PE204", "PE205", "PE206", "PE212")
    ]
    assert found_codes == expected


def test_without_such_rows_nothing_is_rescaled() -> None:
    table = changed(indicators_1_score="0", indicators_1_actual="0%", total_score="99.75")
    assert "PE204" in codes(table)


def test_a_rescaled_total_is_not_corrected_by_points() -> None:
    def consequences(total: str) -> list[str]:
        table = inapplicable(
            total_score=total, indicators_2_actual="1.50万元/公里", indicators_2_deviation=REASON
        )
        return [one.code for finding in found(table) for one in finding.consequences]

    assert "PE212" in consequences("79.80")
    assert "PE212" not in consequences("99.75")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"indicators_1_weight": "", "indicators_1_score": ""}, (Severity.WARNING, FindingClass.QUESTION)),
        ({"indicators_1_weight": "—", "indicators_1_score": "—"}, (Severity.WARNING, FindingClass.QUESTION)),
        ({"total_weight": "80"}, None),
        ({"total_weight": "100"}, None),
        ({"total_weight": "85"}, (Severity.ERROR, FindingClass.ARITHMETIC)),
        ({"indicators_0_weight": "35"}, (Severity.ERROR, FindingClass.ARITHMETIC)),
    ],
)
def test_weights_beside_rows_that_do_not_apply(
    changes: dict[str, object], expected: tuple[Severity, FindingClass] | None
) -> None:
    findings = only(inapplicable(**changes), "PE201")
    assert [(one.severity, one.kind) for one in findings] == ([] if expected is None else [expected])
    if "indicators_1_weight" in changes:
        assert "另有 1 项指标不适用，没有印分值" in findings[0].message.text()


# All together


def test_results_do_not_depend_on_the_decimal_context() -> None:
    tables = [*(wrong for check in FAMILY for wrong in check.wrong), CLEAN, unit_of()]
    usual = [finding.text() for finding in found(*tables)]
    with localcontext() as context:
        context.prec = 3
        assert [finding.text() for finding in found(*tables)] == usual


@cache
def seed() -> tuple[Evaluation, ...]:
    paths = sorted(EXAMPLES.glob("*.toml"))
    return tuple(table for path in paths for table in perfeval.read(path).evaluations)


def listed(findings: tuple[AuditFinding, ...]) -> set[tuple[str, int | None, str]]:
    return {(finding.code, finding.table, finding.path) for finding in findings}


def test_what_is_found_in_the_real_tables() -> None:
    findings = found(*seed())
    assert listed(findings) == {
        ("PE103", 4, "indicators[4].score"),  # S1
        ("PE117", 4, "indicators[3].score"),  # S2
        ("PE210", 0, "total"),  # T-15
        ("PE211", 0, "indicators"),
    }
    missed = next(finding for finding in findings if finding.code == "PE103")
    assert (missed.severity, missed.kind) == (Severity.WARNING, FindingClass.ARITHMETIC)
    assert missed.effect.points == Decimal("0.04")
    assert [one.facts["corrected"] for one in missed.consequences] == ["81.75"]


def test_what_is_found_in_the_real_cases() -> None:
    tables = perfeval.read(CASES).evaluations
    notes = json.loads((CASES.parent / "cases-notes.json").read_text(encoding="utf-8"))
    assert len(tables) == len(notes)
    graver = {
        (str(tables[finding.table].keys.get("case")), finding.code)
        for finding in found(*tables)
        if finding.table is not None and finding.severity is not Severity.NOTE
    }
    assert graver == {
        ("cq-rongmeiti-whole", "PE103"),  # 72.74 % of 100 % with full marks
        ("daying-cost-row", "PE209"),  # 90 points in one row
        ("qingshen-salary", "PE209"),  # 60 points
        ("suixi-linshi", "PE103"),  # 4604 of 4754, and 5830 against 5300
        ("yangtze-fishing", "PE211"),  # no benefit, satisfaction has 40
        ("zhongjiang-water", "PE201"),  # 110 with execution
    }
