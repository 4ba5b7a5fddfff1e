"""What visitors write: judged and rendered before anything is written down."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verite.core.text import Html, Pointers, Profile, TextTooLong, clean_text, render
from verite.core.text.cleaning import inked, legible, normalised
from verite.discussion.refusals import TextRefused

MOST_CHARACTERS = Profile.COMMENT.value.most_characters
MOST_LINKS = 20
MOST_MENTIONS = 20

NOBODY: Mapping[str, str] = MappingProxyType({})

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@/.])@\w")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Words:
    """A comment's Markdown, cleaned, and the safe HTML made from it."""

    markdown: str
    html: Html


def judged(markdown: str, *, film_path: str = "", mentions: Mapping[str, str] = NOBODY) -> Words:
    """What somebody wrote, fit to be stored.

    Args:
        film_path: the path of the film's page, to which moments such as ``12:34`` lead; "" leaves them words.
        mentions: names that ``@`` may call here, with the paths of their pages, "" for who has none; whom a
            text may mean is told by ``core.text.mention_candidates``.

    Raises:
        TextRefused: nothing can be read in it, it is too long, or it names too many addresses or people.
    """
    return _judged(markdown, film_path, tuple(mentions.items()))


# A page judges what it may have to give back, and the action behind it judges again: the second time is free.
@lru_cache(maxsize=32)
def _judged(markdown: str, film_path: str, mentions: tuple[tuple[str, str], ...]) -> Words:
    try:
        text = clean_text(markdown, MOST_CHARACTERS).strip()
        words = Words(text, render(text, kind=Profile.COMMENT, pointers=Pointers(film_path, dict(mentions))))
    except TextTooLong as error:
        raise TextRefused(str(error)) from error
    if not _can_be_read(words.html):
        raise TextRefused(_("There is nothing to read in this comment yet. Write a word or two."))
    _count(text)
    return words


def taken_over(markdown: str, *, film_path: str = "") -> Words | None:
    """What somebody wrote elsewhere, long ago: cut where it is too long, None where nothing can be read in it.

    Moments lead to the film's page; nobody is called, for nobody expects it any more.

    Limits that keep today's writers from flooding do not hold for it.
    """
    text = normalised(legible(markdown)).strip()[:MOST_CHARACTERS].rstrip()
    words = Words(text, render(text, kind=Profile.COMMENT, pointers=Pointers(film_path, NOBODY)))
    return words if _can_be_read(words.html) else None


def _can_be_read(html: str) -> bool:
    text = inked(unescape(_TAG.sub("", html)))
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def _count(text: str) -> None:
    links = len(_ADDRESS.findall(text))
    if links > MOST_LINKS:
        raise TextRefused(
            ngettext(
                "This comment has %(found)d link, and there is room for %(most)d. Please take some out.",
                "This comment has %(found)d links, and there is room for %(most)d. Please take some out.",
                links,
            )
            % {"found": links, "most": MOST_LINKS}
        )
    mentions = len(_MENTION.findall(text))
    if mentions > MOST_MENTIONS:
        raise TextRefused(
            ngettext(
                "This comment calls %(found)d person, and may call %(most)d. Please take some out.",
                "This comment calls %(found)d people, and may call %(most)d. Please take some out.",
                mentions,
            )
            % {"found": mentions, "most": MOST_MENTIONS}
        )
