"""``perfeval convert PATH… -o X.toml|json|csv|xlsx``: the tables of any number of documents in one file."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from perfeval.cli.common import (
    EXIT_MISUSE,
    MANY,
    Read,
    add_language,
    add_map,
    add_paths,
    complain,
    remark,
    words_of,
)
from perfeval.cli.gather import FileReader, found_in, read_all, reader_name
from perfeval.cli.journal import NOT_A_TABLE, Journal
from perfeval.cli.written import WRITERS, Documents, check_folder, replace
from perfeval.errors import Problem, UsageError
from perfeval.findings import Severity
from perfeval.messages import Language, Wording

EXIT_INTERRUPTED = 130
_MOST_JOBS = 256

_SUFFIX = Wording(
    "CLI-OUTPUT",
    "输出文件 {path} 应以 .toml 或 .json 结尾，一行一个指标的平表以 .csv 或 .xlsx 结尾",
    "the output {path} must end in .toml or .json, or in .csv or .xlsx for one row an indicator",
)
_JOBS = Wording(
    "CLI-JOBS",
    "--jobs 应为 1 到 {most} 的整数，现为 {given}",
    "--jobs must be a whole number from 1 to {most}, not {given}",
)
_INTERRUPTED = Wording("CLI-STOPPED", "已中断，没有写输出文件", "interrupted; no output was written")
_RESUMABLE = Wording(
    "CLI-STOPPED",
    "已中断，没有写输出文件；已读的结果在 {path}，再次运行同一命令即从中断处继续",
    "interrupted; no output was written. What was read is in {path}: run the same command again to go on",
)
_RESUMABLE = Wording(
    "CLI-STOPPED",
    "已中断，没有写输出文件；已读的结果在 {path}，再次运行同一命令即从中断处继续",
    "interrupted; no output was written. What was read is in {path}: run the same command again to go on",
)
_CUT = Wording(
    "CLI-CUT",
    "有 {count} 个单元格超过 Excel 的 32767 字符，已截断并以“…”结尾；请用 .csv 保留全文",
    "{count} cells have more than the 32767 characters that Excel holds and were cut, ending in …; .csv keeps all",
)
_SUMMARY = Wording(
    "CLI-SUMMARY",
    "共 {documents} 个文件：{full} 个读出 {tables} 张表，{without} 个没有表，{unread} 个未能读取",
    "{documents} documents: {tables} tables from {full}, {without} without tables, {unread} not read",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("convert", help="转换格式 / convert tables")
    add_paths(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="X.toml、X.json、X.csv 或 X.xlsx / X.toml, X.json, X.csv or X.xlsx",
    )
    parser.add_argument(
        "--jobs", default="1", metavar="N", help="同时读取的进程数 / how many processes read at a time"
    )
    add_map(parser)
    parser.add_argument(
        "--journal",
        metavar="FILE",
        help="保留进度文件；默认 X.journal，完成后删除 / keep the journal; by default X.journal, removed at the end",
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output, jobs = Path(options.output), _jobs(options.jobs)
    write = WRITERS.get(output.suffix.lower())
    if write is None:
        raise UsageError(_SUFFIX(path=output))
    check_folder(output)
    words_of(options.map)  # and so is what is wrong with a map
    missing: list[Problem] = []
    own = {output.resolve(), Path(options.journal).resolve() if options.journal else None}
    documents = [
        found for found in found_in(options.paths, missing) if found.is_named or found.real not in own
    ]
    kept = Path(options.journal) if options.journal else None
    if kept is None and (len(documents) > MANY or any(not document.is_named for document in documents)):
        kept = output.with_name(f"{output.name}.journal")
    reader = FileReader(reader_name(options.map), options.map)
    try:
        with Journal.open(kept, reader.name) as journal:
            read_documents = Documents(journal, documents, read_all(documents, reader, journal, jobs))
            status = _report(
                read_documents,
                missing,
                lambda: replace(output, lambda path: write(path, read_documents)),
                options.lang,
            )
    except KeyboardInterrupt:
        message = _RESUMABLE(path=kept) if kept else _INTERRUPTED()
        print(message.text(options.lang), file=sys.stderr)
        return EXIT_INTERRUPTED
    if kept is not None and options.journal is None:
        kept.unlink(missing_ok=True)
    return status


def _jobs(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= _MOST_JOBS):
        raise UsageError(_JOBS(most=_MOST_JOBS, given=given))
    return int(given)


def _report(
    documents: Documents, missing: list[Problem], write: Callable[[], int], language: Language
) -> int:
    """Write the output, then to stderr the readers' remarks, what could not be read and the sum; give the status."""
    passed_over: list[Problem] = []
    problems: list[Problem] = list(missing)
    tables = full = unread = count = 0
    is_refused = False
    for document, entry in documents.entries():
        count += 1
        tables += len(entry.tables)
        full += bool(entry.tables)
        is_other = entry.is_settled and not (document.is_named and not entry.document)
        (passed_over if is_other else problems).extend(entry.problems)
        unread += not is_other and any(problem.message.code not in NOT_A_TABLE for problem in entry.problems)
        is_refused = is_refused or any(finding.severity is Severity.ERROR for finding in entry.findings)
    cut = write() if tables else 0
    for _, entry in documents.entries():
        remark(entry.findings, language)
    if cut:
        print(_CUT(count=cut).text(language), file=sys.stderr)
    if not tables:  # nothing was looked at: that is no success
        problems, passed_over = [*passed_over, *problems], []
    status = complain(Read((), (), tuple(passed_over), tuple(problems)), language)
    count, unread = count + len(missing), unread + len(missing)
    if count > MANY or full < count or sys.stderr.isatty():
        summary = _SUMMARY(
            documents=count, tables=tables, full=full, without=count - full - unread, unread=unread
        )
        print(summary.text(language), file=sys.stderr)
    return EXIT_MISUSE if is_refused else status
