"""The corpus: which documents are made, of which forms and formats, with which hazards, and what is true of them."""

from __future__ import annotations

__all__ = ["SPECS", "TORN", "Made", "Spec", "build", "make"]

import json
import shutil
import tempfile
from pathlib import Path
from random import Random

import attrs

from documents.made.drawn import (
    Block,
    Cell,
    Drawn,
    PageBreak,
    Paragraph,
    cut,
    heading_apart,
    joined,
    map_body,
    with_column,
    without_column,
)
from documents.made.forms import FORMS, Form, Look, Truth, draw, draw_export, truth
from documents.made.invented import Facts, invented, real
from documents.made.write_office import convert, write_docx, write_xlsx
from documents.made.write_pdf import print_page, write_reportlab
from documents.made.write_text import html_page, write_csv, write_html, write_markdown, write_tabs

TORN = frozenset({
    "broken inside rows", "broken at every row", "header dropped", "header in a broken row", "shifted", "extra cell",
    "spaced words", "missing side", "ragged total", "tags in goal", "no gap", "merged total", "rows split", "no vertical rules",
})  # fmt: skip
"""Hazards that tear or move cells. A document with none of them is clean."""


@attrs.frozen(kw_only=True)
class Spec:
    """One document: ``tables`` tables of about ``rows`` rows. ``is_small`` puts it into the committed set."""

    name: str
    format: str
    form: str
    tables: int = 1
    rows: int = 9
    hazards: frozenset[str] = frozenset()
    is_small: bool = False


@attrs.frozen
class Made:
    """The blocks of one document and the tables that a reader must find in it."""

    blocks: tuple[Block, ...]
    tables: tuple[Truth, ...]


def _specs() -> tuple[Spec, ...]:
    """Read the list below: format, form, tables, rows, hazards (comma); a star puts it into the committed set."""
    specs = []
    for number, line in enumerate(_LIST.strip().splitlines(), start=1):
        kind, form, tables, rows, *rest = line.split(None, 4)
        hazards = frozenset(word.strip() for word in rest[0].split(",")) if rest else frozenset()
        specs.append(
            Spec(
                name=f"{number:02}-{kind.rstrip('*')}-{form.replace('_', '-')}",
                format=kind.rstrip("*"),
                form=form,
                tables=int(tables),
                rows=int(rows),
                hazards=hazards,
                is_small=kind.endswith("*"),
            )
        )
    return tuple(specs)


