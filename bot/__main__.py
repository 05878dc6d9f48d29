"""The candor command, also as `python -m bot`."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from types import ModuleType


def main() -> None:
    """Run the command line, imported without a look at what lives as long as the process.

    The collector goes through all of it again and again otherwise: a sixth of a start.
    """
    gc.disable()
    try:
        load_plainly()
        from bot import cli
    finally:
        gc.freeze()
        gc.enable()
    cli.main()


def load_plainly() -> None:
    """Load structlog without rich, which it takes along for tracebacks that we write plainly."""
    with _out_of_sight("rich"):
        import structlog  # noqa: F401 - loaded, for whoever imports it next


class _Hidden(MetaPathFinder):
    """Says of one package that it is not installed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> None:
        """Nothing of it is found; everything else is for others to find."""
        if fullname == self._name:
            raise ModuleNotFoundError(name=fullname)


@contextmanager
def _out_of_sight(name: str) -> Iterator[None]:
    """Inside, a package counts as not installed: ten megabytes that nobody would use."""
    hidden = _Hidden(name)
    sys.meta_path.insert(0, hidden)
    try:
        yield
    finally:
        sys.meta_path.remove(hidden)


if __name__ == "__main__":
    main()
