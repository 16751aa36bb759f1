"""The workbook of an audit: what is in it, that it stays text, the same bytes, and the register that reads back."""

from __future__ import annotations

from pathlib import Path

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Evaluation, Funding, Indicator
from perfeval.errors import UnreadableError
from perfeval.findings import Severity
from perfeval.messages import LANGUAGES, Language
from perfeval.report.dossier import Dossier, dossier_of
from perfeval.report.workbook import Entry, read_register, write_workbook
from perfeval.report.workbook.names import clean, link_to, sheet_names
from perfeval.rulebook import built_in_text, read_rulebook

EXAMPLES = Path(__file__).parents[2] / "examples" / "bortala-2024"
HOSTILE = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "{=1}",
    "http://example.com/",
    "internal:A1",
    "'=1",
    "\x01\ud800",
]


def bortala() -> list[Evaluation]:
    return [perfeval.read(path).evaluations[0] for path in sorted(EXAMPLES.glob("*.toml"))]


def dossier(tables: list[Evaluation]) -> Dossier:
    return dossier_of(perfeval.audit(tables))


def written(tables: list[Evaluation], path: Path, language: Language = "zh") -> openpyxl.Workbook:
    write_workbook(dossier(tables), path, language)
    return openpyxl.load_workbook(path)


def hostile() -> Evaluation:
    rows = [
        Indicator(
            level1=text,
            level2=text,
            level3=text,
            target=text,
            actual=text,
            weight=10,
            score=text,
            deviation=text,
        )
        for text in HOSTILE
    ]
    return Evaluation(
        name=HOSTILE[0],
        organisation=HOSTILE[1],
        year=HOSTILE[2],
        amount_unit=HOSTILE[3],
        funding=[Funding(label=text, adjusted="10", executed="5", rate=text) for text in HOSTILE],
        indicators=[*rows, Indicator(level3="=1+1", target=">=3次", actual="2次", weight=10, score=10)],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_and_links(tmp_path: Path, language: Language) -> None:
    book = written(bortala(), tmp_path / "a.xlsx", language)
    tables = bortala()
    assert len(book.sheetnames) == 3 + len(tables)
    assert (
        book.sheetnames[:3]
        == {
            "zh": ["汇总", "问题清单", "问题台账"],
            "en": ["Summary", "Findings", "Register"],
        }[language]
    )
    findings = dossier(tables).result.findings
    listed = list(book.worksheets[1].iter_rows(min_row=2))
    assert len(listed) == len(findings)
    linked = 0
    for row, one in zip(listed, findings, strict=True):
        link = row[7].hyperlink
        if one.table is None:
            assert link is None
            continue
        assert link is not None
        name, _, cell = str(link.location).rpartition("!")
        sheet = book[name.strip("'").replace("''", "'")]
        assert sheet.title == book.sheetnames[3 + one.table]
        if one.path.endswith((".score", ".actual", ".target")):
            part, _, field = one.path.rpartition(".")
            row_value = getattr(tables[one.table].indicators[int(part.split("[")[1][:-1])], field)
            assert sheet[cell].value == row_value.text
            linked += 1
    assert linked


def test_the_form_as_published_with_what_was_recomputed(tmp_path: Path) -> None:
    table = Evaluation(
        name="某项目",
        year="2024",
        amount_unit="万元",
        funding=[
            Funding(label="年度资金总额", adjusted="100", executed="80", weight="10", rate="80%", score="8")
        ],
        indicators=[
            Indicator(
                level1="产出", level3="成本", target="≤8.90万元", actual="8.94万元", weight="10", score="10"
            ),
            Indicator(level1="效益", level3="满意", target="满意", actual="较好", weight="80", score="80"),
        ],
        total=perfeval.Total(weight="100", score="98"),
    )
    book = written([table], tmp_path / "a.xlsx")
    sheet = book.worksheets[3]
    values = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True).worksheets[3]
    texts = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert texts["≤8.90万元"].data_type == "s"
    made = {cell.value for row in values.iter_rows() for cell in row}
    assert {"自报", "复算", "差异", "规则", "依据", 9.96, -0.04, "某项目"} <= made
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert any("ROUND(ROUND(" in text for text in formulas)
    assert any("没有总分" in str(text) for text in made)


