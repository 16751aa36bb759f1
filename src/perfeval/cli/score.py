"""``perfeval score PATH…``: reported, recomputed, difference."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse

from perfeval import scoring
from perfeval.cli.common import (
    add_language,
    add_map,
    add_paths,
    add_rulebook,
    complain,
    print_json,
    read_paths,
    words_of,
)
from perfeval.report import card_text, coverage_text, scorecards_data
from perfeval.rulebook import load_rulebook
from perfeval.version import VERSION


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("score", help="复算得分 / recompute scores")
    add_paths(parser)
    add_map(parser)
    add_rulebook(parser)
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="输出格式 / output format"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    book = load_rulebook(options.rulebook)
    read = read_paths(options.paths, words_of(options.map))
    cards = [scoring.score(table, book) for table in read.evaluations]
    if options.output_format == "json":
        print_json(scorecards_data(cards, book, VERSION, read.problems, options.lang))
    else:
        for card in cards:
            print(card_text(card, options.lang))
        if cards:
            print(coverage_text(cards, book, options.lang))
    return complain(read, options.lang)
