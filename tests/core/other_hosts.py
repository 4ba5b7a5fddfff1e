"""Hosts that answer as we tell them, on loopback, and names that lead where we say, for the real client."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from verite.core.fetch import Answer, fetch
from verite.core.fetch.connection import Resolver
from verite.core.fetch.public import Address

Answering = Callable[[socket.socket], None]


class Host:
    """A listening host: ``answers`` says what it sends for a path, ``requests`` what it was asked."""

    def __init__(self, address: str, port: int) -> None:
        self.port = port
        self.place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        self.requests: list[str] = []
        self.answers: dict[str, Answering] = {}
        self.closing = threading.Event()

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def sends(self, path: str, *, status: str = "200 OK", headers: str = "", body: bytes = b"") -> None:
        """Answer for ``path`` in one piece; ``headers`` are lines that end in ``\\r\\n``."""
        head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode()
        self.answers[path] = lambda connection: connection.sendall(head + body)

    def redirects(self, path: str, to: str, status: str = "302 Found") -> None:
        self.sends(path, status=status, headers=f"Location: {to}\r\n")

    def drips(self, path: str, start: bytes, drop: bytes, seconds: float) -> None:
        """Answer with ``start``, then a ``drop`` every so many seconds for as long as anybody listens."""

        def drip(connection: socket.socket) -> None:
            connection.sendall(start)
            while not self.closing.wait(seconds):
                connection.sendall(drop)

        self.answers[path] = drip


@contextmanager
def listening_host(tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Host]:
    class OneRequest(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                connection = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                asked = b""
                while b"\r\n\r\n" not in asked:
                    if not (received := connection.recv(65536)):
                        return
                    asked += received
                text = asked.decode()
                host.requests.append(text)
                host.answers[text.split(" ")[1]](connection)
            except OSError:
                pass  # the client had enough
            else:
                connection.close()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

    with Server((address, 0), OneRequest) as server:
        host = Host(address, server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield host
        finally:
            host.closing.set()
            server.shutdown()
            thread.join()


def nobody(name: str, port: int) -> list[Address]:
    raise AssertionError(f"{name}:{port} should never have been looked up")


def leads_to(*addresses: str) -> Resolver:
    return lambda _name, _port: [ip_address(address) for address in addresses]


def get(url: str, host: Host | None = None, **chosen: Any) -> Answer:
    allow = {host.place} if host else frozenset()
    usual: dict[str, Any] = {"limit_bytes": 1000, "seconds": 20, "resolve": nobody, "allow": allow}
    return fetch(url, **(usual | chosen))
