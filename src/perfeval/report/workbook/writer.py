"""Cells of a sheet: texts that never become formulas, numbers without binary dust, and the formats."""

from __future__ import annotations

__all__ = ["Page", "Styles", "new_workbook"]

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import attrs
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from perfeval.report.workbook.names import clean

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - the same bytes for the same input, whenever that is
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_A4 = 9
_SIDE, _END = 0.4, 0.6  # exact: inches of paper around the sheet
_RIGHT = {"align": "right", "indent": 1}  # the text of the next cell must not touch a number
_LINE = 14  # points
_HIGHEST = 409  # of a row, in points
_STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "border": 1},
    "plain": {},
    "across": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "label": {"bold": True},
    "header": {"bold": True, "text_wrap": True, "border": 1, "align": "center", "bg_color": "#DDE6F0"},
    "centred": {"text_wrap": True, "border": 1, "align": "center"},
    "number": {"border": 1, **_RIGHT},
    "made": {
        "border": 1,
        "bold": True,
        "bg_color": "#EEF3E6",
        "text_wrap": True,
        "num_format": "0.00##",
        **_RIGHT,
    },
    "points": {"border": 1, "num_format": "0.00##", **_RIGHT},
    "money": {"border": 1, "num_format": "#,##0.00", **_RIGHT},
    "share": {"border": 1, "num_format": "0.00%", **_RIGHT},
    "difference": {"border": 1, "num_format": "+0.00##;-0.00##;0", **_RIGHT},
    "figure": {"border": 1, "bg_color": "#EDEDED", "font_color": "#404040", **_RIGHT},
    "link": {"border": 1, "text_wrap": True, "font_color": "#0B5394", "underline": 1},
    "entry": {"border": 1, "text_wrap": True, "bg_color": "#FFFBE6"},
    "error": {"border": 1, "text_wrap": True, "bg_color": "#F8D7D3"},
    "warning": {"border": 1, "text_wrap": True, "bg_color": "#FFE9BF"},
    "note": {"border": 1, "text_wrap": True, "bg_color": "#E3EEF9"},
}
_STYLES |= {
    f"{name} amount": {**_STYLES[name], **_RIGHT} for name in ("text", "error", "warning", "note", "entry")
}
_STYLES["entry centred"] = {**_STYLES["entry"], "align": "center"}


def new_workbook(path: str | Path) -> Workbook:
    """Give a workbook that is written when it is closed: no text becomes a formula, link or number by itself."""
    workbook = Workbook(str(path), _OPTIONS)
    workbook.set_properties({"created": _CREATED})
    return workbook


def _lines(text: str, width: int) -> int:
    """Give how many lines a text needs; a Chinese letter is as wide as two others."""
    wide = sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
    return max(1, -(-wide // width))


@attrs.frozen
class Styles:
    """The formats of one workbook, by name."""

    _formats: dict[str, Format]

    @classmethod
    def of(cls, workbook: Workbook) -> Styles:
        """Make the formats of a workbook."""
        return cls({name: workbook.add_format({**_FONT, **style}) for name, style in _STYLES.items()})

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]


@attrs.frozen
class Page:
    """One sheet, A4 across, fitted to the width of the paper; its rows are as high as their texts once it is closed."""

    sheet: Worksheet
    styles: Styles
    name: str
    _widths: dict[int, int] = attrs.field(factory=dict)
    _lines: dict[int, int] = attrs.field(factory=dict)

    @classmethod
    def of(cls, workbook: Workbook, styles: Styles, name: str, widths: Sequence[int]) -> Page:
        """Add a sheet."""
        sheet = workbook.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(_SIDE, _SIDE, _END, _END)
        sheet.set_footer("&C&P / &N")
        page = cls(sheet, styles, name)
        page.set_widths(widths)
        return page

    def set_widths(self, widths: Sequence[int]) -> None:
        """Set the widths of the columns from the first on, in letters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
            self._widths[column] = width

    def close(self) -> None:
        """Set the heights of the rows: not every program finds them by itself."""
        for row, lines in self._lines.items():
            self.sheet.set_row(row, min(lines * _LINE + 2, _HIGHEST))

    def title(self, text: object) -> None:
        """Write the title of the sheet into its first cell."""
        self.text(0, 0, text, "title")
        self._lines[0] = 2

    def text(self, row: int, column: int, text: object, style: str = "text") -> None:
        """Write a text; whatever it begins with, it stays one."""
        shown = clean(text)
        if shown:
            if _STYLES[style].get("text_wrap"):
                lines = sum(_lines(line, self._widths.get(column, 8)) for line in shown.split("\n"))
                self._lines[row] = max(self._lines.get(row, 1), lines)
            self.sheet.write_string(row, column, shown, self.styles[style])
        else:
            self.sheet.write_blank(row, column, None, self.styles[style])

    def fill(self, row: int, first: int, stop: int, style: str) -> None:
        """Write blank cells from the first column up to ``stop``."""
        for column in range(first, stop):
            self.text(row, column, "", style)

    def across(self, row: int, first: int, last: int, text: str) -> None:
        """Write a text over several columns."""
        self.sheet.merge_range(row, first, row, last, None, self.styles["across"])
        self.sheet.write_string(row, first, clean(text), self.styles["across"])
        room = sum(self._widths.get(column, 8) for column in range(first, last + 1))
        self._lines[row] = sum(_lines(line, room) for line in text.split("\n"))

    def number(self, row: int, column: int, number: Decimal | int | None, style: str = "number") -> None:
        """Write a number as it is; None is a blank cell."""
        if number is None:
            self.text(row, column, "", style)
        else:
            self.sheet.write_number(row, column, number, self.styles[style])

    def formula(self, row: int, column: int, formula: str, value: Decimal | str, style: str) -> None:
        """Write a formula with the value that it has, which is shown where nothing computes."""
        self.sheet.write_formula(row, column, f"={formula}", self.styles[style], value)

    def header(self, row: int, texts: Sequence[str]) -> None:
        """Write a row of headings."""
        for column, text in enumerate(texts):
            self.text(row, column, text, "header")

    def link(self, row: int, column: int, target: str, text: str) -> None:
        """Write a link to a cell of this workbook."""
        lines = _lines(text, self._widths.get(column, 8))
        self._lines[row] = max(self._lines.get(row, 1), lines)
        done = self.sheet.write_url(row, column, f"internal:{target}", self.styles["link"], clean(text))
        if done:  # more links than a sheet can hold
            self.text(row, column, text)

    @staticmethod
    def cell(row: int, column: int) -> str:
        """Give the reference of a cell."""
        return str(xl_rowcol_to_cell(row, column))
