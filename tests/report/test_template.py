"""The empty form: filled in and computed by LibreOffice, it reads back, scores as the book does and audits clean."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import docx
import openpyxl
import pytest

import perfeval
from perfeval.auditing import AuditSettings
from perfeval.cli.main import main
from perfeval.errors import UsageError
from perfeval.formula import RoundingMode
from perfeval.report.template import write_template
from perfeval.report.template.scoring import TEXT, offered_rules
from perfeval.report.template.words import ACHIEVED
from perfeval.rulebook import BUILT_IN, Match, RuleBook, load_rulebook
from perfeval.rulebook.model import RuleSpec
from perfeval.rules import Band, Banded, Share
from perfeval.scoring.words import says_done
from perfeval.table import Evaluation, TableKind
from report.recalculated import needs_office, recalculated

EXAMPLE = Path(__file__).parents[2] / "examples" / "bortala-2024" / "04-dry-port.toml"
Value = str | float
Filled = tuple[Value, ...]
"""Level 1 to the weight, the printed rule, and the reason."""

PROJECT: list[Filled] = [
    ("产出指标", "数量指标", "养护道路里程", "≥", 120, "公里", 126, 20, "按比例赋分", ""),
    ("产出指标", "质量指标", "验收合格率", "=", 100, "%", 100, 15, "直接赋分", ""),
    ("产出指标", "数量指标", "巡查次数", "≥", 16, "次", 15.5, 15, "按比例赋分", "预算执行率偏低，少巡查一次"),
    (
        "成本指标",
        "经济成本指标",
        "单位养护成本",
        "≤",
        8.90,
        "万元/公里",
        8.94,
        20,
        "按比例赋分",
        "材料价格上涨",
    ),
    ("效益指标", "社会效益指标", "出行条件", TEXT, "有效改善", "", "达成预期指标", 10, "按评判等级赋分", ""),
    ("满意度指标", "满意度指标", "群众满意度", "≥", 90, "%", 88, 10, "满意度赋分", "个别路段施工扰民"),
]
MONEY = (100, 100, 88.01)


def made(
    room: Path,
    kind: TableKind = TableKind.PROJECT,
    book: str | RuleBook = "common-practice",
    settings: AuditSettings | None = None,
) -> Path:
    path = room / f"{kind.value}.xlsx"
    rule_book = load_rulebook(book) if isinstance(book, str) else book
    write_template(kind, rule_book, path, settings=settings)
    return path


def header_of(sheet: Any) -> int:
    column = sheet["C"]
    return next(int(cell.row) for cell in column if cell.value == "三级指标")


def filled(path: Path, rows: Sequence[Filled], money: Sequence[float] = MONEY) -> None:
    """Fill in the form as somebody at a desk does: only the yellow cells."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["自评表"]
    labels = {
        "年度": "2024年",
        "项目名称": "道路养护项目",
        "实施单位": "某县交通局",
        "主管部门": "某县交通局",
    }
    labels["部门（单位）名称"] = "某县交通局"
    for (cell,) in sheet.iter_rows(max_col=1, max_row=6):
        if cell.value in labels:
            sheet.cell(cell.row, 2).value = labels[str(cell.value)]
    header = header_of(sheet)
    for column, amount in zip((3, 4, 6), money, strict=True):
        sheet.cell(header - 5, column).value = amount
    sheet.cell(header - 2, 1).value, sheet.cell(header - 2, 6).value = "完成道路养护", "养护道路126公里"
    for number, values in enumerate(rows, header + 1):
        for column, value in zip((1, 2, 3, 4, 5, 6, 7, 8, 10, 11), values, strict=True):
            if value != "":
                sheet.cell(number, column).value = value
    workbook.save(path)


def asked(path: Path) -> list[str]:
    """Give what the column of checks says, from the money to the total."""
    sheet = openpyxl.load_workbook(path, data_only=True)["自评表"]
    header = header_of(sheet)
    cells = [cell for cell in sheet["L"] if cell.row >= header - 6 and cell.row != header]
    return [str(cell.value) for cell in cells if cell.value]


