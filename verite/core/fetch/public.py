"""Which addresses on the internet a server may call on somebody else's word."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# Written out, because ``ipaddress.is_global`` says other things in other versions of Python. Sources: the
# special-purpose address registries of IANA, RFC 6890 and its successors.
_NOT_PUBLIC_IPV4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared between a provider and its customers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # answers inside every machine of one large cloud, though it looks public
        "169.254.0.0/16",  # link-local, where clouds keep their credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]

# All else in IPv6 is loopback, unspecified, local, multicast, reserved, or an IPv4 address in disguise
# (mapped, compatible, translated by NAT64).
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_NOT_PUBLIC_IPV6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments; Teredo, which holds an IPv4 address, is among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address
        "3fff::/20",  # documentation
    )
]


def is_public(address: Address) -> bool:
    """Whether ``address`` is a host on the public internet, and cannot be one of our own network."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_IPV4)
    return address in _GLOBAL_IPV6 and not any(address in network for network in _NOT_PUBLIC_IPV6)
