"""``perfeval rulebook vectors BOOK -o FILE``: inputs and results with which another engine proves itself."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
from pathlib import Path

from perfeval.cli.common import EXIT_DONE, add_language
from perfeval.cli.written import cannot_write
from perfeval.comparing import vector_lines
from perfeval.messages import Wording
from perfeval.rulebook import load_rulebook
from perfeval.version import VERSION

_DONE = Wording("CLI-VECTORS", "{path}：{count} 条", "{path}: {count} vectors")


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action."""
    parser = actions.add_parser("vectors", help="验证其他系统用的测试数据 / test vectors for other engines")
    parser.add_argument("book", metavar="NAME|FILE", help="评分办法 / a rule book")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="JSON 行文件 / a file of JSON lines"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    lines = list(vector_lines(load_rulebook(options.book), VERSION))
    path = Path(options.output)
    try:
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise cannot_write(path, getattr(error, "strerror", None) or error) from None
    print(_DONE(path=path, count=len(lines) - 1).text(options.lang))
    return EXIT_DONE
