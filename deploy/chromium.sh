#!/bin/sh
# Prints the path of a Chromium for the browser tests; finds or installs one. $1 is the project's Python.
# In order: CANDOR_CHROMIUM, the system's, Debian's by apt when root, the one Playwright can fetch.
set -u
python=$1
works() { [ -n "$1" ] && [ -x "$1" ]; }
if [ -n "${CANDOR_CHROMIUM:-}" ]; then
  if works "$CANDOR_CHROMIUM"; then echo "$CANDOR_CHROMIUM"; exit 0; fi
  echo "candor: CANDOR_CHROMIUM=$CANDOR_CHROMIUM is no program; set it to the path of a Chromium, or leave it out."
  exit 2
fi
system() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    path=$(command -v "$name" 2>/dev/null || true)
    if works "$path"; then echo "$path"; return 0; fi
  done
  return 1
}
fetched() {
  "$python" - <<'PY' 2>/dev/null
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    path = pathlib.Path(p.chromium.executable_path)
    if not path.exists():
        sys.exit(1)
    print(path)
PY
}
system && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1
  system && exit 0
fi
fetched && exit 0
"$python" -m playwright install chromium >/dev/null 2>&1
fetched && exit 0
echo "candor: the tests of the pages need a Chromium and none could be found or installed; install one (Debian: apt install chromium) or set CANDOR_CHROMIUM to its path."
exit 2
