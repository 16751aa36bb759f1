"""``perfeval checks [CODE]``: what is checked, and why."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import inspect
import sys

from perfeval.auditing import CHECKS, Check
from perfeval.cli.common import EXIT_DONE, add_language
from perfeval.errors import UsageError
from perfeval.messages import Wording

_NO_CHECK = Wording(
    "CLI-CHECK",
    "没有检查项“{name}”；perfeval checks 列出全部",
    "there is no check '{name}'; perfeval checks lists them",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("checks", help="列出检查项 / list the checks")
    parser.add_argument("code", nargs="?", metavar="CODE", help="编号或名称 / a code or name")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.code is None:
        for check in CHECKS:
            print(f"{check.code}  {check.name}{' *' if check.is_optional else ''}")
        return EXIT_DONE
    found = [check for check in CHECKS if options.code.lower() in {check.code.lower(), check.name}]
    if not found:
        raise UsageError(_NO_CHECK(name=options.code))
    print(_described(found[0], options.lang))
    return EXIT_DONE


def _described(check: Check, language: str) -> str:
    lines = [
        f"{check.code} {check.name} ({check.scope})",
        "",
        inspect.getdoc(sys.modules[check.run.__module__]) or "",
        "",
    ]
    said = (check.says, check.explained_by, check.ask)
    lines.extend(f"  {wording.zh if language == 'zh' else wording.en}" for wording in said)
    lines.append(f"  {check.basis} ({check.status})")
    return "\n".join(lines)
