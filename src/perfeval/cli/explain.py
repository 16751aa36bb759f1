"""``perfeval explain PATH``: each number in a sentence, with figures, rule, setting and basis."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import sys

from perfeval import scoring
from perfeval.cli.common import (
    EXIT_MISUSE,
    add_language,
    add_map,
    add_paths,
    add_rulebook,
    complain,
    read_paths,
    words_of,
)
from perfeval.messages import Wording
from perfeval.rulebook import load_rulebook
from perfeval.values import squash

_EXECUTION = "预算执行率"
_NO_SUCH = Wording("CLI-INDICATOR", "没有名称含“{text}”的指标", "no indicator has '{text}' in its name")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("explain", help="逐项说明 / explain each number")
    add_paths(parser)
    parser.add_argument(
        "--indicator",
        metavar="TEXT",
        help="只说明名称含此文字的指标 / only indicators with this in their name",
    )
    add_map(parser)
    add_rulebook(parser)
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    book = load_rulebook(options.rulebook)
    read = read_paths(options.paths, words_of(options.map))
    wanted = squash(options.indicator or "")
    shown = 0
    for table in read.evaluations:
        card = scoring.score(table, book)
        if not wanted:
            print(f"{table.name or '-'} ({table.file})")
            print(card.explain(options.lang) + "\n")
            continue
        if wanted in _EXECUTION:
            print(f"{card.execution.place}: {card.execution.explain(options.lang)}")
            shown += 1
        for row in card.indicators:
            if wanted in squash(row.indicator.level3 or ""):
                print(f"{row.place}: {row.explain(options.lang)}")
                shown += 1
    status = complain(read, options.lang)
    if wanted and not shown and not status:
        print(_NO_SUCH(text=options.indicator).text(options.lang), file=sys.stderr)
        return EXIT_MISUSE
    return status
