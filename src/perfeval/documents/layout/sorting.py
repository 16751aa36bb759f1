"""From lines to drafts: which lines make a table, and which part of it each one is."""

from __future__ import annotations

__all__ = ["Sorted", "drafts_of"]

import re
from collections.abc import Sequence

import attrs

from perfeval.documents.grid import Document, Grid, Paragraph
from perfeval.documents.layout.align import Known
from perfeval.documents.layout.draft import Draft, Entry, Money, Part
from perfeval.documents.layout.furniture import page_furniture
from perfeval.documents.layout.headers import Columns, funding_columns, goal_columns, indicator_columns
from perfeval.documents.layout.kinds import LineKinds, label_key, numbers_columns
from perfeval.documents.layout.lines import Line, lines_of
from perfeval.documents.layout.pieces import by_content, continued, is_plausible
from perfeval.documents.layout.rows import Row, take_row
from perfeval.documents.layout.words import Words, key_of
from perfeval.documents.limits import Meter
from perfeval.values import squash

_NEAR = 20  # lines: a gap between the pieces of a table is shorter
_TITLE_LENGTH = 80
_CAPTION = re.compile(r"\(?(?:[12][0-9]{3}年?度?|单位[:：].*|金额单位.*|.*年度?)\)?")
_PAGE = re.compile(r"[-—–第共页/0-9,.·•\s]*")
# 二、预算执行情况: the caption of a section of one table that is printed as several.
_SECTION = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．].{2,40}")
_CONTINUED = re.compile(r"(续表|续上表|接上表|\(续\)|（续）).*")
_HINTS = frozenset({"level1", "level2", "level3", "target", "actual", "weight", "score"})
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_AMOUNT = re.compile("-?[0-9][0-9,.]*(?:人民币)?[百千万亿]*元?")


@attrs.frozen
class Sorted:
    """The drafts of a document, and what stands outside them."""

    drafts: tuple[Draft, ...]
    paragraphs: tuple[Paragraph, ...]
    orphans: tuple[Line, ...]
    """Lines that look like a table of indicators under a header that is not known."""


def drafts_of(document: Document, words: Words, meter: Meter) -> Sorted:
    """Sort the lines of a document into drafts."""
    sorter = _Sorter(words, meter)
    furniture = page_furniture(document)
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            sorter.grid(block, number)
        else:
            sorter.paragraph(block, is_furniture=number in furniture)
    return sorter.finish()


