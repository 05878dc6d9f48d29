"""Which addresses an outside system may have: none of this machine, of a cloud's inside, or unasked private.

The name is looked up once for each connection and checked there, so that a name which changes its
address between a look and the connection gains nothing.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import AF_UNSPEC, AddressFamily
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

Address = IPv4Address | IPv6Address
_METADATA = frozenset(  # where clouds tell a machine its secrets
    ip_address(a) for a in ("169.254.169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")
)
_NAT64 = int(IPv6Address("64:ff9b::")) >> 32


class Refused(OSError):
    """The name stands for an address that is never asked."""


def check_base(base_url: str, private: Collection[str] | None) -> str:
    """The address without its last slash. Raises ValueError, with the remedy, for one not to ask."""
    parts = urlsplit(base_url.strip())
    host = parts.hostname or ""
    literal = _literal(host)
    if parts.username or parts.password or parts.query or parts.fragment or not host:
        raise ValueError(f"{host or 'the address'} is to be written as https://host/path")
    if parts.scheme == "http" and literal is not None and literal.is_loopback:
        return base_url.strip().rstrip("/")  # a fake one, in the tests
    if parts.scheme != "https":
        raise ValueError(f"{host} is to be asked over https")
    if literal is not None and (why := _why(literal, host, private)):
        raise ValueError(f"{host} {why}")
    return base_url.strip().rstrip("/")


def refusal(address: Address, *, may_be_private: bool) -> str:
    """Why an address is not asked; empty where it may be."""
    plain = _unwrapped(address)
    if plain in _METADATA or plain.is_link_local:
        return "is an address of the cloud's own inside, which is never asked"
    if plain.is_multicast or plain.is_unspecified or plain.is_loopback:
        return "is no address of an outside system"
    if not plain.is_global and not may_be_private:
        return "stands in a private network"
    return ""


class Guarded(AbstractResolver):
    """Looks names up, and refuses those whose address is not to be asked."""

    def __init__(self, private: Collection[str] | None) -> None:
        self._private = private
        self._plain = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of the name; raises Refused when one of them is off."""
        found = await self._plain.resolve(host, port, family)
        for one in found:
            literal = _literal(one["host"])
            why = "has no address" if literal is None else _why(literal, host, self._private)
            if why:
                raise Refused(0, f"{host} {why}")
        return found

    async def close(self) -> None:
        """Nothing is held."""
        await self._plain.close()


def _why(address: Address, host: str, private: Collection[str] | None) -> str:
    """Why it is not asked, with the remedy where there is one; empty where it may be."""
    why = refusal(address, may_be_private=host in (private or ()))
    can_be_named = private is not None and not refusal(address, may_be_private=True)
    return f"{why}; name its host in CANDOR_PRIVATE_TRACKERS" if why and can_be_named else why


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _unwrapped(address: Address) -> Address:
    """The address of the old kind that one of the new kind stands for."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if int(address) >> 32 == _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
