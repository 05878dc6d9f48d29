"""Finding a meeting again in products that take no key: what a row says, and whose it is known to be."""

from collections.abc import Mapping

from bot.engine.outside import Unreadable

MOST = 1_000  # meetings that are remembered, the latest


class Claims:
    """What one process knows of the meetings that it booked."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}  # by what the product calls a meeting

    def take(self, ref: str, key: str) -> None:
        """This meeting is that of this key."""
        self._keys.pop(ref, None)
        if len(self._keys) >= MOST:
            self._keys.pop(next(iter(self._keys)))
        self._keys[ref] = key

    def is_of(self, ref: str, key: str) -> bool:
        """Whether a meeting is known to be that of this key."""
        return self._keys.get(ref) == key

    def may_be(self, ref: str, key: str) -> bool:
        """Whether a meeting can be that of this key, and is not known to be another's."""
        return self._keys.get(ref, key) == key


def is_same(said: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether a row says all that is wanted. Raises Unreadable where nothing in it differs and
    something is left out: nobody can tell then, and nothing may be booked twice.
    """
    missing = [name for name in wanted if not said[name]]
    if any(said[name] != wanted[name] for name in wanted if name not in missing):
        return False
    if missing:
        raise Unreadable(f"a meeting at that hour without {' and '.join(missing)}")
    return True
