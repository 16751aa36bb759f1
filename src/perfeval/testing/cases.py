"""One case of a ``*.cases.toml``: what a rule book is given, what it should make of it, and whether it does."""

from __future__ import annotations

__all__ = ["Case", "CaseText", "Outcome"]

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from perfeval.findings import Location
from perfeval.messages import Language, Wording
from perfeval.rulebook import RuleBook
from perfeval.scoring import (
    ExecutionScore,
    IndicatorScore,
    Reason,
    Scorecard,
    Verdict,
    score,
    score_execution,
    score_indicator,
)
from perfeval.structure import Invalid
from perfeval.table import Evaluation

_FAILED = Wording(
    "CASE-FAILED",
    "{place}: {name}：应为 {expected}，算得 {found}（评分办法 {book}）",
    "{place}: {name}: expected {expected}, found {found} (rule book {book})",
)
_NAME = Wording("CASE-NAME", "名称应为一行文字", "the name must be one line of text")
_NOTHING_GIVEN = Wording(
    "CASE-GIVEN",
    "请写 target 与 actual（指标）、budget 与 executed（执行率）或 evaluation（整张表）",
    "give target and actual (an indicator), budget and executed (the execution rate) or evaluation (a table)",
)
_NOT_TOGETHER = Wording(
    "CASE-TOGETHER", "不能与 {other} 写在同一条里", "cannot stand in one case with {other}"
)
_NOTHING_EXPECTED = Wording("CASE-EXPECTED", "请写应得的 {keys}", "say what is expected: {keys}")
_TWO_ANSWERS = Wording(
    "CASE-ANSWERS", "有得分就没有原因：score 与 unscorable 只能写一个", "give score or unscorable, not both"
)
_NOT_REPORTED = Wording(
    "CASE-REPORTED",
    "verdict 是对自评得分的判断，请写 reported",
    "a verdict is about a reported score: give reported",
)

_OF_ONE_SCORE = ("score", "unscorable", "verdict")
_OF_A_TABLE = ("total", "grade")
_INDICATOR = ("target", "actual", "rule", "level1", "level2", "level3", "year")
_EXECUTION = ("budget", "executed")
_EITHER = ("weight", "reported")


@attrs.frozen(kw_only=True)
class CaseText:
    """A case as its file writes it. A cell that is left out is blank; raises Invalid for what cannot be meant.

    An indicator has target and actual, the execution rate budget and executed (and the book's own weight where
    ``weight`` is left out), a table ``evaluation``: ``{ file = "..." }`` or the table itself.
    """

    name: str
    target: str | None = None
    actual: str | None = None
    budget: str | None = None
    executed: str | None = None
    weight: str | None = None
    rule: str | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    year: str | None = None
    reported: str | None = None
    evaluation: Mapping[str, Any] | None = attrs.field(default=None, hash=False)
    score: Decimal | None = None
    unscorable: Reason | None = None
    verdict: Verdict | None = None
    total: Decimal | None = None
    grade: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.name.strip() or not self.name.isprintable():
            raise Invalid(_NAME(), ("name",))
        if self.evaluation is not None:
            self._only("evaluation", (*_INDICATOR, *_EXECUTION, *_EITHER, *_OF_ONE_SCORE))
            self._one_of(_OF_A_TABLE)
            return
        if given := self._given(_EXECUTION):
            self._only(given[0], (*_INDICATOR, *_OF_A_TABLE))
        elif given := self._given(("target", "actual")):
            self._only(given[0], _OF_A_TABLE)
        else:
            raise Invalid(_NOTHING_GIVEN())
        self._one_of(_OF_ONE_SCORE)
        if self.score is not None and self.unscorable is not None:
            raise Invalid(_TWO_ANSWERS(), ("unscorable",))
        if self.verdict is not None and self.reported is None:
            raise Invalid(_NOT_REPORTED(), ("verdict",))

    def _given(self, keys: Iterable[str]) -> list[str]:
        return [key for key in keys if getattr(self, key) is not None]

    def _only(self, kind: str, others: Iterable[str]) -> None:
        for key in self._given(others):
            raise Invalid(_NOT_TOGETHER(other=kind), (key,))

    def _one_of(self, keys: tuple[str, ...]) -> None:
        if not self._given(keys):
            raise Invalid(_NOTHING_EXPECTED(keys=" / ".join(keys)))

    @property
    def expected(self) -> dict[str, object]:
        """What should come out, by key."""
        return {key: getattr(self, key) for key in self._given((*_OF_ONE_SCORE, *_OF_A_TABLE))}


@attrs.frozen
class Case:
    """A case with its rule book; ``table`` is that of ``evaluation``, ``places`` where each key is written."""

    text: CaseText
    rulebook: RuleBook = attrs.field(repr=False)
    table: Evaluation | None = attrs.field(repr=False)
    places: Mapping[str, Location] = attrs.field(eq=False, repr=False)

    @property
    def name(self) -> str:
        """The name of the case."""
        return self.text.name

    def __str__(self) -> str:
        return self.name

    def scored(self) -> IndicatorScore | ExecutionScore | Scorecard:
        """Score what the case gives. Raises UsageError for a rule, weight or year that no table could hold."""
        given = self.text
        if self.table is not None:
            return score(self.table, self.rulebook)
        if given.budget is not None or given.executed is not None:
            weight = self.rulebook.execution.weight if given.weight is None else given.weight
            return score_execution(given.budget, given.executed, weight, self.rulebook, given.reported)
        return score_indicator(
            given.target,
            given.actual,
            weight=given.weight,
            rule=given.rule,
            level1=given.level1,
            level2=given.level2,
            level3=given.level3,
            year=given.year,
            rulebook=self.rulebook,
            reported=given.reported,
        )

    def run(self) -> Outcome:
        """Score and compare with what is expected."""
        made = self.scored()
        expected = self.text.expected
        found = _of_table(made) if isinstance(made, Scorecard) else _of_score(made, expected)
        differing = [key for key, value in expected.items() if found.get(key) != value]
        shown = {key: value for key, value in found.items() if key in expected or differing}
        return Outcome(
            case=self,
            passed=not differing,
            expected=_shown(expected),
            found=_shown(shown),
            place=self.places[differing[0] if differing else ""],
        )


@attrs.frozen
class Outcome:
    """How a case went: ``expected`` and ``found`` as its file would write them."""

    case: Case
    passed: bool
    expected: str
    found: str
    place: Location

    def text(self, language: Language = "zh") -> str:
        """Give one line with file and line of what differs."""
        return _FAILED(
            place=self.place,
            name=self.case.name,
            expected=self.expected,
            found=self.found,
            book=self.case.rulebook.id,
        ).text(language)

    def __str__(self) -> str:
        return self.text()


def _of_score(made: IndicatorScore | ExecutionScore, expected: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = (
        {"score": made.score} if made.score is not None else {"unscorable": made.reason}
    )
    return {**found, "verdict": made.verdict} if "verdict" in expected else found


def _of_table(card: Scorecard) -> dict[str, object]:
    found: dict[str, object] = {"total": card.total, "grade": card.grade}
    if card.total is None:  # says why, though no case can ask for it
        found["unscorable"] = " ".join(card.unscorable) or "-"
    return found


def _shown(values: Mapping[str, object]) -> str:
    return ", ".join(f'{key} = "{_plain(value)}"' for key, value in values.items())


def _plain(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
