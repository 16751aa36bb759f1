"""``python -m perfeval``."""

from __future__ import annotations

import sys

from perfeval.cli import main

if __name__ == "__main__":
    sys.exit(main())
