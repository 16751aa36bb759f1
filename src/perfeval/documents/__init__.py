"""Documents as they are published, into tables: bytes to grids (one module a format), grids to evaluations."""

from __future__ import annotations

__all__ = ["DEFAULT_LIMITS", "NO_TABLE", "Limits", "read", "read_document"]

from perfeval.documents.limits import DEFAULT_LIMITS, Limits
from perfeval.documents.read import NO_TABLE, read, read_document
