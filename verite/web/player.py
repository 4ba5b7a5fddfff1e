"""The screen of a film: which part is chosen, where it plays, and all parts on one line.

Nothing here is asked of another host: the page holds addresses, and the visitor's click asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from verite.catalogue import hosts
from verite.catalogue.hosts.moments import read_start
from verite.catalogue.queries.film_page import FilmPage, Part, Source
from verite.web.security import allow_frames, allow_media

_OURSELVES = "'self'"
_STREAM = ".m3u8"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part's place on the line of all parts. ``left`` and ``width`` in percent, ``begins_at`` in seconds."""

    part: Part
    left: float
    width: float
    begins_at: int


@dataclass(frozen=True, slots=True)
class Screen:
    """The chosen part (None where the film has no parts) from second ``start`` of it, and how to play it.

    ``watch`` is the plain link; ``frame`` or ``video`` the address that a click puts into the page.
    """

    part: Part | None
    start: int
    host: str
    watch: str
    frame: str
    video: str
    line: tuple[Stretch, ...]
    mark: float | None

    @property
    def plays(self) -> bool:
        return bool(self.watch)

    @property
    def is_stream(self) -> bool:
        """Whether ``video`` is HLS, which some browsers play and others do not."""
        return urlsplit(self.video).path.lower().endswith(_STREAM)


def screen(film: FilmPage, *, part: str, moment: str) -> Screen:
    """The screen as ``?part=`` and ``?t=`` ask for it; what cannot be meant is taken for the beginning."""
    chosen = _chosen(film.parts, part)
    start = _start(chosen, moment)
    line = tuple(_line(film.parts))
    return Screen(
        part=chosen,
        start=start,
        line=line,
        mark=_mark(line, chosen, start),
        **_addresses(chosen.source if chosen else None, start),
    )


def host_name(source: Source) -> str:
    """Who plays it, as a visitor reads it; with the machine's name where the host has many."""
    host = hosts.by_slug(source.host)
    domain = urlsplit(host.watch_address(source.ref)).hostname
    if source.host == "file":
        return domain or _("this site")
    return f"{host.name}, {domain}" if source.host == "peertube" else host.name


def watch_address(source: Source) -> str:
    """The page on which a visitor without script watches it."""
    return hosts.by_slug(source.host).watch_address(source.ref, source.start_seconds)


def allow_hosts(response: HttpResponseBase, parts: Iterable[Part]) -> None:
    """Let the page show the players of whatever it may be asked to play, and nothing else."""
    for source in (part.source for part in parts):
        if source:
            host = hosts.by_slug(source.host)
            allow_media(response, host.media_origins(source.ref) - {_OURSELVES})
            if host.media_address(source.ref) is None:
                allow_frames(response, host.embed_origins(source.ref))


def _chosen(parts: Sequence[Part], position: str) -> Part | None:
    wanted = next((part for part in parts if str(part.position) == position), None)
    return wanted or next(iter(parts), None)


def _start(part: Part | None, moment: str) -> int:
    start = read_start(moment) or 0
    if part is None or (part.length_seconds is not None and start >= part.length_seconds):
        return 0
    return start


def _addresses(source: Source | None, start: int) -> dict[str, str]:
    if source is None:
        return {"host": "", "watch": "", "frame": "", "video": ""}
    host, begin = hosts.by_slug(source.host), source.start_seconds + start
    video = host.media_address(source.ref, begin) or ""
    return {
        "host": host_name(source),
        "watch": host.watch_address(source.ref, begin),
        "frame": "" if video else host.embed_address(source.ref, begin) or "",
        "video": video,
    }


def _line(parts: Sequence[Part]) -> Iterator[Stretch]:
    """The parts whose length is known; none unless there are two, since one is no sequence."""
    known = [(part, part.length_seconds) for part in parts if part.length_seconds]
    if len(known) < 2:
        return
    whole, begins_at = sum(length for _, length in known), 0
    for part, length in known:
        yield Stretch(part, 100 * begins_at / whole, 100 * length / whole, begins_at)
        begins_at += length


def _mark(line: Sequence[Stretch], part: Part | None, start: int) -> float | None:
    """Where on the line the chosen second is, in percent; None at a part's beginning."""
    for stretch in line:
        if stretch.part is part and start and part.length_seconds:
            return stretch.left + stretch.width * start / part.length_seconds
    return None
