"""The site's own video, captions and pictures: streamed from the event loop, as fast as each client reads.

No thread is held: one reads the next piece from the disk and is free again while the client takes it in.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from verite.project.pagecache.entries import Headers
from verite.project.pagecache.keys import decoded_path
from verite.project.server.clients import Client, send_head, send_whole
from verite.project.server.ranges import Unsatisfiable, wanted

PREFIX = b"/media/"
LONGEST_RANGE = 2 * 1024 * 1024
PIECE = 128 * 1024

# Nothing here can run a script, and nothing else is given out, whatever lies in the folder.
CONTENT_TYPES = {
    ".mp4": b"video/mp4",
    ".m4s": b"video/iso.segment",
    ".webm": b"video/webm",
    ".m3u8": b"application/vnd.apple.mpegurl",
    ".ts": b"video/mp2t",
    ".vtt": b"text/vtt; charset=utf-8",
    ".jpg": b"image/jpeg",
    ".jpeg": b"image/jpeg",
    ".png": b"image/png",
    ".webp": b"image/webp",
    ".avif": b"image/avif",
    ".gif": b"image/gif",
}


@dataclass(frozen=True, slots=True)
class Media:
    """A file as it was found: a version of it has one tag."""

    path: Path
    size: int
    modified: datetime
    tag: str
    content_type: bytes


class MediaFolder:
    """Answers GET and HEAD under ``/media/`` from a folder.

    Args:
        folder: nothing outside it is given out, through symbolic links neither.
        reader: threads that read pieces from the disk.
    """

    def __init__(self, folder: Path, reader: ThreadPoolExecutor) -> None:
        self._folder = folder
        self._reader = reader

    async def find(self, raw_path: bytes) -> Media | None:
        """The file at an address under ``/media/``; None if there is none that may be given out."""
        name = decoded_path(raw_path)[len(PREFIX) :]
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._find, name)

    async def send(self, media: Media, method: str, headers: Mapping[bytes, bytes], client: Client) -> None:
        """Send the file, or what the client still needs of it."""
        if _is_current(media, headers):
            await send_whole(client.send, 304, _headers(media), b"")
            return
        try:
            part = _part(media, headers) if method == "GET" else None
        except Unsatisfiable:
            extent = (b"content-range", b"bytes */%d" % media.size)
            await send_whole(client.send, 416, [*_headers(media), extent], b"")
            return
        status, headers_of_answer = 200 if part is None else 206, _headers_of_part(media, part)
        if method == "HEAD":
            await send_whole(client.send, status, headers_of_answer, b"")
            return
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(self._reader, os.open, media.path, os.O_RDONLY)
        try:
            await send_head(client.send, status, headers_of_answer)
            await self._stream(file, range(media.size) if part is None else part, client)
        finally:
            os.close(file)

    async def _stream(self, file: int, offsets: range, client: Client) -> None:
        loop = asyncio.get_running_loop()
        for piece in _pieces(offsets):
            if client.is_gone:
                return
            data = await loop.run_in_executor(self._reader, os.pread, file, len(piece), piece[0])
            # Comes back when the client has taken in what went before.
            await client.send({"type": "http.response.body", "body": data, "more_body": True})
        await client.send({"type": "http.response.body", "body": b"", "more_body": False})

    def _find(self, name: str) -> Media | None:
        content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
        parts = name.split("/")
        if (
            content_type is None
            or "\\" in name
            or "\0" in name
            or any(part[:1] in ("", ".") for part in parts)
        ):
            return None
        try:
            path = self._folder.joinpath(*parts).resolve(strict=True)
            status = path.stat()
        except (OSError, ValueError):
            return None
        if not path.is_relative_to(self._folder.resolve()) or not S_ISREG(status.st_mode):
            return None
        tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
        modified = datetime.fromtimestamp(int(status.st_mtime), UTC)
        return Media(path, status.st_size, modified, tag, content_type)


def _pieces(offsets: range) -> Iterator[range]:
    for start in range(0, len(offsets), PIECE):
        yield offsets[start : start + PIECE]


def _headers(media: Media) -> Headers:
    return [
        (b"etag", media.tag.encode()),
        (b"last-modified", format_datetime(media.modified, usegmt=True).encode()),
        (b"cache-control", b"public, no-cache"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; sandbox"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]


def _headers_of_part(media: Media, part: range | None) -> Headers:
    headers = [*_headers(media), (b"accept-ranges", b"bytes"), (b"content-type", media.content_type)]
    if part is None:
        return [*headers, (b"content-length", b"%d" % media.size)]
    extent = b"bytes %d-%d/%d" % (part[0], part[-1], media.size)
    return [*headers, (b"content-length", b"%d" % len(part)), (b"content-range", extent)]


def _is_current(media: Media, headers: Mapping[bytes, bytes]) -> bool:
    tags = headers.get(b"if-none-match")
    if tags is not None:
        known = [tag.strip().removeprefix("W/") for tag in tags.decode("latin-1").split(",")]
        return media.tag in known or "*" in known
    since = _date(headers.get(b"if-modified-since", b""))
    return since is not None and media.modified <= since


def _part(media: Media, headers: Mapping[bytes, bytes]) -> range | None:
    header = headers.get(b"range")
    condition = headers.get(b"if-range", b"").strip()
    if header is None or (condition and not _holds(media, condition)):
        return None
    return wanted(header.decode("latin-1"), media.size, longest=LONGEST_RANGE)


def _holds(media: Media, condition: bytes) -> bool:
    return condition == media.tag.encode() or _date(condition) == media.modified


def _date(value: bytes) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value.decode("latin-1"))
    except (ValueError, OverflowError):  # the latter in the year 99999999999
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
