"""What somebody says about a film: pure values, before and beside what the database holds.

``cleaning`` checks them, ``matching`` finds the film that they speak of, ``merging`` joins them with what is
known of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from verite.catalogue.hosts import Found
from verite.core.dates import PartialDate, YearRange
from verite.core.text import fold

KINDS: Final = ("film", "short", "series")
ROLES: Final = (
    "director", "producer", "writer", "narrator", "camera", "editor", "composer", "nominee", "made_for",
)  # fmt: skip
SCHEMES: Final = ("wikidata", "imdb", "tmdb", "own")

_LONGEST_FOLDED = 200

Released: TypeAlias = PartialDate | YearRange


class FilmRefused(Exception):
    """What is said about a film cannot be stored. The message says why, for the person who said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFacts:
    """One piece of a film. ``addresses`` are as people paste them; ``sources`` what they were recognised as."""

    position: int
    title: str = ""
    length_seconds: int | None = None
    addresses: tuple[str, ...] = ()
    sources: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFacts:
    """What is said about one film. Whatever is empty or None is not said, and changes nothing.

    ``countries`` are ISO 3166-1 codes, ``languages`` BCP 47 tags, ``subjects`` names; ``credits`` holds for each
    of ``ROLES`` the names in their order; ``external_ids`` are pairs of one of ``SCHEMES`` and a value.
    """

    title: str = ""
    other_titles: tuple[str, ...] = ()
    released: Released | None = None
    kind: str = ""
    length_seconds: int | None = None
    tagline: str = ""
    synopsis: str = ""
    rights: str = ""
    public_performance: str = ""
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    credits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    external_ids: tuple[tuple[str, str], ...] = ()
    parts: tuple[PartFacts, ...] = ()

    @property
    def year(self) -> int | None:
        """The year, or the first of a range."""
        if isinstance(self.released, YearRange):
            return self.released.first
        return self.released.year if self.released else None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said that did not reach the catalogue.

    ``text`` is a sentence that says why, the same for all of its sort; ``kept`` is what stands instead.
    """

    field: str
    value: str
    text: str
    kept: str = ""


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """What names and titles are compared by: short enough for its column, empty for an empty name only."""
    return (fold(name) or name.casefold())[:_LONGEST_FOLDED]


def place(source: Found) -> tuple[str, str]:
    """What makes two sources the same: the host, and its own name for the thing."""
    return source.host, source.ref
