"""§1: the verdict on a reported score, the first of the list that holds."""

from pathlib import Path

import pytest

import perfeval
from semantics.books import load
from semantics.tables import form, fund, row


# target, actual, W, reported, verdict. Units are counted ones, unless the row is about a measured actual.
@pytest.mark.parametrize(
    ("target", "actual", "weight", "reported", "verdict"),
    [
        # not-reported
        ("≥10次", "8次", "10", "", "not-reported"),
        ("≥10次", "", "10", "", "not-reported"),  # before unscorable
        pytest.param("≥10次", "8次", "10", "—", "not-reported", id="dash-not-reported-doubtful"),
        # equal: same at the step
        ("≥10次", "8次", "10", "8", "equal"),
        ("≥10次", "8次", "10", "8.00", "equal"),
        ("≥10次", "8次", "10", "8.00分", "equal"),
        ("≥3次", "2次", "10", "6.67", "equal"),
        ("≤8.90万元", "8.94万元", "10", "9.96", "equal"),
        ("≥10次", "10次", "10", "10", "equal"),
        ("≥10次", "0次", "10", "0", "equal"),
        # unscorable
        ("≥10次", "5%", "10", "5", "unscorable"),
        ("≥10次", "XX", "10", "10", "unscorable"),
        ("≥10次", "", "10", "10", "unscorable"),
        ("≥-5%", "-6%", "10", "0", "unscorable"),
        # within-input-rounding: a measured actual, half a unit of the finer last digit
        ("≥100万元", "97万元", "10", "9.72", "within-input-rounding"),  # 96.5 to 97.5
        ("≥100万元", "97万元", "10", "9.66", "within-input-rounding"),
        ("≥100万元", "97万元", "10", "9.77", "differs"),
        ("≥100万元", "97万元", "10", "9.63", "below"),
        ("≥98%", "95%", "10", "9.7", "within-input-rounding"),  # before coarse
        ("≥98%", "95%", "10", "9.74", "within-input-rounding"),
        ("≥98%", "95%", "10", "9.76", "differs"),
        ("≥100亩", "97亩", "10", "9.72", "within-input-rounding"),
        ("≥100公里", "97公里", "10", "9.72", "within-input-rounding"),
        ("≥100吨", "97吨", "10", "9.72", "within-input-rounding"),
        ("≥100小时", "97小时", "10", "9.72", "within-input-rounding"),
        ("≥100.00万元", "97万元", "10", "9.72", "differs"),  # the finer digit is the target's
        ("≥100万元", "97.00万元", "10", "9.72", "differs"),  # … or the actual's
        ("≤8.90万元", "9万元", "10", "9.88", "within-input-rounding"),  # 8.995 to 9.005
        ("≤8.90万元", "9万元", "10", "9.85", "below"),
        ("≥2万人", "1万人", "10", "6", "within-input-rounding"),  # written with 万: measured
        ("≥2万人", "1万人", "10", "4", "within-input-rounding"),
        # … but a count is exact
        ("≥20000人", "10000人", "10", "6", "differs"),
        ("≥20000人", "10000人", "10", "4", "below"),
        ("≥100人", "97人", "10", "9.72", "differs"),
        ("≥100次", "97次", "10", "9.72", "differs"),
        ("≥100户", "97户", "10", "9.72", "differs"),
        ("≥100", "97", "10", "9.72", "differs"),  # no unit, no decimals
        ("≥100人", "97人", "10", "9.68", "below"),
        # tail: another rounding mode
        ("≥3次", "2次", "10", "6.66", "tail"),  # truncated
        ("≥90人", "89人", "10", "9.88", "tail"),
        ("≥2000次", "1997次", "10", "9.98", "tail"),  # half-even, truncated
        ("≥2000次", "1999次", "10", "9.99", "tail"),
        # tail: the rate first, to 1 or 2 decimals of %
        ("≥3次", "2次", "20", "13.34", "tail"),  # 66.7 %
        ("≥100000次", "86245次", "10", "8.63", "tail"),  # 86.25 %
        ("≥7次", "1次", "50", "7.15", "tail"),  # 14.29 % or 14.3 %
        # tail: both of them at once
        ("≥300人", "199人", "15", "9.94", "tail"),  # 66.3 % → 9.945, truncated
        # coarse: rounded or truncated to the digits printed, and at most 5 % of W away
        ("≥90人", "89人", "10", "9.9", "coarse"),
        ("≥90人", "89人", "10", "10", "coarse"),
        ("≥5000人", "4989人", "10", "9.9", "coarse"),  # 9.978 truncated
        ("≥1000人", "949人", "10", "9.5", "coarse"),
        ("≥1000人", "949人", "10", "9", "coarse"),  # 0.49 away
        ("≥1000人", "950人", "10", "10", "coarse"),  # 0.50 away
        ("≥1000人", "925人", "20", "19", "coarse"),  # 0.5 of at most 1
        ("≤8.90万元", "8.94万元", "10", "10", "coarse"),  # 9.955 printed 10
        # … not coarse
        ("≥1000人", "949人", "10", "9.50", "differs"),  # two digits were printed
        ("≥1000人", "949人", "10", "10", "differs"),  # 9.49 is neither rounded nor truncated 10
        ("≥1000人", "951人", "10", "9", "below"),  # truncated, but 0.51 away
        ("≥90人", "89人", "10", "9", "below"),
        ("≥1000人", "925人", "20", "18.4", "below"),
        # below
        ("≥10次", "8次", "10", "7", "below"),
        ("≥10次", "10次", "10", "9", "below"),
        ("≤10万元", "0万元", "10", "0", "below"),
        # differs
        ("≥10次", "8次", "10", "10", "differs"),
        ("≥10次", "8次", "10", "8.5", "differs"),
        ("≥5次", "4次", "10", "9", "differs"),
        ("=10次", "0次", "10", "10", "differs"),
    ],
)
def test_verdict(target: str, actual: str, weight: str, reported: str, verdict: str) -> None:
    s = perfeval.score_indicator(
        target,
        actual,
        weight=weight,
        rule="按照正常比例赋分",
        level1="产出指标",
        level3="服务人数",
        reported=reported,
    )
    assert s.verdict == verdict


