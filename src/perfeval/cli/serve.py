"""``perfeval serve --stdio``: a line of JSON in, a line of JSON out, until the input ends (docs/serve.md)."""

from __future__ import annotations

__all__ = ["MOST_BYTES", "add_to"]

import argparse
import contextlib
import sys
from collections.abc import Iterator
from typing import BinaryIO

from perfeval.cli.common import EXIT_DONE, add_language
from perfeval.messages import Wording
from perfeval.report.service import Service, refusal
from perfeval.rulebook import load_rulebook

MOST_BYTES = 2**24
"""A longer line is refused without being kept: a table of thousands of rows needs a tenth of it."""

_TOO_LONG = Wording("SERVE-SIZE", "一行超过 {most} 字节", "the line has more than {most} bytes")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "serve", help="供其他程序调用，一行一个 JSON / answer another program, line by line"
    )
    parser.add_argument(
        "--stdio",
        action="store_true",
        required=True,
        help="从标准输入读请求，向标准输出写结果 / requests from stdin, answers to stdout",
    )
    parser.add_argument(
        "--rulebook",
        action="append",
        metavar="NAME|FILE",
        help="评分办法，可多次给出，第一个为默认 / a rule book, may be repeated; the first is the default",
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    books = {name: load_rulebook(name) for name in options.rulebook or ["common-practice"]}
    service = Service(books, options.lang)
    # Bytes, not text: a Windows console would write another encoding and other line ends.
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.redirect_stdout(sys.stderr):  # nothing but answers may reach the caller
        for line in _lines(requests):
            too_long = len(line) > MOST_BYTES
            message = _TOO_LONG(most=MOST_BYTES)
            answers.write((refusal(message, options.lang) if too_long else service.answer(line)) + b"\n")
            answers.flush()  # the caller may wait for this answer before it asks again
    return EXIT_DONE


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Give each line, of one that is too long only the beginning."""
    while line := stream.readline(MOST_BYTES + 1):
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES + 1)
        yield line
