"""The same question put to PostgreSQL: one statement answers for every request that waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg

from verite.project.pagecache.entries import Entry
from verite.project.pagecache.validators import ValidatorAway

SECONDS_TO_ANSWER = 5.0


class PostgresValidator:
    """Reads version rows on one connection of its own, from the event loop.

    Requests that come while a statement is under way share the next one, so each gets an answer that was
    read after it asked. While the database is away nothing stands; the next request connects again.

    Args:
        parameters: what ``psycopg.connect`` takes.
    """

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._next: _Batch | None = None
        self._asking: asyncio.Task[None] | None = None

    def stamp(self) -> int:
        return 0  # versions alone decide

    def stands_now(self, entry: Entry) -> bool | None:
        return None if entry.versions else True

    async def stands(self, entry: Entry) -> bool:
        """Raises ``ValidatorAway`` when the database does not answer."""
        if not entry.versions:
            return True
        found = await self._join(entry.versions)
        return all(found.get(key, 0) == version for key, version in entry.versions.items())

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        await self._disconnect()

    def _join(self, keys: Iterable[str]) -> asyncio.Future[dict[str, int]]:
        if self._next is None:
            self._next = _Batch(asyncio.get_running_loop().create_future())
        self._next.keys.update(keys)
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_until_nobody_waits())
        # A client that goes away must not take the answer from the others.
        return asyncio.shield(self._next.answer)

    async def _ask_until_nobody_waits(self) -> None:
        try:
            while self._next is not None:
                batch, self._next = self._next, None
                await self._answer(batch)
        finally:
            self._asking = None

    async def _answer(self, batch: _Batch) -> None:
        try:
            async with asyncio.timeout(SECONDS_TO_ANSWER):
                found = await self._versions(list(batch.keys))
        except (psycopg.Error, OSError, TimeoutError) as error:
            await self._disconnect()
            batch.answer.set_exception(ValidatorAway(str(error)))
        else:
            batch.answer.set_result(found)

    async def _versions(self, keys: list[str]) -> dict[str, int]:
        if self._connection is not None:
            try:
                return await _select(self._connection, keys)
            except psycopg.OperationalError:
                # The server was restarted since: that is no reason to turn this visitor away.
                await self._disconnect()
        self._connection = await psycopg.AsyncConnection.connect(**self._parameters, autocommit=True)
        return await _select(self._connection, keys)

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


async def _select(connection: psycopg.AsyncConnection[Any], keys: list[str]) -> dict[str, int]:
    cursor = await connection.execute(
        "SELECT key, version FROM core_freshness WHERE key = ANY(%s)", [keys], prepare=True
    )
    return dict(await cursor.fetchall())


class _Batch:
    """The keys that one statement will ask for, and who waits for it."""

    def __init__(self, answer: asyncio.Future[dict[str, int]]) -> None:
        self.keys: set[str] = set()
        self.answer = answer
