"""``perfeval summarize DIR``: what many tables show together, and which of them to look at."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from perfeval.auditing import AuditResult
from perfeval.cli.auditing import add_audit, audited, config_of
from perfeval.cli.common import EXIT_DONE, EXIT_MISUSE, complain, print_json
from perfeval.cli.written import by_ending, check_folder, needing, replace
from perfeval.errors import Problem, UsageError
from perfeval.messages import Language, Wording
from perfeval.portfolio import GroupedBy, SignalSettings, Summary, Weighing, summarize
from perfeval.report.summary import summary_csv, summary_data, summary_text, write_csv, write_json

_FORMATS = ("text", "json", "csv")
_WHOLE = Wording(
    "CLI-WHOLE", "{option} 应为整数，现为 {given}", "{option} must be a whole number, not {given}"
)
_WRITTEN = Wording("CLI-SUMMARIZED", "已写入 {path}：{tables} 张表", "wrote {path}: {tables} table(s)")


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
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--output-format", choices=_FORMATS, default="text", help="输出格式 / output format")
    output.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=".html 网页，.xlsx 工作簿，.parquet、.csv 一行一张表，.json / page, workbook, one row a table, or JSON",
    )
    parser.set_defaults(run=_run)


def _whole(given: str, option: str) -> int:
    try:
        return int(given.replace("－", "-"))  # main() lets a negative number pass argparse like this
    except ValueError:
        raise UsageError(_WHOLE(option=option, given=given)) from None


def _run(options: argparse.Namespace) -> int:
    path = None if options.output is None else Path(options.output)
    write = None if path is None else _writer(path)
    config = config_of(options)
    result, reads = audited(options, config)
    summary = _summary(result, options, config.signals)
    if path is not None and write is not None:
        replace(path, lambda made: write(summary, made, options.lang, result.problems))
        print(_WRITTEN(path=path, tables=len(summary.lines)).text(options.lang))
    elif options.output_format == "json":
        print_json(summary_data(summary, options.lang, result.problems))
    elif options.output_format == "csv":
        sys.stdout.write("\ufeff" + summary_csv(summary))
    else:
        print(summary_text(summary, options.lang))
    statuses = [complain(one, options.lang) for one in reads]
    return EXIT_DONE if all(status == EXIT_DONE for status in statuses) else EXIT_MISUSE


def _summary(result: AuditResult, options: argparse.Namespace, settings: SignalSettings) -> Summary:
    return summarize(
        result,
        by=GroupedBy(options.by),
        sample=None if options.sample is None else _whole(options.sample, "--sample"),
        weighing=Weighing(options.weigh),
        seed=_whole(options.seed, "--seed"),
        settings=settings,
    )


_Write = Callable[[Summary, Path, Language, Sequence[Problem]], None]


def _writer(path: Path) -> _Write:
    """Give the writer for an ending; what is missing for it is said before anything is read."""
    extra, load = by_ending(path, _WRITERS)
    check_folder(path)
    with needing(extra, path):
        return load()


def _page() -> _Write:
    write: _Write = import_module("perfeval.report.summary.page").write_page
    return write


def _workbook() -> _Write:
    write: _Write = import_module("perfeval.report.summary.workbook").write_workbook
    return write


def _parquet() -> _Write:
    parquet = import_module("perfeval.report.summary.parquet")
    return lambda summary, path, *_: parquet.write_parquet(summary, path)


_WRITERS: Mapping[str, tuple[str, Callable[[], _Write]]] = {
    ".html": ("reports", _page),
    ".xlsx": ("reports", _workbook),
    ".parquet": ("frames", _parquet),
    ".csv": ("", lambda: lambda summary, path, *_: write_csv(summary, path)),
    ".json": ("", lambda: write_json),
}
