"""Values as pieces of HTML, for notebooks: a table with its own small style, plain Python, no library.

What a document says is escaped everywhere; the rest of a page is not touched.
"""

from __future__ import annotations

__all__ = ["audit_html", "evaluation_html", "html_of", "rulebook_html", "scorecard_html", "target_html"]

from perfeval.auditing import AuditResult
from perfeval.messages import Language
from perfeval.report.html_parts.audits import audit_html
from perfeval.report.html_parts.books import rulebook_html
from perfeval.report.html_parts.evaluations import evaluation_html
from perfeval.report.html_parts.scorecards import scorecard_html
from perfeval.report.html_parts.targets import target_html
from perfeval.rulebook import RuleBook
from perfeval.scoring import Scorecard
from perfeval.table import Evaluation
from perfeval.values import Target

Shown = AuditResult | Evaluation | RuleBook | Scorecard | Target


def html_of(value: Shown, language: Language = "zh") -> str:
    """Give a table, scorecard, audit, rule book or target as a piece of HTML (zh or en)."""
    match value:
        case Scorecard():
            return scorecard_html(value, language)
        case AuditResult():
            return audit_html(value, language)
        case Evaluation():
            return evaluation_html(value, language)
        case RuleBook():
            return rulebook_html(value, language)
        case _:
            return target_html(value, language)
