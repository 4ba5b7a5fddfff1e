"""Half-sent requests and slow readers, and what another visitor notices of them."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.report import Figure
from bench.serving.machine import cpu_seconds, wait_until_quiet
from bench.serving.servers import Server, film_path, verite_server

HALF_SENDERS = 50
SLOW_READERS = 50
BYTES_PER_SECOND = 1000
REQUESTS_PER_SECOND = 100
MOST_TIMES_SLOWER = 2.0
IDLE_SECONDS_OF_CPU = 0.015  # in half a second

HALF_A_POST = b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nabc"
FILM_BYTES = 32 * 1024 * 1024


def figures(data: Path, *, seconds: int, rounds: int) -> list[Figure]:
    """p99 of a visitor, quiet and among slow clients, for a kept page and for one made anew each time."""
    (data / "media").mkdir(exist_ok=True)
    (data / "media" / "slow.mp4").write_bytes(bytes(FILM_BYTES))
    with verite_server(data) as server:
        pages = {"a kept film page": film_path(server), "a page made anew": "/search/?q={number}"}
        return [_figure(server, what, path, seconds, rounds) for what, path in pages.items()]


def _figure(server: Server, what: str, path: str, seconds: int, rounds: int) -> Figure:
    ratios, quiets, slows = [], [], []
    for _ in range(rounds):
        wait_until_quiet()
        quiets.append(_p99(server, path, seconds))
        with _slow_clients(server):
            slows.append(_p99(server, path, seconds))
        ratios.append(slows[-1] / quiets[-1])
    ratio = median(ratios)
    return Figure(
        f"p99 of {what} among {HALF_SENDERS} half-sent POSTs and {SLOW_READERS} slow readers",
        f"≤ {MOST_TIMES_SLOWER:.0f} × quiet",
        f"{ratio:.2f} × ({median(slows) * 1000:.2f} / {median(quiets) * 1000:.2f} ms)",
        ratio <= MOST_TIMES_SLOWER,
    )


def _p99(server: Server, path: str, seconds: int) -> float:
    """Seconds from the scheduled instant of a request to the end of its answer."""
    waits = []
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        started = time.perf_counter()
        for number in range(seconds * REQUESTS_PER_SECOND):
            due = started + number / REQUESTS_PER_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            _exchange(connection, path.format(number=number))
            waits.append(time.perf_counter() - due)
    return sorted(waits)[int(len(waits) * 0.99)]


def _exchange(connection: socket.socket, path: str) -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    received = connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)


@contextmanager
def _slow_clients(server: Server) -> Iterator[None]:
    """Clients as slow as that, for the length of a ``with`` block."""
    done = threading.Event()
    with ExitStack() as opened:
        senders = [opened.enter_context(_patient_socket(server)) for _ in range(HALF_SENDERS)]
        for sender in senders:
            sender.sendall(HALF_A_POST)
        readers = [opened.enter_context(_patient_socket(server)) for _ in range(SLOW_READERS)]
        for reader in readers:
            reader.sendall(b"GET /media/slow.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        _wait_until_served(server)
        reading = threading.Thread(target=_read_slowly, args=(readers, done))
        reading.start()
        try:
            yield
        finally:
            done.set()
            reading.join()


def _wait_until_served(server: Server) -> None:
    """Wait until the server has filled their buffers: a hundred new connections at once are another question."""
    used, before = cpu_seconds(server.process), -1.0
    while used - before > IDLE_SECONDS_OF_CPU:
        time.sleep(0.5)
        used, before = cpu_seconds(server.process), used


def _patient_socket(server: Server) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", server.port))
    return connection


def _read_slowly(readers: list[socket.socket], done: threading.Event) -> None:
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader, selectors.EVENT_READ)
        while not done.wait(0.5):
            for key, _ in selector.select(0):
                connection = key.fileobj
                if isinstance(connection, socket.socket):
                    connection.recv(BYTES_PER_SECOND // 2)
