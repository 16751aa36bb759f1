"""The marks of supervision signals, each a setting with its basis; a file of settings holds them beside those of an audit."""

from __future__ import annotations

__all__ = ["Mark", "SignalSettings", "message_hook"]

from decimal import Decimal

import attrs

from perfeval.messages import Message, Wording
from perfeval.structure import Invalid, wrong_type

_PLATFORM = Wording(
    "BASIS-SIGNAL",
    "一家厂商的绩效平台所用，只有这一个来源，各版本不尽相同",
    "used by one vendor's platform: the only source, and its versions differ",
)
_SICHUAN = Wording("BASIS-APART", "川财绩〔2025〕10号，四川省", "川财绩〔2025〕10号, Sichuan")
_GIVEN = Wording("BASIS-GIVEN", "{basis}", "{basis}")
_NO_BASIS = Wording("MARK-BASIS", "请写明这个标准的依据", "say where this mark comes from")
_NO_SHARE = Wording(
    "MARK-SHARE",
    '应为 0 到 1 之间的小数，5% 写作 "0.05"，现为 {given}',
    'must be from 0 to 1, 5% being "0.05", not {given}',
)


@attrs.frozen
class Mark:
    """A share above which (not at which) something is signalled, and where the mark comes from.

    Raises Invalid for a share outside 0 and 1 and for an empty basis.
    """

    share: Decimal = attrs.field(metadata={"key": "more_than"})
    basis: Message

    @share.validator
    def _is_a_share(self, _attribute: object, value: Decimal) -> None:
        if not 0 <= value <= 1:
            raise Invalid(_NO_SHARE(given=f"{value:f}"), ("more_than",))


@attrs.frozen(kw_only=True)
class SignalSettings:
    """Marks of the supervision signals; all are exact and strict."""

    gap: Mark = Mark(Decimal("0.05"), _PLATFORM())
    """(q − e) ÷ q above which a table is red: the indicators ran ahead of the money."""
    unspent: Mark = Mark(Decimal("0.2"), _PLATFORM())
    """(B − E) ÷ B above which a table that is not red is yellow."""
    apart: Mark = Mark(Decimal("0.1"), _SICHUAN())
    """|q − E ÷ B| above which achievement and execution are called apart."""


def message_hook(value: object, _type: object) -> Message:
    """Read a basis as it is written: the same text in every language. Raises Invalid for none."""
    if not isinstance(value, str):
        raise wrong_type(str, value)
    if not value.strip():
        raise Invalid(_NO_BASIS())
    return _GIVEN(basis=value)