# other-family: equal under another accepted family or band.
@pytest.mark.parametrize(
    ("target", "actual", "weight", "rule", "book", "reported", "verdict"),
    [
        ("≤160万元", "386万元", "15", "按比例赋分", "common-practice", "0", "other-family"),  # linear
        ("≤160万元", "386万元", "15", "按比例赋分", "common-practice", "6.22", "equal"),
        ("≤160万元", "386万元", "15", "按比例赋分", "platform", "6.22", "other-family"),  # ratio
        ("≤160万元", "386万元", "15", "按比例赋分", "platform", "0", "equal"),
        ("≤160万元", "386万元", "15", "按比例赋分", "hubei", "0", "other-family"),
        ("≤160万元", "200万元", "10", "按比例赋分", "common-practice", "7.5", "other-family"),
        ("≤160万元", "200万元", "10", "按比例赋分", "common-practice", "7.50", "other-family"),
        ("≤160万元", "200万元", "10", "按比例赋分", "common-practice", "0", "below"),  # cliff is not accepted
        ("≤160万元", "200万元", "10", "按比例赋分", "common-practice", "10", "differs"),
        ("≤160万元", "200万元", "10", "按比例赋分", "accepts-nothing", "7.5", "below"),
        # satisfaction by bands is accepted in the default book
        ("≥90%", "85%", "10", "满意度赋分", "common-practice", "8", "other-family"),
        ("≥90%", "75%", "10", "满意度赋分", "common-practice", "5", "other-family"),
        ("≥90%", "75%", "10", "满意度赋分", "accepts-nothing", "5", "below"),
        ("≥95%", "92%", "10", "满意度赋分", "common-practice", "10", "other-family"),
        # … and only for satisfaction
        ("≥90%", "75%", "10", "按比例赋分", "common-practice", "5", "below"),
    ],
)
def test_other_family(
    target: str, actual: str, weight: str, rule: str, book: str, reported: str, verdict: str, tmp_path: Path
) -> None:
    s = perfeval.score_indicator(
        target, actual, weight=weight, rule=rule, rulebook=load(book, tmp_path), reported=reported
    )
    assert s.verdict == verdict


