#!/usr/bin/env bash
# Prints the figures of benchmarks.   usage: bench.sh [NAME…]
# Without names, those that take minutes and no corpus; the others are named in docs and run one by one.
set -euo pipefail
names=("$@")
[ ${#names[@]} -gt 0 ] || names=("plan postgresql" "evidence postgresql" "load" "faults 10")
short=0
for name in "${names[@]}"; do
  # shellcheck disable=SC2086  # a name and its arguments
  POSTGRESQL_OPTIONS="-c autovacuum=off" scripts/with-postgresql.sh .venv/bin/python -m benchmarks $name | tail -1 || short=1
done
exit $short
