"""A finished page: its bytes in every coding asked for so far, each with its HTTP head."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import brotli

from verite.project.pagecache.negotiation import BROTLI, GZIP, IDENTITY

Headers = list[tuple[bytes, bytes]]

# (coding, is it the thorough version) → level. Of a film page of 36 KB gzip 1 makes 10.9 KB in 0.4 ms,
# gzip 9 makes 9.4 in 1.0; brotli 5 makes 8.8 in 1.1 ms, brotli 10 makes 7.8 in 17 (9 and 11 are worse
# bargains: 8.7 in 14 and 7.6 in 48). The quick ones keep a page cheap that is written to all the time.
LEVELS = {
    (GZIP, False): 1,
    (GZIP, True): 9,
    (BROTLI, False): 5,
    (BROTLI, True): 10,
    (IDENTITY, False): 0,
}

OVERHEAD_BYTES = 1024  # objects, dictionary slots and the key of an entry, roughly

SHARED_HEADERS = (
    (b"cache-control", b"public, no-cache"),
    (b"vary", b"Cookie, Accept-Language, Accept-Encoding"),
)


class Packed:
    """One coding of a page.

    Attributes:
        headers: every header but ``Date``, for servers that write heads themselves.
        after_date: everything that follows the status line and ``Date``: the other headers and the body.
        head_size: how much of ``after_date`` is headers.
    """

    __slots__ = ("after_date", "head_size", "headers", "hits", "is_thorough", "tag")

    def __init__(self, headers: Headers, body: bytes, tag: bytes, *, is_thorough: bool) -> None:
        head = head_bytes(headers)
        self.headers = headers
        self.after_date = head + body
        self.head_size = len(head)
        self.tag = tag
        self.is_thorough = is_thorough
        self.hits = 0

    @property
    def body(self) -> bytes:
        return self.after_date[self.head_size :]


class Entry:
    """A page that may be kept.

    Attributes:
        versions: the freshness keys it was made from, with their versions.
        stamp: what the validator saw of the database before the page was made or last found good.
        expires: when it has to be made anew whatever the versions say (``time.monotonic()``).
    """

    __slots__ = ("_body", "_fingerprint", "_headers", "codings", "expires", "size", "stamp", "versions")

    def __init__(
        self,
        headers: Iterable[tuple[bytes, bytes]],
        body: bytes,
        *,
        versions: Mapping[str, int],
        stamp: int,
        expires: float,
    ) -> None:
        self._headers = [*headers, *SHARED_HEADERS]
        self._body = body
        # Of the headers too: a 304 repeats none of them, so a policy that changed would not be heard of.
        whole = head_bytes(self._headers) + body
        self._fingerprint = blake2b(whole, digest_size=12).hexdigest().encode()
        self.versions = versions
        self.stamp = stamp
        self.expires = expires
        self.codings: dict[str, Packed] = {}
        self.size = OVERHEAD_BYTES + len(body)

    def pack(self, coding: str, *, thorough: bool = False) -> Packed:
        """This page in one coding. Slow (a millisecond, or ten when ``thorough``); changes nothing."""
        level = LEVELS[coding, thorough]
        body = _compressed(self._body, coding, level)
        tag = b'"%b-%b%d"' % (self._fingerprint, coding[:1].encode(), level)
        headers = [*self._headers, (b"etag", tag), (b"content-length", b"%d" % len(body))]
        if coding != IDENTITY:
            headers.append((b"content-encoding", coding.encode()))
        return Packed(headers, body, tag, is_thorough=thorough)

    def keep(self, coding: str, packed: Packed) -> int:
        """Answer with ``packed`` from now on. Returns by how many bytes the entry grew."""
        former = self.codings.get(coding)
        growth = len(packed.after_date) - (len(former.after_date) if former else 0)
        self.codings[coding] = packed
        self.size += growth
        return growth


def head_bytes(headers: Headers) -> bytes:
    """Headers as they go over the wire, with the blank line that ends them."""
    return b"".join(b"%b: %b\r\n" % header for header in headers) + b"\r\n"


def headers_without_body(tag: bytes) -> Headers:
    """What a 304 repeats of the page's headers."""
    return [*SHARED_HEADERS, (b"etag", tag)]


def _compressed(body: bytes, coding: str, level: int) -> bytes:
    if coding == GZIP:
        packer = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)  # 16: with a gzip header
        return packer.compress(body) + packer.flush()
    if coding == BROTLI:
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=level))
    return body
