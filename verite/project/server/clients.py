"""The other end of one request: its body taken in whole, its answer sent, both in ASGI's messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


# A client that is still sending when we hang up may never read why; so what is not far too long is read to
# its end, though it is not kept.
MOST_DISCARDED = 16 * 1024 * 1024


class BodyTooLarge(Exception):
    """The body is longer than the site takes."""


class ClientGone(Exception):
    """The client hung up; nobody is there to be answered."""


class Client:
    """One request's two directions.

    Args:
        receive: ASGI's.
        send: ASGI's; waits while the client reads more slowly than we write.

    Attributes:
        is_answered: whether an answer has been begun.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self.is_answered = False
        self._watch: asyncio.Task[None] | None = None

    async def body(self, headers: Mapping[bytes, bytes], *, limit: int, seconds: float) -> bytes:
        """The whole body.

        Raises:
            BodyTooLarge: it is, or says it is, longer than ``limit`` bytes.
            TimeoutError: it was not there after ``seconds``.
            ClientGone: the client hung up first.
        """
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            return b""
        declared = int(headers.get(b"content-length", b"0"))
        if declared > limit and (declared > limit + MOST_DISCARDED or b"expect" in headers):
            raise BodyTooLarge
        pieces: list[bytes] = []
        size = 0
        async with asyncio.timeout(seconds):
            while True:
                message = await self._receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                size += len(message["body"])
                if size <= limit:
                    pieces.append(message["body"])
                if not message["more_body"] or size > limit + MOST_DISCARDED:
                    break
        if size > limit:
            raise BodyTooLarge
        return b"".join(pieces)

    async def send(self, message: Message) -> None:
        self.is_answered = True
        await self._send(message)

    def watch(self) -> None:
        """From here on know when the client hangs up. For after the body."""
        self._watch = asyncio.create_task(self._until_gone())

    @property
    def is_gone(self) -> bool:
        return self._watch is not None and self._watch.done()

    def stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


async def send_head(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})


async def send_whole(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
    """Send a finished answer; its length is put into the head where the status has one and nobody has."""
    heads = list(headers)
    if status not in (204, 304) and not any(name == b"content-length" for name, _ in heads):
        heads.append((b"content-length", b"%d" % len(body)))
    await send_head(send, status, heads)
    await send({"type": "http.response.body", "body": body, "more_body": False})
