"""The one place that decides what HTML from outside may reach a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NewType

import nh3
from django.utils.safestring import SafeString

from .cleaning import TextTooLong, legible

# Stored beside each text that was made here. Count it up when the rules change: older texts are then
# rendered again.
SANITISER_VERSION = 2  # moments and calls are linked

Html = NewType("Html", SafeString)
"""HTML that went through the sanitiser: templates show it as it is."""

MOST_ADDRESS_CHARACTERS = 2000

# Absolute, with a plain host: no user name that could pretend to be one, no backslash.
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#\\@<>\"]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_LIST_START = re.compile(r"[0-9]{1,9}")
_LEADING_LINES = re.compile(r"<pre>\n+")

_WORDS = frozenset({"p", "br", "em", "strong", "a", "blockquote", "ul", "ol", "li"})


@dataclass(frozen=True)
class Rules:
    """What one kind of text may hold, and how long its source may be (characters)."""

    tags: frozenset[str]
    link_rel: str
    most_characters: int


class Profile(Enum):
    """The kinds of text. None holds pictures, classes, styles or anything else from other hosts."""

    COMMENT = Rules(_WORDS | {"code", "pre"}, "ugc nofollow noopener", 20_000)
    REVIEW = Rules(_WORDS | {"code", "pre", "h2", "h3", "h4", "hr", "cite"}, "noopener", 100_000)
    SYNOPSIS = Rules(_WORDS | {"cite"}, "noopener", 10_000)


def sanitise_html(html: str, *, kind: Profile) -> Html:
    """HTML from another system, reduced to what ``kind`` allows. Markdown goes to ``render`` instead.

    Raises:
        TextTooLong: the source is longer than ``kind`` allows.
    """
    if len(html) > kind.value.most_characters:
        raise TextTooLong(len(html), kind.value.most_characters)
    return allowed_only(legible(html), kind)


def as_stored(html: str) -> Html:
    """What the sanitiser made once, read back from the database. For nothing else."""
    return Html(SafeString(html))


def allowed_only(html: str, kind: Profile) -> Html:
    """``html`` without any tag, attribute or address that ``kind`` does not allow. It may have any length."""
    # Twice, because an HTML parser reads some texts otherwise once a forbidden tag between two others is
    # gone. Unwanted characters go after the tags: until then they may stand as entities. Never normalise
    # here: ">" followed by a combining stroke would become one character, and the tag would stay open.
    for _round in range(2):
        cleaned = _LEADING_LINES.sub("<pre>", legible(_CLEANERS[kind].clean(html)))
        if cleaned == html:
            break
        html = cleaned
    return Html(SafeString(html))


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: an absolute http or https address of sensible length."""
    return len(url) <= MOST_ADDRESS_CHARACTERS and _WEB_ADDRESS.fullmatch(url) is not None


def _attribute(_tag: str, name: str, value: str) -> str | None:
    match name:
        case "href":
            return value if is_web_address(value) else None
        case "start":
            return value if _LIST_START.fullmatch(value) else None
        case "rel":
            return value  # written by the cleaner itself; one from outside is no allowed attribute
    return None


_CLEANERS = {
    kind: nh3.Cleaner(
        tags=kind.value.tags,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        attribute_filter=_attribute,
        link_rel=kind.value.link_rel,
        url_schemes={"http", "https"},
        url_relative="deny",
    )
    for kind in Profile
}
