"""The page of a summary: whole, safe, the same every time, readable on a phone and on paper."""

from __future__ import annotations

from decimal import Context, localcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval import Evaluation, Funding
from perfeval.errors import Problem
from perfeval.messages import LANGUAGES, Language, Wording
from perfeval.report.summary.blocks import group_block, overview, sample_blocks, table_block
from perfeval.report.summary.page import page_text, write_page
from report.browser import browse, column_counts, needs_chromium, parsed, phone_widths
from report.summary.made import HOSTILE, bortala, hostile, summary_of


def test_what_it_says() -> None:
    tree = parsed(page_text(bortala()))
    text = " ".join(tree.text_content().split())
    assert "8 张表，55 个指标：可计分 55，不可计分 0" in text
    rows = [[cell.text_content().strip() for cell in row] for row in tree.xpath("//table[@id='groups']//tr")]
    assert rows[2] == [
        *("博尔塔拉蒙古自治州商务局", "项目支出", "7", "7", "11,704,200.00", "9,903,700.00", "84.62%"),
        *("91.75", "99.76", "100.00", "3", "0", "4", "0", "31"),
    ]
    dry_port = tree.get_element_by_id("table-5").text_content().split()
    assert {"81.79", "91.75", "500,000.00", "89,400.00", "17.88%", "红", "抽中"} <= set(dry_port)
    assert all(source in text for source in ("川财绩〔2025〕10号", "一家厂商的绩效平台所用"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_say_what_their_cells_are(language: Language) -> None:
    tree = parsed(page_text(bortala(), language))
    assert tree.get("lang") == {"zh": "zh-Hans", "en": "en"}[language]
    tables = tree.xpath("//table")
    assert len(tables) == 8
    for table in tables:
        assert table.xpath("./caption")
        assert all(head.get("scope") for head in table.xpath(".//th"))
        assert column_counts(table) == {len(table.xpath("./thead/tr/th"))}
        assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in table.xpath("./tbody/tr"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_comes_from_outside(language: Language) -> None:
    text = page_text(bortala(), language)
    tree = parsed(text)
    assert all(address.startswith("#") for address in tree.xpath("//@src | //@href"))
    assert not tree.xpath("//script | //link | //iframe | //object | //@style")
    assert "url(" not in text
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_hostile_texts_stay_texts() -> None:
    tree = parsed(page_text(summary_of(hostile(), sample=1)))
    assert not tree.xpath("//script | //img | //@onerror")
    shown = tree.text_content()
    assert "<img src=x onerror=alert(1)>" in shown
    assert "{{7*7}}" in shown
    assert "\u202e" not in shown
    assert "\x00" not in shown


@settings(max_examples=15, deadline=None)
@given(text=st.text(min_size=1, max_size=12))
def test_any_text_is_shown(text: str) -> None:
    made = page_text(summary_of(hostile(text), sample=1))
    made.encode("utf-8")
    ids = parsed(made).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_without_sample_tables_or_scores() -> None:
    assert "抽查" not in parsed(page_text(bortala(None))).text_content()
    assert parsed(page_text(summary_of())).xpath("//h1")
    unread = Problem("a.pdf", 0, 0, "", Wording("X", "打不开 {what}", "cannot open {what}")(what=HOSTILE))
    text = parsed(page_text(summary_of(), problems=[unread])).get_element_by_id("problems").text_content()
    assert "a.pdf: 打不开" in text


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("1", "10,000.00"),
        ("0.00001", "0.10"),
        ("0.0000015", "0.015"),
        ("9" * 26, "999," * 8 + "990,000.00"),
    ],
)
def test_amounts_have_all_their_digits(printed: str, shown: str) -> None:
    money = Funding(label="总额", adjusted=printed, executed="1")
    with localcontext(Context(prec=5)):  # what a caller has set for decimals of its own does not matter
        tree = parsed(page_text(summary_of(Evaluation(amount_unit="万元", funding=[money]))))
    assert tree.xpath("//tr[@id='table-1']/td")[5].text == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocks_have_as_many_values_as_columns(language: Language) -> None:
    summary = bortala()
    assert summary.sample is not None
    blocks = [
        *overview(summary, (), language),
        group_block(summary, language),
        table_block(summary, language),
        *sample_blocks(summary, summary.sample, language),
    ]
    for block in blocks:
        assert {len(row) for row in block.rows} == {len(block.columns)}
    counts = {
        block.name: [row[block.columns.index("tables")] for row in block.rows]
        for block in blocks
        if "tables" in block.columns
    }
    assert counts["execution"] == [1, 1, 0, 3, 3, 0]
    assert counts["groups"] == [1, 7]


def test_the_same_summary_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_page(bortala(), tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@needs_chromium
@pytest.mark.slow
def test_a_phone_shows_it_without_scrolling_sideways(tmp_path: Path) -> None:
    assert phone_widths(page_text(bortala()), tmp_path) == "390 390 0"


@needs_chromium
@pytest.mark.slow
def test_it_prints(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_page(bortala(), page)
    done = browse(page, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'page.pdf'}")
    assert "CONSOLE" not in done.stderr
    pdfium = pytest.importorskip("pypdfium2")
    printed = pdfium.PdfDocument(tmp_path / "page.pdf")
    leaves = ["".join(leaf.get_textpage().get_text_bounded().split()) for leaf in printed]
    printed.close()
    assert "总分分布" in leaves[0]
    assert "监管信号" in leaves[1]  # a table is not broken over two leaves
    # The headings of the long table stand on each of its leaves.
    assert [leaf.count("抽查") > 0 for leaf in leaves[1:3]] == [True, True]
