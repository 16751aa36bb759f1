"""Hypothesis profiles: ``fast`` at the desk, ``ci`` in .ci/run, ``thorough`` before a release, ``mutation`` for its script.

With ``PERFEVAL_NO_SKIP=1``, which .ci/run sets, a test that is skipped fails: a tool that is missing there must not pass
for a test that was run.
"""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

# Everything is said here and nothing inherited: hypothesis changes its own defaults where it sees a CI machine.
# What every change must pass gives the same answer twice; looking for what nobody has seen yet is the thorough tier's.
for _name, _examples, _same in (
    ("mutation", 12, True),
    ("fast", 40, True),
    ("ci", 200, True),
    ("thorough", 5000, False),
):
    settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        derandomize=_same,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],  # about the machine, not about the code
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)
_NO_SKIP = os.environ.get("PERFEVAL_NO_SKIP") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test into a failure."""
    return _not_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole file into an error."""
    return _not_skipped((yield))


def _not_skipped(report: _Report) -> _Report:
    if _NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"PERFEVAL_NO_SKIP: {reason}"
    return report
