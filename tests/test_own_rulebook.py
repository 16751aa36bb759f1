"""The page on a rule book of one's own, in both languages: whatever it shows is run, in its order."""

import shutil
from pathlib import Path

import pytest

from shown_blocks import ROOT, assert_shows, run, session, write_piece
from shown_blocks import blocks as blocks_of

PAGES = ("own-rulebook.md", "own-rulebook.zh.md")
MOST_COMMANDS = 10

_IN_ENGLISH = " --lang en"


def blocks(page: str) -> list[tuple[str, str]]:
    """The language and text of each block."""
    return [(block.language, block.text) for block in blocks_of(f"docs/{page}")]


def commands(page: str) -> list[str]:
    shown = [command for kind, text in blocks(page) if kind == "console" for command, _ in session(text)]
    return [command.removesuffix(_IN_ENGLISH) for command in shown]


def test_both_show_the_same_files_and_commands() -> None:
    english, chinese = ([block for block in blocks(page) if block[0] != "console"] for page in PAGES)
    assert english == chinese
    assert commands(PAGES[0]) == commands(PAGES[1])
    assert len(commands(PAGES[0])) <= MOST_COMMANDS


def test_the_checks_pass_fail_and_pass() -> None:
    """The page is about a law that is broken and then declared; both must be on it."""
    checks = [text for kind, text in blocks(PAGES[0]) if kind == "console" and "rulebook check" in text]
    assert [": passed\n" in text for text in checks] == [True, False, True]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_works_from_top_to_bottom(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for kind, text in blocks(page):
        if kind != "console":
            assert write_piece(text, tmp_path), text
            continue
        for command, shown in session(text):
            assert_shows(shown, run(command, tmp_path).stdout)
