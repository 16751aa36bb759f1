"""The page of an audit: whole, safe, the same every time, and usable in a browser."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.auditing import audit
from perfeval.documents import read
from perfeval.messages import Language
from perfeval.report.dossier import Dossier, dossier_of
from perfeval.report.page import page_text, write_page
from perfeval.report.page.cards import cards_of, every
from perfeval.report.page.crops import Wanted, row_pictures
from perfeval.report.page.spots import spots_of
from perfeval.table import Evaluation, Funding, Goal, Indicator, Total
from report.browser import browse, column_counts, needs_chromium, parsed, phone_widths

PDF = Path(__file__).parents[2] / "examples" / "documents" / "bortala-2024.pdf"
HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>&amp;{{7*7}}\u202e\x00"
)


@lru_cache
def bortala() -> Dossier:
    reading = read(PDF, name="bortala-2024.pdf")
    return dossier_of(attrs.evolve(audit(reading.evaluations), reading=reading.findings))


@lru_cache
def bortala_page(language: Language = "zh") -> str:
    return page_text(bortala(), language, {"bortala-2024.pdf": PDF})


def table(text: str = "甲", **changes: Any) -> Evaluation:
    made = Evaluation(
        name=text,
        year="2024",
        organisation=text,
        department=text,
        amount_unit=text,
        goal=Goal(expected=text, actual=text),
        funding=(Funding(label=text, adjusted="100", executed="88.01", weight="10", rate=text, score="9.9"),),
        indicators=(
            Indicator(
                level1="产出", level2=text, level3=text, target="≥10", actual="5", weight="90", score="90"
            ),
            Indicator(
                level1="产出", level2=text, level3=text, target=text, actual=text, weight=text, rule=text
            ),
        ),
        total=Total(weight="100", score="99.9", grade=text),
        file=f"{text}.toml",
        sha256="0" * 64,
    )
    return attrs.evolve(made, **changes)


def page_of(*tables: Evaluation, language: Language = "zh") -> str:
    return page_text(dossier_of(audit(tables)), language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_has_a_card_and_every_link_leads_somewhere(language: Language) -> None:
    dossier = bortala()
    tree = parsed(bortala_page(language))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)
    cards = list(every(cards_of(dossier, spots_of(dossier.result.evaluations), language)))
    assert len(cards) == len(tree.xpath("//article"))
    for card in cards:
        (article,) = tree.xpath(f"//article[@id='f-{card.number.replace('.', '-')}']")
        text = " ".join(article.text_content().split())
        finding = card.finding
        shown = (finding.message, finding.explained_by, finding.ask)
        for words in (*(message.text(language) for message in shown), finding.check.basis):
            assert " ".join(words.split()) in text
        assert finding.code in text
        assert finding.fingerprint in text


def test_marks_and_cards_lead_to_each_other() -> None:
    tree = parsed(bortala_page())
    for finding in bortala().result.findings:
        assert finding.evaluation is not None  # of this document
    for article in tree.xpath("//article"):
        (link, *_) = article.xpath("./dl//a[starts-with(@href, '#t')]/@href")
        spot = tree.get_element_by_id(link[1:])
        assert f"#{article.get('id')}" in spot.xpath(".//a[@class and contains(@class, 'mark')]/@href")


def test_a_place_that_two_tables_share_leads_nowhere_else() -> None:
    spots = spots_of(bortala().result.evaluations)
    place = bortala().result.evaluations[5].place("indicators[0]")
    assert place is not None
    assert place == bortala().result.evaluations[6].place("indicators[0]")
    assert spots.of_place(place) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_comes_from_outside(language: Language) -> None:
    text = bortala_page(language)
    tree = parsed(text)
    for address in tree.xpath("//@src | //@href | //@action | //@data | //@srcset"):
        assert address.startswith(("#", "data:image/png;base64,"))
    assert not tree.xpath("//link | //iframe | //object | //embed | //base")
    assert not tree.xpath("//@style")
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_hostile_texts_stay_texts() -> None:
    calm, hostile = (parsed(page_of(table(text))) for text in ("甲", HOSTILE))
    for tag in ("script", "style", "b", "img"):
        assert len(hostile.xpath(f"//{tag}")) == len(calm.xpath(f"//{tag}"))
    assert not hostile.xpath("//@onerror")
    shown = hostile.text_content()
    assert "<img src=x onerror=alert(1)>" in shown
    assert "{{7*7}}" in shown
    assert "\u202e" not in shown
    assert "\x00" not in shown


@settings(max_examples=15, deadline=None)
@given(text=st.text(min_size=1, max_size=12))
def test_any_text_is_shown(text: str) -> None:
    made = page_of(table(text))
    made.encode("utf-8")
    tree = parsed(made)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)


def test_the_same_audit_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_page(bortala(), tmp_path / name, documents={"bortala-2024.pdf": PDF})
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert (tmp_path / "one.html").read_text(encoding="utf-8") == bortala_page()


def test_tables_say_what_their_cells_are() -> None:
    tree = parsed(bortala_page())
    assert tree.get("lang") == "zh-Hans"
    assert parsed(bortala_page("en")).get("lang") == "en"
    for found in tree.xpath("//table"):
        assert found.xpath("./caption")
        assert all(head.get("scope") for head in found.xpath(".//th"))
        assert column_counts(found) == {len(found.xpath("./thead/tr/th"))}


def test_tables_without_money_indicators_or_scores() -> None:
    bare = table(funding=(), indicators=(), total=Total(score="90"))
    scoreless = table(indicators=(Indicator(level1="产出", level3="乙", target="≥10"),), total=Total())
    tree = parsed(page_of(bare, scoreless, Evaluation()))
    assert all(column_counts(found) == {len(found.xpath("./thead/tr/th"))} for found in tree.xpath("//table"))
    assert "指标值" in tree.text_content()


def test_an_audit_of_nothing_is_a_page() -> None:
    assert parsed(page_of()).xpath("//h1")


def test_what_was_not_looked_at_is_said() -> None:
    text = parsed(bortala_page()).get_element_by_id("coverage").text_content()
    assert "55/55" in text
    assert "没有提供，未对照：上年自评表、批复目标表、账表" in text
    assert all(code in text for code in bortala().result.coverage.not_applicable)
    assert "分值读不出或不合理" in parsed(page_of(table())).get_element_by_id("coverage").text_content()
    footer = parsed(bortala_page()).xpath("//footer")[0].text_content()
    book = bortala().result.rulebook
    assert book.sha256 is not None
    assert all(
        part in footer for part in (book.id, book.sha256, bortala().version, str(bortala().sources[0].sha256))
    )


def wanted(number: int = 4, row: int = 5) -> Wanted:
    found = bortala().result.evaluations[number]
    place = found.place(f"indicators[{row}]")
    name = found.indicators[row].level3
    assert place is not None
    assert place.page is not None
    assert place.row is not None
    assert name is not None
    assert found.sha256 is not None
    return Wanted("bortala-2024.pdf", found.sha256, place.page, place.row, name)


def test_rows_are_cut_out_only_where_they_are_certain() -> None:
    one = wanted()
    given = {"bortala-2024.pdf": PDF}
    (picture,) = row_pictures([one], given).values()
    assert picture.startswith(b"\x89PNG")
    doubtful = [
        attrs.evolve(one, text="另一个指标"),
        attrs.evolve(one, row=one.row + 1),
        attrs.evolve(one, row=99),
        attrs.evolve(one, page=99),
        attrs.evolve(one, text=""),
        attrs.evolve(one, sha256="0" * 64),
        attrs.evolve(one, file="elsewhere.pdf"),
    ]
    assert row_pictures(doubtful, given) == {}
    assert row_pictures([one], {}) == {}
    assert row_pictures([one], {"bortala-2024.pdf": PDF.read_bytes()}) == {one: picture}
    assert row_pictures([one], {"bortala-2024.pdf": PDF.read_bytes() + b" "}) == {}


def test_two_tables_with_the_same_row_on_one_page_give_no_picture() -> None:
    digest = wanted().sha256
    assert (
        row_pictures([Wanted("bortala-2024.pdf", digest, 4, 4, "年度资金总额")], {"bortala-2024.pdf": PDF})
        == {}
    )


def visible(dom: str) -> list[str]:
    tree = parsed(dom)
    return [str(card.get("id")) for card in tree.xpath("//*[@class='cards']/article[not(@hidden)]")]


@needs_chromium
@pytest.mark.slow
def test_search_and_filters_work_in_a_browser(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(bortala_page(), encoding="utf-8")
    findings = bortala().result.findings
    plain = browse(page, "--dump-dom")
    assert "CONSOLE" not in plain.stderr
    assert len(visible(plain.stdout)) == len(findings)
    assert not parsed(plain.stdout).get_element_by_id("filter").get("hidden")
    searched = browse(page, "--dump-dom", fragment="#q=PE103")
    assert "CONSOLE" not in searched.stderr
    found = [f"f-{number}" for number, one in enumerate(findings, 1) if one.code == "PE103"]
    assert visible(searched.stdout) == found
    grave = browse(page, "--dump-dom", fragment="#severity=warning&class=arithmetic").stdout
    kinds = [(str(one.severity), str(one.kind)) for one in findings]
    assert len(visible(grave)) == kinds.count(("warning", "arithmetic"))
    none = browse(page, "--dump-dom", fragment="#q=nothing-has-this").stdout
    assert visible(none) == []
    assert parsed(none).get_element_by_id("none").get("hidden") is None


@needs_chromium
@pytest.mark.slow
def test_a_phone_shows_the_page_and_its_pictures_without_scrolling_sideways(tmp_path: Path) -> None:
    assert phone_widths(bortala_page(), tmp_path) == "390 390 0"


@needs_chromium
@pytest.mark.slow
def test_it_prints(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(bortala_page(), encoding="utf-8")
    browse(page, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'page.pdf'}")
    pdfium = pytest.importorskip("pypdfium2")
    printed = pdfium.PdfDocument(tmp_path / "page.pdf")
    text = "".join(leaf.get_textpage().get_text_bounded() for leaf in printed)
    assert "搜索" not in text
    assert all(one.fingerprint in text for one in bortala().result.findings)
    printed.close()
