"""A rule book with one setting of another: whatever then changes is that setting's doing."""

from __future__ import annotations

__all__ = ["with_setting"]

from collections.abc import Mapping

import attrs

from perfeval.rulebook import RuleBook, Settings, satisfaction_rule
from perfeval.rules import Graded, Rule


def with_setting(book: RuleBook, other: RuleBook, name: str) -> RuleBook:
    """Give ``book`` with the setting of this name (``settings.reverse``) taken from ``other``."""
    if name == "match":
        return _made_again(attrs.evolve(book, match=other.match, rules=other.rules))
    if name == "grades":
        return attrs.evolve(book, grades=other.grades)
    group, _, field = name.partition(".")
    changed = attrs.evolve(getattr(book, group), **{field: getattr(getattr(other, group), field)})
    return _made_again(attrs.evolve(book, **{group: changed}))


def _made_again(book: RuleBook) -> RuleBook:
    """Give its rules the book's settings again, where their own entry does not say otherwise."""
    rules = tuple(
        None if rule is None else _with_settings(rule, entry.rule.parameters, book)
        for entry, rule in zip(book.match, book.rules, strict=True)
    )
    graded = next((rule for rule in rules if isinstance(rule, Graded)), _with_settings(Graded(), {}, book))
    satisfaction = satisfaction_rule(book, book.settings.satisfaction)
    return attrs.evolve(book, rules=rules, graded_rule=graded, satisfaction_rule=satisfaction)


def _with_settings(rule: Rule, given: Mapping[str, object], book: RuleBook) -> Rule:
    usual = {field.name: getattr(book.settings, field.name) for field in attrs.fields(Settings)}
    if isinstance(rule, Graded):
        usual["bands"] = book.graded.bands
    own = {field.name for field in attrs.fields(type(rule))}  # type: ignore[arg-type]  # rules are attrs classes
    changed = {name: value for name, value in usual.items() if name in own and name not in given}
    return attrs.evolve(rule, **changed)  # type: ignore[misc]