# other-direction: assumed, and equal when read the other way; money, %, ‰ and days only.
@pytest.mark.parametrize(
    ("level1", "level3", "target", "actual", "reported", "verdict"),
    [
        ("产出指标", "采购支出", "100万元", "80万元", "10", "other-direction"),
        ("产出指标", "采购支出", "5000元", "4000元", "10", "other-direction"),
        ("产出指标", "资金占比", "50%", "40%", "10", "other-direction"),
        ("产出指标", "漏报占比", "5‰", "4‰", "10", "other-direction"),
        ("产出指标", "办理时限", "30天", "20天", "10", "other-direction"),
        ("产出指标", "办理时限", "30日", "20日", "10", "other-direction"),
        ("产出指标", "资金占比", "50%", "62.5%", "8", "other-direction"),  # before below
        ("成本指标", "差旅费", "100万元", "80万元", "8", "other-direction"),  # the other way from ≤
        ("产出指标", "预算调整率", "5%", "4%", "8", "other-direction"),
        # a count is never a ceiling
        ("产出指标", "服务人数", "50人", "40人", "10", "differs"),
        ("产出指标", "走访次数", "50次", "40次", "10", "differs"),
        ("产出指标", "走访次数", "50", "40", "10", "differs"),
        # the name holds one of the words
        ("产出指标", "项目完成率", "50%", "40%", "10", "differs"),
        ("产出指标", "资金执行率", "50%", "40%", "10", "differs"),
        ("产出指标", "验收合格率", "50%", "40%", "10", "differs"),
        ("产出指标", "医保覆盖率", "50%", "40%", "10", "differs"),
        ("产出指标", "办结及时率", "50%", "40%", "10", "differs"),
        ("产出指标", "群众满意度", "50%", "40%", "10", "differs"),
        ("产出指标", "家庭医生签约率", "50%", "40%", "10", "differs"),
        # the direction was printed, not assumed
        ("产出指标", "资金占比", "=50%", "40%", "10", "differs"),
        ("产出指标", "资金占比", "≥50%", "40%", "10", "differs"),
        # not equal the other way either
        ("产出指标", "资金占比", "50%", "40%", "9.5", "differs"),
    ],
)
def test_other_direction(
    level1: str, level3: str, target: str, actual: str, reported: str, verdict: str
) -> None:
    s = perfeval.score_indicator(target, actual, level1=level1, level3=level3, reported=reported)
    assert s.verdict == verdict


