"""perfeval: recompute published 预算绩效自评表 exactly, explain every number.

>>> import perfeval
>>> perfeval.score_indicator("<=8.90万元", "8.94万元", weight=10).score
Decimal('9.96')
"""

from __future__ import annotations

__all__ = [
    "DEFAULT_UNITS",
    "AuditFile",
    "AuditFinding",
    "AuditResult",
    "AuditSettings",
    "Evaluation",
    "ExecutionScore",
    "Finding",
    "Funding",
    "Goal",
    "Ignore",
    "Indicator",
    "IndicatorScore",
    "LedgerEntry",
    "Limits",
    "Location",
    "Note",
    "Paragraph",
    "PerfevalError",
    "Problem",
    "Reading",
    "Reason",
    "RequiredActual",
    "RuleBook",
    "Scorecard",
    "Stage",
    "Status",
    "Stretch",
    "TableChange",
    "TableKind",
    "Target",
    "Total",
    "Unit",
    "UnreadableError",
    "UsageError",
    "Verdict",
    "__version__",
    "audit",
    "load_rulebook",
    "parse_target",
    "read",
    "read_audit_file",
    "read_ledger",
    "required_actual",
    "score",
    "score_execution",
    "score_indicator",
    "to_frame",
    "what_if",
]

from perfeval.auditing import (
    AuditFile,
    AuditFinding,
    AuditResult,
    AuditSettings,
    Ignore,
    LedgerEntry,
    audit,
    read_audit_file,
    read_ledger,
)
from perfeval.comparing import TableChange, what_if
from perfeval.documents import Limits, read
from perfeval.errors import PerfevalError, Problem, UnreadableError, UsageError
from perfeval.findings import Finding, Location
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.scoring import (
    ExecutionScore,
    IndicatorScore,
    Note,
    Reason,
    RequiredActual,
    Scorecard,
    Status,
    Stretch,
    Verdict,
    required_actual,
    score,
    score_execution,
    score_indicator,
)
from perfeval.shown import to_frame
from perfeval.table import Evaluation, Funding, Goal, Indicator, Paragraph, Reading, Stage, TableKind, Total
from perfeval.values import DEFAULT_UNITS, Target, Unit, parse_target
from perfeval.version import VERSION

__version__ = VERSION
