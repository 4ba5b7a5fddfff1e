"""The server waits for no host, swallows nothing without end, and goes nowhere that it did not check."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from tests.core.other_hosts import Host, get, leads_to, listening_host
from tests.machine import lacking
from verite.core.fetch import FetchFailed, FetchRefused


@pytest.fixture
def host() -> Iterator[Host]:
    with listening_host() as host:
        yield host


def test_an_answer_comes_with_its_status_headers_body_and_address(host: Host) -> None:
    host.sends("/a?b=c", status="404 Not Found", headers="X-Why: gone\r\n", body=b"no such film")

    answer = get(host.url("/a?b=c#part-2"), host)

    assert (answer.status, answer.body, answer.headers["x-why"]) == (404, b"no such film", "gone")
    assert answer.url.startswith(host.url("/a?b=c"))


def test_a_request_names_us_and_carries_nothing_else(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    host.sends("/first", status="302 Found", headers="Location: /second\r\nSet-Cookie: a=b\r\n")
    host.sends("/second")

    get(host.url("/first"), host)

    lines = host.requests[1].split("\r\n")
    assert {line.split(":")[0] for line in lines[1:] if line} == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Connection",
    }
    assert f"Host: {host.place}" in lines
    assert any(line.startswith("User-Agent: Verite/") for line in lines)


def test_an_address_of_the_new_kind_stands_in_brackets() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("This machine has no IPv6, not even for itself.")
    with listening_host(address="::1") as host:
        host.sends("/", body=b"here")

        assert get(host.url("/"), host).body == b"here"
        assert f"Host: [::1]:{host.port}\r\n" in host.requests[0]


def test_a_name_is_resolved_once_and_the_connection_goes_where_it_then_led(host: Host) -> None:
    host.sends("/", body=b"here")
    answers = iter([[ip_address("127.0.0.1")]])

    answer = get(
        f"http://films.example:{host.port}/",
        allow={f"films.example:{host.port}"},
        resolve=lambda _name, _port: next(answers),
    )

    assert answer.body == b"here"
    assert f"Host: films.example:{host.port}\r\n" in host.requests[0]


def test_the_next_address_of_a_name_is_tried_when_the_first_is_dead(host: Host) -> None:
    host.sends("/", body=b"here")

    answer = get(
        f"http://films.example:{host.port}/",
        allow={f"films.example:{host.port}"},
        resolve=leads_to("127.0.0.2", "127.0.0.1"),
    )

    assert answer.body == b"here"


def test_a_closed_port_is_a_failure(host: Host) -> None:
    with listening_host() as gone:
        place = gone.place

    with pytest.raises(FetchFailed, match="cannot be reached"):
        get(f"http://{place}/", allow={place})


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Same", "308 Same"])
def test_redirects_are_followed_relative_or_absolute(host: Host, status: str) -> None:
    host.redirects("/old/a", "../new", status)
    host.redirects("/new", host.url("/newest"), status)
    host.sends("/newest", body=b"here")

    answer = get(host.url("/old/a"), host)

    assert (answer.body, answer.url) == (b"here", host.url("/newest"))


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:1/",
        "//127.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "https://changing.example/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "file:///etc/passwd",
        "http://somebody@films.example/",
        "http://[::1",
    ],
)
def test_a_redirect_is_checked_like_any_address(host: Host, place: str) -> None:
    host.redirects("/", place)

    with pytest.raises(FetchRefused):
        get(host.url("/"), host, resolve=leads_to("127.0.0.1"))

    assert len(host.requests) == 1


def test_a_name_that_led_outside_is_looked_up_again_for_the_next_step(host: Host) -> None:
    host.redirects("/", "http://changing.example/")
    allowed = f"changing.example:{host.port}"
    answers = iter([[ip_address("127.0.0.1")], [ip_address("192.168.0.1")]])

    with pytest.raises(FetchRefused, match=r"192\.168\.0\.1"):
        get(f"http://{allowed}/", allow={allowed}, resolve=lambda _name, _port: next(answers))


def test_five_redirects_are_followed_and_a_sixth_is_not(host: Host) -> None:
    for number in range(6):
        host.redirects(f"/{number}", f"/{number + 1}")
    host.sends("/6", body=b"here")

    assert get(host.url("/1"), host).body == b"here"
    with pytest.raises(FetchFailed, match="more than 5 times"):
        get(host.url("/0"), host)


def test_a_redirect_to_itself_ends(host: Host) -> None:
    host.redirects("/", "/")

    with pytest.raises(FetchFailed, match="more than 5 times"):
        get(host.url("/"), host)

    assert len(host.requests) == 6


def test_a_redirect_without_a_place_is_an_answer(host: Host) -> None:
    host.sends("/", status="302 Found", body=b"somewhere")

    assert get(host.url("/"), host).status == 302


def test_a_body_may_fill_its_limit_and_no_more(host: Host) -> None:
    host.sends("/fits", body=b"a" * 1000)
    host.sends("/long", body=b"a" * 1001)

    assert len(get(host.url("/fits"), host).body) == 1000
    with pytest.raises(FetchFailed, match="longer than 1000 bytes"):
        get(host.url("/long"), host)


def test_an_endless_body_is_cut_off(host: Host) -> None:
    host.drips("/", b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 600, 0)

    with pytest.raises(FetchFailed, match="longer than 1000 bytes"):
        get(host.url("/"), host)


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b""),
    ],
)
def test_a_slow_answer_ends_at_the_deadline_however_it_drips(host: Host, start: bytes, drop: bytes) -> None:
    host.drips("/", start, drop, 0.02)
    begun = time.monotonic()

    with pytest.raises(FetchFailed):
        get(host.url("/"), host, seconds=0.4)

    assert 0.4 <= time.monotonic() - begun < 15


def test_the_deadline_holds_for_all_redirects_together(host: Host) -> None:
    def slowly(connection: socket.socket) -> None:
        host.closing.wait(0.3)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")

    host.answers["/"] = slowly

    with pytest.raises(FetchFailed):
        get(host.url("/"), host, seconds=0.5)

    assert len(host.requests) <= 2


def test_a_packed_bomb_is_not_unpacked(host: Host) -> None:
    host.sends("/", headers="Content-Encoding: gzip\r\n", body=gzip.compress(b"\0" * 800_000))

    with pytest.raises(FetchFailed, match="compressed"):
        get(host.url("/"), host)

    assert "Accept-Encoding: identity\r\n" in host.requests[0]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
    ],
)
def test_a_broken_answer_is_a_failure(host: Host, answer: bytes) -> None:
    host.answers["/"] = lambda connection: connection.sendall(answer)

    with pytest.raises(FetchFailed, match=r"127\.0\.0\.1"):
        get(host.url("/"), host)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of films.example, in one file."""
    if not shutil.which("openssl"):
        lacking("openssl", "install the package of that name.")
    file = tmp_path_factory.mktemp("tls") / "films.pem"
    made = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=films.example -keyout {file} -out {file}.crt"
    named = ["-addext", "subjectAltName=DNS:films.example"]
    subprocess.run(["openssl", *made.split(), *named], check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


def test_over_tls_the_name_is_what_the_host_hears_and_its_certificate_must_say(certificate: Path) -> None:
    heard: list[str | None] = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    tls.sni_callback = lambda _socket, name, _context: heard.append(name)
    trust = ssl.create_default_context(cafile=str(certificate))
    with listening_host(tls) as host:
        host.sends("/", body=b"here")
        allow = {f"films.example:{host.port}", f"other.example:{host.port}"}
        settings: dict[str, Any] = {"allow": allow, "resolve": leads_to("127.0.0.1")}

        answer = get(f"https://films.example:{host.port}/", trust=trust, **settings)

        assert answer.body == b"here"
        assert heard == ["films.example"]
        assert f"Host: films.example:{host.port}\r\n" in host.requests[0]
        with pytest.raises(FetchFailed, match="certificate"):
            get(f"https://other.example:{host.port}/", trust=trust, **settings)
        with pytest.raises(FetchFailed, match="certificate"):
            get(f"https://films.example:{host.port}/", **settings)
