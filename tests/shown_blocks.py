"""What pages show: fenced blocks, and console blocks as commands with their output, run and compared."""

from __future__ import annotations

__all__ = ["ROOT", "Block", "assert_shows", "assert_works", "blocks", "run", "session", "write_piece"]

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import attrs

ROOT = Path(__file__).parent.parent

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# ([a-z_.]+\.[a-z]+)\n")
_MODULES = {"perfeval": ["-m", "perfeval"], "python": []}
_SAME = doctest.OutputChecker()


@attrs.frozen
class Block:
    """One fenced block: its language and its text."""

    language: str
    text: str


def blocks(page: str) -> list[Block]:
    """The blocks of a page, named from the root of the repository."""
    return [Block(*parts) for parts in _FENCE.findall((ROOT / page).read_text(encoding="utf-8"))]


def session(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown."""
    entries = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert entries.pop(0) == ""
    return [(command, shown) for entry in entries for command, _, shown in (entry.partition("\n"),)]


def run(command: str, directory: Path) -> subprocess.CompletedProcess[str]:
    """Run ``perfeval …`` or ``python …`` in a directory."""
    program, *arguments = shlex.split(command)
    return subprocess.run(
        [sys.executable, *_MODULES[program], *arguments],
        cwd=directory,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def assert_shows(shown: str, printed: str) -> None:
    """``...`` in what is shown stands for anything."""
    if not _SAME.check_output(shown, printed, doctest.ELLIPSIS):
        assert shown == printed  # fails, and shows how they differ


def assert_works(text: str, directory: Path) -> None:
    """Each command of a console block prints what is shown; a status other than 0 is shown too."""
    status = 0
    for command, shown in session(text):
        if command == "echo $?":
            assert shown == f"{status}\n"
            continue
        done = run(command, directory)
        status = done.returncode
        assert_shows(shown, done.stdout)
    assert status == 0 or "echo $?" in text


def write_piece(text: str, directory: Path) -> bool:
    """Add a block to the file that its first line names, where it names one."""
    named = _FILE.match(text)
    if named:
        with (directory / named[1]).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return named is not None
