"""The settings in which two rule books differ, each with its values and bases."""

from __future__ import annotations

__all__ = ["SettingDifference", "differing_settings"]

from collections.abc import Hashable

import attrs

from perfeval.rulebook import Basis, Match, RuleBook, setting_names, setting_value, shown_value

# The order of these says nothing: any of the words or readings counts.
_SETS = frozenset(
    (
        "accept.reverse",
        "accept.satisfaction",
        "execution.rows",
        "settings.lower_is_better",
        "settings.lower_is_better_except",
    )
)
_SCOPE = ("region", "years", "form")
_NEVER_SCORED = frozenset((*_SCOPE, "weights.patterns"))


@attrs.frozen
class SettingDifference:
    """A setting in which two books differ; ``region``, ``years`` and ``form`` count as settings without basis."""

    name: str
    first: str
    second: str
    first_basis: Basis | None = None
    second_basis: Basis | None = None

    @property
    def is_scored(self) -> bool:
        """Say whether scores can depend on it; what a book is for and what is informative change none."""
        return self.name not in _NEVER_SCORED


def differing_settings(first: RuleBook, second: RuleBook) -> tuple[SettingDifference, ...]:
    """Give the settings whose meaning differs, in the order of the format."""
    scope = [
        SettingDifference(name, _scope(first, name), _scope(second, name))
        for name in _SCOPE
        if getattr(first, name) != getattr(second, name)
    ]
    settings = [
        SettingDifference(name, *_shown(first, second, name), first.basis_of(name), second.basis_of(name))
        for name in setting_names()
        if _meaning(first, name) != _meaning(second, name)
    ]
    return (*scope, *settings)


def _scope(book: RuleBook, name: str) -> str:
    return " ".join(map(str, getattr(book, name))) or "-"


def _meaning(book: RuleBook, name: str) -> object:
    if name == "match":
        return _matches(book)
    if name == "grades":
        return book.grades
    group, _, field = name.partition(".")
    value = getattr(getattr(book, group), field)
    return frozenset(value) if name in _SETS else value


def _matches(book: RuleBook) -> tuple[Hashable, ...]:
    """Give each entry with its own parameters as the rule has them: 80% and 0.8 are the same."""
    return tuple(
        (
            attrs.astuple(entry, recurse=False)[1:],
            entry.rule.kind,
            tuple((name, getattr(rule, name)) for name in sorted(entry.rule.parameters)),
        )
        for entry, rule in zip(book.match, book.rules, strict=True)
    )


def _shown(first: RuleBook, second: RuleBook, name: str) -> tuple[str, str]:
    if name != "match":
        return setting_value(first, name), setting_value(second, name)
    own, other = _matches(first), _matches(second)
    return _entries(first, other), _entries(second, own)


def _entries(book: RuleBook, others: tuple[Hashable, ...]) -> str:
    """Give the entries that the other book has not; all of them where only their order differs."""
    numbered = list(enumerate(zip(book.match, _matches(book), strict=True), 1))
    lacking = [(number, entry) for number, (entry, meaning) in numbered if meaning not in others]
    shown = lacking or [(number, entry) for number, (entry, _) in numbered]
    return "; ".join(f"{number}: {_entry(entry)}" for number, entry in shown)


def _entry(entry: Match) -> str:
    conditions = [
        f"{field.name}={shown_value(value)}"
        for field in attrs.fields(Match)
        if field.name != "rule" and (value := getattr(entry, field.name))
    ]
    parameters = [f"{name}={value}" for name, value in entry.rule.parameters.items()]
    return f"{entry.rule.kind}({', '.join([*conditions, *parameters])})"
