"""Every document of the committed corpus is read as it was made: ``scripts/make_documents.py --small`` makes it."""

import json
import shutil
from pathlib import Path

import pytest

import perfeval
from documents.made.compare import compare
from perfeval.findings import FindingClass, Severity
from perfeval.table import table_data

CORPUS = Path(__file__).parents[1] / "data" / "documents" / "corpus"
DOCUMENTS = sorted(path for path in CORPUS.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_is_read_as_it_was_made(path: Path) -> None:
    made = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    if made["format"] in {"doc", "odt"} and shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    try:
        reading = perfeval.read(path)
    except perfeval.UnreadableError:
        assert made["refusable"]
        return
    outcome = compare(made["tables"], [table_data(table) for table in reading.evaluations])
    doubts = [
        finding.text("en")
        for finding in reading.findings
        if finding.kind is FindingClass.READING and finding.severity is not Severity.NOTE
    ]
    shown = [str(one) for one in outcome.differences]
    if not made["refusable"]:
        assert len(reading.evaluations) == len(made["tables"]), doubts
    if made["clean"]:
        assert not doubts
        assert not shown
    elif not doubts:
        assert not shown, "something was lost or misread and nothing says so"


def test_the_corpus_has_every_format_and_form() -> None:
    made = [json.loads(path.read_text(encoding="utf-8")) for path in CORPUS.glob("*.expected.json")]
    assert {one["format"].partition("-")[0] for one in made} == set(
        "docx xlsx xls et html csv md txt doc odt pdf".split()
    )
    forms = "real xinjiang whole_unit transfer targets sichuan hubei chongqing anhui reviewed grouped export platform"
    assert {one["form"] for one in made} == set(forms.split())
    assert sum(len(one["hazards"]) >= 3 for one in made) >= 5
