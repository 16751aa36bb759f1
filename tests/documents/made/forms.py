"""The forms as data: what each prints, under which words, and how it is drawn and what is true of it."""

from __future__ import annotations

__all__ = ["FORMS", "Column", "Form", "Look", "Truth", "draw", "draw_export", "truth"]

import tomllib
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import attrs

from documents.made.drawn import Cell, Drawn
from documents.made.invented import Facts, Row

Truth = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]


@attrs.frozen
class Column:
    """One column of the indicator table; ``headers`` are the words that forms print for it."""

    field: str
    headers: tuple[str, ...]
    group: str = ""


@attrs.frozen(kw_only=True)
class Form:
    """One form. ``sides`` are the labels merged down beside money, goal and indicators; empty for none."""

    kind: str
    stage: str = "self"
    titles: tuple[str, ...]
    pairs: tuple[Pairs, ...]
    labels: tuple[str, ...] = ()
    money: Pairs = ()
    goal: Pairs = ()
    columns: tuple[Column, ...]
    sides: tuple[str, str, str] = ("项目资金", "年度总体目标", "年度绩效指标")
    totals: tuple[str, ...] = ()
    grade: str = ""
    execution: int = 10
    is_old: bool = False
    has_points_in_level1: bool = False
    has_points_in_level2: bool = False


@attrs.frozen(kw_only=True)
class Look:
    """How a table is drawn: choices that change nothing of what it says."""

    unit_at: str = "label"
    levels: str = "merged"
    has_sides: bool = True
    has_title: bool = False
    total: str = "cells"
    tags: bool = False


def _forms() -> dict[str, Form]:
    """Read the forms; columns of money and goal are kept as (field, word)."""
    forms: dict[str, Form] = {}
    text = Path(__file__).with_name("forms.toml").read_text(encoding="utf-8")
    for name, entry in tomllib.loads(text).items():
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        given["columns"] = tuple(
            Column(field, tuple(words), *rest) for field, words, *rest in given["columns"]
        )
        given["pairs"] = tuple(tuple((word, field) for word, field in pairs) for pairs in given["pairs"])
        for key in ("money", "goal"):
            given[key] = tuple((field, word) for word, field in given.get(key, ()))
        forms[name] = Form(**given)
    return forms


FORMS = _forms()
_CELLS = {column.field for form in FORMS.values() for column in form.columns} - {
    "operator", "value", "unit", "value_at_start", "core",
}  # fmt: skip
_PLATFORM_ANSWERS = {"—": "部分达成", "达成预期指标": "达成"}


def _known(form: Form, facts: Facts) -> list[Row]:
    """Give the rows as this form words them."""
    rows = []
    for row in facts["indicators"]:
        level1, level2, actual = row["level1"], row["level2"], row["actual"]
        if form.has_points_in_level1:
            level1 = f"{level1}({_points(facts, 'level1', row)}分)"
        if form.has_points_in_level2:
            level2 = f"{level2}({_points(facts, 'level2', row)})"
            actual = _PLATFORM_ANSWERS.get(actual, actual)
        rows.append({**row, "level1": level1, "level2": level2, "actual": actual})
    return rows


def _points(facts: Facts, field: str, row: Row) -> str:
    same = [
        Decimal(other["weight"])
        for other in facts["indicators"]
        if other[field] == row[field] and other["level1"] == row["level1"]
    ]
    return f"{sum(same):f}".removesuffix(".0")


def _printed(row: Row, field: str) -> str:
    for place in (row, row.get("parts", {}), row.get("extra", {})):
        if field in place:
            return str(place[field])
    raise KeyError(field)


def _said(facts: Facts, key: str) -> str:
    """Give the value beside a label; ``=`` begins a value that is the form's own."""
    if key.startswith("="):
        return key[1:]
    return f"{facts['code']}-{facts['name']}" if key == "code_name" else str(facts[key])


