"""Films and people for tests of ratings and talk, and many threads that act at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from threading import Barrier
from typing import TypeVar

from django.db import connection

from tests.serving.site import until
from verite.accounts.models import Participant
from verite.catalogue.models import Film

T = TypeVar("T")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def after(minutes: float) -> datetime:
    """``minutes`` after noon."""
    return NOON + timedelta(minutes=minutes)


def a_film(title: str = "Nanook of the North", *, public: bool = True) -> int:
    return Film.objects.create(
        slug=f"film-{token_hex(6)}",
        title=title,
        sort_title=title,
        folded_title=title.casefold(),
        state=Film.State.PUBLISHED if public else Film.State.DRAFT,
        published_at=NOON,
    ).pk


def a_guest() -> int:
    return Participant.objects.create(kind=Participant.Kind.GUEST, created_at=NOON).pk


def a_member(name: str = "Agnès") -> int:
    return Participant.objects.create(
        kind=Participant.Kind.MEMBER, name=name, slug=f"member-{token_hex(6)}", created_at=NOON
    ).pk


def at_once(times: int, act: Callable[[int], T]) -> list[T]:
    """Call ``act`` with 0, 1, … in as many threads, each with a connection of its own, all let go together."""
    gate = Barrier(times)

    def run(number: int) -> T:
        try:
            connection.ensure_connection()
            gate.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def waiting_writers() -> int:
    """How many connections to this database of PostgreSQL wait for what another holds."""
    with connection.cursor() as cursor:
        cursor.execute(  # on the same server other processes try their databases
            "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks"
            " WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return int(cursor.fetchone()[0])


class Others:
    """Those who begin while somebody else is at it, each in a thread; they have to wait, or are done."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._begun: list[Future[object]] = []

    def begin(self, act: Callable[[], object]) -> None:
        def acted() -> object:
            try:
                return act()
            finally:
                connection.close()

        self._begun.append(self._pool.submit(acted))
        until(
            lambda: waiting_writers() + sum(each.done() for each in self._begun) == len(self._begun),
            "it waits or is done",
        )

    def results(self) -> list[object]:
        return [each.result() for each in self._begun]


@contextmanager
def others() -> Iterator[Others]:
    with ThreadPoolExecutor() as pool:
        yield Others(pool)
