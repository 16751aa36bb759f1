"""A few damaged documents of each format are read or refused: ``scripts/fuzz_documents.py`` reads thousands."""

import subprocess
import sys
import warnings
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import perfeval

SCRIPT = Path(__file__).parents[2] / "scripts" / "fuzz_documents.py"
SEED = 20
COUNTS = {"pdf": 8, "docx": 30, "zip": 30, "txt": 30}  # the slow ones; 40 of the others


def _script() -> ModuleType:
    spec = spec_from_file_location("fuzz_documents", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FUZZ: Any = _script()


@pytest.mark.parametrize("kind", FUZZ.MUTATORS)
def test_a_damaged_document_is_read_or_refused(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    documents = FUZZ.documents_of(kind)[:2]
    assert documents
    for index in range(COUNTS.get(kind, 40)):
        result, detail = FUZZ.read_one(FUZZ.mutant(kind, documents, SEED, index), f"{index}.{kind}")
        assert result in {FUZZ.READ, FUZZ.REFUSED}, f"{kind} {index}: {detail}"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", FUZZ.MUTATORS)
def test_a_mutant_is_made_again_from_its_numbers(kind: str) -> None:
    documents = FUZZ.documents_of(kind)[:2]
    first = [FUZZ.mutant(kind, documents, SEED, index) for index in range(6)]
    assert first == [FUZZ.mutant(kind, documents, SEED, index) for index in range(6)]
    assert len(set(first)) > 1


def test_a_pdf_is_packed_anew_without_a_loss() -> None:
    data = FUZZ.documents_of("pdf")[0]
    root = FUZZ._ROOT.search(data)
    again = FUZZ.pdf_file(FUZZ.pdf_objects(data), int(root[1]))
    assert perfeval.read(again).paragraphs == perfeval.read(data).paragraphs
    assert [table.indicators for table in perfeval.read(again).evaluations] == [
        table.indicators for table in perfeval.read(data).evaluations
    ]


def test_what_is_no_refusal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_options: object) -> None:
        raise IndexError("beyond")

    def warns(*_arguments: object, **_options: object) -> perfeval.Reading:
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return perfeval.Reading(())

    monkeypatch.setattr(perfeval, "read", fails)
    result, detail = FUZZ.read_one(b"", "x")
    assert result.startswith("IndexError")
    assert "beyond" in detail
    monkeypatch.setattr(perfeval, "read", warns)
    assert FUZZ.read_one(b"", "x") == ("warning DeprecationWarning", "old")


@pytest.mark.slow
def test_processes_read_and_count(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "csv", "--mutants", "6", "--out", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| csv | 6 |" in done.stdout
    assert not list(tmp_path.iterdir())
