"""From grids to evaluations: tables found by their words, rows put together, columns by their headers."""

from __future__ import annotations

__all__ = ["Layout", "Words", "built_in_words", "lay_out"]

import attrs

from perfeval.documents.grid import Document, Paragraph
from perfeval.documents.layout import doubts
from perfeval.documents.layout.build import build
from perfeval.documents.layout.doubted import doubted_places
from perfeval.documents.layout.doubts import doubt
from perfeval.documents.layout.sorting import drafts_of
from perfeval.documents.layout.undivided import undivided
from perfeval.documents.layout.words import Words, built_in_words
from perfeval.documents.limits import Meter, legible
from perfeval.findings import Finding, Severity
from perfeval.table import Evaluation


@attrs.frozen
class Layout:
    """What was found in a document."""

    evaluations: tuple[Evaluation, ...]
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]


def lay_out(document: Document, words: Words, meter: Meter | None = None) -> Layout:
    """Find the evaluation tables of a document and read them, in what is left of the time of its meter."""
    found = drafts_of(document, words, meter or Meter(""))
    evaluations: list[Evaluation] = []
    findings: list[Finding] = list(document.findings)
    for draft in found.drafts:
        for built in build(draft, words):
            if built.evaluation is not None:
                paths = doubted_places(built.evaluation.places, document.findings)
                evaluations.append(attrs.evolve(built.evaluation, doubts=built.evaluation.doubts | paths))
            findings.extend(built.findings)
    for line in found.orphans:
        header = " | ".join(slot.text for slot in line.printed)[:80]
        findings.append(doubt(doubts.UNKNOWN_TABLE(header=header), Severity.ERROR, line.place))
    for text, place in undivided(found.paragraphs, words):
        findings.append(doubt(doubts.NO_FIELDS(header=text[:80]), Severity.ERROR, place))
    said = tuple(attrs.evolve(finding, message=legible(finding.message)) for finding in findings)
    return Layout(tuple(evaluations), found.paragraphs, said)
