"""How these tests look at a result: one word for the outcome, a set for the notes."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

import perfeval


class Result(Protocol):
    """What a scored row and a scored execution line have in common."""

    @property
    def status(self) -> str: ...
    @property
    def score(self) -> Decimal | None: ...
    @property
    def reason(self) -> Enum | None: ...
    @property
    def notes(self) -> Sequence[str]: ...


def outcome(result: Result) -> str:
    """The score as printed, or the reason why there is none."""
    if result.status == "scored":
        assert result.score is not None
        assert result.reason is None
        return str(result.score)
    assert result.status == "unscorable"
    assert result.score is None
    assert result.reason is not None
    return str(result.reason.value)


def notes_of(result: Result, *ignoring: str) -> set[str]:
    """The notes, each at most once, without those a test has no opinion on."""
    assert len(result.notes) == len(set(result.notes))
    return set(result.notes) - set(ignoring)


def of(target: str, actual: str, **settings: Any) -> str:
    """The outcome of one row."""
    return outcome(perfeval.score_indicator(target, actual, **settings))
