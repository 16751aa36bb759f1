"""``perfeval convert PATH… -o X.toml|json|csv|xlsx``: the tables of any number of documents in one file."""

from __future__ import annotations

__all__ = ["FileReader", "add_to"]

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import tomli_w

from perfeval.cli.common import (
    EXIT_MISUSE,
    Read,
    _files,
    add_language,
    add_map,
    add_paths,
    complain,
    words_of,
)
from perfeval.cli.journal import NOT_A_TABLE, Complete, Entry, Journal
from perfeval.cli.workers import Begun, Lost, in_workers
from perfeval.documents import DEFAULT_LIMITS, NO_TABLE, Limits, read
from perfeval.documents.archive import members
from perfeval.documents.limits import Meter
from perfeval.documents.sniff import format_of
from perfeval.errors import Problem, UnreadableError, UsageError
from perfeval.findings import Severity
from perfeval.messages import Language, Message, Wording
from perfeval.table import SCHEMA, table_data
from perfeval.table.flat import flat_columns, flat_rows, write_csv, write_xlsx
from perfeval.version import VERSION

if TYPE_CHECKING:
    from perfeval.documents.layout import Words

EXIT_INTERRUPTED = 130
_MANY = 20  # documents: above it a journal is kept, and what was read is summed up even if all went well
_MOST_JOBS = 256

