#!/usr/bin/env bash
# Integration and browser tests: on SQLite, then the database tests again on a PostgreSQL of their own.
set -euo pipefail
pytest=.venv/bin/pytest

echo "== SQLite"
"$pytest" -q -n 2 --dist worksteal tests/browser tests/integration

# What is run at a prompt or served in these makes an SQLite database of its own, whatever database the tests are given.
at_a_prompt=(--ignore tests/integration/test_cli.py --ignore tests/integration/test_import_many.py
  --ignore tests/integration/test_storage_killed.py --ignore tests/integration/test_audits_killed.py)

# What tests write is never committed: the server would learn meanwhile that all tables are empty, and look for ten
# thousand passages as for one.
export POSTGRESQL_OPTIONS="-c autovacuum=off"

echo "== PostgreSQL"
scripts/with-postgresql.sh "$pytest" -q -n 2 --dist worksteal "${at_a_prompt[@]}" tests/integration tests/unit/platform
