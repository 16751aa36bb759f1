"""What a check is: a code, what it looks at, how it is said, and a function that raises."""

from __future__ import annotations

__all__ = ["ALL_KINDS", "ALL_STAGES", "FILLED_STAGES", "OUTSIDE", "Check", "Raised", "Scope", "Spot"]

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs

from perfeval.auditing.ignores import Ignore
from perfeval.auditing.ledger import LedgerEntry
from perfeval.findings import FindingClass, Location, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import Evaluation, Stage, TableKind

ALL_KINDS = frozenset(TableKind)
ALL_STAGES = frozenset(Stage)
FILLED_STAGES = frozenset({Stage.SELF, Stage.REVIEW})
"""The stages in which actuals and scores are due: a table of targets has none and wants none."""


class Scope(StrEnum):
    """How much a check has to see: one row, one table, the tables of one unit; or all of them beside an outside set."""

    ROW = "row"
    TABLE = "table"
    UNIT = "unit"
    PREVIOUS = "previous"
    APPROVED = "approved"
    LEDGER = "ledger"
    AUDIT = "audit"


OUTSIDE = frozenset({Scope.PREVIOUS, Scope.APPROVED, Scope.LEDGER})
"""Scopes whose subject is a relation of the tables to last year's, to the approved ones, to the accounts."""


@attrs.frozen
class Spot:
    """A place in the tables: the number of the table among those audited, and a path (``indicators[3].score``)."""

    table: int
    path: str = ""


@attrs.frozen(kw_only=True)
class Raised:
    """What a check raises: where, with which facts, how sure and how grave before the caps (docs/audit.md).

    ``points`` is the effect on the score, ``amount`` on money in the table's unit. ``rests_on_rule`` says that it
    stands and falls with the rule, direction and unit that were chosen for the row. ``wording`` replaces that of the check
    where it has several. ``places`` lie outside the audited tables; without ``spots`` the finding is in none of them.
    """

    spots: tuple[Spot, ...]
    severity: Severity
    kind: FindingClass
    facts: Mapping[str, object] = attrs.field(factory=dict)
    points: Decimal | None = None
    amount: Decimal | None = None
    rests_on_rule: bool = False
    wording: Wording | None = None
    places: tuple[Location, ...] = ()


@attrs.frozen(kw_only=True)
class Check:
    """One check. Its module's docstring says what, basis, why and known false alarms; examples are in it too.

    ``wrong`` raises exactly this code, ``right`` raises nothing; a test sees to both. ``follows`` names the checks whose
    findings in the same table explain one of this one: it hangs under them. ``is_folded`` makes one line of many
    rows. ``is_optional`` checks run only if they are selected.
    """

    code: str
    name: str
    scope: Scope
    says: Wording
    explained_by: Wording
    ask: Wording
    basis: str
    status: BasisStatus
    run: Callable[[Any, Any], Iterator[Raised]]
    wrong: tuple[Evaluation, ...]
    right: tuple[Evaluation, ...]
    previous: tuple[Evaluation, ...] = ()
    """Last year's tables of the examples; ``approved`` and ``ledger`` likewise."""
    approved: tuple[Evaluation, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    """What ``perfeval.toml`` leaves out of the audit of the wrong examples."""
    rulebook: str = "common-practice"
    """The rule book of the examples."""
    kinds: frozenset[TableKind] = ALL_KINDS
    stages: frozenset[Stage] = FILLED_STAGES
    follows: tuple[str, ...] = ()
    is_folded: bool = False
    is_optional: bool = False
    needs_whole: bool = False
    """Whether a table of which rows are known to be missing gets no such finding (sums, missing parts)."""
