"""§2: operator words, > and <, numerals, and the small print of glyphs."""

import pytest

import perfeval
from semantics.checks import notes_of, of, outcome


# Line "operator words": every way to write ≥ 10.
@pytest.mark.parametrize(
    "target",
    [
        "≥10次",
        ">=10次",
        "不少于10次",
        "不低于10次",
        "不小于10次",
        "至少10次",
        "10次以上",  # includes the number
        "达到10次以上",  # 达到 before a number is skipped
        "完成10次以上",  # 完成 before a number is skipped
        # glyphs and hygiene
        "≥１０次",
        "＞＝10次",
        "＞=10次",
        "≧10次",
        "⩾10次",
        "〉=10次",
        "≥ 10 次",
        "  ≥10次\n",
        "≥\u00a010次",
        "≥\u300010次",
        "\u200b≥1\u200b0次",
        "\ufeff≥10次",
        "≥10.0次",
        "≥10.00次",
        "≥十次",  # Chinese numeral before a known unit
        pytest.param("10次及以上", id="及以上-doubtful"),
        pytest.param("> = 10次", id="split-sign-doubtful"),
    ],
)
@pytest.mark.parametrize(
    ("actual", "expected"), [("10次", "10.00"), ("11次", "10.00"), ("8次", "8.00"), ("0次", "0.00")]
)
def test_every_at_least(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set())


# Line "operator words": every way to write ≤ 10. 不超过 is not >, 不高于 and 不大于 neither.
@pytest.mark.parametrize(
    "target",
    [
        "≤10万元",
        "<=10万元",
        "不超过10万元",
        "不高于10万元",
        "不多于10万元",
        "不大于10万元",
        "至多10万元",
        "10万元以内",
        "10万元以下",  # includes the number
        "控制在10万元",
        "控制在10万元以内",
        "控制在10万元以下",
        "＜＝10万元",
        "≦10万元",
        "⩽10万元",
        "≤１０万元",
        "≤10．00万元",
        "≤10 万元",
        "≤1\u200b0万\u200b元",
    ],
)
@pytest.mark.parametrize(
    ("actual", "expected"), [("10万元", "10.00"), ("9.99万元", "10.00"), ("12.5万元", "8.00")]
)
def test_every_at_most(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set())


# Every way to write = 10. A printed = is no assumption.
@pytest.mark.parametrize("target", ["=10次", "＝10次", "═10次", "﹦10次", "= 10 次", "＝１０次"])
@pytest.mark.parametrize(
    ("actual", "expected", "notes"),
    [("10次", "10.00", ""), ("8次", "8.00", ""), ("12次", "10.00", "exceeds-equality")],
)
def test_every_equality(target: str, actual: str, expected: str, notes: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set(notes.split()))


# Line "> and <": read as ≥ and ≤, in every rule, and said.
@pytest.mark.parametrize("rule", ["proportional", "direct", None])
@pytest.mark.parametrize(
    ("target", "actual"),
    [
        (">10次", "10次"),
        ("＞10次", "10次"),
        ("超过10次", "10次"),
        ("高于10次", "10次"),
        ("大于10次", "10次"),
        ("<10次", "10次"),
        ("＜10次", "10次"),
        ("低于10次", "10次"),
        ("小于10次", "10次"),
        (">90%", "90%"),
        ("<5%", "5%"),
        ("高于90%", "95%"),
        ("低于5%", "4%"),
    ],
)
def test_strict_is_inclusive(target: str, actual: str, rule: str | None) -> None:
    s = perfeval.score_indicator(target, actual, rule=rule)
    assert (outcome(s), notes_of(s)) == ("10.00", {"strict-as-inclusive"})


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        (">10次", "8次", "8.00"),
        ("超过10次", "9次", "9.00"),
        ("<10万元", "12.5万元", "8.00"),
        ("低于8%", "10%", "8.00"),
    ],
)
def test_strict_missed(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, {"strict-as-inclusive"})


# 达到/完成 before a number is skipped: what remains has no operator.
@pytest.mark.parametrize("target", ["达到10次", "完成10次", "10次"])
@pytest.mark.parametrize(
    ("actual", "expected", "notes"),
    [
        ("10次", "10.00", "direction-assumed"),
        ("8次", "8.00", "direction-assumed"),
        ("12次", "10.00", "direction-assumed exceeds-equality"),
    ],
)
def test_skipped_verb(target: str, actual: str, expected: str, notes: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set(notes.split()))


