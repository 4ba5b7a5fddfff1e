"""Which addresses the server calls when somebody else chooses them: none inside, none in disguise."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.other_hosts import get, leads_to
from verite.core.fetch import FetchFailed, FetchRefused
from verite.core.fetch.connection import resolved
from verite.core.fetch.public import Address, is_public

INSIDE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::7f00:1",
    "2001:0:53aa:64c:0:0:80ff:fffe",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
    "ffff::1",
]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "2003::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_called_by_number_by_name_or_among_public_ones(address: str) -> None:
    bare = address.partition("%")[0]
    literal = f"[{bare}]" if ":" in bare else bare

    with pytest.raises(FetchRefused, match="not on the public internet"):
        get(f"http://{literal}/")
    with pytest.raises(FetchRefused, match="not on the public internet"):
        get("https://films.example/", resolve=leads_to(address))
    with pytest.raises(FetchRefused, match="not on the public internet"):
        get("http://films.example/", resolve=leads_to("1.1.1.1", address))


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet_may_be_called(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "films.example",
        "//films.example/",
        "ftp://films.example/",
        "file:///etc/passwd",
        "gopher://films.example/",
        "javascript:alert(1)",
        "data:text/plain,x",
        "http:",
        "http://",
        "http:///path",
        "http://:80/",
        "https://somebody@films.example/",
        "https://somebody:secret@films.example/",
        "http://1.1.1.1@127.0.0.1/",
        "http://127.0.0.1\\@films.example/",
        "http://films.example:22/",
        "http://films.example:0/",
        "http://films.example:8000/",
        "http://films.example:99999/",
        "http://films.example:x/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7F.0.0.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://127.0.0.1.nip.1/",
        "http://localhost./",
        "http://films.example./",
        "http://films..example/",
        "http://.films.example/",
        "http://films example/",
        "http://films.example\r\nX: y/",
        "http://%31%32%37.0.0.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://[::1",
        "http://[127.0.0.1]/",
        "http://" + "a" * 64 + ".example/",
        "http://films.example/" + "a" * 70_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused_before_anything_is_looked_up(url: str) -> None:
    with pytest.raises(FetchRefused) as refusal:
        get(url)

    assert refusal.value.reason


@given(st.text() | st.text("htps:/[]@.%\\#?0x1é\ud800", max_size=30).map(lambda text: "http://" + text))
def test_no_text_at_all_does_more_than_be_refused(text: str) -> None:
    with pytest.raises(FetchRefused):
        get(text, resolve=leads_to("127.0.0.1"))


def test_a_name_in_other_letters_is_looked_up_as_dns_writes_it() -> None:
    asked: list[str] = []

    def resolve(name: str, _port: int) -> list[Address]:
        asked.append(name)
        return [ip_address("10.0.0.1")]

    with pytest.raises(FetchRefused):
        get("https://bücher.example/", resolve=resolve)

    assert asked == ["xn--bcher-kva.example"]


def test_a_name_that_leads_nowhere_is_a_failure_not_a_refusal() -> None:
    with pytest.raises(FetchFailed, match="cannot be reached"):
        get("https://films.example/", resolve=leads_to())


def test_the_system_resolves_names() -> None:
    assert {address.is_loopback for address in resolved("localhost", 80)} == {True}


def test_a_name_that_cannot_exist_is_a_failure() -> None:
    with pytest.raises(FetchFailed, match="no host named"):
        resolved("a" * 64 + ".example", 80)
