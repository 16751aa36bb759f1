"""Hypothesis profiles: ``fast`` at the desk, ``ci`` in .ci/run, ``thorough`` before a release, ``mutation`` for its script."""

import os

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
