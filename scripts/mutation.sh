#!/usr/bin/env bash
# Mutation testing of the exact rooms; takes hours, so it is no part of .ci/run. Settings: [tool.mutmut] in pyproject.toml.
# Run in a clone of its own with the dev extra installed; figures go into docs/quality.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export HYPOTHESIS_PROFILE=mutation
python -m mutmut run --max-children "${1:-2}" || true
python scripts/mutation_report.py
