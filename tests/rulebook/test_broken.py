"""Books with one defect each: found at its line, with a counterexample that can be checked in the head."""

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


def test_there_are_enough() -> None:
    assert len(BROKEN) >= 25
