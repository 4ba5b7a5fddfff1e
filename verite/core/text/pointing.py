"""What words point at: moments of the film they are about, and people in the thread.

``12:34`` and ``1:02:03`` are moments, ``#2 12:34`` one of the second part, ``12:34–13:00`` a stretch, which leads to
its beginning. ``@Ann Lee`` calls whoever is called so.

The links are put into finished HTML, between its tags: the sanitiser itself knows no address of this site, so
nobody can write such a link, and what is added here is of two forms only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from itertools import islice

from django.utils.safestring import SafeString

from .folding import fold
from .sanitise import Html

MOST_CALLS = 20
"""How many places of a text may call somebody; more than that are not looked at."""

MOST_WORDS = 5
"""Words of a name, as ``fold`` parts them. Longer names cannot be called."""

_TIME = r"(?:[0-9]{1,2}:[0-5][0-9]|[0-9]{1,3}):[0-5][0-9]"
# Neither a piece of a longer number or address, nor of something with three or more colons.
_MOMENT = (
    r"(?<![\w:./=@#])(?<![0-9],)"
    rf"(?:\#(?P<part>[1-9][0-9]{{0,2}})[ \u00a0]+)?(?P<moment>{_TIME})(?:[ ]?[-–][ ]?{_TIME})?"
    r"(?![\w:/])(?![.,][0-9])"
)
_LETTERS = r"[^\s!-/:-@\[-`{-~\u00a0-\u00bf\u2010-\u205e\u3000-\u303f]{1,80}"
_BETWEEN = r"[^\S\n]|[!-/:-?\[-`{-~\u00a0-\u00bf\u2010-\u205e\u3000-\u303f]"
_CALL = rf"(?<![\w@/.])@(?P<called>{_LETTERS}(?:(?:{_BETWEEN}){{1,3}}{_LETTERS}){{0,{MOST_WORDS - 1}}})"
_ADDRESS = r"(?i:https?://|www\.)\S*"

_POINTER = re.compile(f"{_ADDRESS}|{_MOMENT}|{_CALL}")
_CALLS = re.compile(_CALL)
_WORD = re.compile(_LETTERS)
_HAS_MOMENT = re.compile(r"[0-9]:[0-5][0-9]")

_TAG_OR_WORDS = re.compile(r"<(?P<end>/?)(?P<tag>[a-z0-9]+)[^>]*>|[^<]+")
# Whoever quotes somebody's words does not call those whom they called.
_CALLS_NOBODY = frozenset({"blockquote"})
_AS_TYPED = frozenset({"a", "code", "pre"})

_OWN_PATH = re.compile(r"/(?:[^\s/\"'<>\\?#&]+/)+")


@dataclass(frozen=True)
class Pointers:
    """What a text may point at.

    Attributes:
        film_path: the path of the film's page, such as ``/films/some-film/``; "" links no moment.
        people: the names that may be called, with the paths of their pages, "" where somebody has none.

    Raises:
        ValueError: something is no path of this site.
    """

    film_path: str
    people: Mapping[str, str]

    def __post_init__(self) -> None:
        for path in filter(None, (self.film_path, *self.people.values())):
            if not _OWN_PATH.fullmatch(path):
                raise ValueError(f"{path!r} is not the path of a page here.")

    def put_into(self, html: Html) -> Html:
        """``html``, as the sanitiser gave it, with its moments and calls marked.

        A moment becomes ``<a class="tc" href="/films/x/?part=2&amp;t=754#player">``, a call ``<a class="at" href=…>``
        or ``<span class="at">``. Code, links and addresses stay as they are.
        """
        has_moments = self.film_path and ":" in html and _HAS_MOMENT.search(html)
        has_calls = self.people and "@" in html
        if not has_moments and not has_calls:
            return html
        marking = _Marking(self)
        return Html(SafeString("".join(marking.of(piece, around) for piece, around in _pieces(html))))

    @cached_property
    def by_folded_name(self) -> Mapping[str, str]:
        return {fold(name): path for name, path in self.people.items()}


NOWHERE = Pointers("", {})


def called(html: Html) -> tuple[str, ...]:
    """Every name, folded, that the first calls of a sanitised text might mean: ``@Ann Lee!`` "ann" and "ann lee"."""
    if "@" not in html:
        return ()
    calls = (
        call["called"]
        for piece, around in _pieces(html)
        if not piece.startswith("<") and not around & (_AS_TYPED | _CALLS_NOBODY)
        for call in _CALLS.finditer(unescape(piece))
    )
    names = (name for call in islice(calls, MOST_CALLS) for name, _end in _names(call))
    return tuple(dict.fromkeys(names))


class _Marking:
    """One pass over one text, which counts the calls that it meets."""

    def __init__(self, pointers: Pointers) -> None:
        self._pointers = pointers
        self._calls = 0

    def of(self, piece: str, around: frozenset[str]) -> str:
        if piece.startswith("<") or around & _AS_TYPED:
            return piece
        may_call = bool(self._pointers.people) and not around & _CALLS_NOBODY
        text, at = unescape(piece), 0
        marked: list[str] = []
        while found := _POINTER.search(text, at):
            end, html = self._marked(found, may_call=may_call)
            marked += [_shown(text[at : found.start()]), html]
            at = end
        return "".join([*marked, _shown(text[at:])]) if marked else piece

    def _marked(self, found: re.Match[str], *, may_call: bool) -> tuple[int, str]:
        """Where the marked words end, and their HTML."""
        words = _shown(found[0])
        if found["moment"] and self._pointers.film_path:
            part = f"part={found['part']}&amp;" if found["part"] else ""
            target = f"{self._pointers.film_path}?{part}t={_seconds(found['moment'])}#player"
            return found.end(), f'<a class="tc" href="{target}">{words}</a>'
        if not found["called"]:
            return found.end(), words
        self._calls += may_call
        if may_call and self._calls <= MOST_CALLS:
            for name, length in reversed(list(_names(found["called"]))):
                if (path := self._pointers.by_folded_name.get(name)) is not None:
                    return found.start("called") + length, _call(found["called"][:length], path)
        return found.start("called"), "@"


def _pieces(html: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The tags and the runs of words of a text, each with the elements around it that matter here."""
    around: list[str] = []
    for piece in _TAG_OR_WORDS.finditer(html):
        if piece["tag"] in _AS_TYPED | _CALLS_NOBODY:
            if piece["end"]:
                around.pop()
            else:
                around.append(piece["tag"])
        yield piece[0], frozenset(around)


def _names(words: str) -> Iterator[tuple[str, int]]:
    """The names that may be meant by the words after an ``@``, folded, the shortest first; where each ends."""
    for word in _WORD.finditer(words):
        if name := fold(words[: word.end()]):
            yield name, word.end()


def _call(name: str, path: str) -> str:
    words = _shown(f"@{name}")
    return f'<a class="at" href="{path}">{words}</a>' if path else f'<span class="at">{words}</span>'


def _shown(text: str) -> str:
    return escape(text, quote=False)


def _seconds(moment: str) -> int:
    seconds = 0
    for number in moment.split(":"):
        seconds = 60 * seconds + int(number)
    return seconds
