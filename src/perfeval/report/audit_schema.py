"""The JSON Schema of ``perfeval.audit.v1``, made from the checks; ``audit.schema.json`` is its committed text."""

from __future__ import annotations

__all__ = ["audit_schema"]

from enum import StrEnum
from typing import Any

from perfeval.auditing import CHECKS
from perfeval.findings import FindingClass, Severity
from perfeval.report.audit import AUDIT_SCHEMA
from perfeval.rulebook import BasisStatus

Node = dict[str, Any]

_STRING: Node = {"type": "string"}
_COUNT: Node = {"type": "integer", "minimum": 0}
_FROM_ONE: Node = {"type": "integer", "minimum": 1}
_DECIMAL: Node = {"type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
_TEXTS: Node = {"type": "object", "additionalProperties": _STRING}
_COUNTS: Node = {"type": "object", "additionalProperties": _COUNT}


def audit_schema() -> Node:
    """Give the schema (draft 2020-12) of what ``perfeval audit --output-format json`` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": AUDIT_SCHEMA,
        "description": "审核结果; findings of an audit, and what was looked at",
        **_closed(
            schema={"const": AUDIT_SCHEMA},
            tool=_closed(name={"const": "perfeval"}, version=_STRING),
            rulebook=_closed(id=_STRING, sha256=_STRING),
            inputs=_list(_closed(file=_maybe(_STRING), sha256=_maybe(_STRING), name=_maybe(_STRING))),
            findings=_list({"$ref": "#/$defs/finding"}),
            coverage=_closed(
                tables=_COUNT,
                indicators=_COUNT,
                scored=_COUNT,
                unscorable=_COUNTS,
                checks_run=_list({"$ref": "#/$defs/code"}),
                checks_not_applicable=_list({"$ref": "#/$defs/code"}),
                outside={"type": "object", "additionalProperties": _COUNTS},
                ignored=_COUNT,
            ),
            reading=_list(
                _closed(
                    code=_STRING,
                    severity=_members(Severity),
                    places=_list({"$ref": "#/$defs/place"}),
                    message=_STRING,
                )
            ),
            problems=_list(
                _closed(
                    file=_STRING,
                    line=_maybe(_FROM_ONE),
                    column=_maybe(_FROM_ONE),
                    path=_maybe(_STRING),
                    code=_STRING,
                    message=_STRING,
                )
            ),
        ),
        "$defs": {
            "finding": _finding(),
            "code": {"enum": [check.code for check in CHECKS]},
            "place": _place(),
        },
    }


def _finding() -> Node:
    whose = _closed(
        number=_COUNT, file=_maybe(_STRING), name=_maybe(_STRING), year=_maybe(_STRING), keys=_TEXTS
    )
    return _closed(
        code={"$ref": "#/$defs/code"},
        name={"enum": [check.name for check in CHECKS]},
        **{"class": _members(FindingClass)},
        severity=_members(Severity),
        evaluation=_maybe(whose),
        indicator=_maybe(_closed(number=_COUNT, name=_maybe(_STRING))),
        places=_list({"$ref": "#/$defs/place"}),
        facts=_TEXTS,
        message=_STRING,
        more=_COUNT,
        effect=_closed(points=_DECIMAL, amount=_DECIMAL),
        material={"type": "boolean"},
        explained_by=_STRING,
        ask=_STRING,
        basis=_STRING,
        status=_members(BasisStatus),
        caps=_list(_STRING),
        consequences=_list({"$ref": "#/$defs/finding"}),
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{16}$"},
    )


def _place() -> Node:
    texts = dict.fromkeys(("file", "sheet", "cell"), _STRING)
    numbers = dict.fromkeys(("line", "column", "page", "table", "row"), _FROM_ONE)
    return {"type": "object", "properties": {**texts, **numbers}, "additionalProperties": False}


def _closed(**properties: Node) -> Node:
    """Give an object that has exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: Node) -> Node:
    return {"type": "array", "items": item}


def _maybe(kind: Node) -> Node:
    return {"anyOf": [kind, {"type": "null"}]}


def _members(kind: type[StrEnum]) -> Node:
    return {"enum": [str(member) for member in kind]}
