"""``perfeval rulebook diff A B``: the settings that differ, each with the smallest example that shows it."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse

from perfeval.cli.common import EXIT_DONE, add_language, print_json
from perfeval.comparing import compare_books
from perfeval.report.comparing import difference_text
from perfeval.report.comparing_data import difference_data
from perfeval.rulebook import load_rulebook
from perfeval.version import VERSION


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action."""
    parser = actions.add_parser("diff", help="两个评分办法的不同与最小的例子 / what tells two books apart")
    for name in ("first", "second"):
        parser.add_argument(name, metavar="NAME|FILE", help="评分办法 / a rule book")
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="输出格式 / output format"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    comparison = compare_books(load_rulebook(options.first), load_rulebook(options.second))
    if options.output_format == "json":
        print_json(difference_data(comparison, VERSION))
    else:
        print(difference_text(comparison, options.lang))
    return EXIT_DONE
