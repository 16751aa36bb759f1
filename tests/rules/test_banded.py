"""分档赋分: lower edges descending, each inclusive, read at the value itself (semantics §4)."""

from decimal import Decimal

import pytest

from perfeval.rules import Band, Banded, Kind, Share
from rules.tables import both


def banded(*bands: tuple[str, str]) -> Banded:
    return Banded(tuple(Band(Share(Decimal(start)), Decimal(factor)) for start, factor in bands))


SATISFACTION = banded(("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"), ("0", "0"))
EXECUTION = banded(("1", "1"), ("0.8", "0.7"), ("0.6", "0.5"), ("0", "0"))
OPEN = banded(("0.955", "0.999"), ("0.05", "0.3"))


@pytest.mark.parametrize("kind", [Kind.AT_LEAST, Kind.EQUAL, Kind.AT_MOST, Kind.RANGE])
@pytest.mark.parametrize(
    ("rule", "share", "factor"),
    [
        (SATISFACTION, "1.2", "1"),
        (SATISFACTION, "1", "1"),
        (SATISFACTION, "0.9", "1"),
        (SATISFACTION, "0.899999", "4/5"),
        (SATISFACTION, "0.8", "4/5"),
        (SATISFACTION, "0.799999", "1/2"),
        (SATISFACTION, "0.6", "1/2"),
        (SATISFACTION, "0.599999", "0"),
        (SATISFACTION, "0", "0"),
        (SATISFACTION, "-0.1", "0"),
        (EXECUTION, "1.5", "1"),
        (EXECUTION, "0.9999", "7/10"),
        (OPEN, "0.955", "999/1000"),
        (OPEN, "0.954", "3/10"),
        (OPEN, "0.05", "3/10"),
        (OPEN, "0.049", "0"),
        (banded(), "1", "0"),
    ],
)
def test_the_factor_of_the_band(rule: Banded, kind: Kind, share: str, factor: str) -> None:
    """The completion is the factor; what the target is makes no difference."""
    assert both(rule, kind, share=share) == (factor, factor)


@pytest.mark.parametrize("kind", [Kind.DEADLINE, Kind.ASSERTED, Kind.DEGREE, Kind.UNCLEAR])
def test_bands_need_a_number(kind: Kind) -> None:
    assert both(SATISFACTION, kind, degree="1")[0] == "rule-unfit"


def test_the_laws_that_bands_break() -> None:
    broken = {law: wording.code for law, wording in SATISFACTION.breaks().items()}
    assert broken["continuous"] == "break-banded"
    assert broken["full-at-target"] == "break-banded-target"
