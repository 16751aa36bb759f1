"""A message is a code and facts; its text is made late, in Chinese (default) or English."""

from __future__ import annotations

__all__ = ["LANGUAGES", "Language", "Message", "Wording", "wordings"]

from collections.abc import Mapping
from typing import Literal

import attrs

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@attrs.frozen
class Wording:
    """The two texts of one message, under a stable ASCII code; ``{name}`` stands for a fact."""

    code: str
    zh: str
    en: str

    def __call__(self, **facts: object) -> Message:
        """Give a message with these facts."""
        return Message(self, {name: str(fact) for name, fact in facts.items()})


@attrs.frozen
class Message:
    """One message: its wording and the facts to put in."""

    wording: Wording
    facts: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def code(self) -> str:
        """The stable ASCII code."""
        return self.wording.code

    def text(self, language: Language = "zh") -> str:
        """Give the sentence in one language."""
        return (self.wording.zh if language == "zh" else self.wording.en).format_map(self.facts)

    def __str__(self) -> str:
        return self.text()


def wordings(prefix: str, table: Mapping[str, tuple[str, str]]) -> Mapping[str, Wording]:
    """Give the wordings of a table of names and texts (zh, en); the code of each is prefix and name."""
    return {name: Wording(f"{prefix}-{name}", zh, en) for name, (zh, en) in table.items()}
