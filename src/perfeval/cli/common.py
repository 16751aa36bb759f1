"""What the commands share: files to tables, messages to stderr, output that a GBK console can show."""

from __future__ import annotations

__all__ = [
    "EXIT_DONE",
    "EXIT_MISUSE",
    "MANY",
    "SUFFIXES",
    "add_language",
    "add_map",
    "add_paths",
    "add_rulebook",
    "complain",
    "files",
    "print_json",
    "progress",
    "read_paths",
    "remark",
    "words_of",
]

import argparse
import contextlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from perfeval.documents import NO_TABLE, read
from perfeval.errors import Problem, UnreadableError
from perfeval.findings import Finding, Severity
from perfeval.messages import LANGUAGES, Language, Wording
from perfeval.table import OTHER_SCHEMA, Evaluation

if TYPE_CHECKING:
    from perfeval.documents.layout import Words

EXIT_DONE = 0
EXIT_MISUSE = 2

# What is looked for in a directory; a file that is named is read whatever it is called.
SUFFIXES = frozenset(
    ".toml .json .pdf .docx .doc .wps .odt .rtf .xlsx .xlsm .xls .et .ods .html .htm .mht .mhtml .csv .tsv .md"
    " .txt .zip".split()
)
_NOTHING = Wording(
    "CLI-NOTHING", "目录里没有能读的文件（{suffixes}）", "has no file in it that can be read ({suffixes})"
)
_MORE = Wording("CLI-MORE", "{file}: {code} 同类说明另有 {count} 处", "{file}: {code} in {count} more places")
_MOST_NOTES = 3
MANY = 20
"""Documents: above it a journal is kept and progress shown."""
_OTHER = frozenset({OTHER_SCHEMA.code, NO_TABLE.code})
_NO_PATH = Wording("CLI-PATH", "找不到这个文件或目录", "is no file or directory")


@attrs.frozen
class Read:
    """What the given paths hold: tables, remarks of the reader, what was passed over, what could not be read."""

    evaluations: tuple[Evaluation, ...]
    findings: tuple[Finding, ...]
    passed_over: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add PATH…: files, or directories that are searched for tables."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="表的文件或目录 / files or directories of tables"
    )


def add_rulebook(parser: argparse.ArgumentParser) -> None:
    """Add --rulebook."""
    parser.add_argument(
        "--rulebook",
        default="common-practice",
        metavar="NAME|FILE",
        help="评分办法：内置名称或 TOML 文件 / rule book: a built-in name or a TOML file",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add --lang."""
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="输出语言 / language of the output")


def add_map(parser: argparse.ArgumentParser) -> None:
    """Add --map."""
    parser.add_argument(
        "--map", metavar="FILE", help="列名、标签和单位的补充（TOML）/ more words of forms and units (TOML)"
    )


def words_of(given: str | None) -> Words | None:
    """Give the words of forms with those of a map; None where there is no map."""
    if given is None:
        return None
    from perfeval.documents.layout import built_in_words  # noqa: PLC0415 - needed for a map only

    return built_in_words().extended(given)


def read_paths(paths: Sequence[str], words: Words | None = None) -> Read:
    """Read every table under the paths; what cannot be read is collected and keeps nothing else back."""
    evaluations: list[Evaluation] = []
    findings: list[Finding] = []
    passed_over: list[Problem] = []
    problems: list[Problem] = []
    named = set(paths)
    for path in _with_progress(list(files(paths, problems))):
        try:
            reading = read(path, words=words)
        except UnreadableError as error:
            # A rule book or a report that lies in a directory of tables is no fault; one that is named is.
            is_other = path not in named and error.problems[0].message.code in _OTHER
            (passed_over if is_other else problems).extend(error.problems)
        else:
            evaluations.extend(reading.evaluations)
            findings.extend(reading.findings)
    if not evaluations:  # nothing was looked at: that is no success
        problems, passed_over = [*passed_over, *problems], []
    return Read(tuple(evaluations), tuple(findings), tuple(passed_over), tuple(problems))


def files(paths: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """Give the files of the paths, those of a directory by their suffix; a path that is nothing is a problem."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(
                entry for entry in path.rglob("*") if entry.suffix.lower() in SUFFIXES and entry.is_file()
            )
            if not inside:
                problems.append(Problem(given, 0, 0, "", _NOTHING(suffixes=" ".join(sorted(SUFFIXES)))))
            yield from (str(entry) for entry in inside)
        elif path.exists():
            yield given
        else:
            problems.append(Problem(given, 0, 0, "", _NO_PATH()))


@contextlib.contextmanager
def progress(total: int | None, least: int = 0) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far work is, where rich is installed and there is at least so much to wait for."""
    if (total is not None and total < least) or not sys.stderr.isatty():
        yield lambda _count: None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra, imported where it is used
        from rich.progress import Progress  # noqa: PLC0415 - the same
    except ImportError:
        yield lambda _count: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("perfeval", total=total)
        yield lambda count: bar.advance(task, count)


def _with_progress(paths: list[str]) -> Iterator[str]:
    """Give the paths, and show how many were asked for."""
    with progress(len(paths), least=MANY) as done:
        for path in paths:
            yield path
            done(1)


def complain(read: Read, language: Language) -> int:
    """Write what could not be read, and the reader's remarks, to stderr; give the exit status."""
    remark(read.findings, language)
    for problem in (*read.passed_over, *read.problems):
        print(problem.text(language), file=sys.stderr)
    refused = any(finding.severity is Severity.ERROR for finding in read.findings)
    return EXIT_MISUSE if read.problems or refused else EXIT_DONE


def remark(findings: Iterable[Finding], language: Language) -> None:
    """Write the remarks of readers to stderr; of many notes of one kind on one file, the first and their number."""
    shown: Counter[tuple[str | None, str]] = Counter()
    for finding in findings:
        kind = (finding.places[0].file if finding.places else None, finding.code)
        shown[kind] += finding.severity is Severity.NOTE
        if shown[kind] <= _MOST_NOTES or finding.severity is not Severity.NOTE:
            print(finding.text(language), file=sys.stderr)
    for (file, code), count in shown.items():
        if count > _MOST_NOTES:
            more = _MORE(file=file or "", code=code, count=count - _MOST_NOTES)
            print(more.text(language), file=sys.stderr)


def print_json(data: Any) -> None:
    """Write JSON; in plain ASCII where stdout is not UTF-8, so that nothing is lost on a GBK console."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    print(json.dumps(data, ensure_ascii=encoding != "utf8", indent=1))
