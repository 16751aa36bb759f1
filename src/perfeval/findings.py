"""Places, and findings: a code, facts and places, with the text made late."""

from __future__ import annotations

__all__ = ["Finding", "FindingClass", "Location", "Severity"]

from enum import StrEnum

import attrs

from perfeval.messages import Language, Message


@attrs.frozen
class Location:
    """Where something was written; only what is known is set.

    ``line``, ``column``, ``page``, ``table`` and ``row`` count from 1; ``sheet`` and ``cell`` name a
    workbook's. As text: ``a.toml:14:9``, ``a.pdf:p3:r12`` (page, row), ``a.docx:t2:r5`` (table, row),
    ``a.xlsx:Sheet1!B4``.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def as_dict(self) -> dict[str, str | int]:
        """Give the known parts as a JSON object."""
        known = attrs.asdict(self, filter=lambda _field, value: value is not None)
        return dict(known)

    def __str__(self) -> str:
        parts = [self.file, self.line, self.column]
        if self.sheet is not None or self.cell is not None:
            parts.append("!".join(part for part in (self.sheet, self.cell) if part))
        else:
            parts += [f"{mark}{n}" for mark, n in (("p", self.page), ("t", self.table), ("r", self.row)) if n]
        return ":".join(str(part) for part in parts if part)


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FindingClass(StrEnum):
    """How sure a finding is: 计算错误, 前后不一致, 疑点请说明, or a remark of the reader."""

    ARITHMETIC = "arithmetic"
    CONTRADICTION = "contradiction"
    QUESTION = "question"
    READING = "reading"


@attrs.frozen
class Finding:
    """One thing that was seen: what it says, how sure, how grave, and where."""

    message: Message
    kind: FindingClass
    severity: Severity
    places: tuple[Location, ...] = ()

    @property
    def code(self) -> str:
        """The stable code, such as PE001."""
        return self.message.code

    def text(self, language: Language = "zh") -> str:
        """Give one line: places, code and sentence."""
        where = "".join(f"{place}: " for place in self.places[:1])
        return f"{where}{self.code} {self.message.text(language)}"
