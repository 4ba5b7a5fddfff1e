"""What became stale, and what a page was made from.

An action says what it changed (``touch``), inside its write transaction, and never knows that a page cache
exists. A page says what it shows (``depends_on``) and that its answer may be kept (``page``). Between them
stands one row per key in ``core_freshness``, whose version grows by one with every transaction that touches
it. Keys look like ``film:12``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verite.core.db import current_write, run, snapshot
from verite.core.querystring import normalised

KEYS_PER_STATEMENT = 500

Follower = Callable[[set[int]], None]
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_followers: defaultdict[str, list[Follower]] = defaultdict(list)
_shown: ContextVar[Shown | None] = ContextVar("what_the_page_being_made_shows", default=None)


def touch(*keys: str) -> None:
    """Say that everything under these keys changes with the write transaction that is open here.

    Raises:
        WriteRefused: no write transaction is open.
    """
    current_write().ending(_Touched).keys.update(keys)


def follow(kind: str, callback: Follower) -> None:
    """Call ``callback`` with the ids touched under ``kind`` ("film" for ``film:12``), once per transaction.

    It runs inside that transaction, before the commit. What it touches itself is marked, but calls no
    follower again. For rooms above, at start-up: search follows films without films knowing search.
    """
    _followers[kind].append(callback)


def depends_on(*keys: str) -> None:
    """Say that the page being made shows what lies under these keys; outside a page it does nothing."""
    shown = _shown.get()
    if shown is not None:
        shown.keys.update(keys)


@dataclass(slots=True)
class Shown:
    """What a page, or a piece of one, is made from, all of it read in one snapshot.

    Attributes:
        keys: everything it depends on.
        read: versions that have been read so far, for the whole page.
        followers: who wants to know the versions of the whole page once they are read.
    """

    keys: set[str] = field(default_factory=set)
    read: dict[str, int] = field(default_factory=dict)
    followers: list[Callable[[Mapping[str, int]], None]] = field(default_factory=list)

    def ask(self, keys: Iterable[str]) -> None:
        """Read the versions of these keys, as far as they have not been."""
        self.read.update(versions(set(keys) - self.read.keys()))

    def versions(self) -> dict[str, int]:
        """The version of each key, at the moment of the snapshot. All of a page is told by now."""
        self.ask(self.keys)
        found = {key: self.read[key] for key in self.keys}
        for tell in self.followers:
            tell(found)
        return found


@contextmanager
def recording() -> Iterator[Shown]:
    """Whatever is named by ``depends_on`` in here is noted down; a piece's notes are its page's as well."""
    outer = _shown.get()
    shown = Shown() if outer is None else Shown(read=outer.read, followers=outer.followers)
    token = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(token)
        if outer is not None:
            outer.keys |= shown.keys


def versions(keys: Iterable[str]) -> dict[str, int]:
    """The present version of each key; 0 for one that was never touched."""
    found = dict.fromkeys(keys, 0)
    with connection.cursor() as cursor:
        for chunk in _chunks(list(found)):
            marks = ", ".join(["%s"] * len(chunk))
            cursor.execute(f"SELECT key, version FROM core_freshness WHERE key IN ({marks})", chunk)  # noqa: S608
            found.update(cursor.fetchall())
    return found


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made from: it stands while the versions do, and for ``max_age`` seconds at most."""

    versions: Mapping[str, int]
    max_age: float | None


@dataclass(frozen=True, slots=True)
class Page:
    """What a view declares about its answers, for the page cache to read."""

    params: tuple[str, ...]
    many: frozenset[str]
    max_age: float | None

    def normalised(self, query: str) -> str:
        """``query`` reduced to the declared parameters. ``ValueError`` if it has far too many."""
        return normalised(query, self.params, self.many)


def page(
    *, params: Iterable[str] = (), many: Collection[str] = (), max_age: float | None = None
) -> Callable[[View[P]], View[P]]:
    """Declare that a view's answer to a GET may be kept and given to every visitor without a cookie of ours.

    Of the query string the answer may depend on ``params`` only; those among ``many`` may be repeated. The
    view runs in one ``snapshot``, and must name what it shows by ``depends_on``, or bear being ``max_age``
    seconds old (pages that gather the whole site), or both.
    """
    declared = tuple(params)
    if undeclared := set(many) - set(declared):
        raise ValueError(f"Not among params: {sorted(undeclared)}")
    declaration = Page(declared, frozenset(many), max_age)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def made_at_one_moment(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            with snapshot(), recording() as shown:
                response = view(request, *args, **kwargs)
                if response.status_code == 200:
                    _attach(response, shown, max_age)
            return response

        made_at_one_moment.page = declaration  # type: ignore[attr-defined]
        return made_at_one_moment

    return decorate


def page_of(view: object) -> Page | None:
    """What a view declared by ``page``, or None."""
    declared = getattr(view, "page", None)
    return declared if isinstance(declared, Page) else None


def provenance_of(response: HttpResponseBase) -> Provenance | None:
    """What a response was made from; None if it must not be kept."""
    found = getattr(response, "provenance", None)
    return found if isinstance(found, Provenance) else None


def _attach(response: HttpResponseBase, shown: Shown, max_age: float | None) -> None:
    if not shown.keys and max_age is None:
        raise RuntimeError(
            "This page is declared to be kept, but named nothing it depends on: call"
            " freshness.depends_on(...) in its queries, or give page() a max_age."
        )
    response.provenance = Provenance(shown.versions(), max_age)  # type: ignore[attr-defined]


class _Touched:
    """The keys touched in one write transaction, written at its very end."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def finish(self) -> None:
        self._tell_followers()
        # Last, so that rows which many writers share are held as briefly as can be; sorted, so that two
        # writers never wait for each other in a circle.
        for chunk in _chunks(sorted(self.keys)):
            rows = ", ".join(["(%s, 1)"] * len(chunk))
            run(
                f"INSERT INTO core_freshness (key, version) VALUES {rows}"  # noqa: S608 (only marks)
                " ON CONFLICT (key) DO UPDATE SET version = core_freshness.version + 1",
                chunk,
            )

    def _tell_followers(self) -> None:
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for key in self.keys:
            kind, _, identity = key.partition(":")
            if kind in _followers:
                ids[kind].add(int(identity))
        for kind, touched in ids.items():
            for callback in _followers[kind]:
                callback(touched)


def _chunks(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), KEYS_PER_STATEMENT):
        yield keys[start : start + KEYS_PER_STATEMENT]
