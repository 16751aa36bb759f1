"""A summary as one page of HTML that holds everything itself, in the style of an audit's page (extra ``reports``)."""

from __future__ import annotations

__all__ = ["page_text", "write_page"]

from collections.abc import Iterable, Iterator
from pathlib import Path

from markupsafe import Markup

from perfeval.errors import Problem
from perfeval.messages import Language
from perfeval.portfolio import Signal, Summary
from perfeval.report.page.parts import Drawing, cleaned, drawing, environment, file_text, policy_hash
from perfeval.report.pictures import distribution_picture, execution_picture
from perfeval.report.summary.blocks import Kind, Value, group_block, overview, sample_blocks, table_block
from perfeval.report.summary.sentences import counts_text, facts, sample_text
from perfeval.report.summary.words import COLUMNS, LABELS, SIGNALS
from perfeval.version import VERSION

_UNDER = ("department", "organisation", "year", "file")
"""What stands under the name of a table, because a page is not wide enough for columns of them."""


def page_text(summary: Summary, language: Language = "zh", problems: Iterable[Problem] = ()) -> str:
    """Give the page as text; ``problems`` are the files that could not be read."""
    style = file_text("page.css", "perfeval.report.page")
    templates = {
        "summary.html.jinja": file_text("page.html.jinja", __package__),
        "head.html.jinja": file_text("head.html.jinja", "perfeval.report.page"),
    }
    made = environment(templates, {"say": LABELS, "column": COLUMNS}, language)
    made.filters["shown"] = lambda value, kind: _shown(value, kind, language)
    sample = summary.sample
    content = made.get_template("summary.html.jinja").render(
        summary=summary,
        language=language,
        version=VERSION,
        counts=counts_text(summary, language),
        blocks=overview(summary, problems, language),
        groups=group_block(summary, language),
        tables=table_block(summary, language),
        sample="" if sample is None else sample_text(sample, language),
        sampled=() if sample is None else sample_blocks(summary, sample, language),
        pictures=list(_pictures(summary, language)),
        facts=facts(summary, language),
        style=Markup(style),  # noqa: S704 - a file of this package
        under=_UNDER,
        hashes={"style": policy_hash(style), "script": ""},
    )
    return cleaned(content)


def write_page(
    summary: Summary, path: str | Path, language: Language = "zh", problems: Iterable[Problem] = ()
) -> None:
    """Write the page of a summary; the same bytes for the same summary and problems."""
    Path(path).write_text(page_text(summary, language, problems), encoding="utf-8", newline="\n")


def _pictures(summary: Summary, language: Language) -> Iterator[Drawing]:
    cards = [line.card for line in summary.lines]
    yield drawing(distribution_picture(cards, language), "summary-1")
    yield drawing(execution_picture(cards, language), "summary-2")


def _shown(value: Value, kind: Kind, language: Language) -> str:
    """Give a cell as the page prints it: thousands apart, points and money to 0.01 at least, shares in per cent."""
    if value is None:
        return "—"
    if isinstance(value, Signal):
        return SIGNALS[value]().text(language)
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    if kind is Kind.SHARE:
        return f"{value:,.2%}"
    is_short = kind in (Kind.POINTS, Kind.MONEY) and int(value.as_tuple().exponent) > -2
    return f"{value:,.2f}" if is_short else f"{value:,f}"
