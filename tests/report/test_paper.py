"""The working paper: complete, and Markdown shows of a table what the table says and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import perfeval
from perfeval import Evaluation, Indicator
from perfeval.messages import LANGUAGES, Language
from perfeval.report.dossier import dossier_of
from perfeval.report.escaping import markdown_text
from perfeval.report.paper import working_paper

EXAMPLES = Path(__file__).parents[2] / "examples" / "bortala-2024"
HOSTILE = "a|b\n<script>alert(1)</script> [x](http://e.cn) ![i](j) `c` *d* _e_ ~f~ # &amp; www.e.cn $m$ \\ \x00\ud800"
MARKDOWN = MarkdownIt("gfm-like", {"html": True}).disable("replacements")


def kinds(text: str) -> set[str]:
    tokens = MARKDOWN.parse(text)
    return {one.type for token in tokens for one in (token, *(token.children or ()))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_complete(language: Language) -> None:
    tables = [perfeval.read(path).evaluations[0] for path in sorted(EXAMPLES.glob("*.toml"))]
    dossier = dossier_of(perfeval.audit(tables))
    paper = working_paper(dossier, language)
    rows = sum(len(card.scores) for card in dossier.cards)
    assert sum(line.startswith("| ") for line in paper.splitlines()) == rows + 3 * len(tables)
    for one in dossier.result.findings:
        assert one.fingerprint in paper
        assert markdown_text(one.ask.text(language)) in paper
    for source in dossier.sources:
        assert str(source.sha256) in paper
    assert str(dossier.result.rulebook.sha256) in paper
    assert f"perfeval {dossier.version}" in paper
    assert all(code in paper for code in dossier.result.coverage.not_applicable)
    assert paper == working_paper(dossier, language)


def test_blank_zero_dash_and_no_cell_differ() -> None:
    rows = [
        Indicator(level3="甲", target="", actual="0", weight="10", score="10"),
        Indicator(level3="乙", target="—", weight="10", score="10"),
    ]
    paper = working_paper(dossier_of(perfeval.audit([Evaluation(name="表", indicators=rows)])))
    assert "| 甲 | （空） | 0 |" in paper
    assert "| 乙 | — |  |" in paper


def test_nothing_of_a_table_becomes_markup() -> None:
    row = Indicator(
        level1=HOSTILE, level2=HOSTILE, level3=HOSTILE, target=HOSTILE, actual=HOSTILE, weight="10", score=HOSTILE
    )  # fmt: skip
    made = Evaluation(name=HOSTILE, organisation=HOSTILE, year=HOSTILE, file=HOSTILE, indicators=[row, row])
    found = kinds(working_paper(dossier_of(perfeval.audit([made]))))
    assert not found & {"html_inline", "html_block", "link_open", "image", "code_inline", "em_open", "s_open"}


@given(st.text())
def test_a_text_stays_that_text(text: str) -> None:
    plain = re.sub("[\0-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+", " ", text).strip()
    inline = MarkdownIt("commonmark").parseInline(f"x {markdown_text(text)} x")[0].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}
    assert "".join(token.content for token in inline) == f"x {plain} x"