# Line "actual with operator": its number; an inequality says so.
@pytest.mark.parametrize(
    ("target", "actual", "expected", "notes"),
    [
        (">=3次", "=3次", "10.00", ""),
        (">=3次", "＝3次", "10.00", ""),
        (">=10次", "=8次", "8.00", ""),
        ("≥90%", "≥90%", "10.00", "actual-inequality"),
        ("≥90%", "≥81%", "9.00", "actual-inequality"),
        ("≥90%", ">=95%", "10.00", "actual-inequality"),
        ("≥90%", "90%以上", "10.00", "actual-inequality"),
        ("≥90%", "不低于90%", "10.00", "actual-inequality"),
        ("≤10万元", "≤8万元", "10.00", "actual-inequality"),
        ("≤10万元", "不超过10万元", "10.00", "actual-inequality"),
        ("≥10次", "完成8次", "8.00", ""),
        ("≥90%", "达到81%", "9.00", ""),
    ],
)
def test_actual_with_operator(target: str, actual: str, expected: str, notes: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set(notes.split()))


# Line "numerals".
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≤十天", "十天", "10.00"),
        ("≤四天", "五天", "8.00"),
        ("≥三天", "3天", "10.00"),
        ("≥十天", "8天", "8.00"),
        ("≥十二次", "9次", "7.50"),
        ("≥二十人", "19人", "9.50"),
        ("≥一百户", "95户", "9.50"),
        ("≥百分之九十", "90%", "10.00"),
        ("≥百分之九十", "81%", "9.00"),
        ("≥90%", "百分之八十一", "9.00"),
        ("≥百分之百", "95%", "9.50"),
        ("≥三成", "30%", "10.00"),
        ("≥三成", "27%", "9.00"),
        ("≥50%", "四成", "8.00"),
        ("不少于三次", "三次", "10.00"),
        pytest.param("≥两次", "2次", "10.00", id="两-doubtful"),
    ],
)
def test_chinese_numerals(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


# Line "numerals": 一般 and 十分满意 are text, so the row is graded by words.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("一般", "一般", "10.00"),
        ("十分满意", "十分满意", "10.00"),
        ("十分满意", "一般", "needs-judgement"),
        ("一般", "十分满意", "needs-judgement"),
        ("进一步提升", "进一步提升", "10.00"),
        ("万无一失", "万无一失", "10.00"),
    ],
)
def test_words_with_numerals_are_text(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), s.rule) == (expected, "graded")


# Numbers as written: thousands separators, minus signs, zeros, and no floats.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥1,000人", "950人", "9.50"),
        ("≥1000人", "1,000人", "10.00"),
        ("≥1,234,567元", "1,234,567元", "10.00"),
        ("≥10,000.00元", "9,500.00元", "9.50"),
        ("≥-5%", "-5%", "10.00"),
        ("≥-5%", "－4%", "10.00"),
        ("≥-5%", "−4%", "10.00"),
        ("≥0.3次", "0.1次", "3.33"),
        ("≥10次", "08次", "8.00"),
        ("≥１０００人", "９５０人", "9.50"),
        ("≥90％", "81％", "9.00"),
        pytest.param("≥1，000人", "950人", "9.50", id="full-width-thousands-doubtful"),
        # in binary 0.1 + 0.2 is not 0.3; here the actual is exactly the target
        ("≤0.30万元", "0.3万元", "10.00"),
    ],
)
def test_numbers_as_written(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


# Numbers that a fold would silently change: 10² is not 102, 5① not 51, ½ not 1/2 or 12.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥10²次", "102次", "unparsed-target"),
        ("≥5①次", "51次", "unparsed-target"),
        ("≥½次", "1次", "unparsed-target"),
        ("≤10³元", "5元", "unparsed-target"),
        ("≥10次", "10²次", "unparsed-actual"),
        ("≥10次", "5①次", "unparsed-actual"),
        ("≥1次", "½次", "unparsed-actual"),
        ("≥10次", "≥1²次", "unparsed-actual"),
    ],
)
def test_unreadable_digits(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


# Long cells end: whatever the answer is, there is one. (No time is asserted; a hang fails by itself.)
@pytest.mark.parametrize(
    "cell",
    [
        "≥" + "9" * 100_000 + "次",
        "9" * 100_000,
        "≥0." + "9" * 100_000 + "%",
        "≥" + "1," * 50_000 + "次",
        "≥" + " " * 100_000 + "次",
        "三" * 50_000 + "天",
        "≥" * 50_000 + "3",
        "(" * 50_000,
        "1-" * 50_000,
        "≥1e999999999次",
    ],
    ids=[
        "digits",
        "bare",
        "decimals",
        "commas",
        "spaces",
        "numerals",
        "signs",
        "brackets",
        "ranges",
        "exponent",
    ],
)
@pytest.mark.parametrize("side", ["target", "actual"])
def test_huge_cells_end(cell: str, side: str) -> None:
    target, actual = (cell, "3次") if side == "target" else ("≥3次", cell)
    s = perfeval.score_indicator(target, actual)
    assert s.status in {"scored", "unscorable"}


# Numbers instead of cells: no operator, no unit.
@pytest.mark.parametrize(
    ("target", "actual", "expected"), [(10, 8, "8.00"), (10, 10, "10.00"), (3, 2, "6.67")]
)
def test_plain_numbers(target: int, actual: int, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, {"direction-assumed"})
