"""What perfeval raises: misuse and unreadable input, never what a table says."""

from __future__ import annotations

__all__ = ["PerfevalError", "Problem", "UnreadableError", "UsageError"]

import attrs

from perfeval.messages import Language, Message


@attrs.frozen
class Problem:
    """One thing wrong with a file: where, which field, and what to do.

    ``line`` and ``column`` count from 1; both are 0 where the whole file is meant.
    ``path`` is the field, such as ``indicators[3].weight``, or empty.
    """

    file: str
    line: int
    column: int
    path: str
    message: Message

    def text(self, language: Language = "zh") -> str:
        """Give ``file.toml:14:9 indicators[3].weight: ...`` in one language."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        field = f" {self.path}" if self.path else ""
        return f"{place}{field}: {self.message.text(language)}"

    def __str__(self) -> str:
        return self.text()


class PerfevalError(Exception):
    """Base of everything that perfeval raises."""

    def text(self, language: Language = "zh") -> str:
        """Give what is wrong; the classes below can say it in both languages."""
        del language
        return super().__str__()


class UsageError(PerfevalError, ValueError):
    """A call was wrong: a float as an amount, an unknown rule, an unknown rule book."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def text(self, language: Language = "zh") -> str:
        """Give the one sentence in one language."""
        return self.message.text(language)

    def __str__(self) -> str:
        return self.text()


class UnreadableError(PerfevalError):
    """A file could not be read; ``problems`` holds everything that is wrong with it, at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def text(self, language: Language = "zh") -> str:
        """Give one line for each problem, in one language."""
        return "\n".join(problem.text(language) for problem in self.problems)

    def __str__(self) -> str:
        return self.text()
