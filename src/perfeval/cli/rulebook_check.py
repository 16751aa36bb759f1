"""``perfeval rulebook check``: is a book complete, and does it keep the laws, or say why not."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from perfeval.cli.common import EXIT_DONE, add_language
from perfeval.messages import Wording
from perfeval.rulebook import gaps, load_rulebook

EXIT_PROBLEMS = 1

_PASSED = Wording("CLI-CHECK-PASSED", "{book}：通过", "{book}: passed")
_ON_PURPOSE = Wording(
    "CLI-CHECK-BREAKS",
    "{book}：有意不守的规律 {count} 条，都写明了理由",
    "{book}: {count} laws broken on purpose, each with its reason",
)
_FOUND = Wording("CLI-CHECK-FOUND", "{book}：有 {count} 处要改", "{book}: to mend: {count}")
_NO_LAWS = Wording(
    "CLI-CHECK-LAWS",
    '没有安装 hypothesis，未检查规律；请先运行 pip install "perfeval[testing]"',
    'hypothesis is not installed, so the laws were not checked; run pip install "perfeval[testing]"',
)


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = actions.add_parser(
        "check", help="评分办法是否完整、合理 / is a book complete and does it keep the laws"
    )
    parser.add_argument(
        "book", metavar="NAME|FILE", help="内置名称或 TOML 文件 / a built-in name or a TOML file"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    book = load_rulebook(options.book)
    problems = list(gaps(book))
    with _leaving_nothing_behind():
        try:
            from perfeval.testing.laws import examine  # noqa: PLC0415 - it needs an extra
        except ModuleNotFoundError as error:
            if error.name != "hypothesis":
                raise
            print(_NO_LAWS().text(options.lang), file=sys.stderr)
        else:
            problems += examine(book).problems
    for problem in book.located(problems):
        print(problem.text(options.lang))
    if problems:
        print(_FOUND(book=options.book, count=len(problems)).text(options.lang))
        return EXIT_PROBLEMS
    print(_PASSED(book=options.book).text(options.lang))
    if book.breaks:
        print(_ON_PURPOSE(book=options.book, count=len(book.breaks)).text(options.lang))
    return EXIT_DONE


@contextmanager
def _leaving_nothing_behind() -> Iterator[None]:
    """Let hypothesis keep its notes elsewhere than in ``.hypothesis`` of the user's directory."""
    with TemporaryDirectory() as directory:
        if "hypothesis" not in sys.modules:  # under pytest it has a home already
            os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", directory)
        yield
