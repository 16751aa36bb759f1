"""The 问题台账: one line for each finding, with the state and the replies that people enter."""

from __future__ import annotations

__all__ = ["Entry", "entries_of", "write_register"]

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from perfeval.auditing import AuditFinding
from perfeval.findings import Severity
from perfeval.messages import Language
from perfeval.report.workbook.words import LABELS, PRESENCE, REGISTER, STATES
from perfeval.report.workbook.writer import Page

WIDTHS = (5, 8, 12, 16, 36, 24, 11, 24, 8, 26, 8, 11, 18)
_ENTERED = ("state", "reply", "reviewer", "date")
_OWN = "own-"


@attrs.frozen(kw_only=True)
class Entry:
    """One line of the register; all of it texts, as a person may have typed anything."""

    organisation: str = ""
    table: str = ""
    problem: str = ""
    basis: str = ""
    effect: str = ""
    ask: str = ""
    state: str = ""
    reply: str = ""
    reviewer: str = ""
    date: str = ""

    def with_entered(self, former: Entry) -> Entry:
        """Give this line with what people entered in its former one."""
        return attrs.evolve(self, **{name: getattr(former, name) for name in _ENTERED})


def entries_of(findings: Iterable[AuditFinding], language: Language) -> dict[str, Entry]:
    """Give the lines of errors and warnings by fingerprint; a second finding of the same has ``#2`` behind it."""
    seen: Counter[str] = Counter()
    found = {}
    for one in findings:
        if one.severity is Severity.NOTE:
            continue
        seen[one.fingerprint] += 1
        count = seen[one.fingerprint]
        key = one.fingerprint if count == 1 else f"{one.fingerprint}#{count}"
        found[key] = _entry(one, language)
    return found


def _entry(one: AuditFinding, language: Language) -> Entry:
    table = one.evaluation
    more = LABELS["more"](count=one.more).text(language) if one.more else ""
    return Entry(
        organisation=(table.organisation if table else None) or "",
        table=(table.name if table else None) or LABELS["between"]().text(language),
        problem=f"{one.code} {one.message.text(language)}{more}",
        basis=one.check.basis,
        effect=effect_of(one, language),
        ask=one.ask.text(language),
        state=STATES().text(language).split(",")[0],
    )


def effect_of(one: AuditFinding, language: Language) -> str:
    """Give what a finding changes, in points and money."""
    parts = []
    if one.effect.points is not None:
        parts.append(LABELS["points"](points=f"{one.effect.points:f}").text(language))
    if one.effect.amount is not None:
        unit = (one.evaluation.amount_unit if one.evaluation else None) or ""
        parts.append(LABELS["amount"](amount=f"{one.effect.amount:f}", unit=unit).text(language).strip())
    return ("；" if language == "zh" else "; ").join(parts)


def write_register(
    page: Page, found: Mapping[str, Entry], former: Mapping[str, Entry], language: Language
) -> None:
    """Write the register; what people entered in the former one stays, also where the finding is gone."""
    page.header(0, [wording().text(language) for wording in REGISTER.values()])
    row = 0
    for row, (presence, key, entry) in enumerate(_lines(found, former), 1):
        page.number(row, 0, row, "centred")
        page.text(row, 1, PRESENCE[presence]().text(language), "centred")
        for column, field in enumerate(attrs.fields(Entry), 2):
            style = "entry" if field.name in _ENTERED else "text"
            page.text(row, column, getattr(entry, field.name), style)
        page.text(row, 12, key)
    sheet = page.sheet
    sheet.set_column(12, 12, WIDTHS[12], None, {"hidden": True})
    sheet.autofilter(0, 0, max(row, 1), 12)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    states = STATES().text(language).split(",")
    sheet.data_validation(1, 8, row + 500, 8, {"validate": "list", "source": states})


def _lines(found: Mapping[str, Entry], former: Mapping[str, Entry]) -> Iterator[tuple[str, str, Entry]]:
    for key, entry in found.items():
        if key in former:
            yield "still", key, entry.with_entered(former[key])
        else:
            yield "new", key, entry
    own = 0
    for key, entry in former.items():
        if key.startswith(_OWN):
            own += 1
            yield "own", f"{_OWN}{own}", entry
        elif key not in found:
            yield "gone", key, entry
