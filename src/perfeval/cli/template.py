"""``perfeval template -o FILE``: an empty form that scores itself, or the template of letters."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
from importlib import import_module
from pathlib import Path

from perfeval.cli.auditing import add_config, config_of
from perfeval.cli.common import EXIT_DONE, add_language, add_rulebook
from perfeval.cli.written import replace
from perfeval.errors import UsageError
from perfeval.messages import Message, Wording
from perfeval.rulebook import load_rulebook
from perfeval.table import TableKind

_FORMS = (TableKind.PROJECT.value, TableKind.WHOLE_UNIT.value)
_SUFFIX = Wording(
    "CLI-TEMPLATE",
    "自评表的 -o 应以 .xlsx 结尾，函件模板须加 --letter 并以 .docx 结尾；现为 {given}",
    "-o ends in .xlsx for a form, in .docx for the template of letters (--letter), not in {given}",
)
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
    "写模板需要 {module}，请运行 pip install 'perfeval[reports]'",
    "needs {module} to write a template: run pip install 'perfeval[reports]'",
)
_WRITTEN = Wording("CLI-TEMPLATE-DONE", "已写入 {path}（评分办法 {book}）", "wrote {path} (rule book {book})")
_LETTER = Wording(
    "CLI-TEMPLATE-LETTER",
    "已写入 {path}；在 Word 或 WPS 中修改后，用 perfeval report -o 函件.docx --letter-template {path}",
    "wrote {path}; change it in Word or WPS, then: perfeval report -o letter.docx --letter-template {path}",
)
_MOST_ROWS = 200


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "template",
        help="自动评分的空白自评表，或函件模板 / an empty form that scores itself, or the template of letters",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--form",
        choices=_FORMS,
        help="项目（默认）或部门整体 / of a project (the default) or of a whole unit",
    )
    kinds.add_argument(
        "--letter",
        action="store_true",
        help="函件模板，供 report --letter-template 使用 / the template of letters, to be changed",
    )
    add_rulebook(parser)
    add_config(parser)
    parser.add_argument(
        "--rows", default="30", metavar="N", help="指标行数 / how many indicators it has room for"
    )
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="X.xlsx, X.docx (--letter)")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    path = Path(options.output)
    if path.suffix.lower() != (".docx" if options.letter else ".xlsx"):
        raise UsageError(_SUFFIX(given=path.suffix or path.name))
    if path.exists():
        raise UsageError(_EXISTS(path=path))
    try:
        done = _letter(path, options) if options.letter else _form(path, options)
    except ModuleNotFoundError as error:
        raise UsageError(_MISSING(module=error.name)) from None
    print(done.text(options.lang))
    return EXIT_DONE


def _letter(path: Path, options: argparse.Namespace) -> Message:
    letter = import_module("perfeval.report.letter")
    replace(path, lambda made: letter.write_template(made, options.lang))
    return _LETTER(path=path)


def _form(path: Path, options: argparse.Namespace) -> Message:
    rows = _rows(options.rows)
    book = load_rulebook(options.rulebook)
    settings = config_of(options).settings
    form = import_module("perfeval.report.template")
    kind = TableKind(options.form or TableKind.PROJECT)
    replace(path, lambda made: form.write_template(kind, book, made, options.lang, rows, settings))
    return _WRITTEN(path=path, book=book.id)


def _rows(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= _MOST_ROWS):
        raise UsageError(_ROWS(most=_MOST_ROWS, given=given))
    return int(given)
