"""What other catalogues call a film, in one spelling each, and where they say it."""

from __future__ import annotations

import re

_FORMS = {
    "imdb": re.compile(
        r"(?:https?://(?:\w+\.)?imdb\.com/(?:\w\w/)?title/)?(?:tt)?(\d{1,12})(?:[/?].*)?", re.IGNORECASE
    ),
    "wikidata": re.compile(
        r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/|wd:)?Q([1-9]\d{0,14})(?:[?#].*)?",
        re.IGNORECASE,
    ),
    "tmdb": re.compile(
        r"(?:(?:https?://(?:www\.)?themoviedb\.org)?/?(movie|tv)/)?([1-9]\d{0,11})(?:[-/?].*)?", re.IGNORECASE
    ),
}


def read_external_id(scheme: str, text: str) -> str | None:
    """An id as we keep it, from an id or the address of its page; None when it is none of this scheme.

    ``imdb``: ``tt`` and at least seven digits. ``wikidata``: ``Q`` and a number. ``tmdb``: a number for a film,
    ``tv/`` and a number for a series (TMDB counts them apart). ``own``: any line of text.
    """
    text = text.strip()
    if scheme == "own":
        return text or None
    written = _FORMS[scheme].fullmatch(text)
    if not written:
        return None
    if scheme == "imdb":
        return f"tt{int(written[1]):07}"
    if scheme == "wikidata":
        return f"Q{written[1]}"
    return f"tv/{written[2]}" if (written[1] or "").lower() == "tv" else written[2]


def external_address(scheme: str, value: str) -> str | None:
    """The page about the film that an id in our spelling leads to; None where there is none (``own``)."""
    match scheme:
        case "imdb":
            return f"https://www.imdb.com/title/{value}/"
        case "wikidata":
            return f"https://www.wikidata.org/wiki/{value}"
        case "tmdb":
            return f"https://www.themoviedb.org/{value if value.startswith('tv/') else f'movie/{value}'}"
    return None
