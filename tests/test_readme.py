"""The READMEs: whatever they show is run, and both show the same."""

import doctest
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from shown_blocks import ROOT, assert_works, blocks, session

READMES = ("README.md", "README.zh-CN.md")

INSTALL = (
    'python3 -m venv .venv && .venv/bin/pip install -q ".[documents]" '
    "&& .venv/bin/perfeval audit --fail-on error examples/documents/bortala-2024.pdf"
)
TEST = (
    'python3 -m venv .venv-test && .venv-test/bin/pip install -q ".[test]" '
    '&& .venv-test/bin/python -m pytest -q -n auto -m "not slow"'
)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A directory that holds what the commands read, so that what they write stays out of the repository."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def test_both_show_the_same_blocks_in_the_same_order() -> None:
    english, chinese = (blocks(name) for name in READMES)
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_every_block_is_of_a_kind_that_is_checked(name: str) -> None:
    languages = [block.language for block in blocks(name)]
    assert set(languages) == {"sh", "powershell", "console", "pycon"}
    assert languages[:4] == ["sh", "sh", "powershell", "powershell"]
    assert languages.count("sh") == languages.count("powershell") == 2


@pytest.mark.parametrize("name", READMES)
def test_the_first_two_shell_blocks_are_one_line_each(name: str) -> None:
    assert [block.text for block in blocks(name)[:2]] == [f"{INSTALL}\n", f"{TEST}\n"]


def test_the_powershell_blocks_run_the_same_programs() -> None:
    for shell, powershell in zip(blocks("README.md")[:2], blocks("README.md")[2:4], strict=True):
        assert powershell.text.count("\n") == 1
        steps = re.findall(r"\{ (.*?) \}", powershell.text)
        wanted = shell.text.strip().replace("/bin/", "/Scripts/").split(" && ")
        assert powershell.text.startswith(wanted[0].replace("python3", "python"))
        assert [step.replace("\\", "/") for step in steps] == wanted[1:]


def test_ci_runs_the_shell_blocks_out_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^run_readme_block (\d)$", script, re.MULTILINE) == ["1", "2"]
    # The script may hold no other form of these commands.
    assert ".venv/bin/perfeval score" not in script
    assert ".venv-test" not in script


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs bash")
@pytest.mark.parametrize(("number", "line"), [(1, INSTALL), (2, TEST)])
def test_ci_extracts_exactly_the_shell_blocks(number: int, line: str) -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    function = re.search(r"^readme_block\(\) \{\n.*?^\}", script, re.MULTILINE | re.DOTALL)
    assert function
    done = subprocess.run(
        ["bash", "-c", f"{function[0]}\nreadme_block {number}"],  # noqa: S607 - wherever bash is
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == f"{line}\n"


@pytest.mark.parametrize("text", [block.text for block in blocks("README.md") if block.language == "console"])
def test_commands_print_what_is_shown(text: str, clone: Path) -> None:
    assert_works(text, clone)


def test_python_prints_what_is_shown(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    text = "\n".join(block.text for block in blocks("README.md") if block.language == "pycon")
    example = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    failures: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(example, out=failures.append)
    assert len(example.examples) >= 20
    assert not failures, "".join(failures)


def test_every_command_of_the_program_has_an_example() -> None:
    shown = [
        command
        for block in blocks("README.md")
        if block.language == "console"
        for command, _ in session(block.text)
    ]
    for command in ("score", "explain", "convert", "rulebook list", "rulebook show", "try"):
        assert any(line.startswith(f"perfeval {command} ") or line == f"perfeval {command}" for line in shown)
