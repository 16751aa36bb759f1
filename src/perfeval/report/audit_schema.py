"""The JSON Schema of ``perfeval.audit.v1``, made from the checks; ``audit.schema.json`` is its committed text."""

from __future__ import annotations

__all__ = ["audit_schema"]

from perfeval.auditing import CHECKS
from perfeval.findings import FindingClass, Severity
from perfeval.report.audit import AUDIT_SCHEMA
from perfeval.report.schema_parts import (
    COUNT,
    COUNTS,
    DECIMAL,
    FROM_ONE,
    PROBLEM,
    RULEBOOK,
    STRING,
    TEXTS,
    TOOL,
    Node,
    closed,
    list_of,
    maybe,
    members,
)
from perfeval.rulebook import BasisStatus


def audit_schema() -> Node:
    """Give the schema (draft 2020-12) of what ``perfeval audit --output-format json`` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": AUDIT_SCHEMA,
        "description": "审核结果; findings of an audit, and what was looked at",
        **closed(
            schema={"const": AUDIT_SCHEMA},
            tool=TOOL,
            rulebook=RULEBOOK,
            inputs=list_of(closed(file=maybe(STRING), sha256=maybe(STRING), name=maybe(STRING))),
            findings=list_of({"$ref": "#/$defs/finding"}),
            coverage=closed(
                tables=COUNT,
                indicators=COUNT,
                scored=COUNT,
                unscorable=COUNTS,
                checks_run=list_of({"$ref": "#/$defs/code"}),
                checks_not_applicable=list_of({"$ref": "#/$defs/code"}),
                outside={"type": "object", "additionalProperties": COUNTS},
                ignored=COUNT,
            ),
            reading=list_of(
                closed(
                    code=STRING,
                    severity=members(Severity),
                    places=list_of({"$ref": "#/$defs/place"}),
                    message=STRING,
                )
            ),
            problems=list_of(PROBLEM),
        ),
        "$defs": {
            "finding": _finding(),
            "code": {"enum": [check.code for check in CHECKS]},
            "place": _place(),
        },
    }


def _finding() -> Node:
    whose = closed(number=COUNT, file=maybe(STRING), name=maybe(STRING), year=maybe(STRING), keys=TEXTS)
    return closed(
        code={"$ref": "#/$defs/code"},
        name={"enum": [check.name for check in CHECKS]},
        **{"class": members(FindingClass)},
        severity=members(Severity),
        evaluation=maybe(whose),
        indicator=maybe(closed(number=COUNT, name=maybe(STRING))),
        places=list_of({"$ref": "#/$defs/place"}),
        facts=TEXTS,
        message=STRING,
        more=COUNT,
        effect=closed(points=DECIMAL, amount=DECIMAL),
        material={"type": "boolean"},
        explained_by=STRING,
        ask=STRING,
        basis=STRING,
        status=members(BasisStatus),
        caps=list_of(STRING),
        consequences=list_of({"$ref": "#/$defs/finding"}),
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{16}$"},
    )


def _place() -> Node:
    texts = dict.fromkeys(("file", "sheet", "cell"), STRING)
    numbers = dict.fromkeys(("line", "column", "page", "table", "row"), FROM_ONE)
    return {"type": "object", "properties": {**texts, **numbers}, "additionalProperties": False}
