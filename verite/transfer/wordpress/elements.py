"""The children of a WXR file's channel, one by one, whatever the size of the file.

Expat does the parsing. A DOCTYPE is refused, and with it every entity that a file could declare: no export has
one. What a file can make us hold is capped: the weight of one post with its comments, the depth of the tree,
and the length of a single tag, which expat would gather in its own memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

from .records import Broken

MOST_WEIGHT = 256 << 20  # characters, and ELEMENT_WEIGHT for each element
ELEMENT_WEIGHT = 64
LONGEST_TAG = 8 << 20  # bytes
DEEPEST = 32

# Any version; an export by WordPress.com says https.
_WORDPRESS = re.compile(r"https?://wordpress\.org/export/[0-9.]+/(excerpt/)?")
_OTHERS = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "": "",
}
_FOREIGN = "?:"


@dataclass(slots=True)
class Element:
    """An element. ``name`` has the usual prefix (``wp:post_id``), whatever prefix the file uses."""

    name: str
    line: int
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    made: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def of(self, name: str) -> str:
        """The text of the first child of this name; empty when there is none."""
        return next((child.text for child in self.children if child.name == name), "")


Maker = Callable[[Element], Any]


class ChannelParser:
    """Fed with bytes, it gives out the finished children of the channel.

    Args:
        makers: what becomes of an element inside a child as soon as it ends, by its name. What is made goes to
            ``made`` of the element around it, so that a post with thousands of comments holds no element of them.
        first_line: the line of the file in which the bytes begin.
    """

    def __init__(self, makers: dict[str, Maker], first_line: int = 1) -> None:
        self._makers = makers
        self._first_line = first_line
        self._finished: list[Element] = []
        self._open: list[Element] = []
        self._depth = 0
        self._weight = 0
        self._fed = 0
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.buffer_size = 1 << 16
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._expat.StartDoctypeDeclHandler = self._doctype

    @property
    def line(self) -> int:
        return self._expat.CurrentLineNumber + self._first_line - 1

    def take(self) -> list[Element]:
        """The children that have ended since this was last asked."""
        finished, self._finished = self._finished, []
        return finished

    def feed(self, data: bytes, *, is_last: bool = False) -> None:
        """Parse on.

        Raises:
            Broken: the XML is damaged here, or more than may be held.
            Unreadable: the file is of a kind that is refused.
        """
        try:
            self._expat.Parse(data, is_last)
        except expat.ExpatError as error:
            raise Broken(
                _("Line %(line)d, column %(column)d: the XML is damaged (%(why)s).")
                % {
                    "line": error.lineno + self._first_line - 1,
                    "column": error.offset + 1,
                    "why": expat.ErrorString(error.code),
                }
            ) from error
        self._fed += len(data)
        if self._fed - max(self._expat.CurrentByteIndex, 0) > LONGEST_TAG:
            raise self._too_much()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth <= 2:
            return  # rss, channel
        if self._depth > DEEPEST:
            raise self._too_much()
        self._weigh(ELEMENT_WEIGHT + sum(map(len, attributes.values())))
        self._open.append(Element(_named(name), self.line, attributes))

    def _end(self, name: str) -> None:  # noqa: ARG002 (expat gives it)
        self._depth -= 1
        if not self._open:
            return
        ended = self._open.pop()
        if not self._open:
            self._finished.append(ended)
            self._weight = 0
        elif maker := self._makers.get(ended.name):
            self._open[-1].made.append(maker(ended))
        else:
            self._open[-1].children.append(ended)

    def _characters(self, text: str) -> None:
        if self._open:
            self._weigh(len(text))
            self._open[-1].pieces.append(text)

    def _weigh(self, weight: int) -> None:
        self._weight += weight
        if self._weight > MOST_WEIGHT:
            raise self._too_much()

    def _too_much(self) -> Broken:
        return Broken(
            _("Line %d: a single post is larger or deeper than any post can be, so reading stops here.")
            % self.line
        )

    def _doctype(self, *_declared: object) -> None:
        raise Unreadable(
            _(
                "Line %d: the file has a DOCTYPE, which can declare entities that unfold without end. No export of"
                " WordPress has one; take it out to import the file."
            )
            % self.line
        )


def _named(name: str) -> str:
    address, _space, local = name.rpartition(" ")
    if found := _WORDPRESS.fullmatch(address):
        return ("excerpt:" if found[1] else "wp:") + local
    return _OTHERS.get(address, _FOREIGN) + local
