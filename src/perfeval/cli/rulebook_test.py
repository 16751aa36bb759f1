"""``perfeval rulebook test PATH…``: the cases of ``*.cases.toml``, run."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfeval.cli.common import EXIT_DONE, EXIT_MISUSE, add_language
from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Wording

EXIT_FAILED = 1

_COUNT = Wording(
    "CASES-COUNT",
    "{count} 条用例：通过 {passed}，未通过 {failed}",
    "cases: {count}, passed {passed}, failed {failed}",
)
_NOTHING = Wording(
    "CASES-NOTHING", "目录里没有用例文件（*{suffix}）", "has no file of cases in it (*{suffix})"
)


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action."""
    parser = actions.add_parser("test", help="运行用例文件 / run files of cases")
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="用例文件或目录 / files of cases, or directories"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from perfeval.testing import Case, load_cases  # noqa: PLC0415 - other commands need not wait for it

    problems: list[Problem] = []
    cases: list[Case] = []
    for file in _files(options.paths, problems):
        try:
            cases += load_cases(file)
        except UnreadableError as error:
            problems.extend(error.problems)
    failed = [outcome for case in cases if not (outcome := case.run()).passed]
    for outcome in failed:
        print(outcome.text(options.lang))
    count = _COUNT(count=len(cases), passed=len(cases) - len(failed), failed=len(failed))
    print(count.text(options.lang))
    for problem in problems:
        print(problem.text(options.lang), file=sys.stderr)
    if problems:
        return EXIT_MISUSE
    return EXIT_FAILED if failed else EXIT_DONE


def _files(paths: Sequence[str], problems: list[Problem]) -> Iterator[Path]:
    """Give the files that are named, and those of the directories by their suffix."""
    from perfeval.testing.case_files import CASES_SUFFIX  # noqa: PLC0415 - the same

    for given in paths:
        path = Path(given)
        inside = sorted(path.rglob(f"*{CASES_SUFFIX}")) if path.is_dir() else [path]
        if not inside:
            problems.append(Problem(given, 0, 0, "", _NOTHING(suffix=CASES_SUFFIX)))
        yield from inside
