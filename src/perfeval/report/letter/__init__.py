"""Letters from an audit: 整改通知 or 复核意见, one for each unit, in one Word document (extra ``reports``)."""

from __future__ import annotations

__all__ = ["Kind", "Letters", "write_letters", "write_template"]

from pathlib import Path

import attrs

from perfeval.errors import UsageError
from perfeval.findings import Severity
from perfeval.messages import Language, Wording
from perfeval.report.dossier import Dossier
from perfeval.report.letter.content import Kind, content_of, unit_name
from perfeval.report.letter.standard import standard_template
from perfeval.report.letter.template import bytes_of, filled, opened
from perfeval.report.letter.units import units_of
from perfeval.report.letter.words import TITLES, WORDS

_KIND = Wording(
    "LETTER-KIND", "函件种类应为 {kinds}，现为 {given}", "a letter is one of {kinds}, not {given}"
)
_NONE = Wording(
    "LETTER-NONE",
    "没有达到设定标准的错误或须核对的问题，没有函件可写",
    "there are no material errors or warnings, so there is no letter to write",
)


@attrs.frozen
class Letters:
    """Which units got a letter, which got none for want of findings, and how many findings are in no unit's table."""

    written: tuple[str, ...]
    silent: tuple[str, ...]
    unaddressed: int

    def text(self, language: Language = "zh") -> str:
        """Say it, a line each."""
        join = WORDS["and"]().text(language).join
        lines = [WORDS["written"](letters=len(self.written), units=join(self.written))]
        if self.silent:
            lines.append(WORDS["silent"](units=join(self.silent)))
        if self.unaddressed:
            lines.append(WORDS["unaddressed"](count=self.unaddressed))
        return "\n".join(line.text(language) for line in lines)


def write_letters(
    dossier: Dossier,
    path: str | Path,
    language: Language = "zh",
    *,
    kind: Kind = "rectify",
    template: str | Path | None = None,
    sender: str | None = None,
    date: str | None = None,
) -> Letters:
    """Write a letter to every unit with material errors or warnings, all in one document, each beginning a page.

    ``template`` is a .docx with placeholders (``write_template`` gives one to start from). ``date`` stands as given;
    without it, room is left for it. The same audit and template give the same bytes.
    """
    if kind not in TITLES:
        raise UsageError(_KIND(kinds=" ".join(TITLES), given=kind))
    data, name = (
        (standard_template(language), "") if template is None else (bytes_of(template), str(template))
    )
    document = opened(data, name)
    units = units_of(dossier)
    due = [unit for unit in units if unit.findings]
    if not due:
        raise UsageError(_NONE())
    book = dossier.result.rulebook
    letters = [content_of(unit, book, kind, language, sender=sender, date=date) for unit in due]
    Path(path).write_bytes(filled(document, letters))
    return Letters(
        tuple(unit_name(unit, language) for unit in due),
        tuple(unit_name(unit, language) for unit in units if not unit.findings),
        len(dossier.result.at_least(Severity.WARNING)) - sum(len(unit.findings) for unit in due),
    )


def write_template(path: str | Path, language: Language = "zh") -> None:
    """Write the template that is used where none is given, to be changed in Word or WPS."""
    Path(path).write_bytes(standard_template(language))