_LIST = """
docx* real 8 0 prose, unrelated tables
docx xinjiang 2 20 levels blank, prose
docx* whole_unit 2 5 unrelated tables
docx transfer 1 10 title in table
docx targets 3 8 prose
docx* sichuan 2 9 prose
docx hubei 1 9 unit in cell
docx chongqing 1 12
docx* grouped 1 8 title in table
docx reviewed 1 10 levels repeated
docx anhui 1 30 heading apart, header repeated
docx platform 1 12 unit in caption
docx* xinjiang 2 8 broken inside rows, shifted, spaced words
docx sichuan 1 10 extra cell, levels blank, spaced words
docx xinjiang 3 7 no gap, missing side, merged total
docx anhui 2 9 broken inside rows, header in a broken row, wide digits
xlsx real 8 0 sheet each, hidden sheet
xlsx* xinjiang 2 8 hidden sheet, formulas
xlsx sichuan 3 9 sheet each
xlsx* platform 2 10 unit in cell
xlsx hubei 1 9 title in table
xlsx* chongqing 1 10
xlsx export 4 8
xlsx transfer 1 64
xlsx* anhui 3 7 no gap, extra cell, spaced words
xlsx xinjiang 2 9 broken between rows, shifted, missing side, wide digits
xls* reviewed 2 9 sheet each
xls export 3 12
xls whole_unit 1 5 title in table
xls xinjiang 2 8 spaced words, no gap, merged total
et* sichuan 1 10
et anhui 1 12 unit in caption
html* anhui 2 9 prose, unrelated tables
html real 8 0 prose
html-gb2312* transfer 1 9 unit in caption
html chongqing 2 10 levels blank
html grouped 1 40
html xinjiang 2 9 broken inside rows, header in a broken row, tags in goal
html* sichuan 2 8 broken between rows, shifted, spaced words, missing side
csv* export 6 9
csv-gb18030 export 3 20 wide digits
csv-gb18030* xinjiang 1 9 levels blank
csv platform 1 10
csv anhui 2 9 no gap, extra cell, spaced words
md* hubei 1 9 prose
md sichuan 2 9 levels repeated
md-html* reviewed 1 9 prose
md-html xinjiang 2 9 broken inside rows, shifted, tags in goal
md anhui 2 8 broken between rows, shifted, spaced words
txt real 8 0 prose
txt targets 2 9 prose
txt* xinjiang 2 9 unrelated tables
txt* real 8 0 broken inside rows, shifted, spaced words, tags in goal, ragged total, prose
txt* xinjiang 9 9 broken at every row, shifted, ragged total, spaced words
txt sichuan 3 9 broken inside rows, extra cell, ragged total
txt anhui 3 9 broken between rows, shifted, missing side, no gap
txt whole_unit 2 5 spaced words, tags in goal, no gap
txt hubei 2 9 broken inside rows, header in a broken row, wide digits
doc* anhui 1 9 prose
doc xinjiang 1 9 broken inside rows, shifted, spaced words
odt* targets 1 9 unit in caption
odt sichuan 1 9 title in table
pdf-office* real 8 0 prose, unrelated tables
pdf-office xinjiang 1 64 long
pdf-office sichuan 2 20 prose
pdf-office whole_unit 1 5
pdf-office* hubei 1 12 heading apart, header repeated
pdf-office platform 2 12 prose
pdf-office* xinjiang 2 24 rows split, wide digits, prose
pdf-office anhui 2 20 rows split, spaced words, title in table
pdf-office reviewed 3 9 no gap, missing side, merged total
pdf-reportlab* sichuan 2 9 prose, unrelated tables
pdf-reportlab transfer 1 64 long
pdf-reportlab chongqing 2 30 prose
pdf-reportlab* export 4 12 header repeated
pdf-reportlab targets 3 5 prose
pdf-reportlab* xinjiang 3 9 broken inside rows, header in a broken row, shifted
pdf-reportlab xinjiang 8 9 broken at every row, header dropped, wide digits
pdf-reportlab anhui 2 9 broken inside rows, extra cell, spaced words
pdf-reportlab xinjiang 1 9 no vertical rules
pdf-chromium* anhui 1 9 prose
pdf-chromium xinjiang 2 9 unrelated tables
pdf-chromium grouped 1 30 long
pdf-chromium* xinjiang 1 18 rows split, missing side, wide digits
pdf-chromium sichuan 2 30 rows split, spaced words, prose
"""
SPECS = _specs()

_PROSE = (
    "根据预算绩效管理要求，本单位组织对年度项目支出开展绩效自评，自评覆盖率100%。现将结果公开如下。",
    "发现的问题及原因：一是个别项目前期准备不足；二是绩效指标设置不够细化。下一步将加强目标管理。",
)
_REVENUE = (
    ("项目", "行次", "金额", "项目", "行次", "金额"),
    ("一、一般公共预算财政拨款收入", "1", "1,234.56", "一、一般公共服务支出", "32", "1,100.00"),
    ("二、政府性基金预算财政拨款收入", "2", "0.00", "二、教育支出", "33", "134.56"),
    ("总计", "3", "1,234.56", "总计", "34", "1,234.56"),
)
_OFFICIAL = (
    ("“三公”经费合计", "因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费"),
    ("12.30", "0.00", "0.00", "11.80", "0.50"),
)
_CONTENTS = ("目录", "第一部分 单位概况……………1", "第二部分 绩效自评表……………12")


def _table(rows: tuple[tuple[str, ...], ...]) -> Drawn:
    return Drawn(tuple(tuple(Cell(text) for text in row) for row in rows), len(rows[0]))


