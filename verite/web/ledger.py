"""The ledger of sources: every place where a film can be played or could be, one line per kind of copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from verite.catalogue.queries.film_page import ExternalId, Part, Source
from verite.web.player import host_name, watch_address


@dataclass(frozen=True, slots=True)
class Entry:
    """Copies at one host that differ in nothing but their part.

    ``parts`` reads "1–5, 7"; ``watch`` leads to the chosen part there, or is empty where it is not there.
    """

    host: str
    parts: str
    watch: str
    captions: str
    region: str
    rights: str
    state: str
    failure: str
    checked_at: datetime | None


def entries(parts: Iterable[Part], chosen: Part | None) -> list[Entry]:
    """The ledger of a film, what is gone last."""
    copies: dict[tuple[str, ...], list[tuple[Part, Source]]] = {}
    for part in parts:
        for source in part.sources:
            alike = (
                host_name(source),
                source.captions,
                source.region,
                source.rights,
                source.state,
                source.failure,
            )
            copies.setdefault(alike, []).append((part, source))
    ledger = [_entry(*alike, copies=of_them, chosen=chosen) for alike, of_them in copies.items()]
    return sorted(ledger, key=lambda entry: entry.state == "gone")


def elsewhere(external_ids: Iterable[ExternalId], *, is_series: bool) -> Iterator[tuple[str, str]]:
    """Name and address of the film in other catalogues."""
    kind = "tv" if is_series else "movie"
    patterns = {
        "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"),
        "imdb": ("IMDb", "https://www.imdb.com/title/"),
        "tmdb": ("TMDB", f"https://www.themoviedb.org/{kind}/"),
    }
    for external_id in external_ids:
        if external_id.scheme in patterns:
            name, address = patterns[external_id.scheme]
            yield name, address + quote(external_id.value, safe="")


def _entry(
    host: str,
    captions: str,
    region: str,
    rights: str,
    state: str,
    failure: str,
    *,
    copies: list[tuple[Part, Source]],
    chosen: Part | None,
) -> Entry:
    here = next((source for part, source in copies if part is chosen), None)
    checks = [source.checked_at for _, source in copies if source.checked_at]
    return Entry(
        host=host,
        parts=_ranges({part.position for part, _ in copies}),
        watch=watch_address(here) if here and not here.is_gone else "",
        captions=captions,
        region=region,
        rights=rights,
        state=state,
        failure=failure,
        # The oldest: nothing in the line is older than it says.
        checked_at=min(checks) if len(checks) == len(copies) else None,
    )


def _ranges(positions: set[int]) -> str:
    """ "1–5, 7": neighbours differ from their rank by the same amount."""
    ranks = enumerate(sorted(positions))
    runs = [[position for _, position in run] for _, run in groupby(ranks, lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
