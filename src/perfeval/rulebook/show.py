"""A setting's value as one line of text."""

from __future__ import annotations

__all__ = ["setting_value", "shown_value"]

from decimal import Decimal
from enum import StrEnum

import attrs

from perfeval.rulebook.model import Match, RuleBook, Satisfaction


def setting_value(book: RuleBook, name: str) -> str:
    """Give the value of a setting such as ``settings.reverse`` as it would be read aloud."""
    if name == "match":
        return " > ".join(_match(entry) for entry in book.match)
    if name == "grades":
        return " ".join(f"{grade.name}>={grade.start}" for grade in book.grades)
    group, _, field = name.partition(".")
    return shown_value(getattr(getattr(book, group), field))


def _match(entry: Match) -> str:
    conditions = [
        f"{field.name}={shown_value(value)}"
        for field in attrs.fields(Match)
        if field.name != "rule" and (value := getattr(entry, field.name))
    ]
    return f"{entry.rule.kind}({', '.join(conditions)})"


def shown_value(value: object) -> str:
    """Give one value in one line; ``-`` for none."""
    if value is None or value == ():
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(
            shown_value(item).replace(" ", "/") if isinstance(item, tuple) else shown_value(item)
            for item in value
        )
    if isinstance(value, StrEnum | Decimal | str | Satisfaction):
        return str(value)
    fields = attrs.fields(type(value))  # type: ignore[arg-type]  # what is left are attrs classes
    shown = ", ".join(f"{field.name}={shown_value(getattr(value, field.name))}" for field in fields)
    return f"{getattr(value, 'kind', '')}({shown})"
