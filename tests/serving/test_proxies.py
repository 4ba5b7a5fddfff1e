"""Who is believed about where a request comes from."""

from __future__ import annotations

import pytest

from verite.project.server.proxies import TrustedProxies, Visitor

PROXIES = TrustedProxies(["127.0.0.1", "10.0.0.0/8", "::1"])


def visitor(peer: str, **headers: str) -> Visitor:
    named = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
    return PROXIES.visitor(peer, {b"host": b"inner", **named})


def test_a_stranger_is_who_is_connected() -> None:
    assert visitor("6.6.6.6", x_forwarded_for="1.2.3.4", x_forwarded_proto="https") == (
        "http",
        b"inner",
        "6.6.6.6",
    )


def test_a_trusted_proxy_is_believed() -> None:
    found = visitor(
        "127.0.0.1", x_forwarded_for="1.2.3.4", x_forwarded_proto="https", x_forwarded_host="films.example"
    )
    assert found == ("https", b"films.example", "1.2.3.4")


def test_a_proxy_that_forwards_nothing_speaks_for_itself() -> None:
    assert visitor("127.0.0.1") == ("http", b"inner", "127.0.0.1")


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("1.2.3.4, 10.1.1.1", "1.2.3.4"),
        ("9.9.9.9, 1.2.3.4, 10.1.1.1", "1.2.3.4"),  # what the visitor wrote himself is not believed
        ("10.1.1.1", "10.1.1.1"),
        ("nonsense, 10.1.1.1", "10.1.1.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_last_stranger_in_the_chain_is_the_visitor(chain: str, client: str) -> None:
    assert visitor("127.0.0.1", x_forwarded_for=chain).client == client


def test_an_ipv4_address_that_a_socket_of_both_kinds_writes_as_ipv6_is_that_address() -> None:
    assert visitor("::ffff:127.0.0.1", x_forwarded_for="::ffff:1.2.3.4").client == "1.2.3.4"
    assert visitor("::ffff:6.6.6.6", x_forwarded_for="1.2.3.4").client == "6.6.6.6"


def test_a_name_in_place_of_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="proxy"):
        TrustedProxies(["proxy.example"])