def read_back(path: Path) -> Evaluation:
    reading = perfeval.read(path)
    assert reading.findings == ()
    [table] = reading.evaluations
    return table


@needs_office
@pytest.mark.parametrize("book", BUILT_IN)
@pytest.mark.parametrize("kind", [TableKind.PROJECT, TableKind.WHOLE_UNIT])
def test_filled_in_it_reads_back_and_audits_clean(tmp_path: Path, kind: TableKind, book: str) -> None:
    path = made(tmp_path, kind, book)
    short = float(load_rulebook(book).execution.weight) - 10
    first = (*PROJECT[0][:7], 20 - short, *PROJECT[0][8:])
    filled(path, [first, *PROJECT[1:]])
    again = recalculated(path, tmp_path)
    table = read_back(again)
    assert (table.kind, table.year, table.organisation) == (kind, "2024", "某县交通局")
    card = perfeval.score(table, rulebook=book)
    assert card.total is not None
    assert (card.total, card.grade) == (card.reported_total, table.total.grade)
    assert [score.score for score in card.scores] == [score.reported_score for score in card.scores]
    assert perfeval.audit([table], rulebook=book).findings == ()
    assert set(asked(again)) == {"是"}


def changed(row: int, **cells: Value) -> list[Filled]:
    names = ("level1", "level2", "level3", "sign", "target", "unit", "actual", "weight", "rule", "reason")
    rows = [dict(zip(names, one, strict=True)) for one in PROJECT]
    rows[row] |= cells
    return [tuple(one.values()) for one in rows]


@needs_office
@pytest.mark.slow
def test_what_it_asks_for(tmp_path: Path) -> None:
    cases: list[tuple[list[Filled], Sequence[float], str]] = [
        (changed(2, reason=""), (100, 100, 95), "未完成或未得满分"),
        (changed(2, reason="少巡查一次"), MONEY, "执行率低于 90%"),
        (PROJECT, (50, 100, 95), "预算调整较大"),
        (changed(0, actual=240), MONEY, "超出指标值较多"),
        (changed(0, weight=10), MONEY, "分值合计应为 100"),
        (changed(0, weight=""), MONEY, "请填分值"),
        (changed(0, actual=""), MONEY, "请填实际完成值"),
        (changed(0, rule=""), MONEY, "请选赋分规则"),
        (changed(1, actual=0.96), MONEY, "未能自动评分"),
        (changed(0, actual="一百二十"), MONEY, "未能自动评分"),
        (changed(4, actual="有所改善"), MONEY, "未能自动评分"),
        (changed(0, target=120.1234567), MONEY, "未能自动评分"),
    ]
    for number, (rows, money, expected) in enumerate(cases):
        room = tmp_path / str(number)
        room.mkdir()
        path = made(room)
        filled(path, rows, money)
        said = [text for text in asked(recalculated(path, tmp_path)) if text != "是"]
        assert any(expected in text for text in said), (expected, said)


@needs_office
@pytest.mark.slow
def test_marks_of_ones_own_decide_what_it_asks_for_and_what_an_audit_finds(tmp_path: Path) -> None:
    marks = AuditSettings(exceeded=Decimal("1.05"), low_execution=Decimal("0.95"), adjusted=Decimal("0.125"))
    rows, money = changed(2, reason="少巡查一次"), (112, 126, 114.66)  # 105 %, 91 %, 12.5 %
    for name, settings, expected in (
        ("marks", marks, {"超出指标值较多", "执行率低于 95%"}),
        ("default", None, {"预算调整较大"}),
    ):
        room = tmp_path / name
        room.mkdir()
        path = made(room, settings=settings)
        filled(path, rows, money)
        again = recalculated(path, tmp_path)
        said = {text for text in asked(again) if text != "是"}
        assert {one for one in expected if any(one in text for text in said)} == expected
        assert len(said) == len(expected)
        due = {one.code for one in perfeval.audit([read_back(again)], settings=settings).findings}
        assert due == ({"PE502", "PE508", "PE509"} if settings else {"PE509"})


