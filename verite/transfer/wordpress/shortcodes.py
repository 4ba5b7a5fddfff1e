"""Words in square brackets that WordPress and its plugins act upon: ``[embed]…[/embed]``, ``[ratings]``."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Shortcodes inside shortcodes inside shortcodes are as deep as people go.
ROUNDS = 4

# Names that act by themselves. Other words in brackets are words, unless they have attributes or an end.
ACTING = frozenset(
    {
        "audio", "caption", "dailymotion", "embed", "gallery", "playlist", "ratings", "ratings_results", "toc", "video",
        "vimeo", "wp_caption", "wpdiscuz-feedback", "youtube",
    }
)  # fmt: skip

_TOKEN = re.compile(r"\[(/?)([A-Za-z][\w-]{0,60})((?:[\s:=][^\[\]]{0,4000})?)/?\]")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One of them. ``word`` is what stands in it without a name: ``[youtube https://…]``."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    word: str = ""
    inner: str = ""


def acted_upon(text: str, act: Callable[[Shortcode], str]) -> str:
    """``text`` with each shortcode replaced by what ``act`` makes of it, the outer ones first."""
    for _round in range(ROUNDS):
        replaced = _once(text, act)
        if replaced == text:
            break
        text = replaced
    return text


def _once(text: str, act: Callable[[Shortcode], str]) -> str:
    tokens = list(_TOKEN.finditer(text))
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        by_name[token[2].lower()].append(place)
    pieces, done = [], 0
    for place, token in enumerate(tokens):
        if token.start() < done or token[1]:
            continue
        same = by_name[token[2].lower()]
        following = bisect(same, place)
        end = tokens[same[following]] if following < len(same) and tokens[same[following]][1] else None
        attributes = {found[1].lower(): found[2] or found[3] or "" for found in _ATTRIBUTE.finditer(token[3])}
        name = token[2].lower()
        if name not in ACTING and not attributes and end is None:
            continue
        inner = text[token.end() : end.start()] if end else ""
        word = "" if attributes else token[3].strip(" \t\n:='\"")
        pieces += [text[done : token.start()], act(Shortcode(name, attributes, word, inner))]
        done = (end or token).end()
    return "".join((*pieces, text[done:]))
