#!/bin/sh
# Makes the virtual environment $1 with the newest Python of at least 3.11 on this machine.
set -eu
venv=$1
fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
if [ -x "$venv/bin/python" ] && fits "$venv/bin/python"; then exit 0; fi
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
  if command -v "$name" >/dev/null 2>&1 && fits "$name"; then
    if "$name" -m venv --clear "$venv" 2>/dev/null; then exit 0; fi
    rm -rf "$venv"
    echo "candor: $name cannot make a virtual environment here; install its venv module (Debian: apt install python3-venv) or make this folder writable." >&2
    exit 2
  fi
done
have=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null || echo none)
echo "candor: Python 3.11 or newer is needed, and this machine offers $have; install a newer one, or set PYTHON=/path/to/python3.11." >&2
exit 2
