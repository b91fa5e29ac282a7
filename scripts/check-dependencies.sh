#!/usr/bin/env bash
# Whether every installed library may be used (licences, offline), and whether a fault in one is known (where reachable).
# usage: check-dependencies.sh [--licences]   --licences: no question to the outside
set -euo pipefail
cd "$(dirname "$0")/.."

.venv/bin/python - <<'PYTHON'
import re
import sys
from importlib.metadata import distributions

REFUSED = re.compile(r"\bAGPL|Affero", re.IGNORECASE)
bad, silent = [], []
for one in distributions():
    about = one.metadata
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    said = " ".join(filter(None, [about.get("License-Expression"), (about.get("License") or "")[:200], *classifiers]))
    if REFUSED.search(said):
        bad.append(f"{about['Name']}: {said}")
    elif not said:
        silent.append(about["Name"])
print(f"Licences: none of them AGPL{f'; unsaid by {chr(44).join(sorted(silent))}' if silent else ''}" if not bad else "\n".join(bad))
sys.exit(bool(bad))
PYTHON

[ "${1:-}" = "--licences" ] && exit 0
if [ ! -x .venv/bin/pip-audit ]; then
  echo "Known faults: not looked for, pip-audit is not installed. Run it where it is: pip-audit -r requirements.lock"
  exit 0
fi
.venv/bin/pip-audit --require-hashes --disable-pip -r requirements.lock || {
  status=$?
  echo "Known faults: found above, or the service that knows them was not reached"
  exit "$status"
}
