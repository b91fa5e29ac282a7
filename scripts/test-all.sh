#!/usr/bin/env bash
# Integration and browser tests: on SQLite, then the database tests again on a PostgreSQL of their own.
set -euo pipefail
pytest=.venv/bin/pytest

echo "== SQLite"
"$pytest" -q -n 2 tests/integration tests/browser

echo "== PostgreSQL"
scripts/with-postgresql.sh "$pytest" -q -n 2 tests/integration tests/unit/platform