def beside(row: Indicator, book: bytes, path: Path) -> tuple[object, object, str]:
    """Give formula, value and remarks of the only row of a table under a rule book."""
    rules = read_rulebook(book)
    write_workbook(dossier_of(perfeval.audit([Evaluation(indicators=[row])], rulebook=rules)), path)
    found = []
    for data_only in (False, True):
        sheet = openpyxl.load_workbook(path, data_only=data_only).worksheets[3]
        rows = list(sheet.iter_rows(values_only=True))
        at = next(number for number, line in enumerate(rows) if "指标值" in line)
        found.append(dict(zip(rows[at], rows[at + 1], strict=True)))
    return found[0]["复算"], found[1]["复算"], str(found[1]["依据"])


PLAIN = built_in_text("common-practice")
EVEN = PLAIN.replace(b'mode = "half-up"', b'mode = "half-even"')
BANDS = PLAIN.replace(
    b'satisfaction = "proportional"',
    b'satisfaction = { bands = [{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }] }',
)


@pytest.mark.parametrize(
    ("target", "actual", "level", "book", "made", "remark"),
    [
        (">=3次", "2次", "数量指标", PLAIN, 6.67, None),
        (">=3次", "2次", "数量指标", EVEN, 6.67, "四舍六入五成双"),
        (">=30000000000.01元", "20000000000.01元", "数量指标", PLAIN, 6.67, "数字过长"),
        ("5-8次", "10次", "数量指标", PLAIN, 8, None),
        (">=90%", "85%", "满意度指标", BANDS, 8, None),
        (">=90%", "0%", "满意度指标", BANDS, 0, None),
        (">=1年", "11个月", "时效指标", PLAIN, 9.17, "有限小数"),
        (">=7个", "很多", "数量指标", PLAIN, "实际完成值读不出数", None),
    ],
)
def test_a_formula_or_the_value_and_why(
    tmp_path: Path, target: str, actual: str, level: str, book: bytes, made: object, remark: str | None
) -> None:
    row = Indicator(level1="产出", level2=level, level3="某指标", target=target, actual=actual, weight="10")
    formula, value, remarks = beside(row, book, tmp_path / "a.xlsx")
    assert value == made
    assert str(formula).startswith("=") == (remark is None and isinstance(made, int | float))
    assert "未写公式" not in remarks if remark is None else remark in remarks


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_document_says_never_becomes_a_formula_or_a_link(tmp_path: Path, language: Language) -> None:
    book = written([hostile(), hostile()], tmp_path / "a.xlsx", language)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert str(cell.value).startswith(("=IF(", "=MIN(", "=ROUND(", "='1", "='2")), cell.value
                    assert "cmd" not in str(cell.value)
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None
    texts = {cell.value for row in book.worksheets[3].iter_rows() for cell in row if cell.data_type == "s"}
    assert {clean(text) for text in HOSTILE[:-1]} <= texts


