#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL on a socket of its own.   usage: with-postgresql.sh COMMAND…
# The command finds it in TRACKER_TEST_POSTGRESQL; each pytest worker makes its own database there. POSTGRESQL_OPTIONS
# are more words for the server. Whoever connects is no superuser: row-level security would not hold one back.
set -euo pipefail

bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)
place=$(mktemp -d /tmp/tracker-postgresql.XXXXXX)
as=()
if [ "$(id -u)" -eq 0 ]; then  # PostgreSQL refuses to run as root
  chown postgres "$place"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi
stop() { "${as[@]}" "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$place"; }
trap stop EXIT

cd "$place"
"${as[@]}" "$bin/initdb" -D "$place/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$place/data" -w -o "-k $place -c listen_addresses= -c fsync=off ${POSTGRESQL_OPTIONS:-}" -l "$place/log" start >/dev/null
"${as[@]}" "$bin/createuser" -h "$place" -U postgres --createdb tracker
"${as[@]}" "$bin/createdb" -h "$place" -U tracker --maintenance-db postgres tracker
cd - >/dev/null
TRACKER_TEST_POSTGRESQL="postgresql+psycopg://tracker@/postgres?host=$place" "$@"
