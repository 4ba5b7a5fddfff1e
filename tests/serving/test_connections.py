"""Odd, slow, broken and hostile clients, each on a real socket."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.serving.site import Site, ask, running_site, until
from verite.project.server.assembly import DJANGO_THREADS
from verite.project.server.clients import MOST_DISCARDED
from verite.project.server.django_threads import MOST_WAITING

HALF_A_POST = (
    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1000\r\n\r\nabc"
)


def read_to_end(connection: socket.socket) -> bytes:
    received = b""
    while data := connection.recv(65536):
        received += data
    return received


def exchange(site: Site, sent: bytes) -> bytes:
    """Everything the server says until it hangs up."""
    with site.socket() as connection:
        connection.sendall(sent)
        return read_to_end(connection)


def page_request(path: str, *headers: str, version: str = "1.1", method: str = "GET") -> bytes:
    lines = [f"{method} {path} HTTP/{version}", "Host: localhost", *headers, "", ""]
    return "\r\n".join(lines).encode()


def test_requests_sent_at_once_are_answered_in_their_order(site: Site, film: int) -> None:
    kept = f"/films/{film}/"
    site.get(kept, host="localhost")  # so that some are answered by the short cut, and some are not
    paths = ["/echo?1", kept, kept, "/echo?2", "/nowhere/", kept, "/echo?3", kept]
    sent = b"".join(page_request(path) for path in paths[:-1]) + page_request(kept, "Connection: close")
    received = exchange(site, sent)
    marks = [
        b'"query": "1"',
        b"said=",
        b"said=",
        b'"query": "2"',
        b"Not Found",
        b"said=",
        b'"query": "3"',
        b"said=",
    ]
    place = 0
    for mark in marks:
        place = received.index(mark, place) + 1
    assert received.count(b"HTTP/1.1 ") == len(paths)


def test_a_request_may_come_in_single_bytes(site: Site, film: int) -> None:
    site.get(f"/films/{film}/", host="localhost")
    with site.socket() as connection:
        for _ in range(2):
            for byte in page_request(f"/films/{film}/"):
                connection.send(bytes([byte]))
        connection.sendall(page_request("/echo", "Connection: close"))
        assert read_to_end(connection).count(b"HTTP/1.1 200 OK") == 3


def test_a_connection_serves_many_requests(site: Site, film: int) -> None:
    with site.connection() as connection:
        for path in (f"/films/{film}/", "/echo", f"/films/{film}/", f"/films/{film}/", "/echo"):
            assert ask(connection, path).status == 200


@pytest.mark.parametrize(
    "request_bytes",
    [
        page_request("/", "Connection: close"),
        page_request("/", version="1.0"),
        page_request("/echo", "Connection: close"),
        page_request("/echo", version="1.0"),
    ],
)
def test_who_wants_one_answer_gets_one_and_the_line_is_closed(site: Site, request_bytes: bytes) -> None:
    for _ in range(2):
        assert exchange(site, request_bytes).startswith(b"HTTP/1.1 200 OK")


def test_a_page_asked_for_with_a_body_is_a_page_all_the_same(site: Site) -> None:
    site.get("/", host="localhost")
    sent = page_request("/", "Content-Length: 4") + b"what" + page_request("/", "Connection: close")
    assert exchange(site, sent).count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (page_request("/", "Content-Length: 1", "Transfer-Encoding: chunked"), 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (page_request("/", "Padding: " + "x" * 600_000), 431),
        (page_request("/", "Padding: " + "x" * 60_000), 431),  # short enough to come in one piece
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_reason(site: Site, sent: bytes, status: int) -> None:
    assert exchange(site, sent).startswith(b"HTTP/1.1 %d " % status)


def test_odd_characters_in_an_address_end_at_no_page(site: Site) -> None:
    for path in ("/films/%00/", "/%ff%fe/", "/films/1/../../etc", "/%2e%2e/"):
        assert site.get(path).status == 404


def test_a_header_with_an_underscore_cannot_pose_as_another(site: Site) -> None:
    sent = page_request("/echo", "X_Secret: forged", "Connection: close")
    assert b"forged" not in exchange(site, sent)


def test_no_address_writes_a_line_of_its_own_into_the_log(site: Site) -> None:
    # No charset is named so; Django falls over it.
    odd = ("Content-Type: text/plain; charset*=utf-8''%00", "Content-Length: 0", "Connection: close")
    exchange(site, page_request("/%0aforged", *odd, method="POST"))
    assert "\nforged" not in (site.data / "log").read_text()


def test_forwarded_headers_of_a_stranger_count_for_nothing(site: Site) -> None:
    answer = site.get(
        "/echo", x_forwarded_for="6.6.6.6", x_forwarded_proto="https", x_forwarded_host="evil.example"
    )
    seen = json.loads(answer.body)
    assert (seen["client"], seen["scheme"], seen["host"]) == ("127.0.0.1", "http", site.host)
    assert not any(name.lower().startswith("x-forwarded") for name in seen["headers"])


def test_half_sent_requests_hold_nobody(site: Site) -> None:
    with ExitStack() as opened:
        stopped = [opened.enter_context(site.socket()) for _ in range(5 * DJANGO_THREADS)]
        for connection in stopped:
            connection.sendall(HALF_A_POST)
        for _ in range(DJANGO_THREADS + 1):
            assert site.get("/echo").status == 200
        stopped[0].sendall(b"d" * 997)  # they were waited for all the time
        assert b'"length": 1000' in read_to_end(stopped[0])


def test_clients_that_do_not_read_hold_nobody(site: Site, film: int) -> None:
    with ExitStack() as opened:
        for _ in range(5 * DJANGO_THREADS):
            deaf = opened.enter_context(site.socket())
            deaf.sendall(page_request("/echo?" + "x" * 20_000) * 20 + page_request(f"/films/{film}/") * 200)
        assert site.get("/echo").status == 200
        assert site.get(f"/films/{film}/").status == 200


def test_a_client_that_only_asks_and_never_reads_fills_no_memory(site: Site, film: int) -> None:
    page = len(site.get(f"/films/{film}/", host="localhost").body)
    count = 256 * 1024 * 1024 // page
    before = _memory(site)
    with site.socket() as deaf:
        deaf.settimeout(1)  # the server stops listening, too
        with suppress(TimeoutError):
            deaf.sendall(page_request(f"/films/{film}/") * count)
        assert site.get("/echo").status == 200
        assert _memory(site) - before < 64


def _memory(site: Site) -> int:
    """MB that the server has in use."""
    status = Path(f"/proc/{site.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) // 1024  # type: ignore[index]


def test_a_body_comes_through_whole(site: Site) -> None:
    with site.connection() as connection:
        connection.request("POST", "/echo", body=b"x" * 500_000, headers={"Expect": "100-continue"})
        assert json.loads(connection.getresponse().read())["length"] == 500_000
        connection.request("POST", "/echo", body=iter([b"x" * 70_000] * 3), encode_chunked=True)
        assert json.loads(connection.getresponse().read())["length"] == 210_000


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 10_000_000, MOST_DISCARDED])
def test_a_body_that_is_too_large_is_refused_after_it_was_read(site: Site, size: int) -> None:
    for body in (b"x" * size, iter([b"x" * size])):
        with site.connection() as connection:
            connection.request("POST", "/echo", body=body, encode_chunked=not isinstance(body, bytes))
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("Connection")) == (413, "close")


@pytest.mark.parametrize(
    "headers", [("Content-Length: 99999999999",), ("Content-Length: 2000000", "Expect: 100-continue")]
)
def test_a_body_that_would_be_too_large_is_refused_before_it_comes(
    site: Site, headers: tuple[str, ...]
) -> None:
    assert exchange(site, page_request("/echo", *headers, method="POST")).startswith(b"HTTP/1.1 413 ")


def test_a_program_is_told_of_a_failure_in_its_own_words(site: Site) -> None:
    received = exchange(site, page_request("/api/v1/films", "Content-Length: 99999999999", method="POST"))
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert json.loads(body)["status"] == 413


def test_pages_are_made_one_at_a_time_for_all_who_wait(site: Site) -> None:
    hold, before = site.data / "hold", site.renderings("slow")
    hold.touch()
    with ExitStack() as opened:
        waiting = [opened.enter_context(site.socket()) for _ in range(3 * DJANGO_THREADS)]
        for connection in waiting:
            connection.sendall(page_request("/slow/", "Connection: close"))
        until(lambda: site.renderings("slow") > before, "the page is being made")
        hold.unlink()
        for connection in waiting:
            assert b"slow said=" in read_to_end(connection)
    assert site.renderings("slow") == before + 1


def test_who_asks_after_a_change_does_not_get_what_was_read_before_it(site: Site) -> None:
    site.get("/films/7/change")
    hold, before = site.data / "hold", site.renderings("slow")
    hold.touch()
    with site.socket() as early, site.socket() as late:
        early.sendall(page_request("/slow/", "Connection: close"))
        until(lambda: site.renderings("slow") == before + 1, "the page was read")
        said = int(site.get("/films/7/change").text)
        late.sendall(page_request("/slow/", "Connection: close"))
        assert site.get("/echo").status == 200  # the late request has been taken in by now
        hold.unlink()
        assert f"slow said={said - 1}".encode() in read_to_end(early)
        assert f"slow said={said}".encode() in read_to_end(late)


def test_nobody_gets_a_cookie_that_was_made_for_somebody_else(site: Site) -> None:
    hold, before = site.data / "hold", site.renderings("slow")
    hold.touch()
    with ExitStack() as opened:
        asking = [opened.enter_context(site.socket()) for _ in range(5)]
        for connection in asking:
            connection.sendall(page_request("/personal/", "Connection: close"))
        until(lambda: site.renderings("slow") > before, "the first is being answered")
        assert site.get("/echo").status == 200  # the others have been taken in by now
        hold.unlink()
        answers = [read_to_end(connection) for connection in asking]
    cookies = {re.search(rb"verite-guest=(\w+)", answer)[1] for answer in answers}  # type: ignore[index]
    assert len(cookies) == len(answers)


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that waits for a second where others wait for ten."""
    with running_site(tmp_path_factory.mktemp("impatient"), TEST_PATIENCE_SECONDS="1") as site:
        yield site


