"""``perfeval audit PATH…``: where tables contradict themselves or each other; ``perfeval checks``: what is checked."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import attrs

from perfeval.auditing import AuditResult
from perfeval.cli.auditing import add_audit, audited, config_of
from perfeval.cli.common import EXIT_DONE, EXIT_MISUSE, complain, print_json
from perfeval.errors import UsageError
from perfeval.findings import Severity
from perfeval.messages import Wording
from perfeval.report import audit_csv, audit_data, audit_lines, audit_markdown, audit_text
from perfeval.version import VERSION

EXIT_FINDINGS = 1
_FORMATS = ("text", "json", "json-lines", "csv", "markdown")
_BASELINE = Wording(
    "CLI-BASELINE",
    "{path} 不是 perfeval.audit.v1 结果：{detail}",
    "{path} is no result in the schema perfeval.audit.v1: {detail}",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("audit", help="审核 / find contradictions")
    add_audit(parser)
    parser.add_argument("--output-format", choices=_FORMATS, default="text", help="输出格式 / output format")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="warning",
        help="达到此程度时退出码为 1 / exit with 1 at this severity",
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="只报告此结果里没有的 / report only what this older result lacks"
    )
    parser.add_argument("--notes", action="store_true", help="也列出提示 / list notes too")
    parser.add_argument(
        "--full",
        action="store_true",
        help="列出每条的原因、建议和依据 / list explanations, requests and bases",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    known = _known(options.baseline) if options.baseline else frozenset()
    result, reads = audited(options, config_of(options))
    result = _without(result, known)
    _print(result, options)
    statuses = [complain(one, options.lang) for one in reads]
    if any(status != EXIT_DONE for status in statuses):
        return EXIT_MISUSE
    return EXIT_FINDINGS if result.at_least(Severity(options.fail_on)) else EXIT_DONE


def _known(path: str) -> frozenset[str]:
    try:
        content: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        return frozenset(finding["fingerprint"] for finding in content["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(_BASELINE(path=path, detail=error)) from None


def _without(result: AuditResult, known: frozenset[str]) -> AuditResult:
    return attrs.evolve(
        result, findings=tuple(one for one in result.findings if one.fingerprint not in known)
    )


def _print(result: AuditResult, options: argparse.Namespace) -> None:
    if options.output_format == "json":
        print_json(audit_data(result, VERSION, options.lang))
    elif options.output_format == "json-lines":
        sys.stdout.write(audit_lines(result, options.lang))
    elif options.output_format == "csv":
        sys.stdout.write("\ufeff" + audit_csv(result, options.lang))
    elif options.output_format == "markdown":
        print(audit_markdown(result, options.lang))
    else:
        print(audit_text(result, options.lang, notes=options.notes, full=options.full))
