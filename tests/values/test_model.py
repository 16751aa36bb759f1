"""Values: what is measured, which digits were written, and a spelling for each."""

from decimal import Decimal

import pytest

from perfeval.values import Comparison, MissingReason, Operator, Quantity, parse_target


def quantity(text: str) -> Quantity:
    target = parse_target(text)
    assert isinstance(target, Comparison)
    return target.quantity


@pytest.mark.parametrize(
    ("text", "measured", "exponent"),
    [
        ("3次", False, 0),
        ("3", False, 0),
        ("12个月", False, 0),
        ("3.0次", True, -1),  # decimals were written
        ("0.958", True, -3),
        ("3万人", True, 0),  # 万 rounds
        ("3万", True, 0),
        ("90%", True, 0),
        ("8.94万元", True, -2),
        ("223.30万元", True, -2),  # the zero counts
        ("100元", True, 0),
        ("5亩", True, 0),
        ("2小时", True, 0),
        ("3元/人", True, 0),
    ],
)
def test_what_is_measured(text: str, measured: bool, exponent: int) -> None:
    assert (quantity(text).is_measured, quantity(text).exponent) == (measured, exponent)


def test_what_is_not_finite_is_no_quantity() -> None:
    with pytest.raises(OverflowError):
        Quantity(Decimal("Infinity"))
    with pytest.raises(ValueError, match="NaN"):
        Quantity(Decimal("NaN"))


@pytest.mark.parametrize(
    ("operator", "strict"), [(">=", False), (">", True), ("=", False), ("<", True), ("<=", False)]
)
def test_strict_operators(operator: str, strict: bool) -> None:
    assert Operator(operator).is_strict is strict


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("≥ ８.90 万元", ">=8.90万元"),
        ("不少于三次", ">=3次"),
        ("近200人", "约200人"),
        ("5~8个工作日", ">=5工作日且<=8工作日"),
        ("2024.12.31", "2024年12月31日"),
        ("定性 好", "好"),
        ("", ""),
        ("--", "—"),
        ("//", "/"),
        ("无", "无"),
        ("N/A", "不适用"),
        ("新增", "新增"),
        (" ≥XX次", " ≥XX次"),  # what was not understood stays as it was
        ("¥5", "5元"),
        ("百分之五", "5%"),
        ("0.0000001亿元", "0.0000001亿元"),  # no exponent
    ],
)
def test_spelling(text: str, spelling: str) -> None:
    assert parse_target(text).format() == spelling


def test_every_kind_of_nothing_is_spelled() -> None:
    spellings = {parse_target(text).format() for text in ("", "-", "/", "无", "不适用", "新增")}
    assert len(spellings) == len(MissingReason)


def test_the_number_as_a_ratio() -> None:
    assert quantity("8.90万元").pair == (89, 10)
    assert quantity("8.90万元").with_unit(quantity("1元").unit) == quantity("8.90元")
    assert quantity("8.90万元") != quantity("8.90元")
    assert quantity("约3次").with_unit(quantity("1场").unit).approximate
