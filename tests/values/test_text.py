"""Folding: what becomes of single characters, and the way back to the raw text."""

import pytest

from perfeval.values import fold, squash
from perfeval.values.text import is_odd_number


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("≥90%", "≥90%"),  # nothing to fold
        ("≥９０％", "≥90%"),
        ("（１．５）", "(1.5)"),
        ("＞＝", ">="),
        ("￥", "¥"),
        ("㎏", "kg"),
        ("⼈⽉", "人月"),  # Kangxi radicals
        ("⺠⻋⻓", "民车长"),  # radicals that NFKC leaves
        ("9\u200b8\ufeff", "98"),  # invisible
        ("\u00ad软连字符", "软连字符"),
        ("𝟗𝟖", "98"),  # the digits of another face
        ("10²", "10²"),  # not 102
        ("5①", "5①"),  # not 51
        ("½", "½"),
        ("⑴⒈", "⑴⒈"),
        ("20㎡", "20㎡"),
        ("Ⅲ", "III"),  # no digits made
        ("３ 次\u3000", "3 次 "),  # white space stays white space
        ("…", "..."),
    ],
)
def test_fold(raw: str, folded: str) -> None:
    assert fold(raw).text == folded


@pytest.mark.parametrize(
    ("raw", "squashed"),
    [(" 有效\n提升 ", "有效提升"), ("达成\u3000预期　指标", "达成预期指标"), ("⺠生", "民生"), ("", "")],
)
def test_squash(raw: str, squashed: str) -> None:
    assert squash(raw) == squashed


@pytest.mark.parametrize(
    ("raw", "span", "expected"),
    [
        # Nothing folded: the same places.
        ("≥XX次", (1, 3), (1, 3)),
        # One raw character made three: its span is the whole of it.
        ("好…", (1, 4), (1, 2)),
        ("好…", (2, 3), (1, 2)),
        # A character that vanished is passed over.
        ("\u200bＸ\u200bＸ次", (0, 2), (1, 4)),
    ],
)
def test_spans_lead_back_to_the_raw_text(raw: str, span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert fold(raw).span(*span) == expected


@pytest.mark.parametrize("character", ["²", "①", "⑴", "⒈", "½", "㎡", "㎥", "㏠"])
def test_odd_numbers(character: str) -> None:
    assert is_odd_number(character)


@pytest.mark.parametrize("character", ["2", "２", "𝟐", "二", "Ⅱ", "㎏", "é", "年"])
def test_other_characters_are_not_odd(character: str) -> None:
    assert not is_odd_number(character)
