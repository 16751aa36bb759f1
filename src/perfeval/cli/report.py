"""``perfeval report PATH… -o FILE``: an audit as a workbook, letters, a page or a working paper."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from perfeval.cli.auditing import add_audit, audited, config_of
from perfeval.cli.common import EXIT_DONE, EXIT_MISUSE, complain
from perfeval.cli.written import by_ending, check_folder, needing, replace
from perfeval.messages import Wording
from perfeval.report.dossier import Dossier, dossier_of

_WRITTEN = Wording(
    "CLI-REPORT-DONE",
    "已写入 {path}：{tables} 张表，{findings} 个问题",
    "wrote {path}: {tables} table(s), {findings} finding(s)",
)
_KEPT = Wording(
    "CLI-REPORT-KEPT",
    "保留了原有台账中 {count} 条的状态和反馈",
    "states and replies of {count} entries of the former register are kept",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "report", help="审核报告：工作簿、函件、网页、底稿 / an audit as a document to read"
    )
    add_audit(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=".xlsx 工作簿和问题台账，.docx 函件，.html 网页，.md 底稿 / workbook, letters, page or working paper",
    )
    parser.add_argument(
        "--letter",
        choices=("rectify", "review"),
        default="rectify",
        help="函件：整改通知或复核意见 / the letter: a notice to rectify or a review",
    )
    parser.add_argument(
        "--letter-template", metavar="FILE", help="自己的函件模板（.docx） / a letter template of your own"
    )
    parser.add_argument("--sender", metavar="NAME", help="函件落款单位 / who sends the letter")
    parser.add_argument("--date", help="函件落款日期，如 2026年11月24日 / the date of the letter, as written")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    path = Path(options.output)
    write = by_ending(path, _WRITERS)
    check_folder(path)
    result, reads = audited(options, config_of(options))
    dossier = dossier_of(result)
    with needing("reports", path):
        write(dossier, path, options)
    done = _WRITTEN(path=path, tables=len(dossier.cards), findings=len(result.findings))
    print(done.text(options.lang))
    statuses = [complain(one, options.lang) for one in reads]
    return EXIT_MISUSE if any(status != EXIT_DONE for status in statuses) else EXIT_DONE


def _workbook(dossier: Dossier, path: Path, options: argparse.Namespace) -> None:
    workbook = import_module("perfeval.report.workbook")
    register = workbook.read_register(path) if path.exists() else {}
    replace(path, lambda made: workbook.write_workbook(dossier, made, options.lang, register=register))
    if register:
        print(_KEPT(count=len(register)).text(options.lang), file=sys.stderr)


def _letters(dossier: Dossier, path: Path, options: argparse.Namespace) -> None:
    letter = import_module("perfeval.report.letter")
    given = {
        "kind": options.letter,
        "template": options.letter_template,
        "sender": options.sender,
        "date": options.date,
    }
    written = []
    replace(path, lambda made: written.append(letter.write_letters(dossier, made, options.lang, **given)))
    print(written[0].text(options.lang))


def _page(dossier: Dossier, path: Path, options: argparse.Namespace) -> None:
    page = import_module("perfeval.report.page")
    replace(path, lambda made: page.write_page(dossier, made, options.lang))


def _paper(dossier: Dossier, path: Path, options: argparse.Namespace) -> None:
    paper = import_module("perfeval.report.paper").working_paper(dossier, options.lang)
    replace(path, lambda made: made.write_text(paper, encoding="utf-8", newline="\n"))


_WRITERS: dict[str, Callable[[Dossier, Path, argparse.Namespace], None]] = {
    ".xlsx": _workbook,
    ".docx": _letters,
    ".html": _page,
    ".md": _paper,
}
