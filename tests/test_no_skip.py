"""Where ``PERFEVAL_NO_SKIP`` is set, what is not run fails; elsewhere it is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SKIPPED = """
import pytest

@pytest.fixture
def program():
    pytest.skip("no program")

@pytest.mark.skipif(True, reason="no browser")
def test_marked():
    assert False

def test_of_a_fixture(program):
    assert False

@pytest.mark.xfail
def test_expected():
    assert False

def test_run():
    assert True
"""
ABSENT = 'import pytest\npytest.importorskip("perfeval_nowhere", reason="no module")\n'


def outcome(room: Path, no_skip: str, *options: str) -> tuple[int, str]:
    shutil.copy(ROOT / "tests" / "conftest.py", room)
    shutil.copy(ROOT / "pyproject.toml", room)
    (room / "test_skipped.py").write_text(SKIPPED, encoding="utf-8")
    (room / "test_absent.py").write_text(ABSENT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", *options, str(room)],
        cwd=room,
        env={**os.environ, "PERFEVAL_NO_SKIP": no_skip},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "1")])
def test_what_is_skipped_fails(tmp_path: Path, options: tuple[str, ...]) -> None:
    status, said = outcome(tmp_path, "1", *options)
    assert status == 1
    assert "1 passed, 1 xfailed, 3 errors" in said
    assert all(f"PERFEVAL_NO_SKIP: Skipped: no {what}" in said for what in ("program", "browser", "module"))


def test_elsewhere_it_is_named(tmp_path: Path) -> None:
    status, said = outcome(tmp_path, "")
    assert status == 0
    assert "1 passed, 3 skipped, 1 xfailed" in said
    assert all(f"no {what}" in said for what in ("program", "browser", "module"))


def test_ci_sets_it_for_all_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    [line] = [line for line in script.splitlines() if "--cov-branch" in line]
    assert line.startswith("PERFEVAL_NO_SKIP=1 ")
