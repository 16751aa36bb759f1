"""``perfeval summarize DIR``: what many tables show together, and which of them to look at."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import sys

from perfeval.cli.auditing import add_audit, audited, config_of
from perfeval.cli.common import EXIT_DONE, EXIT_MISUSE, complain, print_json
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.portfolio import GroupedBy, Weighing, summarize
from perfeval.report.summary.data import summary_csv, summary_data
from perfeval.report.summary.text import summary_text
from perfeval.version import VERSION

_FORMATS = ("text", "json", "csv")
_WHOLE = Wording(
    "CLI-WHOLE", "{option} 应为整数，现为 {given}", "{option} must be a whole number, not {given}"
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("summarize", help="汇总多张表、抽查 / many tables together, and a sample")
    add_audit(parser)
    parser.add_argument(
        "--by",
        choices=tuple(map(str, GroupedBy)),
        default=str(GroupedBy.DEPARTMENT),
        help="按部门、单位或年度分组 / what to group by",
    )
    parser.add_argument("--sample", metavar="N", help="抽查几张 / how many tables to draw")
    parser.add_argument(
        "--weigh",
        choices=tuple(map(str, Weighing)),
        default=str(Weighing.RISK),
        help="按风险或预算金额抽查 / draw by risk or by budget",
    )
    parser.add_argument(
        "--seed", default="0", metavar="S", help="抽查的种子，相同则结果相同 / the same seed draws the same"
    )
    parser.add_argument("--output-format", choices=_FORMATS, default="text", help="输出格式 / output format")
    parser.set_defaults(run=_run)


def _whole(given: str, option: str) -> int:
    try:
        return int(given.replace("－", "-"))  # main() lets a negative number pass argparse like this
    except ValueError:
        raise UsageError(_WHOLE(option=option, given=given)) from None


def _run(options: argparse.Namespace) -> int:
    config = config_of(options)
    result, reads = audited(options, config)
    summary = summarize(
        result,
        by=GroupedBy(options.by),
        sample=None if options.sample is None else _whole(options.sample, "--sample"),
        weighing=Weighing(options.weigh),
        seed=_whole(options.seed, "--seed"),
        settings=config.signals,
    )
    if options.output_format == "json":
        print_json(summary_data(summary, VERSION, result.problems, options.lang))
    elif options.output_format == "csv":
        sys.stdout.write("\ufeff" + summary_csv(summary))
    else:
        print(summary_text(summary, options.lang))
    statuses = [complain(one, options.lang) for one in reads]
    return EXIT_DONE if all(status == EXIT_DONE for status in statuses) else EXIT_MISUSE
