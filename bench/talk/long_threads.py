"""Goal 9: what a page of a thread costs grows neither with the thread or the site, nor with how far down it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import uvloop

from bench.report import Figure
from bench.serving.machine import Load, NotMeasurable, load, wait_until_quiet
from bench.serving.servers import Server, verite_server
from bench.talk.browsers import browser, p99
from bench.talk.measured import DEEP_PAGE, SIZES
from bench.talk.processes import measured

ORDERS = ("newest", "oldest", "most-voted", "best", "controversial")
SHORTER, LONGEST = SIZES[-2:]
SITE = 1_000_000
MOST_GROWTH, MOST_DEEPER, MOST_OF_SITE = 2.0, 1.25, 1.25
MOST_MS = 15
MOST_SECONDS_TO_FILL = 180
SAMPLES = 200
CONNECTIONS = 4
SECONDS = 2
# A cookie of ours takes a request past the page cache, into the view.
PAST_THE_CACHE = "verite-bench=1"

# Milliseconds of each sample, by what was read: "best, 13" for a first page, "best, deep" for one far down.
Samples = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Measured:
    """Pages of all threads on one site: their queries in process, and whole, over HTTP by one client."""

    queries: Samples
    pages: Samples


def figures(data: Path) -> list[Figure]:
    """The queries in process and whole pages over HTTP, in every order, before and after the site has grown."""
    threads = measured(data, "threads")
    alone, found = _measured(data, threads), _under_load(data, threads)
    seconds = measured(data, "crowd", str(SITE))
    among = _measured(data, threads)
    return [
        *_curves("query", "alone", alone.queries),
        *_curves("query", f"among {SITE:,}", among.queries),
        *_curves("page over HTTP", "alone", alone.pages),
        *_curves("page over HTTP", f"among {SITE:,}", among.pages),
        _of_site("query", alone.queries, among.queries),
        _of_site("page over HTTP", alone.pages, among.pages),
        *_deep("query", among.queries, threads["shown"]),
        *_deep("page over HTTP", among.pages, threads["shown"]),
        *found,
        Figure(
            f"the site filled up to {SITE:,} comments",
            f"≤ {MOST_SECONDS_TO_FILL} s",
            f"{seconds:.0f} s",
            seconds <= MOST_SECONDS_TO_FILL,
        ),
    ]


def _measured(data: Path, threads: Any) -> Measured:
    wait_until_quiet()
    queries = measured(data, "read", json.dumps([threads["films"], threads["cursors"], SAMPLES]))
    addresses = {
        **{f"{order}, {size}": f"{_page(threads, size)}?sort={order}" for order in ORDERS for size in SIZES},
        **{
            f"{order}, deep": f"{_page(threads, LONGEST)}?sort={order}&after={threads['cursors'][order]}"
            for order in ORDERS
        },
    }
    with verite_server(data) as server:
        wait_until_quiet()
        return Measured(queries, uvloop.run(_in_turn(server, addresses)))


async def _in_turn(server: Server, addresses: Mapping[str, str]) -> Samples:
    """One client asks for one page after another, all of them again and again, so that noise meets all alike."""
    waits: dict[str, list[float]] = {name: [] for name in addresses}
    async with browser(server) as client:
        for number in range(SAMPLES + 1):
            for name, address in addresses.items():
                client.cookie = PAST_THE_CACHE
                begun = perf_counter()
                answer = await client.get(address)
                waited = perf_counter() - begun
                if answer.status != 200:
                    raise NotMeasurable(f"{address} answered {answer.status}.")
                if number:  # the first told the comments that are kept from then on
                    waits[name].append(1000 * waited)
    return waits


def _page(threads: Any, size: int) -> str:
    return f"/films/{threads['slugs'][str(size)]}/discussion/"


def _curves(what: str, where: str, samples: Samples) -> Iterable[Figure]:
    sizes = ", ".join(f"{size:,}" for size in SIZES)
    for order in ORDERS:
        each = [samples[f"{order}, {size}"] for size in SIZES]
        growth = median(each[-1]) / median(each[-2])
        yield Figure(
            f"{order}: first {what}, thread of {sizes}, {where}: median/p99",
            f"p99 ≤ {MOST_MS} ms; {LONGEST:,} ≤ {MOST_GROWTH:.0f} × {SHORTER:,}",
            ", ".join(map(_told, each)) + f" ms ({growth:.2f} ×)",
            growth <= MOST_GROWTH and all(p99(list(taken)) <= MOST_MS for taken in each),
        )


def _of_site(what: str, alone: Samples, among: Samples) -> Figure:
    """How much more a first page takes in a large site, in the order and at the length where it does most."""
    ratios = {
        f"{order}, {size}": median(among[f"{order}, {size}"]) / median(alone[f"{order}, {size}"])
        for order in ORDERS
        for size in SIZES
    }
    worst = max(ratios, key=lambda name: ratios[name])
    return Figure(
        f"first {what} among {SITE:,} comments, at worst",
        f"≤ {MOST_OF_SITE} × alone",
        f"{ratios[worst]:.2f} × ({worst}); {median(ratios.values()):.2f} × in the middle",
        ratios[worst] <= MOST_OF_SITE,
    )


def _deep(what: str, samples: Samples, shown: Mapping[str, Sequence[int]]) -> Iterable[Figure]:
    for order in ORDERS:
        first, deep = samples[f"{order}, {LONGEST}"], samples[f"{order}, deep"]
        ratio = median(deep) / median(first)
        yield Figure(
            f"{order}: {what} {DEEP_PAGE:,} of {LONGEST:,} by cursor, and the first: median/p99",
            f"≤ {MOST_DEEPER} × the first",
            f"{_told(deep)} and {_told(first)} ms ({ratio:.2f} ×; {shown[order][1]} and {shown[order][0]} comments)",
            ratio <= MOST_DEEPER,
        )


def _told(samples: Sequence[float]) -> str:
    return f"{median(samples):.1f}/{p99(list(samples)):.1f}"


def _under_load(data: Path, threads: Any) -> list[Figure]:
    with verite_server(data) as server:
        pages = {size: _asked(server, _page(threads, size)) for size in SIZES}
        films = {size: _asked(server, f"/films/{threads['slugs'][str(size)]}/") for size in SIZES}
    return [_made_anew("discussion page", pages), _made_anew("film page", films)]


def _made_anew(what: str, loads: Mapping[int, Load]) -> Figure:
    growth = loads[LONGEST].cpu / loads[SHORTER].cpu
    return Figure(
        f"{what} made anew, thread of {', '.join(f'{size:,}' for size in loads)}",
        f"{LONGEST:,} ≤ {MOST_GROWTH:.0f} × {SHORTER:,}",
        ", ".join(f"{each.cpu:,.0f}" for each in loads.values()) + f" µs ({growth:.2f} ×)",
        growth <= MOST_GROWTH,
    )


def _asked(server: Server, path: str) -> Load:
    return load(server.url(path), CONNECTIONS, SECONDS, server.process, cookie=PAST_THE_CACHE)
