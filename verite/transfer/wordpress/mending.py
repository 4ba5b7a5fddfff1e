"""Reading a damaged WXR file post by post, so that damage in one costs none of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .elements import ChannelParser, Element, Maker
from .records import Broken, Damage

LONGEST_PIECE = 64 << 20  # bytes

_ROOT = re.compile(rb"<rss\b[^>]*>")
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding=["']([A-Za-z0-9._-]+)""")
_BEGIN = re.compile(rb"<item(?=[\s>])")
_ANOTHER = re.compile(rb"(?<=\n)[ \t]*<item(?=[\s>])")
_BEGINNING, _END = b"<item", b"</item>"
LONGEST_SIGN = 200  # bytes: what a sign may be when a block ends in its middle

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_WHOLLY_CDATA = re.compile(
    r"<([\w:.-]+)([^<>]*)>\s*<!\[CDATA\[((?:(?!</?\1[\s>]).)*)\]\]>\s*</\1>", re.DOTALL
)
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


def restored(xml: str) -> str:
    """XML without the damage that plugins, editors and crashes mostly do.

    Characters that XML cannot hold go; ampersands outside CDATA that begin no entity of XML stand for
    themselves; a ``]]>`` inside an element that holds nothing but CDATA does not end it.
    """
    xml = _WHOLLY_CDATA.sub(
        lambda found: (
            f"<{found[1]}{found[2]}><![CDATA[{found[3].replace(']]>', ']]]]><![CDATA[>')}]]></{found[1]}>"
        ),
        _FORBIDDEN.sub("", xml),
    )
    return "".join(
        piece if place % 2 else _BARE_AMPERSAND.sub("&amp;", piece).replace("]]>", "]]&gt;")
        for place, piece in enumerate(_CDATA.split(xml))
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the file: what stands before the first post, or one post. ``line`` is where it begins."""

    line: int
    data: bytes
    is_whole: bool = True


def tolerant_elements(blocks: Iterable[bytes], makers: dict[str, Maker]) -> Iterator[Element | Damage]:
    """The children of the channel that can be read, and where something could not.

    Raises:
        Unreadable: the file is of a kind that is refused.
    """
    around, encoding = b"", "utf-8"
    for piece in split(blocks):
        if isinstance(piece, Damage):
            yield piece
        elif not around:
            root = _ROOT.search(piece.data)
            declared = _ENCODING.match(piece.data)
            encoding = _known(declared[1].decode()) if declared else encoding
            around = (root[0] if root else b"<rss>").replace(b"\n", b" ") + b"<channel>"
            yield from _read(piece, b"", makers, encoding, is_item=False)
        elif piece.is_whole:
            yield from _read(piece, around, makers, encoding, is_item=True)
        else:
            yield Damage(piece.line, _("A post begins here and does not end. It was left out."))


def split(blocks: Iterable[bytes]) -> Iterator[Piece | Damage]:
    """The pieces of a file, the first of which is what stands before all posts; and where it is cut off."""
    splitter = _Splitter()
    damage = None
    try:
        for block in blocks:
            yield from splitter.feed(block)
    except Broken as error:  # the compressed file itself ends here
        damage = error
    yield from splitter.end()
    if damage:
        yield Damage(splitter.line, str(damage))


class _Splitter:
    """Gathers bytes until a piece is whole, or too long to be one."""

    def __init__(self) -> None:
        self._waiting = b""
        self.line = 1
        self._searched = 0
        self._is_head = True

    def feed(self, block: bytes) -> Iterator[Piece]:
        self._waiting += block
        while (piece := self._next()) is not None:
            yield piece

    def end(self) -> Iterator[Piece]:
        if self._is_head:
            yield Piece(self.line, self._waiting)
        elif _BEGIN.match(self._waiting):
            yield Piece(self.line, b"", is_whole=False)

    def _next(self) -> Piece | None:
        if self._is_head:
            begin = _BEGIN.search(self._waiting)
            if begin is None and len(self._waiting) <= LONGEST_PIECE:
                return None
            self._is_head = False
            return Piece(self.line, self._take(begin.start() if begin else len(self._waiting)))
        if not self._stands_at_post():
            return None
        end = self._waiting.find(_END, self._searched)
        another = _ANOTHER.search(
            self._waiting, max(self._searched, 1), end if end >= 0 else len(self._waiting)
        )
        line = self.line
        if another is None and end >= 0:
            return Piece(line, self._take(end + len(_END)))
        if another is not None or len(self._waiting) > LONGEST_PIECE:
            self._take(another.start() if another else len(_BEGINNING))
            return Piece(line, b"", is_whole=False)
        self._searched = max(len(self._waiting) - LONGEST_SIGN, 0)
        return None

    def _stands_at_post(self) -> bool:
        """Let go of everything before the next post."""
        begin = _BEGIN.search(self._waiting)
        self._take(begin.start() if begin else max(len(self._waiting) - LONGEST_SIGN, 0), keep=self._searched)
        return begin is not None

    def _take(self, length: int, keep: int = 0) -> bytes:
        taken, self._waiting = self._waiting[:length], self._waiting[length:]
        self.line += taken.count(b"\n")
        self._searched = keep if not length else 0
        return taken


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "utf-8"
    return encoding


def _read(
    piece: Piece, around: bytes, makers: dict[str, Maker], encoding: str, *, is_item: bool
) -> Iterator[Element | Damage]:
    text = piece.data.decode(encoding, errors="replace")
    damage = None
    for mended, xml in enumerate((text, restored(text))):
        parser = ChannelParser(makers, piece.line)
        try:
            parser.feed(around + _as_utf8(xml))
            if is_item:
                parser.feed(b"</channel></rss>", is_last=True)
        except Broken as error:
            damage = damage or error
            if not mended:
                continue
        found = parser.take()
        yield from found
        if damage:
            said = _("%s It was mended and read.") if found else _("%s This piece was left out.")
            yield Damage(piece.line, said % damage)
        return


def _as_utf8(xml: str) -> bytes:
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", xml).encode("utf-8", "replace")
