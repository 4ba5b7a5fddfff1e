"""Connections that lead where they were checked to lead, and end in time.

A name is resolved once, every address it has must be public, and the connection goes to one of the addresses
that were checked, while Host, SNI and certificate keep the name. So no answer of a name server can lead us
inside, however often it changes.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore
from django.utils.translation import gettext as _

from .errors import FetchFailed, FetchRefused
from .public import Address, is_public

Resolver = Callable[[str, int], list[Address]]


def resolved(name: str, port: int) -> list[Address]:
    """The addresses of a host name, as the system's resolver gives them. Its own time limits hold.

    Raises:
        FetchFailed: there is no such host.
    """
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(_("There is no host named %(name)s.") % {"name": name}) from error
    return [ip_address(place[0]) for *_rest, place in found]


class Deadline:
    """The moment by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds (> 0) that remain. ``FetchFailed`` if there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchFailed(_("It took longer than %(seconds)g seconds.") % {"seconds": self._seconds})
        return left


class Guard(httpcore.NetworkBackend):
    """Opens connections to public addresses; to any, where ``is_open`` says that an operator allowed it."""

    def __init__(self, resolve: Resolver, deadline: Deadline, *, is_open: bool) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._is_open = is_open

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the deadline counts instead)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        failure: Exception | None = None
        for tried, address in enumerate(addresses):
            # Each gets its share of the time, so that one that never answers does not use it up.
            share = self._deadline.left() / (len(addresses) - tried)
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise FetchFailed(_("%(host)s cannot be reached.") % {"host": host}) from failure

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            addresses = [ip_address(host)]
        except ValueError:
            addresses = self._resolve(host, port)
        for address in addresses:
            if not self._is_open and not is_public(address):
                raise FetchRefused(
                    _("%(host)s is not on the public internet (%(address)s).")
                    % {"host": host, "address": address}
                )
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however little arrives at a time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