@needs_office
@pytest.mark.parametrize("money", [(64.4, 64.4, 57.96), (65.9, 65.9, 59.31)])
def test_ninety_per_cent_is_not_below(tmp_path: Path, money: Sequence[float]) -> None:
    """In binary fractions 57.96 × 100 is less than 64.4 × 90; LibreOffice forgives that, others need not."""
    path = made(tmp_path)
    filled(path, changed(2, reason="少巡查一次"), money)
    assert set(asked(recalculated(path, tmp_path))) == {"是"}


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("book", [*BUILT_IN, "banded"])
def test_scores_are_those_of_the_book(tmp_path: Path, book: str) -> None:
    """Numbers near each other, with few and many decimals, small and large, under every rule and sign."""
    drawn = random.Random(11)  # noqa: S311 - the same rows every time
    rule_book = banded() if book == "banded" else load_rulebook(book)
    names = [one.name for one in offered_rules(rule_book)]
    rows: list[Filled] = []
    for number in range(200):
        target = drawn.choice([16, 32, 64, 80, 89_000, 100, 8.9, 1200, 45.25, 3.1415, 0])
        spread = drawn.choice([0.5, 0.91, 0.9125, 1, 1.001, 1.3, 2, 2.5])  # exact: cells hold such numbers
        decimals = drawn.choice([0, 1, 2, 4])
        actual = round(target * spread, decimals)
        sign, rule, unit = drawn.choice(["≥", "=", "≤"]), drawn.choice(names), drawn.choice(["%", "个"])
        weight = drawn.choice([5, 10, 12.5, 13.33])
        rows.append(
            ("产出指标", "数量指标", f"指标{number}", sign, target, unit, actual, weight, rule, "有原因")
        )
    path = tmp_path / "many.xlsx"
    write_template(TableKind.PROJECT, rule_book, path, rows=200)
    filled(path, rows)
    table = perfeval.read(recalculated(path, tmp_path)).evaluations[0]
    card = perfeval.score(table, rulebook=rule_book)
    pairs = [(score.score, score.reported_score) for score in card.scores]
    assert len(pairs) == 1 + len(rows)
    scored = [(ours, theirs) for ours, theirs in pairs if theirs is not None]
    assert [pair for pair in scored if pair[0] != pair[1]] == []
    assert len(scored) > 120


def banded() -> RuleBook:
    """A book whose 满意度 goes by bands of the value itself."""
    book = load_rulebook("common-practice")
    bands = tuple(
        Band(Share(Decimal(start)), Decimal(factor))
        for start, factor in (("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"))
    )
    return attrs.evolve(book, satisfaction_rule=Banded(bands))


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    first = made(tmp_path).read_bytes()
    assert made(tmp_path).read_bytes() == first


def listed(path: Path) -> list[object]:
    """Give what the list of the printed rules offers, which stands in cells: a name may hold a comma."""
    workbook = openpyxl.load_workbook(path)
    validations = workbook["自评表"].data_validations.dataValidation
    [source] = [str(one.formula1) for one in validations if "计算" in str(one.formula1)]
    sheet, place = source.replace("'", "").replace("$", "").split("!")
    return [cell.value for (cell,) in workbook[sheet][place]]


def named(*names: str) -> RuleBook:
    """A book that chooses the proportional rule by each of these printed names."""
    book = load_rulebook("common-practice")
    match = (*(Match(RuleSpec("proportional"), printed=(name,)) for name in names), *book.match)
    rules = (*(book.rules[1],) * len(names), *book.rules)
    return attrs.evolve(book, match=match, rules=rules)


@needs_office
def test_a_rule_of_any_name(tmp_path: Path) -> None:
    name = '比例,"甲"法'
    path = made(tmp_path, book=named(name))
    assert listed(path)[0] == name
    filled(path, changed(2, rule=name))
    sheet = openpyxl.load_workbook(recalculated(path, tmp_path), data_only=True)["自评表"]
    assert sheet.cell(header_of(sheet) + 3, 9).value == 14.53  # exact: what the cell shows


