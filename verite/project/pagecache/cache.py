"""Render once, serve many, never stale.

The cache is asked twice: ``ready`` answers at once, in the parser's callback, or not at all; ``fetch`` waits
for the database and for the page to be made. Only the event loop's thread comes here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from verite.core.clock import now
from verite.core.freshness import Provenance
from verite.project.pagecache.entries import Entry, Headers, Packed
from verite.project.pagecache.keys import page_key
from verite.project.pagecache.negotiation import IDENTITY
from verite.project.pagecache.store import PageKey, Spelling, Store
from verite.project.pagecache.validators import Validator, ValidatorAway

HITS_WORTH_THOROUGHNESS = 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished answer of the site.

    Attributes:
        provenance: what it was made from; None if it must not be kept.
    """

    status: int
    headers: Headers
    body: bytes
    provenance: Provenance | None = None


class Maker(Protocol):
    """Makes the page of a key, and goes on with it by ``finish`` without coming back to the event loop."""

    def __call__(self, key: PageKey, finish: Callable[[Made], T], /) -> Awaitable[T]: ...


class PageCache:
    """Finished pages, each true at the moment it is given out.

    Args:
        store: where they lie.
        validator: what says that they are still true.
        make: makes a page anew, from its key alone, so that nothing else of a request can get into it.
        packer: where bytes of a page that stands are compressed, beside the event loop.
    """

    def __init__(self, store: Store, validator: Validator, make: Maker, packer: ThreadPoolExecutor) -> None:
        self.store = store
        self.validator = validator
        self._make = make
        self._packer = packer
        self._refills: dict[PageKey, asyncio.Task[Entry | Made]] = {}
        self._improvements: set[asyncio.Task[None]] = set()

    def ready(self, spelling: Spelling, coding: str) -> Packed | None:
        """The page, if there is one that can be said to be true without waiting."""
        key = self.store.key_of(spelling)
        if key is None:
            return None
        entry = self.store.get(key)
        if entry is None or time.monotonic() >= entry.expires:
            return None
        packed = entry.codings.get(coding)
        try:
            if packed is None or not self.validator.stands_now(entry):
                return None
        except ValidatorAway:
            return None  # fetch will find the same, and can say so
        packed.hits += 1
        if packed.hits == HITS_WORTH_THOROUGHNESS:
            self._improve(key, entry, coding, packed)
        return packed

    def key_of(self, spelling: Spelling) -> PageKey | None:
        """The key of the page that is asked for; None if it is none that may be kept."""
        key = self.store.key_of(spelling)
        if key is None:
            key = page_key(spelling)
            if key is not None:
                self.store.remember(spelling, key)
        return key

    async def fetch(self, key: PageKey, coding: str) -> Packed | Made:
        """The page, made anew where it has to be; or an answer that must not be kept.

        Raises:
            ValidatorAway: the database does not answer.
        """
        found = await self._entry(key, coding)
        if isinstance(found, Made):
            return found
        packed = found.codings.get(coding)
        if packed is None:
            packed = await self._in_packer(found, coding, thorough=False)
            self.store.add_coding(key, found, coding, packed)
        packed.hits += 1
        if packed.hits == HITS_WORTH_THOROUGHNESS:
            self._improve(key, found, coding, packed)
        return packed

    async def _entry(self, key: PageKey, coding: str) -> Entry | Made:
        entry = await self._standing(key)
        if entry is not None:
            return entry
        running = self._refills.get(key)
        if running is not None:
            # It read the database before we asked, so what it brings has to be looked at like any other.
            await asyncio.wait([running])
            entry = await self._standing(key)
            if entry is not None:
                return entry
        # A refill that runs now began after we asked: its page is good for us even if it is stale by the
        # time it is ready, which on a hot page it may always be.
        running = self._refills.get(key)
        if running is not None:
            made = await asyncio.shield(running)
            # What must not be kept belongs to whoever caused it to be made.
            return made if isinstance(made, Entry) else await self._make(key, _as_it_is)
        return await asyncio.shield(self._refill(key, coding))

    async def _standing(self, key: PageKey) -> Entry | None:
        entry = self.store.get(key)
        if entry is None or time.monotonic() >= entry.expires or not await self.validator.stands(entry):
            return None
        return entry

    def _refill(self, key: PageKey, coding: str) -> asyncio.Task[Entry | Made]:
        task = self._refills[key] = asyncio.create_task(self._made_anew(key, coding))
        task.add_done_callback(lambda _: self._refills.pop(key))
        return task

    async def _made_anew(self, key: PageKey, coding: str) -> Entry | Made:
        # Both are read before the page is, so that whatever changes meanwhile makes it stale.
        stamp, begun, moment = self.validator.stamp(), time.monotonic(), now()

        def packed(made: Made) -> Entry | Made:
            if made.provenance is None:
                return made
            expires = begun + lifetime(made.provenance.max_age, moment)
            versions = made.provenance.versions
            entry = Entry(made.headers, made.body, versions=versions, stamp=stamp, expires=expires)
            entry.keep(coding, entry.pack(coding))
            return entry

        found = await self._make(key, packed)
        if isinstance(found, Entry):
            self.store.put(key, found)
        else:
            self.store.drop(key)
        return found

    async def close(self) -> None:
        await self.validator.close()
        self._packer.shutdown(cancel_futures=True)

    def _improve(self, key: PageKey, entry: Entry, coding: str, packed: Packed) -> None:
        if coding == IDENTITY or packed.is_thorough:
            return
        task = asyncio.create_task(self._pack_thoroughly(key, entry, coding))
        self._improvements.add(task)
        task.add_done_callback(self._improvements.discard)

    async def _pack_thoroughly(self, key: PageKey, entry: Entry, coding: str) -> None:
        self.store.add_coding(key, entry, coding, await self._in_packer(entry, coding, thorough=True))

    async def _in_packer(self, entry: Entry, coding: str, *, thorough: bool) -> Packed:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._packer, lambda: entry.pack(coding, thorough=thorough))


def _as_it_is(made: Made) -> Made:
    return made


def lifetime(max_age: float | None, moment: datetime) -> float:
    """Seconds a page may be kept: until the UTC day ends, for its relative times count in days, or less."""
    moment = moment.astimezone(UTC)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rest_of_day = (midnight - moment).total_seconds()
    return rest_of_day if max_age is None else min(max_age, rest_of_day)
