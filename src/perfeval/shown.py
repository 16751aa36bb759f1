"""The only way up: what a notebook shows of a value is made by ``perfeval.report``, which stands above the values.

Modules are named by text and imported when asked for: imports go downwards only, and nobody who only scores waits for
the report.
"""

from __future__ import annotations

__all__ = ["html_of", "to_frame"]

from importlib import import_module
from typing import Any


def html_of(value: object) -> str:
    """Give a table, scorecard, audit, rule book or target as a piece of HTML."""
    html: str = import_module("perfeval.report.html_parts").html_of(value)
    return html


def to_frame(what: Any, backend: str = "pandas", language: str = "zh") -> Any:
    """Give the scores of a Scorecard or of several, or the findings of an AuditResult, as a data frame.

    ``backend`` is ``pandas``, ``polars`` or ``pyarrow``. One row a score (execution first, without a ``row``) or one row
    a finding; texts, whole numbers, truth values and decimals, never floats. UsageError where the library is missing.
    """
    return import_module("perfeval.report.arrow").to_frame(what, backend, language)
