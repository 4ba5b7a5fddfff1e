"""Goal 8: films that are read a thousand times a second, and written to a hundred times."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import uvloop

from bench.report import Figure
from bench.serving.machine import NotMeasurable, wait_until_quiet, watched
from bench.serving.servers import Server, verite_server
from bench.talk.browsers import Browser, browser, p99, post

FILMS = 10
COMMENTS_BEFORE = 30
READS_PER_SECOND, WRITES_PER_SECOND = 1000, 100
READERS, WRITERS = 32, 8
MOST_TIMES_SLOWER = 1.5
MOST_READ_MS, MOST_WRITE_MS = 15, 20
AWAKE_SECONDS = 0.003
WARM_SECONDS = 2  # every thread of the server has met the database by then


@dataclass
class Mixed:
    """Seconds from the instant at which each request was due to the end of its answer."""

    quiet: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    disturbance: float = 0.0

    @property
    def times_slower(self) -> float:
        return p99(self.reads) / p99(self.quiet)


def figures(data: Path, *, seconds: int, rounds: int) -> list[Figure]:
    """Reads alone and among writes, in turn."""
    with verite_server(data) as server:
        films = sorted(set(re.findall(r'href="(/films/[^/"?#]+/)"', server.get("/films/").decode())))[:FILMS]
        if len(films) < FILMS:
            raise NotMeasurable(f"There are not {FILMS} films.")
        uvloop.run(_begin(server, films))
        uvloop.run(_mixed(server, films, WARM_SECONDS, "warm"))
        runs = [uvloop.run(_run(server, films, seconds, number)) for number in range(rounds)]
    reads, quiet = median(p99(run.reads) for run in runs), median(p99(run.quiet) for run in runs)
    writes, ratio = median(p99(run.writes) for run in runs), median(run.times_slower for run in runs)
    failed = [each for run in runs for each in run.failed]
    return [
        Figure(
            f"{READS_PER_SECOND:,} reads/s of {FILMS} films among {WRITES_PER_SECOND} writes/s to them, p99",
            f"≤ {MOST_TIMES_SLOWER} × without writes, ≤ {MOST_READ_MS} ms",
            f"{ratio:.2f} × ({1000 * reads:.2f} / {1000 * quiet:.2f} ms)",
            ratio <= MOST_TIMES_SLOWER and 1000 * reads <= MOST_READ_MS,
        ),
        Figure(
            "p99 of those writes",
            f"≤ {MOST_WRITE_MS} ms",
            f"{1000 * writes:.2f} ms",
            1000 * writes <= MOST_WRITE_MS,
        ),
        Figure(
            "answers that were none among them",
            "0",
            f"{len(failed)}" + f" {failed[:1]}" * bool(failed),
            not failed,
        ),
        Figure(
            "cores that other programs kept busy, at worst", "", f"{max(run.disturbance for run in runs):.2f}"
        ),
    ]


async def _begin(server: Server, films: list[str]) -> None:
    """Threads that fill a first page."""
    failed: list[str] = []
    async with browser(server) as writing:
        for number in range(COMMENTS_BEFORE * FILMS):
            await post(writing, f"{films[number % FILMS]}discussion/write/", f"before {number}", failed)
    if failed:
        raise NotMeasurable(f"Nothing could be posted: {failed[0]}")


async def _run(server: Server, films: list[str], seconds: int, number: int) -> Mixed:
    wait_until_quiet()
    with watched(server.process) as watch:
        for film in films:
            server.get(film, accept_encoding="gzip")  # it is as it was left: hot films are in the cache
        quiet: list[float] = []
        failed: list[str] = []
        await _paced(server, READERS, READS_PER_SECOND, seconds, _reading(films, failed), quiet)
        mixed = await _mixed(server, films, seconds, str(number))
    return replace(mixed, quiet=quiet, failed=failed + mixed.failed, disturbance=watch.disturbance)


async def _mixed(server: Server, films: list[str], seconds: int, name: str) -> Mixed:
    """Reads and writes at one time; ``name`` tells these writes from those of another run."""
    mixed = Mixed()

    async def write(client: Browser, turn: int) -> None:
        await post(client, f"{films[turn % FILMS]}discussion/write/", f"{name}.{turn}", mixed.failed)

    await asyncio.gather(
        _paced(server, READERS, READS_PER_SECOND, seconds, _reading(films, mixed.failed), mixed.reads),
        _paced(server, WRITERS, WRITES_PER_SECOND, seconds, write, mixed.writes),
    )
    return mixed


def _reading(films: list[str], failed: list[str]) -> Callable[[Browser, int], Awaitable[None]]:
    async def read(client: Browser, turn: int) -> None:
        answer = await client.get(films[turn % FILMS])
        if answer.status != 200:
            failed.append(f"{answer.status} to a read")

    return read


async def _paced(
    server: Server,
    clients: int,
    rate: int,
    seconds: int,
    act: Callable[[Browser, int], Awaitable[None]],
    waits: list[float],
) -> None:
    """Let ``clients`` act in turn, ``rate`` times a second altogether, whether or not the server keeps up."""
    begin = time.perf_counter() + 0.1

    async def client(first: int) -> None:
        async with browser(server) as own:
            for turn in range(first, rate * seconds, clients):
                due = begin + turn / rate
                # Timers of an event loop are too coarse for waits of a millisecond.
                await asyncio.sleep(max(0.0, due - time.perf_counter() - AWAKE_SECONDS))
                while time.perf_counter() < due:
                    await asyncio.sleep(0)
                await act(own, turn)
                waits.append(time.perf_counter() - due)

    await asyncio.gather(*map(client, range(clients)))
