"""Goal 7: comments over HTTP with every rule in place, the same statements alone, and four processes at once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import uvloop

from bench.report import Figure
from bench.serving.machine import NotMeasurable, wait_until_quiet, watched
from bench.serving.servers import Server, film_path, verite_server
from bench.talk.browsers import browser, p99, post
from bench.talk.processes import measured, started

CLIENTS = 16
WRITERS = 4
EACH = 400
LEAST_PER_SECOND = 350
MOST_P99_MS = 80
MOST_WRITERS_P99_MS, MOST_WRITERS_MS = 30, 80


@dataclass
class Posted:
    """What was posted over HTTP in one run.

    Attributes:
        waits: seconds for each comment.
        failed: what was answered instead of a redirect to the comment.
        cpu: milliseconds of the server's processor time for each comment.
    """

    waits: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    disturbance: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds


def over_http(data: Path, *, seconds: int, rounds: int) -> list[Figure]:
    """Comments from sixteen clients at once, each of whom waits for an answer before writing again."""
    with verite_server(data) as server:
        runs = [uvloop.run(_run(server, seconds)) for _ in range(rounds)]
    return _over_http(runs)


def in_process(data: Path) -> list[Figure]:
    """The action without a server: alone, as bare statements, and in four processes at once."""
    alone = measured(data, "alone", str(EACH))
    film = str(measured(data, "film"))
    wait_until_quiet()
    together = started(data, [["write", str(EACH), film, str(number)] for number in range(WRITERS)])
    return [*_alone(alone), *_together(together)]


async def _run(server: Server, seconds: int) -> Posted:
    path = film_path(server)
    posted = Posted()
    wait_until_quiet()
    with watched(server.process) as watch:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_client(server, path, number, until, posted) for number in range(CLIENTS)))
    posted.seconds, posted.disturbance = watch.seconds, watch.disturbance
    posted.cpu = 1000 * watch.cpu / len(posted.waits)
    return posted


async def _client(server: Server, film: str, number: int, until: float, posted: Posted) -> None:
    """Comments and answers to the comment before, in turn."""
    async with browser(server) as writing:
        count, last = 0, ""
        while time.perf_counter() < until:
            count += 1
            path = f"/comments/{last}/reply/" if last else f"{film}discussion/write/"
            begun = time.perf_counter()
            comment = await post(writing, path, f"{number}.{count}", posted.failed)
            posted.waits.append(time.perf_counter() - begun)
            last = "" if last else comment


def _over_http(runs: list[Posted]) -> list[Figure]:
    rate, failed = median(run.rate for run in runs), [each for run in runs for each in run.failed]
    longest = 1000 * median(p99(run.waits) for run in runs)
    if not any(run.waits for run in runs):
        raise NotMeasurable("Nothing could be posted.")
    return [
        Figure(
            f"comments over HTTP, one core, {CLIENTS} clients",
            f"≥ {LEAST_PER_SECOND}/s",
            f"{rate:,.0f}/s ({median(run.cpu for run in runs):.2f} ms of processor time each)",
            rate >= LEAST_PER_SECOND,
        ),
        Figure("p99 among them", f"≤ {MOST_P99_MS} ms", f"{longest:.1f} ms", longest <= MOST_P99_MS),
        Figure(
            "not posted among them",
            "0",
            f"{len(failed)} of {sum(len(run.waits) for run in runs):,}" + f" {failed[:1]}" * bool(failed),
            not failed,
        ),
        Figure(
            "cores that other programs kept busy, at worst", "", f"{max(run.disturbance for run in runs):.2f}"
        ),
    ]


def _alone(alone: dict[str, Any]) -> list[Figure]:
    return [
        Figure(
            "the action alone, in process",
            "",
            f"{alone['rate']:,.0f}/s ({alone['processor']:.2f} ms of processor time each)",
        ),
        Figure(
            "its statements alone, in a bare loop",
            "",
            f"{alone['bare_rate']:,.0f}/s ({alone['bare_processor']:.2f} ms of processor time each)",
        ),
    ]


def _together(together: list[dict[str, Any]]) -> list[Figure]:
    waits = [1000 * second for writer in together for second in writer["seconds"]]
    errors = [error for writer in together for error in writer["errors"]]
    return [
        Figure(
            f"{WRITERS} processes at once, one comment",
            f"p99 ≤ {MOST_WRITERS_P99_MS} ms, max ≤ {MOST_WRITERS_MS} ms",
            f"p99 {p99(waits):.1f} ms, max {max(waits):.1f} ms",
            p99(waits) <= MOST_WRITERS_P99_MS and max(waits) <= MOST_WRITERS_MS,
        ),
        Figure("lock errors among them", "0", str(len(errors)), not errors),
    ]
