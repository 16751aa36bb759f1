"""``perfeval rulebook impact A B PATH…``: tables, rows, totals and grades that change between two books."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse

from perfeval.cli.common import (
    add_language,
    add_map,
    add_paths,
    complain,
    print_json,
    read_paths,
    words_of,
)
from perfeval.comparing import impact_of
from perfeval.report.comparing import impact_text
from perfeval.report.comparing_data import impact_data
from perfeval.rulebook import load_rulebook
from perfeval.version import VERSION


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action."""
    parser = actions.add_parser("impact", help="换一个评分办法，哪些得分会变 / what another book changes")
    for name in ("first", "second"):
        parser.add_argument(name, metavar="NAME|FILE", help="评分办法 / a rule book")
    add_paths(parser)
    add_map(parser)
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="输出格式 / output format"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    first, second = load_rulebook(options.first), load_rulebook(options.second)
    read = read_paths(options.paths, words_of(options.map))
    impact = impact_of(first, second, read.evaluations)
    if options.output_format == "json":
        print_json(impact_data(impact, (first, second), VERSION, read.problems, options.lang))
    elif read.evaluations:
        print(impact_text(impact, first, second, options.lang))
    return complain(read, options.lang)
