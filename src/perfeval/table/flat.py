"""Tables in the flat form, one row an indicator under Chinese headers, as CSV and as a workbook."""

from __future__ import annotations

__all__ = [
    "FLAT_COLUMNS",
    "FUNDING_COLUMNS",
    "HEADING_COLUMNS",
    "INDICATOR_COLUMNS",
    "KEY_COLUMNS",
    "TOTAL_COLUMNS",
    "flat_columns",
    "flat_rows",
    "write_csv",
    "write_xlsx",
]

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from perfeval.errors import UsageError
from perfeval.messages import Wording

Row = Mapping[str, str]
Table = Mapping[str, Any]
"""A table as ``table_data`` gives it, with the ``file`` that it was read from where that is known."""

HEADING_COLUMNS = {
    "文件": "file",
    "项目名称": "name",
    "年度": "year",
    "类型": "kind",
    "阶段": "stage",
    "主管部门": "department",
    "实施单位": "organisation",
    "金额单位": "amount_unit",
}
KEY_COLUMNS = {
    "项目编码": "project_code",
    "单位编码": "unit_code",
    "统一社会信用代码": "credit_code",
    "区划代码": "region_code",
}
# No brackets in these: （执行率）得分 would be read as another 得分.
FUNDING_COLUMNS = {
    "年初预算数": "initial",
    "全年预算数": "adjusted",
    "全年执行数": "executed",
    "执行率": "rate",
    "执行率分值": "weight",
    "执行率得分": "score",
}
INDICATOR_COLUMNS = {
    "指标编码": "id",
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
    "得分": "score",
    "上年完成值": "previous_year",
    "赋分规则": "rule",
    "指标值设定依据": "standard",
    "佐证资料": "evidence",
    "偏差原因分析及改进措施": "deviation",
    "得分系数": "coefficient",
    "扣减分数": "deduction",
    "复核完成值": "review_actual",
    "复核得分": "review_score",
    "复核说明": "review_reason",
}
TOTAL_COLUMNS = {"总分": "score", "自评等级": "grade"}

FLAT_COLUMNS: tuple[str, ...] = tuple(
    # A code stands before the name of what it is the code of.
    dict.fromkeys(
        (
            "文件",
            "项目编码",
            *HEADING_COLUMNS,
            *KEY_COLUMNS,
            *FUNDING_COLUMNS,
            *INDICATOR_COLUMNS,
            *TOTAL_COLUMNS,
        )
    )
)
"""The headers that every flat file has; ``flat_columns`` adds those of keys of one's own."""

_OTHER_KEY = "keys."
_TOTAL_ROW = re.compile("总额|总计|合计")
# The characters that make a spreadsheet compute a cell; and those before which the reader of CSV takes an
# apostrophe off, so that one which was printed there must have another.
_COMPUTED = re.compile(r"[=+\-@＝＋－＠]|'+[=+\-@<>≤≥＜＞＝＋－＠]")
# What XML cannot hold is written in a workbook as _x0001_, and what looks like that as _x005F_x0001_.
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_576

_NO_OPENPYXL = Wording(
    "IN-EXTRA",
    "写 .xlsx 需要 openpyxl，请运行 pip install 'perfeval[documents]'",
    "needs openpyxl to write .xlsx: run pip install 'perfeval[documents]'",
)
_TOO_MANY = Wording(
    "OUT-ROWS",
    "超过 {most} 行，一张工作表放不下，请改用 .csv",
    "there are more than {most} rows, which no sheet holds; write .csv instead",
)


def flat_columns(tables: Iterable[Table]) -> tuple[str, ...]:
    """Give the headers for these tables: ``FLAT_COLUMNS``, then ``keys.…`` for each other key that one has."""
    others = {key for table in tables for key in table.get("keys", {})} - set(KEY_COLUMNS.values())
    return (*FLAT_COLUMNS, *(f"{_OTHER_KEY}{key}" for key in sorted(others)))


def flat_rows(tables: Iterable[Table]) -> Iterator[dict[str, str]]:
    """Give one row for each indicator, with what its table says repeated; a table without any has one row too.

    The cells of indicators, the name, the codes and the organisation are the printed ones, and ``perfeval.read``
    reads them again from what the writers below make. Not in the flat form: whether a column was absent or only
    empty, the parts of a target, title, goals, ``partial``, and rows of money other than the total.
    """
    for table in tables:
        heading = {header: _text(table.get(field)) for header, field in HEADING_COLUMNS.items()}
        keys = table.get("keys", {})
        heading.update({header: _text(keys.get(key)) for header, key in KEY_COLUMNS.items()})
        heading.update(
            {
                f"{_OTHER_KEY}{key}": _text(value)
                for key, value in keys.items()
                if key not in KEY_COLUMNS.values()
            }
        )
        heading.update(_cells(FUNDING_COLUMNS, _total_money(table.get("funding", ()))))
        heading.update(_cells(TOTAL_COLUMNS, table.get("total", {})))
        indicators: Sequence[Mapping[str, Any]] = table.get("indicators") or ({},)
        for indicator in indicators:
            yield {**heading, **_cells(INDICATOR_COLUMNS, indicator)}


def _cells(columns: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str]:
    return {header: _text(row.get(field)) for header, field in columns.items()}


def _total_money(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Give the row of the total; forms print it first, and most of them call it so."""
    named = (row for row in rows if _TOTAL_ROW.search(row.get("label") or ""))
    return next(named, rows[0] if rows else {})


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "".join(str(value.get(part, "")) for part in ("operator", "value", "unit"))
    return "" if value is None else str(value)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write CSV as spreadsheets in Chinese open it: UTF-8 with its mark, lines ending in CR LF.

    ``=100%`` is a target here and a formula there: a cell that a spreadsheet would compute has an apostrophe
    before it, which our own reader takes off again. White space around a cell is left out, so that no tab or
    line end can hide a formula behind it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerows([_guarded(text) for text in line] for line in _lines(columns, rows))


def _guarded(text: str) -> str:
    text = text.strip()
    return f"'{text}" if _COMPUTED.match(text) else text


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a workbook of one sheet in which each cell is a text; give how many texts a cell was too small for.

    Such a text is cut and ends in ``…``. Rows are written as they come and not kept. Raises UsageError where
    openpyxl is not installed or a sheet has no room for the rows.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra, imported where it is used
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - the same
    except ImportError:
        raise UsageError(_NO_OPENPYXL()) from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("perfeval")
    sheet.freeze_panes = "A2"
    cut = 0
    try:
        for number, line in enumerate(_lines(columns, rows)):
            if number == _MOST_ROWS:
                raise UsageError(_TOO_MANY(most=_MOST_ROWS))  # noqa: TRY301 - the sheet has to be closed
            cells: list[object] = []
            for text in line:
                if not text:
                    cells.append(None)
                    continue
                escaped = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
                if len(escaped) > _MOST_CHARACTERS:
                    cut += 1
                    escaped = f"{escaped[: _MOST_CHARACTERS - 1]}…"
                cell = WriteOnlyCell(sheet, escaped)
                cell.data_type = "s"  # openpyxl takes =100% for a formula and #N/A for an error
                cells.append(cell)
            sheet.append(cells)
    except BaseException:
        with suppress(Exception):  # what is thrown away half written must be closed, and may be past that
            sheet.close()
        raise
    book.save(path)
    return cut


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[Sequence[str]]:
    yield columns
    for row in rows:
        yield [row.get(column, "") for column in columns]