def truth(form: Form, facts: Facts, look: Look, title: str) -> Truth:
    """Give what a reader must find in the drawn table."""
    fields = {column.field for column in form.columns}
    keys = {key for pair in form.pairs for _, key in pair}
    said: Truth = {"kind": form.kind, "stage": form.stage, "year": facts["year"], "partial": False}
    said["keys"] = {"project_code": facts["code"]} if keys & {"code", "code_name"} else {}
    if title:
        said["title"] = title
    said |= {key: facts[key] for key in ("name", "department", "organisation") if key in keys}
    if "code_name" in keys or form.kind == "whole_unit":
        said["name"] = facts["name"]
    if form.money:
        said["amount_unit"] = facts["unit"]
    said["goal"] = {field: facts["goal"][field] for field, _ in form.goal}
    wanted = [field for field, _ in form.money]
    money = facts["funding"] if wanted else []
    said["funding"] = [{field: row[field] for field in ("label", *wanted)} for row in money]
    said["indicators"] = []
    for row in _known(form, facts):
        cells: Row = {field: _printed(row, field) for field in sorted(fields & _CELLS)}
        if "operator" in fields:
            cells["target"] = {part: text for part, text in row["parts"].items() if text}
        said["indicators"].append(cells)
    printed = facts.get("total", {}) if form.totals else {}
    total = {field: printed[field] for field in ("weight", "score") if field in fields and field in printed}
    if look.total == "merged" and "weight" in total:
        total["weight"] = ""
    said["total"] = total
    if form.grade:
        said["total"] = {"grade": facts["total"]["grade"]}
    return said


def spread(count: int, columns: int) -> list[int]:
    """Share columns out among cells, the wider ones first."""
    base, more = divmod(columns, count)
    return [base + (index < more) for index in range(count)]


def _line(texts: list[str], columns: int) -> tuple[Cell, ...]:
    widths = spread(len(texts), columns)
    return tuple(Cell(text, 1, width) for text, width in zip(texts, widths, strict=True))


def _money(form: Form, facts: Facts, look: Look, columns: int) -> list[tuple[Cell, ...]]:
    side = form.sides[0]
    unit = f"({facts['unit']})" if look.unit_at == "label" else ""
    label = "资金来源" if side else f"资金来源{unit}"
    first = "" if form.sides[0] == "项目资金" else label
    rows = [_line([first, *[header for _, header in form.money]], columns - bool(side))]
    rows += [
        _line([row["label"], *[row[field] for field, _ in form.money]], columns - bool(side))
        for row in facts["funding"]
    ]
    if side:
        rows[0] = (Cell(side + unit, len(rows)), *rows[0])
    return rows


def _goal(form: Form, facts: Facts, look: Look, columns: int) -> list[tuple[Cell, ...]]:
    texts = [facts["goal"][field] for field, _ in form.goal]
    if look.tags:
        texts = [
            "".join(f"<p>{part}</p>" for part in text.replace("，", "，\n", 1).split("\n")) for text in texts
        ]
    if len(form.goal) == 1:
        return [(Cell(form.goal[0][1]), Cell(texts[0], 1, columns - 1))]
    side = form.sides[1]
    rows = [
        _line([header for _, header in form.goal], columns - bool(side)),
        _line(texts, columns - bool(side)),
    ]
    if side:
        rows[0] = (Cell(side, 2), *rows[0])
    return rows


def _header(form: Form, random: Random, widths: list[int]) -> list[tuple[Cell, ...]]:
    words = [random.choice(column.headers) for column in form.columns]
    cells = [Cell(word, 1, width) for word, width in zip(words, widths, strict=True)]
    if not any(column.group for column in form.columns):
        return [tuple(cells)]
    upper: list[Cell] = []
    group = ""
    for column, cell in zip(form.columns, cells, strict=True):
        if not column.group:
            upper.append(attrs.evolve(cell, row_span=2))
        elif column.group == group:
            upper[-1] = attrs.evolve(upper[-1], column_span=upper[-1].column_span + cell.column_span)
        else:
            upper.append(Cell(column.group, 1, cell.column_span))
        group = column.group
    lower = [cell for column, cell in zip(form.columns, cells, strict=True) if column.group]
    return [tuple(upper), tuple(lower)]


