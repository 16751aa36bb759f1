"""The command line: one module for each subcommand."""

from __future__ import annotations

__all__ = ["main"]

from perfeval.cli.main import main
