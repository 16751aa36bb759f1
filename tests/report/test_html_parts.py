"""What a notebook shows: tables that parse, texts that stay texts, with nothing but the core installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from lxml import etree, html

import perfeval
from perfeval import Evaluation, Funding, Goal, Indicator, Total, parse_target
from perfeval.messages import LANGUAGES, Language
from perfeval.report.html_parts import Shown, html_of

_EXAMPLES = Path(__file__).parents[2] / "examples" / "bortala-2024"
_HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>\x00\ud800\"'&"
_ALLOWED = {
    "div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "pre", "details", "summary",
}  # fmt: skip


def _hostile() -> Evaluation:
    row = Indicator(
        level1=_HOSTILE, level2=_HOSTILE, level3=_HOSTILE, target=_HOSTILE, actual=_HOSTILE, weight=_HOSTILE,
        score=_HOSTILE, rule=_HOSTILE, deviation=_HOSTILE,
    )  # fmt: skip
    number = Indicator(level3=_HOSTILE, target=">=3次", actual="2次", weight=90, score=95)
    return Evaluation(
        name=_HOSTILE, year=_HOSTILE, title=_HOSTILE, department=_HOSTILE, organisation=_HOSTILE, amount_unit=_HOSTILE,
        goal=Goal(expected=_HOSTILE, actual=_HOSTILE), indicators=[row, number], file=_HOSTILE,
        funding=[Funding(label=_HOSTILE, adjusted=_HOSTILE, executed=_HOSTILE, rate=_HOSTILE, score=_HOSTILE)],
        total=Total(score=_HOSTILE, grade=_HOSTILE),
    )  # fmt: skip


def _shown() -> list[Shown]:
    filed = [perfeval.read(path).evaluations[0] for path in sorted(_EXAMPLES.glob("*.toml"))]
    tables = [*filed, _hostile()]
    book = perfeval.load_rulebook("common-practice")
    targets = [
        parse_target(text) for text in ("<=8.9万元", "5-10次", "2024年6月", "提升", "—", "XX次", _HOSTILE)
    ]
    return [
        *tables,
        *(perfeval.score(table) for table in tables),
        perfeval.audit(tables),
        perfeval.audit([_hostile()] * 200),
        book,
        attrs.evolve(book, id=_HOSTILE, title=_HOSTILE),
        *targets,
    ]


def _text(node: etree._Element) -> str:
    return "".join(str(words) for words in node.itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_parses_and_holds_no_markup_of_a_document(language: Language) -> None:
    for value in _shown():
        shown = html_of(value, language)
        root = html.fromstring(shown)
        assert root.get("class") == "perfeval"
        assert {node.tag for node in root.iter()} <= _ALLOWED
        assert {name for node in root.iter() for name in node.keys()} <= {"class", "scope"}  # noqa: SIM118 - lxml's
        etree.fromstring(shown.encode())  # balanced, too


def test_what_a_document_says_is_shown_as_it_stands() -> None:
    text = _text(html.fromstring(html_of(_hostile())))
    assert "</td></table><script>alert(1)</script>" in text
    assert "\x00" not in text


def test_a_row_that_differs_is_marked_and_explains_itself() -> None:
    table = Evaluation(
        indicators=[Indicator(level3="差旅费", target="<=8.90万元", actual="8.94万元", weight=100, score=100)]
    )
    root = html.fromstring(perfeval.score(table)._repr_html_())
    row = next(row for row in root.iter("tr") if "差旅费" in _text(row))
    assert [_text(cell) for cell in row.iter("td") if "marked" in (cell.get("class") or "")] == [
        "99.55",
        "-0.45",
    ]
    assert "8.90 ÷ 8.94" in (row.findtext(".//pre") or "")


def test_an_audit_shows_two_hundred_findings_and_counts_the_rest() -> None:
    result = perfeval.audit([_hostile()] * 200)
    root = html.fromstring(result._repr_html_())
    assert len(root.findall(".//tbody/tr")) == 200
    assert f"另有 {len(result.findings) - 200} 条" in _text(root)


@pytest.mark.parametrize(
    ("target", "kind", "spelling"),
    [
        ("≥3次", "数值", ">=3次"),
        ("3-5次", "区间", ">=3次且<=5次"),
        ("2024年6月", "期限", "2024年6月1日至2024年6月30日"),
        ("有效促进", "文字", "有效促进"),
        ("—", "没有值", "—"),
        ("≥3≥4", "读不出", "≥3≥4"),
    ],
)
def test_every_kind_of_target_shows_itself(target: str, kind: str, spelling: str) -> None:
    root = html.fromstring(perfeval.parse_target(target)._repr_html_())
    assert root.findtext(".//caption") == kind
    assert spelling in [_text(cell) for cell in root.iter("td")]


def test_a_rule_book_shows_its_name() -> None:
    assert "hubei" in _text(html.fromstring(perfeval.load_rulebook("hubei")._repr_html_()))


def test_it_needs_nothing_but_the_core() -> None:
    code = (
        "import sys, perfeval\n"
        "class Nothing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('lxml', 'jinja2', 'narwhals', 'pyarrow', 'pandas', 'polars', 'rich'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Nothing())\n"
        "table = perfeval.Evaluation(indicators=[perfeval.Indicator(target='>=3次', actual='2次', weight=90)])\n"
        "card = perfeval.score(table)\n"
        "shown = [table, card, perfeval.audit([table]), card.rulebook, perfeval.parse_target('>=3次')]\n"
        "assert all(one._repr_html_().startswith('<div') for one in shown)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
