"""Passages of a review's paragraph, marked in its HTML.

Notes hold on to characters of a paragraph's plain text (``discussion.anchors.plain_text``), in which tags are
gone and white space is one space. Here the same characters are found in the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from verite.core.text import Html, as_stored

_PIECES = re.compile(r"<(?P<end>/?)(?P<tag>[a-z0-9]+)[^>]*>|&[^;\s<&]+;|\s+|[^<&\s]+|[<&]")
_WITHOUT_CONTENT = frozenset({"br", "hr"})
# Between the blocks in them no mark may stand; the empty name is the paragraph's own edge.
_HOLDS_BLOCKS = frozenset({"", "blockquote", "ol", "ul"})


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of a paragraph's plain text, ``start`` inclusive, ``end`` exclusive, to be called ``id``.

    ``count`` stands after it where there is no margin; 0 shows none.
    """

    id: str
    start: int
    end: int
    count: int = 0


def marked(html: Html, passages: Iterable[Passage]) -> Html:
    """``html`` (sanitised) with each passage in ``<mark>``; its words and tags stay as they are.

    Where passages overlap, one mark follows another, so that no mark lies in another: each has its ``id`` where
    it begins.
    """
    cuts = _Cuts(passages)
    if not cuts.within:
        return html
    return as_stored("".join(_Marking(cuts).of(html)))


class _Cuts:
    """Where passages begin and end."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        given = sorted((each for each in passages if each.start < each.end), key=lambda each: each.start)
        self.places = sorted({place for each in given for place in (each.start, each.end)})
        self.ids: dict[int, list[str]] = {}
        self.counts: dict[int, int] = {}
        for each in given:
            self.ids.setdefault(each.start, []).append(each.id)
            self.counts[each.end] = self.counts.get(each.end, 0) + each.count
        self.within: Mapping[int, int] = _stretches(given, self.places)


def _stretches(given: Sequence[Passage], places: Sequence[int]) -> dict[int, int]:
    """Where each marked stretch between two cuts begins and ends."""
    return {
        begin: end
        for begin, end in pairwise(places)
        if any(each.start <= begin and end <= each.end for each in given)
    }


class _Marking:
    """One pass over a paragraph. A mark is open only around words, never around a tag."""

    def __init__(self, cuts: _Cuts) -> None:
        self._cuts = cuts
        self._around: list[str] = []
        self._at = 0  # characters of the plain text so far
        self._has_space = False  # white space that counts once a word follows
        self._stretch: tuple[int, int] | None = None  # that of the open mark
        self._reached = 0  # where what it holds so far ends

    def of(self, html: str) -> Iterator[str]:
        for piece in _PIECES.finditer(html):
            words = piece[0]
            if piece["tag"]:
                yield from self._closed()
                self._enter(piece["tag"], is_end=bool(piece["end"]))
                yield words
            elif (text := unescape(words)).isspace():
                yield from self._space(words)
            else:
                self._begin_word()
                yield from self._word(words, len(text), is_whole=text != words)
        yield from self._closed()

    def _enter(self, tag: str, *, is_end: bool) -> None:
        if is_end and self._around:
            self._around.pop()
        elif not is_end and tag not in _WITHOUT_CONTENT:
            self._around.append(tag)

    def _begin_word(self) -> None:
        self._at += self._has_space
        self._has_space = False

    def _space(self, white: str) -> Iterator[str]:
        """White space is one character of the text, and none at its beginning."""
        self._has_space = self._at > 0
        holder = self._around[-1] if self._around else ""
        if self._has_space and holder not in _HOLDS_BLOCKS:
            yield from self._moved_to(self._at)
            self._reached = self._at + 1
        else:
            yield from self._closed()
        yield white

    def _word(self, words: str, length: int, *, is_whole: bool) -> Iterator[str]:
        """A run without white space; ``is_whole`` where it is written otherwise than it reads, as ``&amp;`` is."""
        begin, end = self._at, self._at + length
        cuts = [] if is_whole else [place for place in self._cuts.places if begin < place < end]
        for first, last in zip([begin, *cuts], [*cuts, end], strict=True):
            yield from self._moved_to(first)
            self._reached = last
            yield words if is_whole else words[first - begin : last - begin]
        self._at = end

    def _moved_to(self, place: int) -> Iterator[str]:
        """Whatever stands before the character at ``place``."""
        here = self._stretch_at(place)
        if self._stretch and here != self._stretch:
            yield from self._closed()
        if here and here != self._stretch:
            self._stretch = here
            yield self._opening(here)

    def _stretch_at(self, place: int) -> tuple[int, int] | None:
        return next(((begin, end) for begin, end in self._cuts.within.items() if begin <= place < end), None)

    def _opening(self, stretch: tuple[int, int]) -> str:
        first, *others = self._cuts.ids.pop(stretch[0], [""])
        name = f' id="{first}"' if first else ""
        return f"<mark{name}>" + "".join(f'<span id="{other}"></span>' for other in others)

    def _closed(self) -> Iterator[str]:
        if self._stretch:
            count = self._cuts.counts.get(self._reached) if self._reached >= self._stretch[1] else 0
            self._stretch = None
            yield "</mark>"
            if count:
                yield f'<sup class="fn" data-notes="{count}" aria-hidden="true"></sup>'
