"""An empty form that scores itself in WPS, Excel and LibreOffice, and reads back (extra ``reports``)."""

from __future__ import annotations

__all__ = ["write_template"]

from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from perfeval.auditing import AuditSettings
from perfeval.messages import Language
from perfeval.report.template.form import FORM_WIDTHS, Form
from perfeval.report.template.words import CALCULATION, FORM
from perfeval.report.workbook.writer import Page, Styles
from perfeval.rulebook import RuleBook
from perfeval.table import TableKind

_FONT = {"font_name": "宋体", "valign": "vcenter"}
_TITLE = {**_FONT, "font_size": 16, "bold": True, "align": "center"}
_RATE = {**_FONT, "font_size": 10, "border": 1, "align": "center", "num_format": "0.00%"}
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - the same bytes for the same input, whenever that is


def write_template(
    kind: TableKind,
    book: RuleBook,
    path: str | Path,
    language: Language = "zh",
    rows: int = 30,
    settings: AuditSettings | None = None,
) -> None:
    """Write the empty form of a project or a whole unit; ``language`` is that of what it asks for.

    ``settings`` hold the marks from which it asks for a reason, those of an audit.

    Its scores are those of the rule book, to the last digit; what a spreadsheet cannot compute exactly stays blank.
    Raises UsageError for a book whose rules a form cannot offer or a spreadsheet cannot compute.
    """
    # What is wrong with a book is said before a file is begun.
    form = Form.of(kind, book, language, rows, settings or AuditSettings())
    with Workbook(str(path)) as workbook:
        workbook.set_properties({"created": _CREATED})
        styles = Styles.of(workbook)
        sheet = Page.of(workbook, styles, FORM, FORM_WIDTHS)
        work = Page.of(workbook, styles, CALCULATION, ())
        form.write(sheet, work, workbook.add_format(_TITLE), workbook.add_format(_RATE))
        sheet.close()
        work.close()
