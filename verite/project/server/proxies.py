"""Who is really asking, and for which host: forwarded headers count when a trusted proxy sent them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORWARDED = frozenset(
    {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded", b"x-real-ip"}
)


# Whoever asks once asks again, and reading an address takes longer than a kept page does to be given out.
MOST_REMEMBERED = 1024


class Visitor(NamedTuple):
    """Where a request comes from and what it is for.

    Attributes:
        client: the visitor's address; empty when unknown.
    """

    scheme: str
    host: bytes
    client: str


class TrustedProxies:
    """The proxies named in the setting ``trusted_proxies``.

    Args:
        addresses: addresses or networks, such as ``127.0.0.1`` or ``10.0.0.0/8``.

    Raises:
        ValueError: one of them is neither.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        self._networks: list[Network] = [ip_network(address, strict=False) for address in addresses]

    def trusts(self, address: str) -> bool:
        if not self._networks:
            return False
        parsed = _read(address)
        return parsed is not None and any(parsed in network for network in self._networks)

    def visitor(self, peer: str, headers: Mapping[bytes, bytes]) -> Visitor:
        """Who asks through ``peer``, the other end of the connection, with these headers."""
        host = headers.get(b"host", b"")
        if not self.trusts(peer):
            return Visitor("http", host, str(_read(peer) or peer))
        proto = _last(headers.get(b"x-forwarded-proto", b"")).lower()
        return Visitor(
            "https" if proto == b"https" else "http",
            _last(headers.get(b"x-forwarded-host", b"")) or host,
            self._client(peer, headers.get(b"x-forwarded-for", b"")),
        )

    def _client(self, peer: str, forwarded_for: bytes) -> str:
        # Each proxy appends whom it heard from; whatever stands before the last stranger, he may have made up.
        chain = [peer, *reversed([name.strip().decode("latin-1") for name in forwarded_for.split(b",")])]
        client = peer
        for address in chain:
            parsed = _read(address)
            if parsed is None:
                break
            client = str(parsed)
            if not self.trusts(address):
                break
        return client


@lru_cache(maxsize=MOST_REMEMBERED)
def _read(address: str) -> Address | None:
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    # A socket that listens to both kinds says ::ffff:127.0.0.1 for 127.0.0.1.
    return (isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed


def _last(header: bytes) -> bytes:
    return header.rsplit(b",", 1)[-1].strip()
