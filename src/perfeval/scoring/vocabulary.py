"""The closed lists of scoring: status, reasons, notes, verdicts (docs/semantics.md §1, §4)."""

from __future__ import annotations

__all__ = ["PRIORITY", "Note", "Reason", "Status", "Verdict"]

from enum import StrEnum


class Status(StrEnum):
    """Whether there is a score."""

    SCORED = "scored"
    UNSCORABLE = "unscorable"


class Reason(StrEnum):
    """Why there is no score; the same in every engine."""

    BLANK_TARGET = "blank-target"
    BLANK_ACTUAL = "blank-actual"
    BLANK_WEIGHT = "blank-weight"
    BLANK_BUDGET = "blank-budget"
    BLANK_EXECUTED = "blank-executed"
    UNPARSED_TARGET = "unparsed-target"
    UNPARSED_ACTUAL = "unparsed-actual"
    UNPARSED_WEIGHT = "unparsed-weight"
    UNPARSED_BUDGET = "unparsed-budget"
    UNPARSED_EXECUTED = "unparsed-executed"
    UNIT_MISMATCH = "unit-mismatch"
    UNIT_AMBIGUOUS = "unit-ambiguous"
    RULE_UNFIT = "rule-unfit"
    NO_RULE = "no-rule"
    NO_FUNDING = "no-funding"
    NOT_APPLICABLE = "not-applicable"
    NEGATIVE_TARGET = "negative-target"
    NEGATIVE_AMOUNT = "negative-amount"
    ZERO_BUDGET = "zero-budget"
    NEEDS_JUDGEMENT = "needs-judgement"


PRIORITY = (
    Reason.BLANK_WEIGHT,
    Reason.UNPARSED_WEIGHT,
    Reason.NOT_APPLICABLE,
    Reason.BLANK_TARGET,
    Reason.BLANK_ACTUAL,
    Reason.UNPARSED_TARGET,
    Reason.RULE_UNFIT,
    Reason.NO_RULE,
    Reason.UNPARSED_ACTUAL,
    Reason.UNIT_MISMATCH,
    Reason.UNIT_AMBIGUOUS,
    Reason.NEGATIVE_TARGET,
    Reason.NEEDS_JUDGEMENT,
)
"""Which reason an indicator is given where several hold: the first."""


class Note(StrEnum):
    """What was assumed or is remarkable about a score that was made."""

    DIRECTION_ASSUMED = "direction-assumed"
    UNIT_ASSUMED = "unit-assumed"
    ACTUAL_INEQUALITY = "actual-inequality"
    STRICT_AS_INCLUSIVE = "strict-as-inclusive"
    APPROXIMATE = "approximate"
    ASSERTED = "asserted"
    EXCEEDS_EQUALITY = "exceeds-equality"
    ZERO_UNDER_CEILING = "zero-under-ceiling"
    OVER_EXECUTED = "over-executed"
    TOTAL_ROW_ASSUMED = "total-row-assumed"
    TOTAL_ROW_EMPTY = "total-row-empty"
    BUDGET_COLUMN_ASSUMED = "budget-column-assumed"
    GRADE_EDGE = "grade-edge"
    RESCALED = "rescaled"
    OVER_ACHIEVED = "over-achieved"


class Verdict(StrEnum):
    """How a reported score stands to the recomputed one; the first that holds (docs/semantics.md §1)."""

    NOT_REPORTED = "not-reported"
    EQUAL = "equal"
    WITHIN_BAND = "within-band"
    UNSCORABLE = "unscorable"
    WITHIN_INPUT_ROUNDING = "within-input-rounding"
    TAIL = "tail"
    OTHER_FAMILY = "other-family"
    OTHER_DIRECTION = "other-direction"
    COARSE = "coarse"
    BELOW = "below"
    DIFFERS = "differs"
