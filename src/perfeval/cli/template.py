"""``perfeval template --form FORM -o FILE``: an empty form that scores itself."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
from importlib import import_module
from pathlib import Path

from perfeval.cli.common import EXIT_DONE, add_language, add_rulebook
from perfeval.cli.written import replace
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.rulebook import load_rulebook
from perfeval.table import TableKind

_FORMS = (TableKind.PROJECT.value, TableKind.WHOLE_UNIT.value)
_SUFFIX = Wording("CLI-TEMPLATE", "-o 的后缀应为 .xlsx，现为 {given}", "-o ends in .xlsx, not in {given}")
_EXISTS = Wording(
    "CLI-TEMPLATE-EXISTS",
    "{path} 已存在，其中可能有填好的内容；请换一个文件名",
    "{path} is there already and may have been filled in; give another name",
)
_ROWS = Wording(
    "CLI-TEMPLATE-ROWS",
    "--rows 应为 1 到 {most} 的整数，现为 {given}",
    "--rows must be a whole number from 1 to {most}, not {given}",
)
_MISSING = Wording(
    "CLI-TEMPLATE-EXTRA",
    "写表需要 {module}，请运行 pip install 'perfeval[reports]'",
    "needs {module} to write a form: run pip install 'perfeval[reports]'",
)
_WRITTEN = Wording("CLI-TEMPLATE-DONE", "已写入 {path}（评分办法 {book}）", "wrote {path} (rule book {book})")
_MOST_ROWS = 200


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "template", help="自动评分的空白自评表 / an empty form that scores itself, for WPS and Excel"
    )
    parser.add_argument(
        "--form", choices=_FORMS, default=_FORMS[0], help="项目或部门整体 / of a project or of a whole unit"
    )
    add_rulebook(parser)
    parser.add_argument(
        "--rows", default="30", metavar="N", help="指标行数 / how many indicators it has room for"
    )
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="X.xlsx")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    path = Path(options.output)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(_SUFFIX(given=path.suffix or path.name))
    if path.exists():
        raise UsageError(_EXISTS(path=path))
    rows = _rows(options.rows)
    book = load_rulebook(options.rulebook)
    try:
        write = import_module("perfeval.report.template").write_template
    except ModuleNotFoundError as error:
        raise UsageError(_MISSING(module=error.name)) from None
    replace(path, lambda made: write(TableKind(options.form), book, made, options.lang, rows))
    print(_WRITTEN(path=path, book=book.id).text(options.lang))
    return EXIT_DONE


def _rows(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= _MOST_ROWS):
        raise UsageError(_ROWS(most=_MOST_ROWS, given=given))
    return int(given)
