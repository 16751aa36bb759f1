"""Hypothesis profiles: ``fast`` at the desk, ``ci`` in .ci/run, ``thorough`` before a release, ``mutation`` for its script."""

import os

from hypothesis import HealthCheck, settings

# Everything is said here and nothing inherited: hypothesis changes its own defaults where it sees a CI machine.
for _name, _examples in (("mutation", 12), ("fast", 40), ("ci", 200), ("thorough", 5000)):
    settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        derandomize=False,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],  # about the machine, not about the code
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
