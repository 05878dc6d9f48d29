"""The frames of the long connection: six numbered fields, in the wire format of protocol buffers.

1 sequence, 2 log, 3 service, 4 method (numbers); 5 headers (key and value, repeated); 8 payload.
A test holds this against the SDK's own module, which cannot be had without the rest of the SDK.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

CONTROL, DATA = 0, 1
LONGEST = 10  # bytes of a number
_NUMBER, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5  # kinds of fields on the wire
_HEADER, _PAYLOAD = 5, 8


class Unreadable(ValueError):
    """The bytes are no frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. What a field is not known for stays out of what is written."""

    method: int
    headers: Mapping[str, str] = field(default_factory=dict)
    payload: bytes = b""
    sequence: int = 0
    log: int = 0
    service: int = 0

    def answered(self, payload: bytes, **headers: str) -> "Frame":
        """The frame that acknowledges this one."""
        return replace(self, payload=payload, headers={**self.headers, **headers})


def dump(frame: Frame) -> bytes:
    """The frame as bytes."""
    out = bytearray()
    for place, number in enumerate((frame.sequence, frame.log, frame.service, frame.method), 1):
        out += _varint(place << 3 | _NUMBER) + _varint(number)
    for key, value in frame.headers.items():
        out += _chunk(_HEADER, _chunk(1, key.encode()) + _chunk(2, value.encode()))
    if frame.payload:
        out += _chunk(_PAYLOAD, frame.payload)
    return bytes(out)


def load(data: bytes) -> Frame:
    """The frame that the bytes are; fields not known are passed over. Raises Unreadable."""
    numbers = {1: 0, 2: 0, 3: 0, 4: CONTROL}
    headers: dict[str, str] = {}
    payload = b""
    for place, value in _fields(data):
        if isinstance(value, int):
            numbers[place] = value
        elif place == _HEADER:
            parts = {p: v for p, v in _fields(value) if isinstance(v, bytes)}
            headers[_text(parts.get(1, b""))] = _text(parts.get(2, b""))
        elif place == _PAYLOAD:
            payload = value
    return Frame(numbers[4], headers, payload, numbers[1], numbers[2], numbers[3])


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = _read(data, at)
        place, kind = key >> 3, key & 7
        if kind == _NUMBER:
            number, at = _read(data, at)
            yield place, number
            continue
        length, at = (
            _read(data, at) if kind == _BYTES else ({_EIGHT: 8, _FOUR: 4}.get(kind, -1), at)
        )
        if length < 0 or at + length > len(data):
            raise Unreadable("a field ends after the frame")
        if kind == _BYTES:
            yield place, data[at : at + length]
        at += length


def _read(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins there, and where what follows begins."""
    number = 0
    for offset, byte in enumerate(data[at : at + LONGEST]):
        number |= (byte & 0x7F) << 7 * offset
        if not byte & 0x80:
            return number, at + offset + 1
    raise Unreadable("a number does not end")


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _chunk(place: int, value: bytes) -> bytes:
    return _varint(place << 3 | _BYTES) + _varint(len(value)) + value


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Unreadable("a header is no text") from None
