#!/usr/bin/env bash
# Integration and browser tests: on SQLite, then on a PostgreSQL of their own those that together send it every statement
# that SQLite was sent (tests/statements.py). EVERYTHING=yes: all of them again.
set -euo pipefail
pytest=.venv/bin/pytest
if [ "${EVERYTHING:-no}" = no ]; then
  TRACKER_TEST_STATEMENTS=$(mktemp -d)
  export TRACKER_TEST_STATEMENTS
  trap 'rm -rf "$TRACKER_TEST_STATEMENTS"' EXIT
fi

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
