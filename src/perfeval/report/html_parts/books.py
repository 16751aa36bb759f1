"""A rule book: every setting with its value and its basis."""

from __future__ import annotations

__all__ = ["rulebook_html"]

from perfeval.messages import Language, Wording
from perfeval.report.html_parts.markup import Cell, cell, paragraph, part, table
from perfeval.rulebook import RuleBook, setting_names, setting_value
from perfeval.scoring.explain import STATUS_TEXTS

_HEADING = Wording("html-book-heading", "评分办法 {id}　{title}", "rule book {id}: {title}")
_HASH = Wording("html-book-hash", "SHA-256：{sha256}", "SHA-256: {sha256}")
_HEADER = Wording("html-book-header", "设置|取值|依据|核实情况", "setting|value|basis|status")
_NO_BASIS = Wording("html-book-no-basis", "未注明", "not stated")


def rulebook_html(book: RuleBook, language: Language = "zh") -> str:
    """Give a rule book as a piece of HTML."""
    caption = _HEADING(id=book.id, title=book.title).text(language)
    rows = (_row(book, name, language) for name in setting_names())
    return part(
        table(caption, _HEADER().text(language).split("|"), rows),
        paragraph(_HASH(sha256=book.sha256 or "—").text(language)),
    )


def _row(book: RuleBook, name: str, language: Language) -> list[Cell]:
    basis = book.basis_of(name)
    source = _NO_BASIS().text(language) if basis is None else f"{basis.source}\n{basis.note}".strip()
    status = "—" if basis is None else STATUS_TEXTS[basis.status]().text(language)
    return [cell(name), cell(setting_value(book, name)), cell(source), cell(status)]