def test_the_same_bytes(tmp_path: Path) -> None:
    made = dossier(bortala())
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(made, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_tables(tmp_path: Path) -> None:
    assert written([], tmp_path / "a.xlsx").sheetnames == ["汇总", "问题清单", "问题台账"]
    assert read_register(tmp_path / "a.xlsx") == {}


def test_the_register_keeps_what_people_enter(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    tables = bortala()
    book = written(tables, path)
    sheet = book["问题台账"]
    first = read_register(path)
    assert first
    assert sheet.column_dimensions["M"].hidden
    assert sheet.auto_filter.ref
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "A2"
    assert sheet.data_validations.dataValidation[0].formula1.strip('"').split(",")[0] == "待反馈"
    entered = {"I": "已整改", "J": "=已更正\n第二行", "K": "张三", "L": "2026-11-24"}
    for column, text in entered.items():
        sheet[f"{column}3"] = text
        sheet[f"{column}3"].data_type = "s"
    sheet["E30"], sheet["J30"] = "现场发现的问题", "待补材料"
    book.save(path)
    key = str(sheet["M3"].value)
    found = read_register(path)
    assert found[key] == attrs.evolve(
        first[key], state="已整改", reply="=已更正\n第二行", reviewer="张三", date="2026-11-24"
    )
    assert found["own-1"] == Entry(problem="现场发现的问题", reply="待补材料")

    write_workbook(dossier(tables), path, register=found)
    assert read_register(path) == found
    write_workbook(dossier(tables[:1]), path, register=found)
    again = read_register(path)
    assert again == found
    presence = {
        str(row[12]): row[1] for row in openpyxl.load_workbook(path)["问题台账"].iter_rows(values_only=True)
    }
    assert presence[key] == "已不再出现"
    assert presence["own-1"] == "自行登记"
    write_workbook(dossier(tables), path, "en", register=again)
    assert read_register(path).keys() == found.keys()
    assert read_register(path)[key].state == "已整改"


def test_the_same_table_twice_has_its_lines_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table = hostile()
    written([table], path)
    once = len(read_register(path))
    written([table, table], path)
    assert len(read_register(path)) >= 2 * once


def test_sorted_filtered_moved_and_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = written(bortala(), path)
    sheet = book["问题台账"]
    before = read_register(path)
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    copied = list(lines[1])
    copied[9] = "复制的一行"
    lines = [lines[0], copied, *reversed(lines[1:])]
    order = [12, 3, 4, 9, 8, 0, 2, 5, 6, 7, 10, 11, 1]
    sheet.delete_rows(1, sheet.max_row)
    for number, line in enumerate(lines, 1):
        sheet.row_dimensions[number].hidden = number % 2 == 0
        for column, at in enumerate(order, 1):
            sheet.cell(number, column, line[at])
    book.save(path)
    after = read_register(path)
    key = str(copied[12])
    assert after[key].reply == "复制的一行"
    assert after["own-1"] == before[key]
    assert {name: entry for name, entry in after.items() if name not in {key, "own-1"}} == {
        name: entry for name, entry in before.items() if name != key
    }


def test_no_register_and_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    assert read_register(path) == {}
    book = openpyxl.Workbook()
    sheet = book.create_sheet("问题台账")
    sheet.append(["编号", "状态", "单位反馈"])
    book.save(path)
    with pytest.raises(UnreadableError, match="指纹"):
        read_register(path)
    path.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(UnreadableError):
        read_register(path)
    with pytest.raises(UnreadableError):
        read_register(tmp_path / "none.xlsx")


TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=50)


@given(
    st.lists(st.one_of(TEXTS, st.sampled_from(["'", "History", "a" * 40, "𠀀" * 40, "A", "a"])), max_size=6)
)
def test_names_of_sheets(names: list[str]) -> None:
    found = sheet_names(names, ["汇总"])
    assert len({name.casefold() for name in found} | {"汇总"}) == len(names) + 1
    for name in found:
        assert name
        assert len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\\n")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_quote_in_a_link() -> None:
    assert link_to("1 a'b", "B4") == "'1 a''b'!B4"


def test_too_long_a_text_is_cut() -> None:
    assert len(clean("𠀀" * 20_000).encode("utf-16-le")) <= 2 * 32_767


def test_a_name_that_is_taken() -> None:
    assert sheet_names(["a", "a"], ["1 A"]) == ("1_1 a", "2 a")


def test_a_total_that_is_no_multiple_of_the_step_is_a_value(tmp_path: Path) -> None:
    rows = [
        Indicator(level1="产出", level3=name, target=">=1个", actual="1个", weight=weight)
        for name, weight in (("甲", "33.333"), ("乙", "56.667"))
    ]
    table = Evaluation(
        name="项目", funding=[Funding(adjusted="10", executed="10", weight="10")], indicators=rows
    )
    assert perfeval.score(table).total is not None
    sheet = written([table], tmp_path / "a.xlsx").worksheets[3]
    last = next(row for row in sheet.iter_rows() if row[0].value == "总分")
    assert [cell.value for cell in last if cell.data_type == "n" and cell.value is not None] == [100]


def test_whom_the_register_asks_about(tmp_path: Path) -> None:
    """Errors and warnings are followed up; notes are only in the list."""
    made = dossier(bortala())
    write_workbook(made, tmp_path / "a.xlsx")
    asked = [one for one in made.result.findings if one.severity is not Severity.NOTE]
    register = read_register(tmp_path / "a.xlsx")
    assert [entry.problem.split()[0] for entry in register.values()] == [one.code for one in asked]
    assert any(entry.effect == "0.04 分" for entry in register.values())
