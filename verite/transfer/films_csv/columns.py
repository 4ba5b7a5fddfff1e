"""Headings of columns, and what we take them for. ``docs/import-films-csv.md`` describes each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verite.core.text import fold

IDS = ("imdb_id", "wikidata_id", "tmdb_id", "own_id")
TEXTS = ("tagline", "synopsis", "rights", "public_performance")

# Column of CSV: role in the catalogue.
PEOPLE = {
    "directors": "director",
    "producers": "producer",
    "writers": "writer",
    "narrators": "narrator",
    "camera": "camera",
    "editors": "editor",
    "composers": "composer",
    "nominees": "nominee",
    "made_for": "made_for",
}

# Our own name of a column: what others call it. Case, diacritics and punctuation do not matter.
ALIASES = {
    "title": "name, film, film title, movie, movie title, primary title",
    "other_titles": "other title, original title, original titles, original name, alternative title,"
    " alternative titles, aka, also known as",
    "year": "years, release year, released, release date, date, first air date",
    "kind": "type, title type",
    "directors": "director, directed by",
    "producers": "producer, produced by",
    "writers": "writer, written by, screenplay",
    "narrators": "narrator, narration, narrated by",
    "camera": "cinematography, cinematographer, cinematographers, photography, camera operators",
    "editors": "editor, editing, edited by",
    "composers": "composer, music, music by",
    "nominees": "nominee",
    "made_for": "commissioned by, network, broadcaster",
    "countries": "country, production countries, country of origin",
    "languages": "language, spoken languages, original language",
    "subjects": "subject, topics, topic, genres, genre, categories, category, tags, keywords, listed in",
    "length": "duration, runtime, running time, minutes, runtime minutes",
    "imdb_id": "imdb, imdb url, tconst, const",
    "wikidata_id": "wikidata, qid, wikidata qid",
    "tmdb_id": "tmdb, tmdb url",
    "own_id": "",
    "url": "urls, address, addresses, link, links, video, video url, watch url, archive url, free copy url, stream url,"
    " youtube, youtube url, vimeo, vimeo url, dailymotion url, peertube url",
    "tagline": "slogan, logline",
    "synopsis": "description, summary, plot, overview, abstract",
    "rights": "licence, license, copyright",
    "public_performance": "screening rights, public performance rights",
}

_PART = re.compile(r"part_(\d{1,4})(?:_(title|length|duration|url|address))?")
_PART_FIELDS = {"title": "title", "length": "length", "duration": "length"}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: ``name`` is ours (empty: none of ours), ``part`` the part it speaks of (0: the film)."""

    heading: str
    name: str
    part: int = 0


def columns(header: Sequence[str]) -> tuple[Column, ...]:
    """What each heading is taken for."""
    return tuple(map(_column, header))


def _column(heading: str) -> Column:
    plain = _plain(heading)
    if numbered := _PART.fullmatch(plain):
        return Column(heading, _PART_FIELDS.get(numbered[2], "url"), int(numbered[1]))
    return Column(heading, _NAMES.get(plain, ""))


def _plain(heading: str) -> str:
    return fold(heading.replace("(s)", "")).replace(" ", "_")


_NAMES = {
    _plain(alias): name
    for name, aliases in ALIASES.items()
    for alias in (name, *filter(None, aliases.split(", ")))
}
