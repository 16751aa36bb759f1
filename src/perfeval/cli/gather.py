"""Reading any number of documents into a journal: files found, read one by one or in workers, resumed."""

from __future__ import annotations

__all__ = ["FileReader", "Found", "found_in", "read_all", "reader_name"]

import contextlib
from collections.abc import Generator, Iterator
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from perfeval.cli.common import MANY, files, progress, words_of
from perfeval.cli.journal import Complete, Entry, Journal
from perfeval.cli.workers import Begun, Lost, in_workers
from perfeval.documents import DEFAULT_LIMITS, NO_TABLE, Limits, read
from perfeval.documents.archive import members
from perfeval.documents.limits import Meter
from perfeval.documents.sniff import format_of
from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Message, Wording
from perfeval.table import table_data
from perfeval.version import VERSION

if TYPE_CHECKING:
    from perfeval.documents.layout import Words

_TIME = Wording(
    "IN-TIME", "读取超过 {most} 秒，已停止", "took more than {most} seconds to read and was given up"
)
_CRASHED = Wording(
    "IN-CRASH",
    "读取时程序崩溃（{detail}），未读；请把文件发给开发者",
    "crashed its reader ({detail}) and was not read; please send it to the developers",
)


@attrs.frozen
class Found:
    """A file to read; ``folders`` are those that it lies in below a directory that was named."""

    path: str
    folders: tuple[str, ...]
    is_named: bool

    @property
    def real(self) -> Path:
        """The file itself, links followed."""
        return Path(self.path).resolve()


def found_in(paths: list[str], missing: list[Problem]) -> Iterator[Found]:
    """Give the files of the paths; a path that is nothing is put among the missing."""
    for given in paths:
        is_named = not Path(given).is_dir()
        for path in files([given], missing):
            folders = () if is_named else Path(path).relative_to(given).parts[:-1]
            yield Found(path, folders, is_named)


@attrs.define(slots=False)
class FileReader:
    """Reads a file into lines of the journal, one for each document in it: the work of ``in_workers``.

    ``name`` stands for the version and the map. Whatever a document does to its reader becomes its problem.
    """

    name: str
    map_path: str | None = None
    limits: Limits = DEFAULT_LIMITS

    @cached_property
    def _words(self) -> Words | None:
        return words_of(self.map_path)

    def __call__(self, path: str, skip: int) -> Iterator[Begun | Complete | bytes]:
        """Give what stands in the file, but for its first so many documents; ``Complete`` if all could be read."""
        if not skip:
            yield Begun(path)
        data = self._bytes_of(path)
        digest = "" if data is None else sha256(data).hexdigest()
        settled: list[bool] = []
        for entry in self._entries(Entry(path, digest), path if data is None else data, skip):
            if not isinstance(entry, Begun):
                settled.append(entry.is_settled)
            yield entry if isinstance(entry, Begun) else self._line(entry)
        if data is not None and all(settled) and not skip:
            yield Complete(path, digest, len(settled))

    def _bytes_of(self, path: str) -> bytes | None:
        """Give the content; None where ``read`` is to say why there is none."""
        try:
            return Path(path).read_bytes() if Path(path).stat().st_size <= self.limits.size else None
        except (OSError, ValueError, MemoryError):
            return None

    def _entries(self, file: Entry, content: bytes | str, skip: int) -> Iterator[Begun | Entry]:
        if isinstance(content, str) or format_of(content, file.path) != "zip":
            yield self._entry(file, content)
            return
        count = 0
        try:
            for member in members(content, Meter(file.path, self.limits)):
                count += 1
                if count > skip:
                    document = attrs.evolve(file, document=member.name)
                    yield Begun(document.shown, more=True)
                    yield self._entry(document, member.content)
        except UnreadableError as error:
            yield attrs.evolve(file, problems=error.problems)
        else:
            if not count:
                yield _failed(file, NO_TABLE())

    def _entry(self, document: Entry, content: bytes | str | UnreadableError) -> Entry:
        if isinstance(content, UnreadableError):
            return attrs.evolve(document, problems=content.problems)
        try:
            found = read(content, name=document.shown, words=self._words, limits=self.limits)
            tables = tuple(table_data(table) for table in found.evaluations)
            return attrs.evolve(document, tables=tables, findings=found.findings)
        except UnreadableError as error:
            return attrs.evolve(document, problems=error.problems)
        except Exception as error:  # noqa: BLE001 - a fault of a reader costs its document and no other
            return _failed(document, _CRASHED(detail=f"{type(error).__name__}: {error}"[:200]))

    def _line(self, entry: Entry) -> bytes:
        try:
            return entry.line(self.name)
        except UnicodeEncodeError as error:  # half a surrogate pair: no file can hold it
            bare = Entry(entry.path, entry.sha256, entry.document)
            return _failed(bare, _CRASHED(detail=f"{type(error).__name__}: {error.reason}")).line(self.name)


def _failed(document: Entry, message: Message) -> Entry:
    return attrs.evolve(document, problems=(Problem(document.shown, 0, 0, "", message),))


def read_all(documents: list[Found], reader: FileReader, journal: Journal, jobs: int) -> list[list[int]]:
    """Read what the journal does not hold yet; give where the entries of each document begin in it."""
    starts = [list(_known(document.path, journal)) for document in documents]
    numbers = [number for number, known in enumerate(starts) if not known]
    paths = [documents[number].path for number in numbers]
    with (
        progress(len(paths), least=MANY) as advance,
        contextlib.closing(_results(reader, paths, jobs)) as results,
    ):
        for index, result in results:
            if isinstance(result, Complete):
                journal.complete(result)
            elif isinstance(result, bytes):
                starts[numbers[index]].append(journal.add(result))
            elif isinstance(result, Lost):
                entry = _lost(paths[index], result)
                starts[numbers[index]].append(journal.add(entry.line(reader.name)))
            else:
                advance(1)
    return starts


def _known(path: str, journal: Journal) -> tuple[int, ...]:
    if journal.is_new:
        return ()
    try:
        with Path(path).open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError:  # its reader will say so
        return ()
    return journal.known(path, digest) or ()


def _results(
    reader: FileReader, paths: list[str], jobs: int
) -> Generator[tuple[int, object | None], None, None]:
    if jobs > 1:
        yield from in_workers(reader, paths, jobs=jobs, seconds=reader.limits.seconds)
        return
    for index, path in enumerate(paths):
        yield from ((index, result) for result in reader(path, 0) if not isinstance(result, Begun))
        yield index, None


def _lost(path: str, lost: Lost) -> Entry:
    message = _CRASHED(detail=lost.status) if lost.seconds is None else _TIME(most=lost.seconds)
    document = lost.name.removeprefix(path).removeprefix("/")
    return _failed(Entry(path, "", document), message)


def reader_name(map_path: str | None) -> str:
    """Give what else decides how a document reads: the version of perfeval, and the map."""
    digest = sha256(Path(map_path).read_bytes()).hexdigest() if map_path else "-"
    return f"{VERSION} {digest}"
