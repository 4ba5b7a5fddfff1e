"""HTTP/1.1 on one connection: uvicorn's protocol, with a short cut for finished pages and patience that ends.

A GET that the page cache can answer at once is answered from the parser's callback: no scope, no task. All
else takes uvicorn's way into the ASGI application.
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from verite.project.pagecache.entries import head_bytes, headers_without_body
from verite.project.pagecache.negotiation import coding, known_tag
from verite.project.server.anonymous import is_anonymous
from verite.project.server.failures import failure_bytes
from verite.project.server.front import Front

HEAD_SECONDS = 10.0
IDLE_SECONDS = 15.0
STALLED_SECONDS = 60.0
LOOK_EVERY_SECONDS = 1.0
LINGER_SECONDS = 2.0
LONGEST_HEAD = 32 * 1024
PIECE = LONGEST_HEAD // 4


class PageProtocol(HttpToolsProtocol):
    """One connection."""

    app: Front

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._peer = ""
        self._is_proxied = False
        self._is_answered = False
        self._is_refused = False
        # Since when the client owes us a request, or the rest of its head; None while it does not.
        self._owing_since: float | None = None
        self._has_begun = False
        self._head_size = 0
        self._unread = 0
        self._unread_since = 0.0
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        self._is_proxied = self.app.proxies.trusts(self._peer)
        self._owing_since = self.loop.time()
        if len(self.connections) > self.app.most_connections:
            self._refuse(503)
        self._look = self.loop.call_later(LOOK_EVERY_SECONDS, self._look_at_client)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Piece by piece, so that a head that came all at once is measured as well.
        for start in range(0, len(data), PIECE):
            self._take_in(data[start : start + PIECE])

    def _take_in(self, data: bytes) -> None:
        if self._is_refused:
            return
        if self._has_begun:
            self._head_size += len(data)
            if self._head_size > LONGEST_HEAD:
                self._refuse(431)
                return
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # it was answered as if nothing had been said of an upgrade
        except httptools.HttpParserError:
            self._refuse(400)

    # The parser's callbacks, in the order in which they come. uvicorn's own make the scope of a request first;
    # a finished page needs none, so that waits.

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self._is_answered = False
        self._has_begun = True
        self._head_size = 0
        self._owing_since = self.loop.time()

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self._has_begun = False
        # Who does not read what was answered waits in line like those whose answer is not at hand.
        is_next = self.cycle is None or self.cycle.response_complete
        if is_next and not self.flow.write_paused and self._answer_at_once():
            self._is_answered = True
            return
        self._owing_since = None
        self._unset_keepalive_if_required()
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url = url
        for name, value in headers:
            super().on_header(name, value)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        if not self._is_answered:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline:
            self._owing_since = self.loop.time()

    def _answer_at_once(self) -> bool:
        headers = dict(self.headers)
        parser = self.parser
        if len(headers) != len(self.headers) or not parser.should_keep_alive():
            return False
        if b"connection" in headers and parser.get_http_version() != "1.1":
            return False  # only who says so keeps a connection alive in HTTP/1.0, and expects to hear it
        method = parser.get_method()
        if not is_anonymous(method, headers):
            return False
        if self._is_proxied:
            scheme, host, _ = self.app.proxies.visitor(self._peer, headers)
        else:
            scheme, host = "http", headers.get(b"host", b"")
        spelling = (scheme, host, self.url, headers.get(b"accept-language", b""))
        packed = self.app.pages.ready(spelling, coding(headers.get(b"accept-encoding")))
        if packed is None:
            return False
        dated = _dated(self.server_state)
        tag = known_tag(headers.get(b"if-none-match"), packed.tag)
        if tag is not None:
            self.transport.write(dated.not_modified + head_bytes(headers_without_body(tag)))
        elif method == b"GET":
            self.transport.write(dated.ok + packed.after_date)
        else:
            self.transport.write(dated.ok + packed.after_date[: packed.head_size])
        return True

    def _look_at_client(self) -> None:
        now = self.loop.time()
        if self._owing_since is not None and not self.transport.is_closing():
            if self._has_begun and now - self._owing_since > HEAD_SECONDS:
                self._refuse(408)
            elif now - self._owing_since > IDLE_SECONDS:
                self.transport.close()
        unread = self.transport.get_write_buffer_size()
        if unread == 0 or unread != self._unread:
            self._unread, self._unread_since = unread, now
        elif now - self._unread_since > STALLED_SECONDS:
            self.transport.abort()
            return
        self._look = self.loop.call_later(LOOK_EVERY_SECONDS, self._look_at_client)

    def _refuse(self, status: int) -> None:
        # Closing at once, with bytes of the client's unread, would reset the connection, and the client
        # might never see why. So only our side is closed, and what still comes is thrown away.
        self._is_refused = True
        self._owing_since = None
        self.transport.write(failure_bytes(status))
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)


class _Dated(NamedTuple):
    """The beginnings of answers, true for one second."""

    headers: list[tuple[bytes, bytes]]
    ok: bytes
    not_modified: bytes


_now = _Dated([], b"", b"")


def _dated(state: ServerState) -> _Dated:
    global _now  # noqa: PLW0603 (one server a process, one second at a time)
    if _now.headers is not state.default_headers:
        lines = b"".join(b"%b: %b\r\n" % header for header in state.default_headers)
        _now = _Dated(
            state.default_headers,
            b"HTTP/1.1 200 OK\r\n" + lines,
            b"HTTP/1.1 304 Not Modified\r\n" + lines,
        )
    return _now