# within-band: graded by words; edges as fractions of W, rounded to the step first, the lower one inclusive.
@pytest.mark.parametrize(
    ("actual", "weight", "book", "reported", "verdict"),
    [
        # achieved [0.8 W, W]
        ("有效提升", "10", "common-practice", "10", "equal"),
        ("有效提升", "10", "common-practice", "9", "within-band"),
        ("有效提升", "10", "common-practice", "8", "within-band"),
        ("有效提升", "10", "common-practice", "7.99", "below"),
        ("已完成", "10", "common-practice", "8.5", "within-band"),
        ("达成预期指标", "15", "common-practice", "12", "within-band"),
        ("达成预期指标", "15", "common-practice", "11.99", "below"),
        ("有效提升", "6.666", "common-practice", "5.33", "within-band"),  # 5.3328 → 5.33
        ("有效提升", "6.666", "common-practice", "5.32", "below"),
        ("有效提升", "10", "hubei", "8", "within-band"),
        # partly [0.6 W, 0.8 W), hubei [0.5 W, 0.8 W)
        ("部分达成预期指标", "10", "common-practice", "7", "within-band"),
        ("部分达成预期指标", "10", "common-practice", "6", "within-band"),
        ("部分达成预期指标", "10", "common-practice", "7.99", "within-band"),
        ("部分达成预期指标", "10", "common-practice", "8", "unscorable"),
        ("部分达成预期指标", "10", "common-practice", "5.99", "unscorable"),
        ("部分达成预期指标", "10", "common-practice", "10", "unscorable"),
        ("部分达成预期指标并具有一定效果", "10", "common-practice", "7", "within-band"),
        ("部分达成预期指标", "10", "hubei", "5", "within-band"),
        ("部分达成预期指标", "10", "hubei", "4.99", "unscorable"),
        # not [0, 0.6 W)
        ("未达成预期指标且效果较差", "10", "common-practice", "0", "within-band"),
        ("未达成预期指标且效果较差", "10", "common-practice", "5.99", "within-band"),
        ("未达成预期指标且效果较差", "10", "common-practice", "6", "unscorable"),
        ("未达成预期指标", "10", "hubei", "4.99", "within-band"),
        ("未达成预期指标", "10", "hubei", "5", "unscorable"),
        ("部分达成预期指标", "10", "common-practice", "", "not-reported"),
    ],
)
def test_within_band(actual: str, weight: str, book: str, reported: str, verdict: str) -> None:
    s = perfeval.score_indicator(
        "有效提升", actual, weight=weight, rule="按评判等级赋分", rulebook=book, reported=reported
    )
    assert s.verdict == verdict


# A needs-judgement that is not graded by words has no band.
def test_missed_deadline_has_no_band() -> None:
    s = perfeval.score_indicator("2024年6月底前", "2024年7月", year="2024", reported="9")
    assert s.verdict == "unscorable"


# Execution: budgets and executed amounts are exact as written, so nothing is within-input-rounding.
@pytest.mark.parametrize(
    ("budget", "executed", "reported", "verdict"),
    [
        ("50.00", "8.94", "", "not-reported"),
        ("50.00", "8.94", "1.79", "equal"),
        ("50.00", "8.94", "1.79分", "equal"),
        ("180.00", "80.00", "4.44", "equal"),
        ("0", "5", "10", "unscorable"),
        ("100", "", "10", "unscorable"),
        ("100", "97", "9.72", "differs"),
        ("250000", "215457.6", "8.61", "tail"),  # 8.618 truncated
        ("100", "86.245", "8.63", "tail"),  # the rate first
        ("43.2", "37.24", "8.61", "below"),
        ("43.2", "37.24", "9", "coarse"),
        ("50.00", "8.94", "2", "coarse"),
        ("50.00", "8.94", "1.8", "coarse"),
        ("50.00", "8.94", "1", "below"),
        ("50.00", "8.94", "10", "differs"),
        ("100", "110", "10", "equal"),
        ("100", "110", "11", "differs"),
    ],
)
def test_execution_verdict(budget: str, executed: str, reported: str, verdict: str) -> None:
    assert perfeval.score_execution(budget, executed, reported=reported).verdict == verdict


# The verdicts of a whole form are those of its rows.
def test_verdicts_of_a_form() -> None:
    rows = [
        row("≥10次", "8次", "45", score="36分"),
        row("≥10次", "8次", "45", score="45"),
        row("≥10次", "8次", "", score="5"),
    ]
    card = perfeval.score(form([fund(executed="50.00", score="10")], rows))
    assert [s.verdict for s in card.indicators] == ["equal", "differs", "unscorable"]
    assert card.execution.verdict == "differs"
