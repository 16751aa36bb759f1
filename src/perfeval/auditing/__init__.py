"""Where tables contradict themselves or each other: checks, how sure and how grave, findings as cards."""

from __future__ import annotations

__all__ = [
    "CHECKS",
    "AuditFile",
    "AuditFinding",
    "AuditResult",
    "AuditSettings",
    "Check",
    "Coverage",
    "Ignore",
    "LedgerEntry",
    "Mark",
    "SignalSettings",
    "audit",
    "read_audit_file",
    "read_ledger",
]

from perfeval.auditing.check import Check
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.engine import audit
from perfeval.auditing.finding import AuditFinding, AuditResult, Coverage
from perfeval.auditing.ignores import AuditFile, Ignore, read_audit_file
from perfeval.auditing.ledger import LedgerEntry, read_ledger
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.signal_settings import Mark, SignalSettings
