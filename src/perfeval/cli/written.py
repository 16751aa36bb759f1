"""Writing files: which writer an ending asks for, in place of an older file; the tables of a journal, in the order of the paths."""

from __future__ import annotations

__all__ = [
    "WRITERS",
    "Documents",
    "Writer",
    "by_ending",
    "cannot_write",
    "check_folder",
    "needing",
    "replace",
]

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs
import tomli_w

from perfeval.cli.gather import Found
from perfeval.cli.journal import Entry, Journal
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.table import SCHEMA
from perfeval.table.flat import flat_columns, flat_rows, write_csv, write_xlsx

_CANNOT_WRITE = Wording("CLI-WRITE", "不能写入 {path}：{detail}", "cannot write {path}: {detail}")
_ENDING = Wording(
    "CLI-REPORT",
    "-o 的后缀应为 {suffixes} 之一，现为 {given}",
    "-o ends in one of {suffixes}, not in {given}",
)
_MISSING = Wording(
    "CLI-REPORT-EXTRA",
    "写 {given} 需要 {module}，请运行 pip install 'perfeval[{extra}]'",
    "needs {module} to write {given}: run pip install 'perfeval[{extra}]'",
)


@attrs.frozen
class Documents:
    """The entries of all documents, in the order of the paths, read from the journal each time."""

    journal: Journal
    found: list[Found]
    starts: list[list[int]]

    def entries(self) -> Iterator[tuple[Found, Entry]]:
        """Give each file and what was read in it."""
        for document, starts in zip(self.found, self.starts, strict=True):
            for start in starts:
                yield document, self.journal.entry(start, document.path)

    def tables(self) -> Iterator[dict[str, Any]]:
        """Give the tables, with the names of their folders as keys."""
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


Writer = Callable[[Path, Documents], int]
Result = TypeVar("Result")


def cannot_write(path: Path, detail: object) -> UsageError:
    """Give what is raised where the output cannot be written."""
    return UsageError(_CANNOT_WRITE(path=path, detail=detail))


def check_folder(output: Path) -> None:
    """Raise UsageError where the folder of an output does not exist: before hours of reading, not after."""
    if not output.resolve().parent.is_dir():
        raise cannot_write(output, os.strerror(errno.ENOENT))


def by_ending(output: Path, writers: Mapping[str, Result]) -> Result:
    """Give what an ending asks for. UsageError for an ending that is not among them."""
    suffix = output.suffix.lower()
    if suffix not in writers:
        raise UsageError(_ENDING(suffixes=" ".join(writers), given=suffix or output.name))
    return writers[suffix]


@contextlib.contextmanager
def needing(extra: str, output: Path) -> Iterator[None]:
    """Say which extra is missing where a library is. Raises UsageError."""
    try:
        yield
    except ModuleNotFoundError as error:
        given = output.suffix.lower()
        raise UsageError(_MISSING(given=given, module=error.name, extra=extra)) from None


def _write_toml(path: Path, documents: Documents) -> int:
    tables = list(
        documents.tables()
    )  # TOML is written as a whole: whether a list is short enough for one line
    content = tables[0] if len(tables) == 1 else {"evaluations": tables}
    with path.open("wb") as file:
        tomli_w.dump({"schema": SCHEMA, **content}, file)
    return 0


def _write_json(path: Path, documents: Documents) -> int:
    """Write what ``dump_json`` gives, without holding all of it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{\n "schema": "{SCHEMA}",\n "evaluations": [')
        for number, table in enumerate(documents.tables()):
            text = json.dumps(table, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            file.write(f"{',' if number else ''}\n  {text}")
        file.write("\n ]\n}\n")
    return 0


def _write_csv(path: Path, documents: Documents) -> int:
    write_csv(path, flat_columns(documents.tables()), flat_rows(documents.flat()))
    return 0


def _write_xlsx(path: Path, documents: Documents) -> int:
    return write_xlsx(path, flat_columns(documents.tables()), flat_rows(documents.flat()))


WRITERS: Mapping[str, Writer] = {
    ".toml": _write_toml,
    ".json": _write_json,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}


def replace(output: Path, write: Callable[[Path], Result]) -> Result:
    """Write beside the target and move it there, so that a failure leaves an older file whole."""
    target = output.resolve()  # a link is followed, not replaced
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
    except OSError as error:
        raise cannot_write(output, error.strerror or error) from None
    made = Path(name)
    try:
        result = write(made)
        made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        made.replace(target)
    except OSError as error:
        raise cannot_write(output, error.strerror or error) from None
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
