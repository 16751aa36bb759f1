"""The journal of a long conversion: what each document gave, one line of JSON each, found again by content."""

from __future__ import annotations

__all__ = ["NOT_A_TABLE", "Complete", "Entry", "Journal"]

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import TracebackType
from typing import IO, Any, Self

import attrs

from perfeval.documents import NO_TABLE
from perfeval.errors import Problem, UsageError
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Message, Wording
from perfeval.table import OTHER_SCHEMA

SCHEMA = "perfeval.journal.v1"
NOT_A_TABLE = frozenset({OTHER_SCHEMA.code, NO_TABLE.code})
"""Codes of documents that were understood and hold no table: nothing changes when they are read again."""

_HEADER = json.dumps({"schema": SCHEMA}).encode() + b"\n"

_NOT_A_JOURNAL = Wording(
    "CLI-JOURNAL",
    "{path} 不是 perfeval convert 的进度文件（第 {line} 行），未改动；请删除它或用 --journal 另选一个",
    "{path} is no journal of perfeval convert (line {line}) and was left alone; remove it or name another by --journal",
)
_CANNOT_OPEN = Wording(
    "CLI-JOURNAL-FILE", "不能写入进度文件 {path}：{detail}", "cannot write the journal {path}: {detail}"
)


@attrs.frozen
class Entry:
    """What one document gave: a file, or one document of an archive (``document`` is its name in there)."""

    path: str
    sha256: str
    document: str = ""
    tables: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def shown(self) -> str:
        """What places call the document."""
        return f"{self.path}/{self.document}" if self.document else self.path

    @property
    def is_settled(self) -> bool:
        """Say whether nothing would be gained by reading the document again."""
        return all(problem.message.code in NOT_A_TABLE for problem in self.problems)

    def line(self, reader: str) -> bytes:
        """Give the entry as a line; ``reader`` stands for the version and the map that it was read with."""
        content = {
            "reader": reader,
            "path": _storable(self.path),
            "sha256": self.sha256,
            "document": self.document,
            "tables": self.tables,
            "findings": [_finding_data(finding) for finding in self.findings],
            "problems": [
                {"line": problem.line, "column": problem.column, "path": problem.path}
                | _message_data(problem.message)
                for problem in self.problems
            ],
        }
        return json.dumps(content, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def from_data(cls, data: Mapping[str, Any], path: str) -> Entry:
        """Give the entry of a line, for the file that has this content now."""
        entry = cls(path, data["sha256"], data["document"], tuple(data["tables"]))
        findings = tuple(_finding(finding, entry.shown) for finding in data["findings"])
        problems = tuple(
            Problem(entry.shown, problem["line"], problem["column"], problem["path"], _message(problem))
            for problem in data["problems"]
        )
        return attrs.evolve(entry, findings=findings, problems=problems)


@attrs.frozen
class Complete:
    """That a file has been read to its end, and how many documents it gave."""

    path: str
    sha256: str
    documents: int


def _storable(path: str) -> str:
    """Give a path that UTF-8 can hold: names of files need not be text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _message_data(message: Message) -> dict[str, str]:
    return {"code": message.code, "zh": message.text("zh"), "en": message.text("en")}


def _message(data: Mapping[str, str]) -> Message:
    return Wording(data["code"], "{zh}", "{en}")(zh=data["zh"], en=data["en"])


def _finding_data(finding: Finding) -> dict[str, str]:
    place = str(attrs.evolve(finding.places[0], file=None)) if finding.places else ""
    return {"place": place, "severity": finding.severity} | _message_data(finding.message)


def _finding(data: Mapping[str, str], shown: str) -> Finding:
    file = f"{shown}:{data['place']}" if data["place"] else shown
    return Finding(_message(data), FindingClass.READING, Severity(data["severity"]), (Location(file=file),))


@attrs.define
class Journal:
    """A file of entries that grows while documents are read, and is looked up by what a file holds.

    Entries stay on the disk: only where each begins is kept. A line that was cut off is dropped. ``reader`` names
    the version and map: what was read with others is not used.
    """

    _file: IO[bytes]
    _reader: str
    _known: dict[tuple[str, str], tuple[int, ...]] = attrs.field(factory=dict)

    @classmethod
    def open(cls, path: Path | None, reader: str) -> Journal:
        """Open or begin a journal; without a path it is a temporary file.

        Raises UsageError where the path is no journal or cannot be written.
        """
        if path is None:
            return cls(tempfile.TemporaryFile(), reader)
        try:
            file = path.open("a+b")
        except OSError as error:
            raise UsageError(_CANNOT_OPEN(path=path, detail=error.strerror or error)) from None
        journal = cls(file, reader)
        try:
            journal._load(path)
        except BaseException:
            file.close()
            raise
        return journal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def is_new(self) -> bool:
        """Say whether nothing in it can be used."""
        return not self._known

    def add(self, line: bytes) -> int:
        """Write the line of an entry; give where it begins."""
        self._file.seek(0, 2)
        start = self._file.tell()
        self._file.write(line)
        self._file.flush()
        return start

    def complete(self, file: Complete) -> None:
        """Write that a file has been read to its end."""
        content = {"reader": self._reader, **attrs.asdict(file), "path": _storable(file.path)}
        self.add(json.dumps(content, ensure_ascii=False).encode() + b"\n")

    def known(self, path: str, sha256: str) -> tuple[int, ...] | None:
        """Give where the entries of a file with this content begin; None where it has to be read."""
        return self._known.get((sha256, _suffix(path)))

    def entry(self, start: int, path: str) -> Entry:
        """Give the entry that begins here, for the file that has this content now."""
        self._file.seek(start)
        return Entry.from_data(json.loads(self._file.readline()), path)

    def _load(self, path: Path) -> None:
        self._file.seek(0)
        first = self._file.readline()
        if first != _HEADER:
            if not _HEADER.startswith(first):
                raise UsageError(_NOT_A_JOURNAL(path=path, line=1))
            self._file.truncate(0)
            self.add(_HEADER)
            return
        entries: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, (start, line) in enumerate(_whole_lines(self._file), 2):
            try:
                self._index(json.loads(line), start, entries)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise UsageError(_NOT_A_JOURNAL(path=path, line=number)) from None

    def _index(self, data: dict[str, Any], start: int, entries: dict[tuple[str, str], list[int]]) -> None:
        """Note where an entry begins, or that the entries of a file are all there."""
        path, sha256 = str(data["path"]), str(data["sha256"])
        if data["reader"] != self._reader:
            return
        if "documents" not in data:
            Entry.from_data(data, path)  # raises where something is missing
            entries[path, sha256].append(start)
            return
        count = int(data["documents"])
        starts = entries[path, sha256][-count:]  # those before were left by a run that was interrupted
        if len(starts) == count:
            self._known[sha256, _suffix(path)] = tuple(starts)


def _whole_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the lines and where they begin; the file is cut at one that does not end."""
    start = file.tell()
    while line := file.readline():
        if not line.endswith(b"\n"):
            file.truncate(start)
            return
        yield start, line
        start += len(line)


def _suffix(path: str) -> str:
    """The suffix tells Markdown from text: the same content may be read otherwise under another."""
    return PurePath(path).suffix.lower()
