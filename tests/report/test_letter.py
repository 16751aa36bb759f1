"""Letters: one for each unit, opened again with python-docx and LibreOffice; templates of one's own; nothing breaks them."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from shutil import which
from typing import Any

import attrs
import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx.shared import Mm, Pt

import perfeval
from perfeval import Evaluation, Indicator
from perfeval.documents import NO_TABLE
from perfeval.errors import UnreadableError, UsageError
from perfeval.findings import Severity
from perfeval.messages import LANGUAGES, Language
from perfeval.report.dossier import Dossier, dossier_of
from perfeval.report.letter import write_letters, write_template

EXAMPLES = Path(__file__).parents[2] / "examples" / "bortala-2024"
needs_office = pytest.mark.skipif(which("soffice") is None, reason="NOT TESTED: LibreOffice is not installed")
HOSTILE = "<w:p/>&{{日期}}{{nobody}}\x00\x0b\ud800\n=1\\|"


def bortala() -> Dossier:
    tables = [perfeval.read(path).evaluations[0] for path in sorted(EXAMPLES.glob("*.toml"))]
    return dossier_of(perfeval.audit(tables))


def table(organisation: str | None, *, wrong: bool = True, **changes: Any) -> Evaluation:
    score = "90" if wrong else "45"
    row = Indicator(level1="产出", level3="次数", target="≥10次", actual="5次", weight="90", score=score)
    made = Evaluation(name="项目", year="2024", organisation=organisation, file="a/b.xlsx", indicators=[row])
    return attrs.evolve(made, **changes)


def dossier(*tables: Evaluation) -> Dossier:
    return dossier_of(perfeval.audit(list(tables)))


def template(path: Path, *paragraphs: str, footer: str = "") -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = footer
    document.save(str(path))
    return path


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def text_of_cells(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for one in docx.Document(str(path)).tables for row in one.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_lists_every_material_finding(tmp_path: Path, language: Language) -> None:
    audited, path = bortala(), tmp_path / "a.docx"
    letters = write_letters(audited, path, language)
    due = audited.result.at_least(Severity.WARNING)
    rows = text_of_cells(path)
    assert letters.written == ("博尔塔拉蒙古自治州商务局",)
    assert (letters.silent, letters.unaddressed) == ((), 0)
    assert len(rows) == len(due) + 1
    for row, one in zip(rows[1:], due, strict=True):
        assert one.message.text(language) in row[2]
        assert one.check.basis in row[2]
        assert one.ask.text(language) in row[3]
        assert row[4] == ""
    assert "{{" not in text_of(path)


def test_the_layout_is_that_of_an_official_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_letters(bortala(), path)
    document = docx.Document(str(path))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]
    assert section.page_width is not None
    assert abs(section.page_width - Mm(210)) < Pt(1)
    assert document.styles["公文标题"].font.size == Pt(22)
    assert document.styles["公文正文"].font.size == Pt(16)
    assert "方正小标宋简体" in document.styles["公文标题"].element.xml
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_the_date_is_the_one_given_or_room_for_it(tmp_path: Path) -> None:
    audited, path = dossier(table("甲局")), tmp_path / "a.docx"
    write_letters(audited, path)
    assert text_of(path).endswith("    年  月  日")
    write_letters(audited, path, date="2026年11月24日", sender="财政局", kind="review")
    assert text_of(path).endswith("财政局\n2026年11月24日")
    assert text_of(path).startswith("关于2024年度预算绩效自评的复核意见")


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    paths = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for path in paths:
        write_letters(bortala(), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    for path in paths:
        write_template(path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_letter_for_each_unit_that_has_findings(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    (fine,) = perfeval.read(EXAMPLES / "01-service-industry.toml").evaluations
    fine = attrs.evolve(fine, organisation="乙局")
    tables = (table("甲局"), fine, table(None), table(" 甲 局 ", name="另一项目"))
    letters = write_letters(dossier(*tables), path)
    assert letters.written == ("甲局", "填报单位（b.xlsx）")
    assert letters.silent == ("乙局",)
    assert "未发函：乙局" in letters.text()
    assert "乙局" not in text_of(path)
    document = docx.Document(str(path))
    assert len(document.tables) == len(document.sections) == 2
    assert all('w:start="1"' in section._sectPr.xml for section in document.sections)


def test_no_findings_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with pytest.raises(UsageError, match="没有函件可写"):
        write_letters(dossier(), path)
    assert not path.exists()


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    own = template(tmp_path / "own.docx", "致 {{单位}}（{{ count }} 项），{{日期}}", "{{问题表}}")
    document = docx.Document(str(own))
    paragraph = document.paragraphs[0]
    paragraph.text = ""
    for piece in ("致 {", "{单", "位}}", "（{{ count }} 项），{{日期}}"):
        paragraph.add_run(piece).bold = piece == "{单"
    document.save(str(own))
    path = tmp_path / "a.docx"
    audited = dossier(table("甲局"), table("乙局"))
    write_letters(audited, path, template=own, date="某日")
    counts = [
        sum(one.evaluation.organisation == name for one in audited.result.at_least(Severity.WARNING) if one.evaluation)
        for name in ("甲局", "乙局")
    ]  # fmt: skip
    assert f"致 甲局（{counts[0]} 项），某日" in text_of(path)
    assert f"致 乙局（{counts[1]} 项），某日" in text_of(path)


def test_the_template_that_is_written_works_as_ones_own(tmp_path: Path) -> None:
    own, path, plain = tmp_path / "own.docx", tmp_path / "a.docx", tmp_path / "b.docx"
    write_template(own)
    write_letters(bortala(), path, template=own)
    write_letters(bortala(), plain)
    assert path.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(
    ("paragraphs", "footer", "said"),
    [
        (("{{问题表}}", "{{单 位}}"), "", "LETTER-PLACEHOLDER"),
        (("见{{问题表}}",), "", "LETTER-ALONE"),
        (("{{单位}}",), "", "LETTER-FINDINGS"),
        (("{{问题表}}",), "{{单位}}", "LETTER-OUTSIDE"),
    ],
)
def test_a_template_that_cannot_be_filled(
    tmp_path: Path, paragraphs: tuple[str, ...], footer: str, said: str
) -> None:
    own = template(tmp_path / "own.docx", *paragraphs, footer=footer)
    with pytest.raises(UsageError) as caught:
        write_letters(dossier(table("甲局")), tmp_path / "a.docx", template=own)
    assert caught.value.message.code == said
    assert "own.docx" in caught.value.text("en")


def _zip_of(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"no document",
        _zip_of("a.txt", b"a"),
        _zip_of("[Content_Types].xml", b"<Types"),
        _zip_of("[Content_Types].xml", b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'),
        _zip_of("word/document.xml", b"a" * 2**22),
    ],
)
def test_a_template_that_is_no_document(tmp_path: Path, content: bytes | None) -> None:
    own = tmp_path / "own.docx"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        write_letters(dossier(table("甲局")), tmp_path / "a.docx", template=own)
    [problem] = caught.value.problems
    assert ("perfeval template --letter" in problem.text()) == (content is None)


def test_what_a_table_says_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    row = Indicator(level1=HOSTILE, level3=HOSTILE, target="≥10次", actual="5次", weight="90", score="90")
    write_letters(dossier(table(HOSTILE, name=HOSTILE, file=HOSTILE, indicators=[row])), path, date=HOSTILE)
    assert "<w:p/>&{{日期}}{{nobody}}" in text_of(path)
    assert "<w:p/>&{{日期}}{{nobody}}" in text_of_cells(path)[1][1]


def test_perfeval_finds_no_table_in_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_letters(bortala(), path)
    with pytest.raises(UnreadableError) as caught:
        perfeval.read(path)
    assert caught.value.problems[0].message.wording is NO_TABLE


@pytest.mark.slow
@needs_office
def test_libreoffice_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_letters(dossier(table("甲局"), table("乙局")), path, date="2026年11月24日")
    profile = (tmp_path / "profile").as_uri()
    command = [str(which("soffice")), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=300
    )
    printed = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "a.pdf"))
    pages = ["".join(text.split()) for text in printed]
    starts = [page for page in pages if "整改通知" in page]
    assert len(starts) == 2
    assert all("—1—" in page for page in starts)
    assert "甲局" in starts[0]
    assert "乙局" in starts[1]