_SUFFIX = Wording(
    "CLI-OUTPUT",
    "输出文件 {path} 应以 .toml 或 .json 结尾，一行一个指标的平表以 .csv 或 .xlsx 结尾",
    "the output {path} must end in .toml or .json, or in .csv or .xlsx for one row an indicator",
)
_CANNOT_WRITE = Wording("CLI-WRITE", "不能写入 {path}：{detail}", "cannot write {path}: {detail}")
_JOBS = Wording(
    "CLI-JOBS",
    "--jobs 应为 1 到 {most} 的整数，现为 {given}",
    "--jobs must be a whole number from 1 to {most}, not {given}",
)
_TIME = Wording(
    "IN-TIME", "读取超过 {most} 秒，已停止", "took more than {most} seconds to read and was given up"
)
_CRASHED = Wording(
    "IN-CRASH",
    "读取时程序崩溃（{detail}），未读；请把文件发给开发者",
    "crashed its reader ({detail}) and was not read; please send it to the developers",
)
_INTERRUPTED = Wording("CLI-STOPPED", "已中断，没有写输出文件", "interrupted; no output was written")
_RESUMABLE = Wording(
    "CLI-STOPPED",
    "已中断，没有写输出文件；已读的结果在 {path}，再次运行同一命令即从中断处继续",
    "interrupted; no output was written. What was read is in {path}: run the same command again to go on",
)
_CUT = Wording(
    "CLI-CUT",
    "有 {count} 个单元格超过 Excel 的 32767 字符，已截断并以“…”结尾；请用 .csv 保留全文",
    "{count} cells have more than the 32767 characters that Excel holds and were cut, ending in …; .csv keeps all",
)
_SUMMARY = Wording(
    "CLI-SUMMARY",
    "共 {documents} 个文件：{full} 个读出 {tables} 张表，{without} 个没有表，{unread} 个未能读取",
    "{documents} documents: {tables} tables from {full}, {without} without tables, {unread} not read",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("convert", help="转换格式 / convert tables")
    add_paths(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="X.toml、X.json、X.csv 或 X.xlsx / X.toml, X.json, X.csv or X.xlsx",
    )
    parser.add_argument(
        "--jobs", default="1", metavar="N", help="同时读取的进程数 / how many processes read at a time"
    )
    add_map(parser)
    parser.add_argument(
        "--journal",
        metavar="FILE",
        help="保留进度文件；默认 X.journal，完成后删除 / keep the journal; by default X.journal, removed at the end",
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output, jobs = Path(options.output), _jobs(options.jobs)
    write = _WRITERS.get(output.suffix.lower())
    if write is None:
        raise UsageError(_SUFFIX(path=output))
    if not output.resolve().parent.is_dir():  # said before hours of reading, not after
        raise UsageError(_CANNOT_WRITE(path=output, detail=os.strerror(2)))
    words_of(options.map)  # and so is what is wrong with a map
    missing: list[Problem] = []
    own = {output.resolve(), Path(options.journal).resolve() if options.journal else None}
    documents = [found for found in _found(options.paths, missing) if found.is_named or found.real not in own]
    kept = Path(options.journal) if options.journal else None
    if kept is None and (len(documents) > _MANY or any(not document.is_named for document in documents)):
        kept = output.with_name(f"{output.name}.journal")
    reader = FileReader(_reader_name(options.map), options.map)
    try:
        with Journal.open(kept, reader.name) as journal:
            read_documents = _Documents(journal, documents, _read_all(documents, reader, journal, jobs))
            status = _report(
                read_documents, missing, lambda: _replace(output, write, read_documents), options.lang
            )
    except KeyboardInterrupt:
        message = _RESUMABLE(path=kept) if kept else _INTERRUPTED()
        print(message.text(options.lang), file=sys.stderr)
        return EXIT_INTERRUPTED
    if kept is not None and options.journal is None:
        kept.unlink(missing_ok=True)
    return status


def _jobs(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= _MOST_JOBS):
        raise UsageError(_JOBS(most=_MOST_JOBS, given=given))
    return int(given)


def _reader_name(map_path: str | None) -> str:
    """Give what else decides how a document reads: the version of perfeval, and the map."""
    digest = sha256(Path(map_path).read_bytes()).hexdigest() if map_path else "-"
    return f"{VERSION} {digest}"


# What is read: the files, and each of them into entries.


@attrs.frozen
class _Found:
    """A file to read; ``folders`` are those that it lies in below a directory that was named."""

    path: str
    folders: tuple[str, ...]
    is_named: bool

    @property
    def real(self) -> Path:
        return Path(self.path).resolve()


def _found(paths: list[str], missing: list[Problem]) -> Iterator[_Found]:
    for given in paths:
        is_named = not Path(given).is_dir()
        for path in _files([given], missing):
            folders = () if is_named else Path(path).relative_to(given).parts[:-1]
            yield _Found(path, folders, is_named)


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


def _read_all(documents: list[_Found], reader: FileReader, journal: Journal, jobs: int) -> list[list[int]]:
    """Read what the journal does not hold yet; give where the entries of each document begin in it."""
    starts = [list(_known(document.path, journal)) for document in documents]
    numbers = [number for number, known in enumerate(starts) if not known]
    paths = [documents[number].path for number in numbers]
    with _progress(len(paths)) as advance, contextlib.closing(_results(reader, paths, jobs)) as results:
        for index, result in results:
            if isinstance(result, Complete):
                journal.complete(result)
            elif isinstance(result, bytes):
                starts[numbers[index]].append(journal.add(result))
            elif isinstance(result, Lost):
                entry = _lost(paths[index], result)
                starts[numbers[index]].append(journal.add(entry.line(reader.name)))
            else:
                advance()
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


@contextlib.contextmanager
def _progress(count: int) -> Iterator[Callable[[], None]]:
    """Show progress on a terminal, where rich is installed and there is enough to wait for."""
    if count < _MANY or not sys.stderr.isatty():
        yield lambda: None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra, imported where it is used
        from rich.progress import Progress  # noqa: PLC0415 - the same
    except ImportError:
        yield lambda: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("perfeval", total=count)
        yield lambda: bar.advance(task)


# What is written: tables in the order of the paths, and what could not be read.


@attrs.frozen
class _Documents:
    """The entries of all documents, in the order of the paths, read from the journal each time."""

    journal: Journal
    found: list[_Found]
    starts: list[list[int]]

    def entries(self) -> Iterator[tuple[_Found, Entry]]:
        for document, starts in zip(self.found, self.starts, strict=True):
            for start in starts:
                yield document, self.journal.entry(start, document.path)

    def tables(self) -> Iterator[dict[str, Any]]:
        return (table for _, table in self._named())

    def flat(self) -> Iterator[dict[str, Any]]:
        """Give the tables, each with the name of its file."""
        return ({"file": name, **table} for name, table in self._named())

    def _named(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for document, entry in self.entries():
            folders = _folder_keys((*document.folders, *entry.document.split("/")[:-1]))
            for table in entry.tables:
                yield _legible(entry.shown), {**table, "keys": {**folders, **table["keys"]}}


def _folder_keys(folders: tuple[str, ...]) -> Mapping[str, str]:
    """Give the first folder as the unit, and the last below it as the project; an archive is no folder."""
    names = [_legible(folder) for folder in folders if not folder.lower().endswith(".zip")]
    return dict(zip(("unit", "project"), [*names[:1], *names[1:][-1:]], strict=False))


def _legible(name: str) -> str:
    """Give a name of a file as text: systems set to Chinese have written GBK."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _report(
    documents: _Documents, missing: list[Problem], write: Callable[[], int], language: Language
) -> int:
    """Write the output, then to stderr the readers' remarks, what could not be read and the sum; give the status."""
    passed_over: list[Problem] = []
    problems: list[Problem] = list(missing)
    tables = full = unread = count = 0
    is_refused = False
    for document, entry in documents.entries():
        count += 1
        tables += len(entry.tables)
        full += bool(entry.tables)
        is_other = entry.is_settled and not (document.is_named and not entry.document)
        (passed_over if is_other else problems).extend(entry.problems)
        unread += not is_other and any(problem.message.code not in NOT_A_TABLE for problem in entry.problems)
        is_refused = is_refused or any(finding.severity is Severity.ERROR for finding in entry.findings)
    cut = write() if tables else 0
    for _, entry in documents.entries():
        for finding in entry.findings:
            print(finding.text(language), file=sys.stderr)
    if cut:
        print(_CUT(count=cut).text(language), file=sys.stderr)
    if not tables:  # nothing was looked at: that is no success
        problems, passed_over = [*passed_over, *problems], []
    status = complain(Read((), (), tuple(passed_over), tuple(problems)), language)
    count, unread = count + len(missing), unread + len(missing)
    if count > _MANY or full < count or sys.stderr.isatty():
        summary = _SUMMARY(
            documents=count, tables=tables, full=full, without=count - full - unread, unread=unread
        )
        print(summary.text(language), file=sys.stderr)
    return EXIT_MISUSE if is_refused else status


_Writer = Callable[[Path, _Documents], int]


def _write_toml(path: Path, documents: _Documents) -> int:
    tables = list(
        documents.tables()
    )  # TOML is written as a whole: whether a list is short enough for one line
    content = tables[0] if len(tables) == 1 else {"evaluations": tables}
    with path.open("wb") as file:
        tomli_w.dump({"schema": SCHEMA, **content}, file)
    return 0


def _write_json(path: Path, documents: _Documents) -> int:
    """Write what ``dump_json`` gives, without holding all of it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{\n "schema": "{SCHEMA}",\n "evaluations": [')
        for number, table in enumerate(documents.tables()):
            text = json.dumps(table, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            file.write(f"{',' if number else ''}\n  {text}")
        file.write("\n ]\n}\n")
    return 0


def _write_csv(path: Path, documents: _Documents) -> int:
    write_csv(path, flat_columns(documents.tables()), flat_rows(documents.flat()))
    return 0


def _write_xlsx(path: Path, documents: _Documents) -> int:
    return write_xlsx(path, flat_columns(documents.tables()), flat_rows(documents.flat()))


_WRITERS: Mapping[str, _Writer] = {
    ".toml": _write_toml,
    ".json": _write_json,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}


def _replace(output: Path, write: _Writer, documents: _Documents) -> int:
    """Write beside the target and move it there, so that a failure leaves an older file whole."""
    target = output.resolve()  # a link is followed, not replaced
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
    except OSError as error:
        raise UsageError(_CANNOT_WRITE(path=output, detail=error.strerror or error)) from None
    made = Path(name)
    try:
        result = write(made, documents)
        made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        made.replace(target)
    except OSError as error:
        raise UsageError(_CANNOT_WRITE(path=output, detail=error.strerror or error)) from None
    else:
        return result
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _umask() -> int:
    """Give the mask of new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