def build(spec: Spec) -> Made:
    """Give the blocks and the truth of one document."""
    random = Random(spec.name)  # noqa: S311 - the same tables every time, no secrets
    blocks: list[Block] = []
    tables: list[Truth] = []
    if "unrelated tables" in spec.hazards:
        blocks += [Paragraph(text) for text in _CONTENTS]
        blocks += [Paragraph("收入支出决算总表", 1), Paragraph("单位：万元"), _table(_REVENUE)]
    if "prose" in spec.hazards:
        blocks += [Paragraph(text) for text in _PROSE]
    given = _facts(spec, random)
    if spec.form == "export":
        blocks.append(draw_export(FORMS["export"], [facts for _, facts in given]))
        tables = [truth(form, facts, Look(), "") for form, facts in given]
        return Made(tuple(blocks), tuple(tables))
    before: Drawn | None = None
    for index, (form, facts) in enumerate(given):
        look = _look(spec, random)
        title = random.choice(form.titles)
        if not look.has_title and random.randrange(3) == 0:
            title = f"{facts['year']}年度{title}"
        tables.append(truth(form, facts, look, title))
        drawn = draw(form, facts, look, random, title)
        if look.has_title and before is not None and "no gap" in spec.hazards:
            before = joined(before, drawn)
            blocks[-1] = before
            continue
        if index and "sheet each" in spec.hazards:
            blocks.append(PageBreak(f"表{index + 1}"))
        if index and index == len(given) // 2 and "unrelated tables" in spec.hazards:
            blocks += [Paragraph("“三公”经费支出表", 1), _table(_OFFICIAL)]
        if not look.has_title:
            blocks += _titles(facts, title, look)
        blocks += _pieces(spec, _worn(spec, form, drawn, random), random, index)
        before = drawn
    return Made(tuple(blocks), tuple(tables))


def _facts(spec: Spec, random: Random) -> list[tuple[Form, Facts]]:
    if spec.form == "real":
        return [(FORMS["xinjiang" if index else "whole_unit"], facts) for index, facts in enumerate(real())]
    form = FORMS[spec.form]
    several = []
    labels = form.labels or FORMS["xinjiang"].labels
    for _ in range(spec.tables):
        facts = invented(random, labels, rows=spec.rows, old=form.is_old, execution=form.execution)
        if form.kind == "whole_unit":
            facts["name"] = facts["organisation"]
            facts["funding"] = [*facts["funding"][1:], facts["funding"][0]]
        several.append((form, facts))
    return several


def _look(spec: Spec, random: Random) -> Look:
    hazards = spec.hazards
    unit_at = random.choice(("label", "label", "caption", "cell"))
    unit_at = next((place for place in ("caption", "cell") if f"unit in {place}" in hazards), unit_at)
    is_tight = "no gap" in hazards and spec.format != "txt"
    if (is_tight or "title in table" in hazards) and unit_at == "caption":
        unit_at = "cell"
    return Look(
        unit_at=unit_at,
        levels=next((way for way in ("blank", "repeated") if f"levels {way}" in hazards), "merged"),
        has_sides="missing side" not in hazards,
        has_title=is_tight or "title in table" in hazards,
        total="merged" if "merged total" in hazards else "cells",
        tags="tags in goal" in hazards,
    )


def _titles(facts: Facts, title: str, look: Look) -> list[Block]:
    blocks: list[Block] = [Paragraph(title, 1)]
    if not title.startswith(facts["year"]):
        blocks.append(Paragraph(f"({facts['year']}年度)"))
    if look.unit_at == "caption":
        blocks.append(Paragraph(f"单位：{facts['unit']}"))
    return blocks


_WIDE = str.maketrans("0123456789<>=%", "０１２３４５６７８９＜＞＝％")


def _worn(spec: Spec, form: Form, drawn: Drawn, random: Random) -> Drawn:
    """Do to the cells what copying and converting does to them."""
    if "wide digits" in spec.hazards:
        drawn = map_body(drawn, lambda _row, _at, text: text.translate(_WIDE) if len(text) < 12 else text)
    if "spaced words" in spec.hazards:
        breaks = (" ",) if spec.format.startswith(("txt", "md", "csv")) else (" ", "\n")
        half = (drawn.body[0] + drawn.body[1]) // 2
        drawn = map_body(drawn, lambda _row, _at, text: _spaced(text, random.choice(breaks)), first=half)
    level3 = [column.field for column in form.columns].index("level3")
    if "extra cell" in spec.hazards and not _is_broken(spec) and level3:
        drawn = with_column(drawn, level3 + drawn.has_side)
    return drawn


