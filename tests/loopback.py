"""Sockets for servers that tests talk to on this machine."""

import socket


def listening() -> socket.socket:
    """A socket on a free port. It names its protocol: else every answer waits 40 ms for an
    acknowledgement, since asyncio switches Nagle's algorithm off only for what says it is TCP.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.bind(("127.0.0.1", 0))
    found.listen(128)
    return found
