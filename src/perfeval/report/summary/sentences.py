"""Sentences of a summary that more than one of its forms says."""

from __future__ import annotations

__all__ = ["counts_text", "facts", "percent", "sample_text"]

from fractions import Fraction

from perfeval.messages import Language
from perfeval.portfolio import Sample, Summary
from perfeval.report.summary.words import COUNTS, LABELS, SAMPLE, WEIGHINGS
from perfeval.scoring.numbers import quotient
from perfeval.version import VERSION


def percent(share: Fraction) -> str:
    """Give a share in per cent, without its sign: 0.01 % half up, no zeros at the end."""
    return f"{quotient((100 * share).as_integer_ratio(), 2).normalize():f}"


def counts_text(summary: Summary, language: Language) -> str:
    """Say how much was summarized, and how much of it could be scored."""
    counts = COUNTS(
        tables=len(summary.lines),
        indicators=summary.indicators,
        scored=summary.scored,
        unscorable=sum(summary.unscorable.values()),
    )
    return counts.text(language)


def facts(summary: Summary, language: Language) -> list[tuple[str, str]]:
    """Give label and text of what a summary was made by."""
    book = summary.rulebook
    said = {"book": " ".join(part for part in (book.id, book.sha256) if part), "tool": f"perfeval {VERSION}"}
    return [(LABELS[name]().text(language), text) for name, text in said.items()]


def sample_text(sample: Sample, language: Language) -> str:
    """Say how a sample was drawn."""
    drawn = SAMPLE(
        tables=len(sample.numbers),
        weighing=WEIGHINGS[sample.weighing]().text(language),
        seed=sample.seed,
        certain=sample.certain,
        without=sample.without_weight,
    )
    return drawn.text(language)
