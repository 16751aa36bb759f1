"""Books with one defect each: found at its line, with a counterexample that can be checked in the head."""

import subprocess
import sys
from pathlib import Path

import pytest

from perfeval.cli import main

BROKEN = sorted(path.parent for path in (Path(__file__).parent / "broken").glob("*/book.toml"))


@pytest.mark.parametrize("book", BROKEN, ids=lambda path: path.name)
def test_found(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(book)
    status = main(["rulebook", "check", "book.toml"])
    printed = capsys.readouterr()
    expected = (book / "book.errors.txt").read_text(encoding="utf-8")
    assert printed.out + printed.err == expected
    assert status == (1 if printed.out else 2)
    printed.out.encode("gbk")


def test_nothing_is_left_in_the_directory(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_bytes((BROKEN[0] / "book.toml").read_bytes())
    command = [sys.executable, "-m", "perfeval", "rulebook", "check", "book.toml"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["book.toml"]


def test_there_are_enough() -> None:
    assert len(BROKEN) >= 25