def test_its_lists(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(made(tmp_path))["自评表"]
    lists = {str(one.formula1) for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert '"≥,=,≤,定性"' in lists
    assert listed(made(tmp_path)) == ["直接赋分", "按比例赋分", "按评判等级赋分", "满意度赋分"]
    assert all(says_done(text) for text in ACHIEVED)


def test_books_that_cannot_be_a_form(tmp_path: Path) -> None:
    never = tmp_path / "never.xlsx"
    book = load_rulebook("common-practice")
    even = attrs.evolve(book, rounding=attrs.evolve(book.rounding, mode=RoundingMode.HALF_EVEN))
    with pytest.raises(UsageError, match="四舍六入五成双"):
        write_template(TableKind.PROJECT, even, never)
    unnamed = attrs.evolve(book, match=(Match(RuleSpec("proportional")),), rules=(book.rules[1],))
    with pytest.raises(UsageError, match="赋分规则列"):
        write_template(TableKind.PROJECT, unnamed, never)
    for many in (named(*(f"第{number}种赋分" for number in range(60))), named("赋分" * 1000)):
        with pytest.raises(UsageError, match="太多或太长"):
            write_template(TableKind.PROJECT, many, never)
    assert not never.exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.xlsx"
    asked_for = ["template", "--form", "whole_unit", "--rulebook", "hubei", "-o", str(path)]
    assert main(asked_for) == 0
    assert "hubei" in capsys.readouterr().out
    assert main(asked_for) == 2
    assert "已存在" in capsys.readouterr().err
    for wrong, said in (
        (["-o", str(tmp_path / "form.pdf")], ".xlsx"),
        (["-o", str(tmp_path / "b.xlsx"), "--rows", "0"], "--rows"),
        (["-o", str(tmp_path / "b.xlsx"), "--rulebook", "none"], "none"),
    ):
        assert main(["template", *wrong]) == 2
        assert said in capsys.readouterr().err


def test_the_command_takes_the_marks_of_an_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = Path("perfeval.toml")
    config.write_text(
        'schema = "perfeval.audit-settings.v1"\n[settings]\nlow_execution = "0.75"\n', encoding="utf-8"
    )
    assert main(["template", "-o", "form.xlsx"]) == 0
    sheet = openpyxl.load_workbook("form.xlsx")["自评表"]
    assert "执行率低于 75%" in str(sheet.cell(header_of(sheet) - 6, 12).value)
    config.write_text('schema = "perfeval.audit-settings.v1"\nsettings = 1\n', encoding="utf-8")
    assert main(["template", "-o", "other.xlsx"]) == 2
    assert "perfeval.toml:2" in capsys.readouterr().err
    assert not Path("other.xlsx").exists()


def test_the_command_writes_the_template_of_letters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.docx"
    assert main(["template", "--letter", "-o", str(path)]) == 0
    assert f"--letter-template {path}" in capsys.readouterr().out
    document = docx.Document(str(path))
    document.paragraphs[0].insert_paragraph_before("某市财政局文件")
    document.save(str(path))
    letter = tmp_path / "letter.docx"
    asked_for = ["report", str(EXAMPLE), "-o", str(letter), "--letter-template", str(path)]
    assert main(asked_for) == 0
    texts = [paragraph.text for paragraph in docx.Document(str(letter)).paragraphs]
    assert texts[0] == "某市财政局文件"
    assert "博尔塔拉蒙古自治州商务局：" in texts
    for wrong, said in (
        (["--letter", "-o", str(tmp_path / "a.xlsx")], ".docx"),
        (["-o", str(tmp_path / "a.docx")], "--letter"),
        (["--letter", "-o", str(path)], "已存在"),
    ):
        assert main(["template", *wrong]) == 2
        assert said in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        main(["template", "--letter", "--form", "project", "-o", str(tmp_path / "a.docx")])
    assert stopped.value.code == 2
    assert "--form 不能与 --letter 同时使用" in capsys.readouterr().err
