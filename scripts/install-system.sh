#!/usr/bin/env bash
# Every system package that the project needs, and nothing else installs any.
#   run    WeasyPrint's three libraries; a pack brings its own fonts
#   test   and a database server, Redis, a browser, a PDF renderer, Java for the PDF/UA validator, and a
#          spreadsheet and a word processor that open what is taken away, and a program that unpacks a bundle
set -euo pipefail

RUN=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
TEST=(postgresql chromium-headless-shell poppler-utils default-jdk-headless libjaxb-java fonts-liberation2 libreoffice-calc-nogui libreoffice-writer-nogui openssl unzip redis-server)

case "${1:-run}" in
  run) wanted=("${RUN[@]}") ;;
  test) wanted=("${RUN[@]}" "${TEST[@]}") ;;
  *) echo "usage: $0 run|test" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed'; then
    missing+=("$package")
  fi
done
# Debian installs python3.11 without ensurepip; a venv needs it.
if ! "${PYTHON:-python3.11}" -c 'import ensurepip' 2>/dev/null; then
  missing+=(python3.11-venv)
fi
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

install="apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "This machine has no apt-get. Please install what these Debian packages hold, then run make again: ${missing[*]}" >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo)
else
  echo "Some system packages are missing and need an administrator. Please run this, then make again:" >&2
  echo "  sudo apt-get update && sudo $install" >&2
  exit 1
fi
echo "Installing system packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q >/dev/null
"${as_root[@]}" $install >/dev/null
