"""The program: its subcommands, and one sentence for whatever was wrong."""

from __future__ import annotations

__all__ = ["main"]

import argparse
import io
import sys
from collections.abc import Sequence
from typing import NoReturn

from perfeval.cli import convert, explain, rulebook, score, try_
from perfeval.cli.common import EXIT_MISUSE
from perfeval.errors import PerfevalError
from perfeval.messages import Language, Wording
from perfeval.version import VERSION

COMMANDS = (score, explain, convert, rulebook, try_)

_MISUSE = Wording(
    "CLI-USAGE",
    "命令用法有误：{detail}（用 {program} --help 查看用法）",
    "wrong use: {detail} (see {program} --help)",
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        language: Language = "en" if "en" in sys.argv else "zh"
        print(_MISUSE(detail=message, program=self.prog).text(language), file=sys.stderr)
        raise SystemExit(EXIT_MISUSE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run perfeval; give its exit status: 0 done, 2 misuse or something unreadable."""
    _never_fail_to_print()
    parser = _Parser(
        prog="perfeval", description="预算绩效自评复算 / recompute budget performance self-evaluations"
    )
    parser.add_argument("--version", action="version", version=f"perfeval {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for command in COMMANDS:
        command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except PerfevalError as error:
        print(error.text(options.lang), file=sys.stderr)
        return EXIT_MISUSE
    except BrokenPipeError:  # the reader of a pipe (head) has had enough
        sys.stderr.close()
        return EXIT_MISUSE
    return status


def _never_fail_to_print() -> None:
    """Let a console that lacks a character (GBK and rare names) show its code instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
