"""The JSON Schema of perfeval.summary.v1: committed as generated, and what the command writes is of it."""

import json
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator

import perfeval
from perfeval.cli import main
from perfeval.report.summary.data import summary_data
from perfeval.report.summary.schema import summary_schema
from perfeval.testing import clean_evaluation
from report.summary.made import hostile, summary_of

COMMITTED = Path(perfeval.__file__).parent / "report/summary.schema.json"
VALIDATOR = Draft202012Validator(summary_schema())


def test_the_committed_schema_is_the_generated_one() -> None:
    generated = json.dumps(summary_schema(), ensure_ascii=False, indent=1) + "\n"
    assert COMMITTED.read_text(encoding="utf-8") == generated, f"write summary_schema() to {COMMITTED}"


def test_it_is_a_schema_that_refuses() -> None:
    Draft202012Validator.check_schema(summary_schema())
    assert not VALIDATOR.is_valid({"schema": "perfeval.summary.v1"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("examples/documents/bortala-2024.pdf",),
        ("examples/bortala-2024", "--sample", "3", "--weigh", "amount", "--by", "year"),
        ("LICENSE", "nowhere", "examples/bortala-2024", "--by", "organisation"),
        ("LICENSE", "--sample", "2"),
    ],
)
def test_what_the_command_writes_is_of_it(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["summarize", *arguments, "--output-format", "json"])
    VALIDATOR.validate(json.loads(capsys.readouterr().out))


def test_whatever_tables_say_is_of_it() -> None:
    drawn = [clean_evaluation(Random(seed)) for seed in range(20)]  # noqa: S311 - nothing secret
    odd = [
        perfeval.Evaluation(),
        perfeval.Evaluation(kind="targets", indicators=[perfeval.Indicator(weight="10")]),
        perfeval.Evaluation(funding=[perfeval.Funding(adjusted="-1万元", executed="0.005万元", weight="10")]),
        hostile(),
    ]
    for language in perfeval.messages.LANGUAGES:
        VALIDATOR.validate(summary_data(summary_of(*drawn, *odd, sample=5), language))