def _spaced(text: str, mark: str) -> str:
    """Put a blank or a line end after every second character of words; numbers are never torn."""
    if len(text) < 3 or not all("一" <= sign <= "鿿" or sign in "（），。：；" for sign in text):
        return text
    return mark.join(text[at : at + 2] for at in range(0, len(text), 2))


def _is_broken(spec: Spec) -> bool:
    return any(hazard.startswith("broken") for hazard in spec.hazards)


def _pieces(spec: Spec, drawn: Drawn, random: Random, index: int) -> list[Block]:
    """Break a table over pages."""
    if "heading apart" in spec.hazards:
        return list(heading_apart(drawn))
    if not _is_broken(spec):
        return [drawn]
    first, last = drawn.body[0] + 1, drawn.body[1] - 1
    at = (
        first + index % max(last - first + 1, 1)
        if "broken at every row" in spec.hazards
        else random.randint(first, last)
    )
    inside = "broken inside rows" in spec.hazards or (
        "broken at every row" in spec.hazards and index % 2 == 1
    )
    top, rest = cut(drawn, at, inside=inside, header="header in a broken row" in spec.hazards)
    if "shifted" in spec.hazards and rest.has_side:
        rest = attrs.evolve(without_column(rest, 0), moved=1)
    if "extra cell" in spec.hazards:
        rest = attrs.evolve(with_column(rest, 2 + rest.has_side), extra_at=2 + rest.has_side)
    return [top, PageBreak(), rest]


def make(out: Path, specs: tuple[Spec, ...]) -> None:
    """Write documents and what is true of them into a directory."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        queues: dict[str, list[Path]] = {}
        for spec in specs:
            made = build(spec)
            _write(spec, made, out, work, queues)
            (out / f"{spec.name}.expected.json").write_text(_expected(spec, made), encoding="utf-8")
        for suffix, files in queues.items():
            convert(files, "xls" if suffix == "et" else suffix, work if suffix == "et" else out)
            if suffix == "et":
                for file in files:
                    shutil.move(file.with_suffix(".xls"), out / f"{file.stem}.et")


def _expected(spec: Spec, made: Made) -> str:
    """Give the truth as JSON, one line a table."""
    about = {
        "format": spec.format,
        "form": spec.form,
        "clean": not spec.hazards & TORN,
        "refusable": "no vertical rules" in spec.hazards,
        "hazards": sorted(spec.hazards),
    }
    lines = ",\n".join(json.dumps(table, ensure_ascii=False) for table in made.tables)
    return json.dumps(about, ensure_ascii=False)[:-1] + f', "tables": [\n{lines}\n]}}\n'


_CONVERTED = {"doc": "docx", "odt": "docx", "pdf-office": "docx", "xls": "xlsx", "et": "xlsx"}


def _write(spec: Spec, made: Made, out: Path, work: Path, queues: dict[str, list[Path]]) -> None:
    blocks, hazards = list(made.blocks), spec.hazards
    kind = spec.format
    origin = _CONVERTED.get(kind, kind)
    repeats = "header repeated" in hazards
    folder = work if kind in _CONVERTED else out
    path = folder / f"{spec.name}.{origin.partition('-')[0]}"
    if kind in _CONVERTED:
        queues.setdefault(kind.partition("-")[0], []).append(path)
    base, _, option = origin.partition("-")
    if base == "docx":
        write_docx(path, blocks, splits="rows split" in hazards, repeats=repeats)
    elif base == "xlsx":
        write_xlsx(path, blocks, formulas="formulas" in hazards, hidden="hidden sheet" in hazards)
    elif base == "html":
        path.write_bytes(write_html(blocks, charset=option or "utf-8"))
    elif base == "csv":
        path.write_bytes(write_csv(blocks).encode(option or "utf-8-sig"))
    elif base == "md":
        path.write_text(write_markdown(blocks, as_html=option == "html"), encoding="utf-8")
    elif base == "txt":
        random = Random(spec.name)  # noqa: S311 - the same text every time, no secrets
        text = write_tabs(blocks, random, ragged="ragged total" in hazards, tight="no gap" in hazards)
        path.write_text(text, encoding="utf-8")
    elif option == "reportlab":
        write_reportlab(path, blocks, repeats=repeats, is_open="no vertical rules" in hazards)
    else:
        print_page(path, html_page(blocks, charset="utf-8", portal=False, splits="rows split" in hazards))
