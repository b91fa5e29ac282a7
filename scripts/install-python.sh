#!/usr/bin/env bash
# Makes .venv with exactly what a lock file names.   usage: install-python.sh PYTHON LOCK
set -euo pipefail
python=$1 lock=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null; then
  echo "Python 3.11 or later is needed, and $python is not that. Say which to use: make PYTHON=/path/to/python3.11 …" >&2
  exit 1
fi
if [ ! -x .venv/bin/pip ]; then
  rm -rf .venv
  "$python" -m venv .venv
fi
export PIP_DISABLE_PIP_VERSION_CHECK=1
echo "Installing Python packages from $lock"
.venv/bin/pip install --quiet --require-hashes -r "$lock"
.venv/bin/pip install --quiet --no-deps --editable .