class _Sorter:
    """Goes through the blocks in order, with the table that is being read."""

    def __init__(self, words: Words, meter: Meter) -> None:
        self.words = words
        self.meter = meter
        self.kinds = LineKinds(words)
        self.drafts: list[Draft] = []
        self.paragraphs: list[Paragraph] = []
        self.orphans: list[Line] = []
        self.between: list[Paragraph] = []
        self.draft: Draft | None = None
        self.current: Grid | None = None
        self.tried = 0

    def finish(self) -> Sorted:
        self._close()
        return Sorted(tuple(self.drafts), tuple(self.paragraphs), tuple(self.orphans))

    def paragraph(self, paragraph: Paragraph, *, is_furniture: bool) -> None:
        self.paragraphs.append(paragraph)
        if not is_furniture:
            self.between.append(paragraph)

    def _close(self) -> None:
        if self.draft is not None and self.draft.is_table:
            self.drafts.append(self.draft)
        self.draft = None

    def _open(self) -> Draft:
        self._close()
        self.draft = Draft(Known(self.words), captions=self.between[-6:])
        self.between = []
        return self.draft

    def grid(self, grid: Grid, piece: int) -> None:
        lines = list(lines_of(grid, piece))
        if self.draft is not None and not self._goes_on(lines):
            self._close()
        if self.draft is not None:
            self.draft.captions.extend(self.between)
            self.between = []
            lines = self._under_the_header(grid, lines)
        self.current, self.tried = grid, 0
        skip = False
        for index in range(len(lines)):
            if skip:
                skip = False
                continue
            self._refit(lines, index)
            line = lines[index]
            self.meter.clock()
            if line.printed:
                under = lines[index + 1] if index + 1 < len(lines) else None
                skip = self._line(line, under)
        self.between = self.between if self.draft is None else []

    def _under_the_header(self, grid: Grid, lines: list[Line]) -> list[Line]:
        """Put the lines of a further piece under the columns of the table, up to where something new begins."""
        draft = self.draft
        if draft is None or draft.base is None or draft.part is Part.AFTER:
            return lines
        cut = next((index for index, line in enumerate(lines) if self._begins(line)), len(lines))
        if cut == 0:
            return lines
        columns = draft.headers[-1] if draft.headers else None
        fitted = continued(
            grid, lines, draft.base, columns, draft.known, draft.rows[-1].texts if draft.rows else None
        )
        if fitted is None:
            draft.lost.extend(line for line in lines[:cut] if line.printed)
            return lines[cut:]
        return [*fitted[:cut], *lines[cut:]]

    def _refit(self, lines: list[Line], index: int) -> None:
        """Mend rows of a grid that were shifted within it: behind an empty line, or two and more that cannot be rows."""
        draft, line = self.draft, lines[index]
        if draft is None or draft.part is not Part.INDICATORS or not draft.rows or index < self.tried:
            return
        columns, above = draft.headers[-1], draft.rows[-1].texts
        if line.moved or columns.is_flat or not (line.aligned and line.printed):
            return
        if is_plausible(line, columns, draft.known, above) or self._begins(line):
            return
        following = next((other for other in lines[index + 1 : index + _NEAR] if other.printed), None)
        behind_gap = index > 0 and not lines[index - 1].printed
        if not behind_gap and (following is None or is_plausible(following, columns, draft.known, None)):
            return
        if self._is_like_the_rest(lines[:index], columns, draft.known):
            return
        stop = next((n for n in range(index, len(lines)) if self._begins(lines[n])), len(lines))
        moved = by_content(lines[index:stop], columns, draft.known, above)
        if moved is None:
            self.tried = stop
        else:
            lines[index:stop] = moved

    def _is_like_the_rest(self, above: Sequence[Line], columns: Columns, known: Known) -> bool:
        """Say whether the row above is as odd as this one: then the form is, and nothing was shifted."""
        row = next((line for line in reversed(above) if line.printed), None)
        if row is None or row.moved or self._begins(row):
            return False
        return not is_plausible(row, columns, known, None)

    def _begins(self, line: Line) -> bool:
        """Say whether a line is a header, a title or a label: it needs no other header."""
        if not line.printed:
            return False
        return (
            indicator_columns(line, None, self.words) is not None
            or funding_columns(line, self.words) is not None
            or goal_columns(line, self.words) is not None
            or self._is_title(line)
            or self.kinds.is_other_title(line)
            or self._starts_table(line)
        )

    def _goes_on(self, lines: Sequence[Line]) -> bool:
        """Say whether a grid may continue the table: nothing but page furniture or short remarks between."""
        draft = self.draft
        if draft is None or draft.part is Part.AFTER:
            return draft is not None and draft.part is Part.AFTER and not self.between
        for paragraph in self.between:
            text = squash(paragraph.text)
            if (
                self.words.title(text) is not None
                and len(text) < _TITLE_LENGTH
                and not _CONTINUED.search(text)
            ):
                return False
            is_section = draft.columns is None and _SECTION.fullmatch(text)
            if not (_PAGE.fullmatch(text) or _CONTINUED.search(text) or is_section):
                return False
        first = next((line for line in lines if line.printed), None)
        return first is not None and not self.kinds.is_other_title(first)

    # One line: what it is, and where it goes. True says that the line under it was read with it.

    def _line(self, line: Line, under: Line | None) -> bool:
        draft = self.draft
        header = indicator_columns(line, under, self.words)
        if header is not None:
            self._indicator_header(header[0], line)
            return header[1]
        if self._is_title(line):
            if draft is None or draft.rows or draft.entries:
                self._close()
            self.between.append(Paragraph(line.printed[0].text, line.printed[0].place))
            return False
        if draft is not None and draft.part is Part.INDICATORS and self.kinds.is_other_title(line):
            self._close()
        elif draft is not None and draft.part is Part.INDICATORS and not self._starts_table(line):
            self._indicator_line(line)
            return False
        elif draft is not None and draft.part is Part.INDICATORS and draft.rows:
            self._close()  # the table above ended without a total
        self._other_line(line)
        return False

    def _is_title(self, line: Line) -> bool:
        texts = {slot.text for slot in line.printed}
        text = squash(next(iter(texts)))
        if len(texts) != 1 or len(text) > _TITLE_LENGTH:
            return False
        return self.words.title(text) is not None or (
            self.draft is None and _CAPTION.fullmatch(text) is not None
        )

    def _starts_table(self, line: Line) -> bool:
        """Say whether a line among indicators begins the next table: a name label with its value."""
        draft = self.draft
        entries = self.kinds.entries(line)
        names = [entry for entry in entries if entry.role in {"name", "organisation", "project_code"}]
        if draft is None or not names or label_key(line) not in self.words.labels:
            return False
        if self.kinds.is_signature(line, entries):
            return False
        same = {(entry.role, squash(entry.text)) for entry in draft.entries}
        return not all((entry.role, squash(entry.text)) in same for entry in names)

    def _indicator_header(self, columns: Columns, line: Line) -> None:
        draft = self.draft
        if (
            draft is None
            or (draft.columns is not None and draft.part is Part.AFTER)
            or (draft.columns is not None and draft.columns.roles != columns.roles and draft.totals)
        ):
            draft = self._open()
        if draft.columns is None:
            draft.columns = columns
        draft.headers.append(columns)
        draft.is_aligned = draft.is_aligned and line.aligned
        draft.part = Part.INDICATORS
        draft.base = self.current
        self._mark(line)

    def _mark(self, line: Line) -> None:
        if self.draft is not None and line.piece not in self.draft.pieces:
            self.draft.pieces.append(line.piece)

    def _indicator_line(self, line: Line) -> None:
        draft = self.draft
        if draft is None or draft.columns is None:
            return
        self._mark(line)
        if self._is_repeated_heading(line) or (not draft.rows and numbers_columns(line)):
            return
        if not draft.columns.is_flat and self.kinds.is_total(line):
            draft.totals.append(line)
            draft.part = Part.AFTER if draft.rows else Part.INDICATORS
            return
        if self.kinds.is_subtotal(line):
            return
        if self.kinds.is_footer(line):
            if draft.rows:
                draft.part = Part.AFTER
                self._other_line(line)
            else:
                self._note(line)
            return
        row = take_row(line, draft.headers[-1], draft.known, draft.rows)
        if row is None:
            draft.lost.append(line)
        else:
            draft.rows.append(row)

    def _is_repeated_heading(self, line: Line) -> bool:
        """Say whether the heading is printed again at the top of a page."""
        draft = self.draft
        if draft is None:
            return False
        entries = self.kinds.entries(line)
        same = {(entry.role, squash(entry.text)) for entry in draft.entries}
        first = key_of(re.split("[:：]", line.printed[0].text)[0])
        return (
            bool(entries)
            and first in self.words.labels
            and all((e.role, squash(e.text)) in same for e in entries)
        )

    def _other_line(self, line: Line) -> None:
        draft = self.draft
        funding = None if self.kinds.is_detail(line) else funding_columns(line, self.words)
        goal = goal_columns(line, self.words) if funding is None else None
        entries = self.kinds.entries(line) if funding is None and goal is None else []
        if draft is not None and draft.part is Part.AFTER:
            if not draft.totals and draft.headers and self.kinds.is_total(line):
                draft.totals.append(line)  # a remark stands before it
                return
            if any(entry.role == "grade" for entry in entries):
                draft.entries.extend(entries)
                return
            starts = any(entry.role in {"name", "organisation", "project_code"} for entry in entries)
            starts = starts and not self.kinds.is_signature(line, entries)
            if not (starts or funding or goal):
                row = None if entries else self._further_row(draft, line)
                if row is None:
                    self._note(line)
                else:
                    draft.rows.append(row)
                    draft.part = Part.INDICATORS
                return
            self._close()
            draft = None
        if draft is None:
            if not (funding or goal or entries):
                self._note(line)
                self._watch(line)
                return
            draft = self._open()
        self._mark(line)
        self._into(draft, line, funding, goal, entries)

    def _into(
        self, draft: Draft, line: Line, funding: Columns | None, goal: Columns | None, entries: list[Entry]
    ) -> None:
        if goal is None and self.kinds.is_detail(line):
            draft.money_texts.extend(line.printed)  # its header may name the unit of money
            self._unread(draft, line)
        elif funding is not None:
            draft.part = Part.FUNDING
            draft.base = self.current
            draft.money.append(Money(line, funding))
            draft.money_texts.extend(line.printed)
        elif goal is not None:
            draft.part = Part.GOAL
            draft.base = self.current
            draft.goal.append((line, goal))
        elif (
            draft.part is Part.GOAL
            and not any(entry.role == "name" for entry in entries)
            and not self._ends_goals(draft, line)
        ):
            draft.goal.append((line, draft.goal[-1][1]))
        elif draft.part is Part.FUNDING and not any(
            entry.role in {"name", "organisation"} for entry in entries
        ):
            if entries and not any(self.kinds.looks_numeric(slot.text) for slot in line.printed):
                draft.entries.extend(entries)
                draft.part = Part.HEADING
            else:
                self._money_line(draft, line)
        elif entries:
            draft.part = Part.HEADING
            draft.entries.extend(entries)
        elif self.kinds.names_money(line):
            draft.part = Part.HEADING
            draft.amounts.append(line)
            draft.money_texts.extend(line.printed)
        else:
            self._unread(draft, line)

    def _note(self, line: Line) -> None:
        """A lone text in a grid (a remark under a table, prose in a sheet) is a paragraph."""
        if len({slot.text for slot in line.printed}) == 1:
            paragraph = Paragraph(line.printed[0].text, line.printed[0].place)
            self.paragraphs.append(paragraph)
            if self.draft is None:
                self.between.append(paragraph)

    def _watch(self, line: Line) -> None:
        """Remember a line that looks like a header of indicators although it is not known as one."""
        roles = {self.words.columns.get(key_of(slot.text)) for slot in line.printed}
        if len(roles & _HINTS) >= 3:
            self.orphans.append(line)

    def _further_row(self, draft: Draft, line: Line) -> Row | None:
        """Give a row of indicators below a total or a remark: it begins a level and has all that rows have."""
        if draft.columns is None or draft.columns.is_flat or not draft.rows:
            return None
        columns, known = draft.headers[-1], draft.known
        needed = columns.roles & {"level3", "target", "actual", "weight", "score"}
        row = take_row(line, columns, known, draft.rows) if is_plausible(line, columns, known, None) else None
        if row is None or not all(row.text(role) for role in needed):
            return None
        return row if any(known.is_word(role, row.text(role)) for role in ("level1", "level2")) else None

    def _ends_goals(self, draft: Draft, line: Line) -> bool:
        """Say whether a label of another section stands at the side, left of the goals."""
        first, left = line.printed[0], draft.goal[-1][1].columns[0].start
        key = label_key(line)
        is_other = self.words.rows.get(key) in {"notes", "money"} or self.words.labels.get(key) == "ignored"
        return line.aligned and first.start < left - line.tolerance and is_other

    def _unread(self, draft: Draft, line: Line) -> None:
        """Pass over the notes of a form; anything else that is not understood is said."""
        is_notes = any(self.words.rows.get(key_of(slot.text)) == "notes" for slot in line.printed[:2])
        if is_notes or self.kinds.is_detail(line):
            draft.part = Part.NOTES
        if draft.part is not Part.NOTES:
            draft.left_over.extend(line.printed)

    def _money_line(self, draft: Draft, line: Line) -> None:
        """Take a line of money; words where an amount should stand begin another section, such as 资金管理情况."""
        columns = draft.money[-1].columns
        amounts = [column for column in columns.columns if column.role in {"initial", "adjusted", "executed"}]
        inside = [
            slot for slot in line.printed if line.aligned and columns.at(slot, line.tolerance) in amounts
        ]
        if any(_WORDS.search(slot.text) and not _AMOUNT.fullmatch(squash(slot.text)) for slot in inside):
            draft.part = Part.HEADING
            self._unread(draft, line)
        else:
            draft.money.append(Money(line, columns))