def _body(form: Form, rows: list[Row], look: Look, widths: list[int]) -> list[tuple[Cell, ...]]:
    lines = []
    for index, row in enumerate(rows):
        cells = []
        for column, width in zip(form.columns, widths, strict=True):
            text, high = _printed(row, column.field), 1
            if column.field in {"level1", "level2"} and look.levels != "repeated":
                before = rows[index - 1] if index else {}
                goes_on = _same(before, row, column.field)
                if look.levels == "merged":
                    if goes_on:
                        continue
                    while index + high < len(rows) and _same(
                        rows[index + high - 1], rows[index + high], column.field
                    ):
                        high += 1
                elif goes_on:
                    text = ""
            cells.append(Cell(text, high, width))
        lines.append(tuple(cells))
    return lines


def _same(above: Row, row: Row, field: str) -> bool:
    return all(above.get(name) == row[name] for name in ("level1", field))


def _total(form: Form, facts: Facts, look: Look, widths: list[int], label: str) -> tuple[Cell, ...]:
    fields = [column.field for column in form.columns]
    total = facts["total"]
    at = fields.index("score" if look.total == "merged" or "weight" not in fields else "weight")
    cells = [Cell(label, 1, sum(widths[:at]))]
    rest = list(zip(fields, widths, strict=True))[at:]
    return (
        *cells,
        *[Cell(total.get(name, "") if name in {"weight", "score"} else "", 1, wide) for name, wide in rest],
    )


def draw(form: Form, facts: Facts, look: Look, random: Random, title: str) -> Drawn:
    """Draw one table in this form."""
    has_side = bool(form.sides[2])
    columns = max(len(form.columns) + has_side, len(form.money) + 1 + bool(form.sides[0]), 4)
    widths = [1] * len(form.columns)
    widths[min(2, len(widths) - 1)] += columns - has_side - len(form.columns)
    rows: list[tuple[Cell, ...]] = []
    if look.has_title:
        rows += [(Cell(title, 1, columns),), (Cell(f"({facts['year']}年度)", 1, columns),)]
    if look.unit_at == "cell":
        rows.append((Cell(f"金额单位：{facts['unit']}", 1, columns),))
    for pairs in form.pairs:
        sizes = spread(len(pairs), columns)
        cells = [
            cell
            for (label, key), size in zip(pairs, sizes, strict=True)
            for cell in (Cell(label), Cell(_said(facts, key), 1, size - 1))
        ]
        rows.append(tuple(cells))
    if form.money:
        rows += _money(form, facts, look, columns)
    if form.goal:
        rows += _goal(form, facts, look, columns)
    head = _header(form, random, widths)
    body = _body(form, _known(form, facts), look, widths)
    at = len(rows)
    if has_side:
        side = form.sides[2] if look.has_sides else ""
        head[0] = (Cell(side, len(head) + len(body)), *head[0])
    rows += [*head, *body]
    if form.totals and "total" in facts:
        label = random.choice(form.totals)
        shift = [widths[0] + has_side, *widths[1:]]
        rows.append(_total(form, facts, look, shift, label))
    if form.grade:
        rows.append((Cell(form.grade), Cell(facts["total"]["grade"], 1, columns - 1)))
    start = at + len(head)
    return Drawn(tuple(rows), columns, (at, start), (start, start + len(body)), has_side)


def draw_export(form: Form, several: list[Facts]) -> Drawn:
    """Draw the flat export: one row an indicator, the project's own columns repeated in each."""
    pairs = form.pairs[0]
    rows = [
        tuple(Cell(word) for word in (*[label for label, _ in pairs], *[c.headers[0] for c in form.columns]))
    ]
    for facts in several:
        before = [_said(facts, key) for _, key in pairs]
        for row in _known(form, facts):
            texts = [*before, *[_printed(row, column.field) for column in form.columns]]
            rows.append(tuple(Cell(text) for text in texts))
    return Drawn(tuple(rows), len(rows[0]), (0, 1), (1, len(rows)))
