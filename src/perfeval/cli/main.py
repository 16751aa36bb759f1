"""The program: its subcommands, and one sentence for whatever was wrong."""

from __future__ import annotations

__all__ = ["main"]

import argparse
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from perfeval.cli import (
    aggregate,
    audit,
    batch,
    checks,
    convert,
    doctor,
    explain,
    report,
    rulebook,
    score,
    serve,
    summarize,
    template,
    try_,
)
from perfeval.cli.common import EXIT_DONE, EXIT_MISUSE
from perfeval.errors import PerfevalError
from perfeval.messages import Language, Wording
from perfeval.version import VERSION

COMMANDS = (
    audit,
    summarize,
    aggregate,
    report,
    template,
    checks,
    score,
    explain,
    convert,
    rulebook,
    try_,
    batch,
    serve,
    doctor,
)

_MISUSE = Wording(
    "CLI-USAGE",
    "命令用法有误：{detail}（用 {program} --help 查看用法）",
    "wrong use: {detail} (see {program} --help)",
)


_NO_OUTPUT = Wording("CLI-STDOUT", "写不出结果：{detail}", "the results cannot be written: {detail}")
# argparse takes -5% for an option; a full-width minus is read the same.
_NEGATIVE = re.compile(r"^-(?=[0-9.])")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        words = " ".join(sys.argv)
        language: Language = "en" if "--lang en" in words or "--lang=en" in words else "zh"
        detail = message if language == "en" else _in_chinese(message)
        print(_MISUSE(detail=detail, program=self.prog).text(language), file=sys.stderr)
        raise SystemExit(EXIT_MISUSE)


# argparse speaks English only; these are its sentences about a wrong command.
_IN_CHINESE = (
    (re.compile(r"the following arguments are required: (.*)"), r"缺少参数 \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"不认识的参数 \1"),
    (
        re.compile(r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)"),
        r"\1 没有 \2 这个选择，可用 \3",
    ),
    (re.compile(r"argument (.*?): expected one argument"), r"\1 需要一个值"),
    (re.compile(r"argument (.*?): not allowed with argument (.*)"), r"\1 不能与 \2 同时使用"),
)


def _in_chinese(message: str) -> str:
    for pattern, replacement in _IN_CHINESE:
        if pattern.fullmatch(message):
            return pattern.sub(replacement, message)
    return message


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
    given = sys.argv[1:] if arguments is None else arguments
    options = parser.parse_args([_NEGATIVE.sub("－", argument) for argument in given])
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except PerfevalError as error:
        print(error.text(options.lang), file=sys.stderr)
        return EXIT_MISUSE
    except BrokenPipeError:  # the reader of a pipe (head) has had enough; what it wanted it has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except OSError as error:  # the disk behind stdout is full
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(_NO_OUTPUT(detail=error.strerror or error).text(options.lang), file=sys.stderr)
        return EXIT_MISUSE
    return status


def _never_fail_to_print() -> None:
    """Let a console that lacks a character (GBK and rare names) show its code instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
