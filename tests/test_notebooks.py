"""The notebooks of examples/ run from the first cell to the last, and their cells are cells."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import pytest

_EXAMPLES = Path(__file__).parents[1] / "examples"
_NOTEBOOKS = sorted((_EXAMPLES / "notebooks").glob("*.py"))
_NEEDS = {"audit_a_province": ("pyarrow",), "recompute_a_disclosure": ("pandas", "pyarrow")}


@pytest.mark.parametrize("notebook", _NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in _NEEDS.get(notebook.stem, ()):
        pytest.importorskip(module, reason=f"{module} is not installed: {notebook.name} is not run")
    copy = shutil.copytree(_EXAMPLES, tmp_path / "examples") / "notebooks"
    monkeypatch.chdir(copy)  # where Jupyter and editors run a notebook
    runpy.run_path(str(copy / notebook.name), run_name="__main__")


@pytest.mark.parametrize("notebook", _NOTEBOOKS, ids=lambda path: path.stem)
def test_its_cells_are_cells(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert text.startswith("# %% [markdown]\n# # ")
    for kind, body in re.findall(r"^# %%(.*)\n((?:(?!# %%).*\n)*)", text, re.MULTILINE):
        assert kind in ("", " [markdown]")
        if kind:
            assert all(line.startswith("#") or not line for line in body.splitlines())


def test_there_are_four() -> None:
    assert {path.stem for path in _NOTEBOOKS} == {
        "audit_a_province",
        "compare_rule_books",
        "recompute_a_disclosure",
        "unit_test_a_rule",
    }
