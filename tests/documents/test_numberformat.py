from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.excel.formatcode import GENERAL, built_in
from perfeval.documents.excel.numberformat import general, shown, shown_text, stored_digits

_TABLE = Path(__file__).parent.parent / "data" / "documents" / "number_formats.tsv"

# Where LibreOffice (7.4, American) is not what Excel and WPS show on a Chinese machine.
_DIFFERENT = {
    ("0%", "1.005"): "LibreOffice multiplies in binary: 100.4999…",
    ("#.##", "0"): "Excel keeps the point",
    ("#.##", "1"): "Excel keeps the point",
    ("#.##", "-1"): "Excel keeps the point",
    ("#.##", "123456789012"): "Excel keeps the point",
    ("?0.0?", "-1"): "padding behind the minus sign",
    ("?0.0?", "-0.4"): "padding behind the minus sign",
    ("?0.0?", "-0.9839"): "padding behind the minus sign",
    ('"无"', "-1"): "Excel keeps the minus sign",
    ('"无"', "-0.4"): "Excel keeps the minus sign",
    ('"无"', "-0.9839"): "Excel keeps the minus sign",
    ('"无"', "-1234567.891"): "Excel keeps the minus sign",
    ("yyyy/m/d h:mm:ss", "45657.999"): "Excel rounds seconds",
}
_LOCAL = ("[$-F800]", "[$-804]上午/下午")  # the system's long date; codes that only a Chinese Excel knows


def _pairs() -> list[tuple[str, str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines]
    return [(code, value, text) for code, value, text in rows]


def test_same_as_libreoffice() -> None:
    compared = 0
    for code, value, text in _pairs():
        if (code, value) in _DIFFERENT or code.startswith(_LOCAL):
            continue
        assert shown(Decimal(value), code) == text, (code, value)
        compared += 1
    assert compared > 500


def test_differences_are_real() -> None:
    known = {(code, value): text for code, value, text in _pairs()}
    for code, value in _DIFFERENT:
        assert shown(Decimal(value), code) != known[code, value]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.9839", "0.00%", "98.39%"),
        ("0.98385", "0.00%", "98.39%"),
        ("1.005", "0.00", "1.01"),
        ("-0.4", "0", "0"),
        ("-5", '"¥"0.00', "-¥5.00"),
        ("89400", '0\\.0,"万元"', "8.9万元"),
        ("89400", '0!.0,"万元"', "8.9万元"),
        ("1234567", "G/通用格式", "1234567"),
        ("12", 'General"分"', "12分"),
        ("5", "[红色][>3]0;0", "5"),
        ("0.5", ";;;", ""),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("12.3", ".00", "12.30"),
        ("1", "#.##", "1."),
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292", "[$-F800]dddd, mmmm dd, yyyy", "2024年1月1日"),
        ("45292", "[$-804]mmmm aaa", "一月 一"),
        ("45292.75", "[$-804]h:mm AM/PM", "6:00 下午"),
        ("45292.5", '[$-804]上午/下午h"时"mm"分"', "下午12时00分"),
        ("0.0004", "h:mm:ss.000", "0:00:34.560"),
        ("0.999999999", "yyyy-mm-dd hh:mm:ss", "1900-01-01 00:00:00"),
        ("60", "yyyy-m-d", "1900-2-29"),
        ("1", "yyyy-m-d", "1900-1-1"),
        ("2958465", "yyyy-m-d", "9999-12-31"),
        ("1.5", "[h]:mm", "36:00"),
        ("5", '[=5]"五";0', "五"),
        ("6", '[<>5]"非五";0', "非五"),
        ("1E+20", "0", "100000000000000000000"),
    ],
)
def test_shown(value: str, code: str, text: str) -> None:
    assert shown(Decimal(value), code) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.5", "# ?/?"),
        ("1", "[DBNum2]General"),
        ("1", "0;0;0;0;0"),
        ("1", "[$-1E000804]yyyy"),
        ("1", "ggge"),
        ("-1", "yyyy-mm-dd"),
        ("2958466", "yyyy-mm-dd"),
        ("70", "[>=100]0;[<50]0"),
        ("1", "yyyy0"),
        ("1", "0" * 256),
        ("NaN", "0"),
        ("Infinity", "0"),
    ],
)
def test_not_rendered(value: str, code: str) -> None:
    assert shown(Decimal(value), code) is None


def test_1904() -> None:
    assert shown(Decimal(43889), "yyyy-mm-dd", date1904=True) == "2024-02-29"
    assert shown(Decimal(0), "yyyy-mm-dd", date1904=True) == "1904-01-01"
    assert shown(Decimal(2_958_465), "yyyy-mm-dd", date1904=True) is None


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("达成", GENERAL, "达成"),
        ("达成", "0.00", "达成"),
        ("达成", '@"（见附件）"', "达成（见附件）"),
        ("达成", ";;;", ""),
        ("达成", "0;-0;0;@", "达成"),
        ("达成", "0" * 300, "达成"),
    ],
)
def test_shown_text(text: str, code: str, expected: str) -> None:
    assert shown_text(text, code) == expected


def test_stored_digits() -> None:
    assert stored_digits(0.98390000000000004) == Decimal("0.9839")  # exact: what a file stores
    assert stored_digits(0.1 + 0.2) == Decimal("0.3")  # exact: what a file stores


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+15", "1E+15"),
        ("123456789012345", "123456789012345"),
        ("1.50", "1.5"),
        ("-0", "0"),
        ("-1.25E-12", "-1.25E-12"),
        ("0.00001", "0.00001"),
        ("5.1011723000001E+20", "5.1011723000001E+20"),
    ],
)
def test_general(value: str, text: str) -> None:
    assert general(Decimal(value)) == text


def test_built_in_formats_are_chinese() -> None:
    assert built_in(14) == "yyyy/m/d"
    assert built_in(57) == 'yyyy"年"m"月"'
    assert built_in(10) == "0.00%"
    assert built_in(163) is None


_DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False)


@given(_DECIMALS, st.integers(1, 6))
def test_places_are_rounded_half_up(value: Decimal, places: int) -> None:
    text = shown(value, "0." + "0" * places)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert text is not None
    assert Decimal(text) == rounded
    assert text.startswith("-") == (rounded < 0)


@given(_DECIMALS)
def test_thousands_only_add_commas(value: Decimal) -> None:
    text = shown(value, "#,##0.000000")
    assert text is not None
    assert text.replace(",", "") == shown(value, "0.000000")
    assert all(len(group) == 3 for group in text.split(".")[0].lstrip("-").split(",")[1:])


@given(_DECIMALS)
def test_percent_is_exact(value: Decimal) -> None:
    text = shown(value, "0.0000%")
    assert text is not None
    assert Decimal(text[:-1]) == value * 100


@given(_DECIMALS)
def test_general_loses_nothing(value: Decimal) -> None:
    assert Decimal(general(value)) == value


@given(_DECIMALS, st.text(alphabet='0#?.,%E+-/;@yYmdhse[]<>=1*_\\!"$ 年月Gab', max_size=30))
def test_any_code_is_shown_or_refused(value: Decimal, code: str) -> None:
    assert isinstance(shown(value, code), str | None)
    assert isinstance(shown_text("达成", code), str)