@pytest.mark.parametrize("sent", [HALF_A_POST, b"GET / HTTP/1.1\r\nHost: loc"])
def test_who_does_not_finish_a_request_is_told_that_time_is_up(impatient: Site, sent: bytes) -> None:
    assert exchange(impatient, sent).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("sent", [b"", page_request("/"), page_request("/echo")])
def test_who_says_nothing_more_is_hung_up_on(impatient: Site, sent: bytes) -> None:
    received = exchange(impatient, sent)
    assert received.count(b"HTTP/1.1 200 OK") == (1 if sent else 0)
    assert b"HTTP/1.1 408" not in received


def test_one_connection_too_many_is_turned_away_and_the_next_is_welcome(tmp_path: Path) -> None:
    with running_site(tmp_path, TEST_MOST_CONNECTIONS="20") as small:
        with ExitStack() as opened:
            for _ in range(20):
                opened.enter_context(small.socket())
            assert exchange(small, b"").startswith(b"HTTP/1.1 503 ")

        until(lambda: small.get("/").status == 200, "there is room again")


def test_more_requests_than_the_threads_can_answer_are_turned_away(site: Site) -> None:
    hold = site.data / "hold"
    hold.touch()
    ours = page_request("/slow/", "Connection: close", "Cookie: verite-guest=1")  # no two share an answer
    with ExitStack() as opened:
        waiting = [opened.enter_context(site.socket()) for _ in range(MOST_WAITING + 1)]
        for connection in waiting:
            connection.sendall(ours)
        until(lambda: site.get("/echo").status == 503, "there are too many")
        hold.unlink()
        statuses = {read_to_end(connection)[:12] for connection in waiting}
    assert statuses == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
