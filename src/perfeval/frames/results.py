"""What the columns of a scored frame say, once every row has its leaf and its score: reason, status, rule, family, verdict."""

from __future__ import annotations

__all__ = ["BEYOND_RANGE", "NOT_EQUAL", "reason_of", "reasons_of", "results_of"]

from collections.abc import Mapping, Sequence

import narwhals as nw

from perfeval.formula.columns import Refusal
from perfeval.frames.choosing import named, one_of
from perfeval.frames.deciding import Leaves
from perfeval.frames.planning import Use
from perfeval.scoring.vocabulary import Reason, Status, Verdict

BEYOND_RANGE = "beyond-range"
"""The reason of a row whose numbers, on one scale, do not fit in 60 bits, or whose weight has more decimals than scores
have; single tables have no such limit."""
NOT_EQUAL = "not-equal"
"""The verdict of a reported score that is another; why, only ``perfeval.score`` says."""


def reasons_of(leaves: Leaves, weight: nw.Expr | None, beyond: nw.Expr | None) -> frozenset[str]:
    """Give why rows may have no score; nothing where every row has one."""
    found = {leaf.reason for leaf in leaves.leaves if isinstance(leaf, Refusal)}
    if weight is not None:
        found |= {str(Reason.UNPARSED_WEIGHT), str(Reason.BLANK_WEIGHT), BEYOND_RANGE}
    return frozenset(found if beyond is None else found | {BEYOND_RANGE})


def reason_of(leaves: Leaves, weight: nw.Expr | None, beyond: nw.Expr | None) -> nw.Expr:
    """Give why there is no score, by row."""
    refusals = {
        number: leaf.reason if isinstance(leaf, Refusal) else None
        for number, leaf in enumerate(leaves.leaves)
    }
    reason = named(nw.col(leaves.column), refusals)
    is_beyond = beyond
    if weight is not None:
        is_beyond = weight == 3 if beyond is None else beyond | (weight == 3)
    if is_beyond is not None:
        reason = nw.when(is_beyond).then(nw.lit(BEYOND_RANGE)).otherwise(reason)
    if weight is not None:
        for code, own in ((2, Reason.UNPARSED_WEIGHT), (1, Reason.BLANK_WEIGHT)):
            reason = nw.when(weight == code).then(nw.lit(str(own))).otherwise(reason)
    return reason


def results_of(
    uses: Sequence[Use | None], leaves: Leaves, flags: Mapping[str, nw.Expr | None], *, has_reasons: bool
) -> dict[str, nw.Expr]:
    """Give the results by name, but for the completion; ``flags`` say why rows have no weight or reported score."""
    scored_text, unscorable_text = nw.lit(str(Status.SCORED)), nw.lit(str(Status.UNSCORABLE))
    rules = {number: use.plan.rule if use else None for number, use in enumerate(uses)}
    made = {
        "score": nw.col("__score"),
        "rule": named(nw.col("__plan"), rules),
        "family": _family(uses, leaves),
        "status": scored_text,
        "reason": nw.lit(None, nw.String),
        "verdict": _verdict(flags) if "__reported" in flags else nw.lit(str(Verdict.NOT_REPORTED)),
    }
    if not has_reasons:
        return made
    is_scored = nw.col("__reason").is_null()
    made["score"] = nw.when(is_scored).then(nw.col("__score"))
    made["status"] = nw.when(is_scored).then(scored_text).otherwise(unscorable_text)
    made["reason"] = nw.col("__reason")
    if "__reported" in flags:
        made["verdict"] = _verdict(flags, is_scored)
    return made


def _family(uses: Sequence[Use | None], leaves: Leaves) -> nw.Expr:
    family = named(
        nw.col("__plan"), {number: use.plan.family if use else None for number, use in enumerate(uses)}
    )
    blank = Refusal(str(Reason.BLANK_ACTUAL))
    if blank in leaves.leaves:  # 无 against a target that is not 0: nothing is compared
        family = nw.when(~one_of(nw.col(leaves.column), leaves.numbers([blank]))).then(family)
    return family


def _verdict(flags: Mapping[str, nw.Expr | None], is_scored: nw.Expr | None = None) -> nw.Expr:
    flag = flags["__reported"]
    equal = nw.col("__reported") == nw.col("__score")
    if flag is not None:
        equal = (flag == 0) & equal
    made = nw.when(equal).then(nw.lit(str(Verdict.EQUAL))).otherwise(nw.lit(NOT_EQUAL))
    if is_scored is not None:
        made = nw.when(is_scored).then(made).otherwise(nw.lit(str(Verdict.UNSCORABLE)))
    if flag is not None:
        made = nw.when((flag == 1) | (flag == 2)).then(nw.lit(str(Verdict.NOT_REPORTED))).otherwise(made)
    return made
