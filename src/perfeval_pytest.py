"""The pytest plugin for case files: every ``*.cases.toml`` that pytest meets becomes tests, one for each case.

Imports nothing but pytest until there is such a file: pytest loads its plugins whatever it tests.
"""

from __future__ import annotations

__all__ = ["CaseFile", "CaseItem", "pytest_addoption", "pytest_collect_file"]

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from perfeval.messages import Language
    from perfeval.testing import Case

_SUFFIX = ".cases.toml"
_LANGUAGE = "perfeval_language"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini setting ``perfeval_language``."""
    parser.addini(_LANGUAGE, "language of failed perfeval cases: zh or en", default="zh")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """Take the files of cases."""
    if not file_path.name.endswith(_SUFFIX):
        return None
    made: CaseFile = CaseFile.from_parent(parent, path=file_path)
    return made


def _language(node: pytest.Item | pytest.Collector) -> Language:
    return "en" if node.config.getini(_LANGUAGE) == "en" else "zh"


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        """Give its cases. Raises CollectError with every problem of the file."""
        from perfeval.errors import PerfevalError  # noqa: PLC0415 - see the first lines of this module
        from perfeval.testing import load_cases  # noqa: PLC0415 - the same

        folder = Path.cwd()
        shown = self.path.relative_to(folder) if self.path.is_relative_to(folder) else self.path
        try:
            cases = load_cases(shown)
        except PerfevalError as error:
            raise self.CollectError(error.text(_language(self))) from None
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, case=case)


class CaseItem(pytest.Item):
    """A case; its rule book stands in the JUnit report."""

    def __init__(self, *, case: Case, **options: Any) -> None:
        super().__init__(**options)
        self.case = case
        self.user_properties += [
            ("rulebook", case.rulebook.id),
            ("rulebook_sha256", case.rulebook.sha256),
        ]

    def runtest(self) -> None:
        """Run the case."""
        outcome = self.case.run()
        if not outcome.passed:
            pytest.fail(outcome.text(_language(self)), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the case is written, lines from 0."""
        line = self.case.places[""].line or 1
        return self.path, line - 1, self.name
