"""What the commands that audit share: their options, and the audit of what they name; ``--config`` for all others."""

from __future__ import annotations

__all__ = ["add_audit", "add_config", "audited", "config_of"]

import argparse
from pathlib import Path

import attrs

from perfeval.auditing import AuditFile, AuditResult, audit, read_audit_file, read_ledger
from perfeval.cli.common import Read, add_language, add_map, add_paths, add_rulebook, read_paths, words_of
from perfeval.rulebook import load_rulebook

_CONFIG = "perfeval.toml"


def add_audit(parser: argparse.ArgumentParser) -> None:
    """Add the paths and everything that decides what is found in them."""
    add_paths(parser)
    add_map(parser)
    add_rulebook(parser)
    parser.add_argument(
        "--previous", action="append", default=[], metavar="PATH", help="上年的自评表 / last year's tables"
    )
    parser.add_argument(
        "--approved",
        action="append",
        default=[],
        metavar="PATH",
        help="批复的目标表 / the tables as approved",
    )
    parser.add_argument(
        "--ledger",
        action="append",
        default=[],
        metavar="FILE",
        help="账表：项目编码或名称、年初预算数、全年预算数、执行数（csv、xlsx） / the accounts (csv, xlsx)",
    )
    parser.add_argument(
        "--select", action="append", default=[], metavar="CODE", help="只执行这些检查 / run only these checks"
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="CODE",
        help="不执行这些检查 / leave these checks out",
    )
    add_config(parser)
    add_language(parser)


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add --config."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        help=f"标准和不再提示的问题，默认 {_CONFIG} / marks and ignores; {_CONFIG} if it is there",
    )


def audited(options: argparse.Namespace, config: AuditFile) -> tuple[AuditResult, tuple[Read, ...]]:
    """Audit what the options name; give the result and what was read for it, for ``complain``."""
    book = load_rulebook(options.rulebook)
    words = words_of(options.map)
    reads = tuple(read_paths(paths, words) for paths in (options.paths, options.previous, options.approved))
    tables, previous, approved = reads
    result = audit(
        tables.evaluations,
        book,
        previous=previous.evaluations,
        approved=approved.evaluations,
        ledger=[entry for path in options.ledger for entry in read_ledger(path)],
        select=options.select,
        ignore=options.ignore,
        settings=config.settings,
        ignores=config.ignore,
    )
    result = attrs.evolve(
        result,
        reading=tuple(finding for one in reads for finding in one.findings),
        problems=tuple(problem for one in reads for problem in one.problems),
    )
    return result, reads


def config_of(options: argparse.Namespace) -> AuditFile:
    """Read the file of settings that is named, or the one of the current directory where there is one."""
    if options.config is None and not Path(_CONFIG).is_file():
        return AuditFile()
    return read_audit_file(options.config or _CONFIG)
