"""The JSON Schema of perfeval.audit.v1: committed as generated, and what the command writes is of it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import perfeval
from perfeval.auditing import CHECKS, audit
from perfeval.cli import main
from perfeval.report import audit_data
from perfeval.report.audit_schema import audit_schema

COMMITTED = Path(perfeval.__file__).parent / "report/audit.schema.json"
VALIDATOR = Draft202012Validator(audit_schema())


def test_the_committed_schema_is_the_generated_one() -> None:
    generated = json.dumps(audit_schema(), ensure_ascii=False, indent=1) + "\n"
    assert COMMITTED.read_text(encoding="utf-8") == generated, f"write audit_schema() to {COMMITTED}"


def test_it_is_a_schema_that_refuses() -> None:
    Draft202012Validator.check_schema(audit_schema())
    assert not VALIDATOR.is_valid({"schema": "perfeval.audit.v1"})


@pytest.mark.parametrize(
    "arguments", [("examples/documents/bortala-2024.pdf",), ("LICENSE", "nowhere", "examples/bortala-2024")]
)
def test_what_the_command_writes_is_of_it(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["audit", *arguments, "--output-format", "json"])
    VALIDATOR.validate(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_finding_is_of_it(check: perfeval.auditing.Check) -> None:
    result = audit(
        check.wrong,
        check.rulebook,
        previous=check.previous,
        approved=check.approved,
        ledger=check.ledger,
        ignores=check.ignores,
        select=[check.code],
    )
    VALIDATOR.validate(audit_data(result, "0", "en"))
