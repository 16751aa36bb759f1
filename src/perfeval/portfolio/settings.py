"""The marks of supervision signals, each a setting with its basis."""

from __future__ import annotations

__all__ = ["Mark", "SignalSettings"]

from fractions import Fraction

import attrs

from perfeval.messages import Message, Wording

_PLATFORM = Wording(
    "BASIS-SIGNAL",
    "一家厂商的绩效平台所用，只有这一个来源，各版本不尽相同",
    "used by one vendor's platform: the only source, and its versions differ",
)
_SICHUAN = Wording("BASIS-APART", "川财绩〔2025〕10号，四川省", "川财绩〔2025〕10号, Sichuan")


@attrs.frozen
class Mark:
    """A share above which (not at which) something is signalled, and where the mark comes from."""

    share: Fraction
    basis: Message


@attrs.frozen(kw_only=True)
class SignalSettings:
    """Marks of the supervision signals; all are exact and strict."""

    gap: Mark = Mark(Fraction(1, 20), _PLATFORM())
    """(q − e) ÷ q above which a table is red: the indicators ran ahead of the money."""
    unspent: Mark = Mark(Fraction(1, 5), _PLATFORM())
    """(B − E) ÷ B above which a table that is not red is yellow."""
    apart: Mark = Mark(Fraction(1, 10), _SICHUAN())
    """|q − E ÷ B| above which achievement and execution are called apart."""
