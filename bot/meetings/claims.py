"""Which key a meeting was booked for, for products that take none and are looked through instead."""

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

    def may_be(self, ref: str, key: str) -> bool:
        """Whether a meeting can be that of this key, and is not known to be another's."""
        return self._keys.get(ref, key) == key
