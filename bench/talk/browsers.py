"""A browser, as far as a measurement needs one: a connection that stays open, and the cookie of a guest."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.serving.servers import Server

COMMENT = "The maps are the *most honest* thing here: they do not pretend to be photographs. Number {number}."

_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
_LOCATION = re.compile(rb"^location: *(\S+)", re.IGNORECASE | re.MULTILINE)
_COOKIE = re.compile(rb"^set-cookie: *([^;\s]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What a server said; ``location`` is empty where it leads nowhere."""

    status: int
    location: str
    body: bytes


class Browser:
    """One client, who waits for an answer before asking again."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.cookie = ""

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def post(self, path: str, **fields: str) -> Answer:
        """Send a form from a page of the site itself."""
        return await self._ask("POST", path, urlencode(fields).encode())

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept-Encoding: gzip",
            "Accept-Language: en",
        ]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if method == "POST":
            lines += ["Sec-Fetch-Site: same-origin", "Content-Type: application/x-www-form-urlencoded"]
            lines.append(f"Content-Length: {len(body)}")
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if cookie := _COOKIE.search(head):
            self.cookie = cookie[1].decode()
        length, location = _LENGTH.search(head), _LOCATION.search(head)
        content = await self._reader.readexactly(int(length[1])) if length else b""
        return Answer(int(head[9:12]), location[1].decode() if location else "", content)


@asynccontextmanager
async def browser(server: Server) -> AsyncIterator[Browser]:
    """A browser with a connection to ``server``."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        yield Browser(reader, writer)
    finally:
        writer.close()


async def post(writing: Browser, path: str, number: str, failed: list[str]) -> str:
    """Post one comment; the id of a new one that answers none, or "". What is refused goes to ``failed``."""
    answer = await writing.post(path, comment=COMMENT.format(number=number), name="Reader", key=f"k{number}")
    if answer.status != 303:
        failed.append(f"{answer.status} {answer.body[:2000].decode(errors='replace')}")
    return answer.location.rpartition("#comment-")[2] if "#comment-" in answer.location else ""


def p99(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.99)]
