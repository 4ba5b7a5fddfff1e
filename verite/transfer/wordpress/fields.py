"""Custom fields of posts that say something of a film. ``docs/import-wordpress.md`` lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from verite.catalogue.actions import FilmFacts, Remark
from verite.catalogue.countries import read_country
from verite.catalogue.external_ids import read_external_id
from verite.catalogue.languages import read_language
from verite.core.dates import PartialDate
from verite.core.text import clean_line, excerpt
from verite.transfer.lengths import read_length

from .records import Metas
from .serialised import NotSerialised, Value, unserialised

# Of every field its names, folded: small letters, words joined by underscores.
NAMES: Final = {
    "year": ("year", "release_year", "film_year", "released"),
    "length": ("duration", "length", "runtime", "running_time", "film_length"),
    "director": ("director", "directors", "directed_by"),
    "producer": ("producer", "producers", "produced_by"),
    "writer": ("writer", "writers", "written_by"),
    "narrator": ("narrator", "narrators", "narrated_by"),
    "camera": ("camera", "cinematographer", "cinematography"),
    "editor": ("film_editor", "edited_by"),
    "composer": ("composer", "music", "music_by"),
    "country": ("country", "countries"),
    "language": ("language", "languages"),
    "other_title": ("original_title", "other_title", "alternative_title", "aka"),
    "tagline": ("tagline", "subtitle", "logline"),
    "synopsis": ("synopsis", "plot"),
    "rights": ("licence", "license", "rights"),
    "imdb": ("imdb", "imdb_id", "imdb_url"),
    "wikidata": ("wikidata", "wikidata_id"),
    "tmdb": ("tmdb", "tmdb_id"),
    "video": ("video", "video_url", "video_link", "embed", "embed_code", "youtube", "youtube_url", "vimeo",
              "vimeo_url"),
}  # fmt: skip

_ROLES = ("director", "producer", "writer", "narrator", "camera", "editor", "composer")
_CALLED = {name: field for field, names in NAMES.items() for name in names}

# What WordPress and plugins note down for themselves, and what is read elsewhere.
_OWN_AFFAIRS = re.compile(
    r"_(?:edit_|encloseme\Z|pingme\Z|wp_|oembed_|thumbnail_id\Z|menu_item_)|ratings_(?:users|score|average)\Z"
)
_NOT_A_WORD = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(1[89][0-9]{2}|20[0-9]{2})(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_SERIALISED = re.compile(r"(?:[abdis]:|N;|[OC]:[0-9])")


class Fields:
    """The custom fields of one post, by what they are about. ``remarks`` names those that have no place."""

    def __init__(self, metas: Metas) -> None:
        self.remarks: list[Remark] = []
        self._said: dict[str, list[str]] = {}
        for key, value in metas:
            field = (
                _CALLED.get(_NOT_A_WORD.sub("_", key.lower()).strip("_")) if not key.startswith("_") else None
            )
            if key == "_thumbnail_id" and value.strip() not in ("", "0"):
                self._leave_out(
                    "image", value, _("The post's own picture (by its number) is not taken over.")
                )
            if not value.strip() or _OWN_AFFAIRS.match(key):
                continue
            if field is None:
                self._leave_out(key, value, _("No field of a film is called so."))
            elif (texts := _texts(value)) is None:
                self._leave_out(key, value, _("This value is written in a way that is not read."))
            else:
                self._said.setdefault(field, []).extend(filter(None, texts))

    @property
    def are_of_a_film(self) -> bool:
        """Whether something here is only said of films."""
        return any(field in self._said for field in ("length", "imdb", "tmdb", "year", *_ROLES))

    @property
    def videos(self) -> tuple[str, ...]:
        return tuple(self._said.get("video", ()))

    @property
    def year(self) -> PartialDate | None:
        text = self._first("year")
        if not text:
            return None
        found = _YEAR.fullmatch(text)
        try:
            if found:
                return PartialDate.parse(found[0])
            why = _("This is no year.")
        except ValueError as error:
            why = str(error)
        self._leave_out("year", text, why)
        return None

    def facts(self) -> FilmFacts:
        """What they say of the film, the year aside."""
        length = self._first("length")
        seconds = read_length(length) if length else None
        if length and seconds is None:
            self._leave_out("duration", length, _("This is no length of time."))
        return FilmFacts(
            length_seconds=seconds,
            other_titles=tuple(self._said.get("other_title", ())),
            tagline=self._first("tagline"),
            synopsis=self._first("synopsis"),
            rights=self._first("rights"),
            countries=tuple(self._codes("country")),
            languages=tuple(self._codes("language")),
            credits={role: names for role in _ROLES if (names := tuple(_names(self._said.get(role, ()))))},
            external_ids=tuple(self._external_ids()),
        )

    def _first(self, field: str) -> str:
        return next(iter(self._said.get(field, ())), "").strip()

    def _codes(self, field: str) -> Iterator[str]:
        read = read_country if field == "country" else read_language
        for text in _names(self._said.get(field, ()), also=","):
            if code := read(text):
                yield code
            else:
                self._leave_out(field, text, _("This is no country or language that we know."))

    def _external_ids(self) -> Iterator[tuple[str, str]]:
        for scheme in ("imdb", "wikidata", "tmdb"):
            for text in self._said.get(scheme, ()):
                if value := read_external_id(scheme, text):
                    yield scheme, value
                else:
                    self._leave_out(scheme, text, _("This is no id of that catalogue."))

    def _leave_out(self, field: str, value: str, why: str) -> None:
        self.remarks.append(Remark(clean_line(field, 60), excerpt(value, 100), why))


def _names(texts: Iterable[str], also: str = "") -> Iterator[str]:
    """Single names of lists. Commas divide names only where ``also`` says so: "Ann Lee, Jr." is one person."""
    for text in texts:
        for name in re.split(rf"[;\n{also}]", text):
            if name.strip():
                yield clean_line(name, 200)


def _texts(value: str) -> list[str] | None:
    """A field's texts; None where it is serialised in a way that is refused."""
    if not _SERIALISED.match(value):
        return [value.strip()]
    try:
        return list(_flat(unserialised(value)))
    except NotSerialised:
        return None if value.startswith(("O:", "C:", "a:")) else [value.strip()]


def _flat(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _flat(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value).strip()
