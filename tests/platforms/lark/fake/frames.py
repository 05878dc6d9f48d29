"""The frames of the long connection, written and read without the SDK, whose import is heavy.

Source: lark_oapi/ws/pb/pbbp2.proto (proto2). A test holds this against the SDK's own module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

CONTROL, DATA = 0, 1
_VARINT, _BYTES = 0, 2
_REQUIRED = {1: "SeqID", 2: "LogID", 3: "service", 4: "method"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. `type` among the headers is ping, pong, event or card."""

    method: int
    headers: Mapping[str, str] = field(default_factory=dict)
    payload: bytes = b""
    sequence: int = 0
    log: int = 0
    service: int = 0

    @property
    def kind(self) -> str:
        """What the frame is."""
        return self.headers.get("type", "")


def write(frame: Frame) -> bytes:
    """The frame as bytes."""
    numbers = (frame.sequence, frame.log, frame.service, frame.method)
    parts = [_number(place, value) for place, value in enumerate(numbers, 1)]
    for name, value in frame.headers.items():
        pair = _chunk(1, name.encode()) + _chunk(2, value.encode())
        parts.append(_chunk(5, pair))
    if frame.payload:
        parts.append(_chunk(8, frame.payload))
    return b"".join(parts)


def read(data: bytes) -> Frame:
    """The frame that these bytes are; raises ValueError when they are none."""
    numbers: dict[int, int] = {}
    headers: dict[str, str] = {}
    payload = b""
    for place, value in _fields(data):
        if isinstance(value, int):
            numbers[place] = value
        elif place == 5:
            pair = {p: v for p, v in _fields(value) if isinstance(v, bytes)}
            headers[pair[1].decode()] = pair[2].decode()
        elif place == 8:
            payload = value
    missing = [name for place, name in _REQUIRED.items() if place not in numbers]
    if missing:
        raise ValueError(f"no {', '.join(missing)}")
    return Frame(numbers[4], headers, payload, numbers[1], numbers[2], numbers[3])


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        place, kind = key >> 3, key & 7
        number, at = _varint(data, at)
        if kind == _VARINT:
            yield place, number
        elif kind == _BYTES and at + number <= len(data):
            yield place, data[at : at + number]
            at += number
        else:
            raise ValueError(f"field {place} of kind {kind}")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("the frame ends in a number")


def _number(place: int, value: int) -> bytes:
    return _packed(place << 3 | _VARINT) + _packed(value)


def _chunk(place: int, value: bytes) -> bytes:
    return _packed(place << 3 | _BYTES) + _packed(len(value)) + value


def _packed(value: int) -> bytes:
    packed = bytearray()
    while value > 0x7F:
        packed.append(value & 0x7F | 0x80)
        value >>= 7
    packed.append(value)
    return bytes(packed)
