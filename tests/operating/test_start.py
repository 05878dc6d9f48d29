"""What is loaded at a start, and what is not."""

import subprocess
import sys

LISTED = """
import sys
from bot.__main__ import main
sys.argv = ["candor", "check", "--help"]
try:
    main()
except SystemExit:
    pass
print([m for m in sys.modules if m in ("rich", "pygments", "alembic")])
import rich
print("found", rich.__name__)
"""


def test_what_paints_tracebacks_is_left_out_of_a_start_and_can_still_be_loaded() -> None:
    ran = subprocess.run([sys.executable, "-c", LISTED], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-2:] == ["[]", "found rich"]
