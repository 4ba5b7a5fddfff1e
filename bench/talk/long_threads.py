"""Goal 9: what a page of a thread costs does not grow with the thread, nor with how far down it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.report import Figure
from bench.serving.machine import Load, load
from bench.serving.servers import Server, verite_server
from bench.talk.processes import measured

KINDS = ("newest", "oldest", "most-voted", "best", "controversial")
SHORTER, LONGEST = "10000", "100000"
MOST_GROWTH, MOST_DEEPER = 2.0, 1.25
CONNECTIONS = 4
SECONDS = 2
# A cookie of ours takes a request past the page cache, into the view.
PAST_THE_CACHE = "verite-bench=1"


def figures(data: Path) -> list[Figure]:
    """The queries in process, in every order; whole pages over HTTP, in the order that is shown first."""
    read = measured(data, "read")
    return [*_curve(read["queries"]), *_over_http(data, read)]


def _curve(queries: dict[str, dict[str, float]]) -> list[Figure]:
    shown = [
        Figure(
            f"{kind}: first page of a thread of {', '.join(f'{int(size):,}' for size in queries)}",
            f"100,000 ≤ {MOST_GROWTH:.0f} × 10,000",
            ", ".join(f"{1000 * sizes[f'first, {kind}']:.0f}" for sizes in queries.values())
            + f" µs ({_growth(queries, kind):.2f} ×)",
            _growth(queries, kind) <= MOST_GROWTH,
        )
        for kind in KINDS
    ]
    longest = queries[LONGEST]
    deep = [
        Figure(
            f"{kind}: page 1,000 of 100,000 by cursor",
            f"≤ {MOST_DEEPER} × the first",
            f"{1000 * longest[f'deep, {kind}']:.0f} µs ({_depth(longest, kind):.2f} ×)",
            _depth(longest, kind) <= MOST_DEEPER,
        )
        for kind in KINDS
    ]
    return shown + deep


def _growth(queries: dict[str, dict[str, float]], kind: str) -> float:
    return queries[LONGEST][f"first, {kind}"] / queries[SHORTER][f"first, {kind}"]


def _depth(longest: dict[str, float], kind: str) -> float:
    return longest[f"deep, {kind}"] / longest[f"first, {kind}"]


def _over_http(data: Path, read: dict[str, Any]) -> list[Figure]:
    with verite_server(data) as server:
        pages = {size: f"/films/{slug}/discussion/" for size, slug in read["slugs"].items()}
        first = {size: _asked(server, page) for size, page in pages.items()}
        deep = _asked(server, f"{pages[LONGEST]}?sort=newest&after={read['cursor']}")
        film = {size: _asked(server, f"/films/{slug}/") for size, slug in read["slugs"].items()}
    return [
        _pages("discussion page made anew", first),
        _pages("film page made anew", film),
        Figure(
            "discussion page 1,000 of 100,000, made anew",
            f"≤ {MOST_DEEPER} × the first",
            f"{deep.cpu:,.0f} µs ({deep.cpu / first[LONGEST].cpu:.2f} ×)",
            deep.cpu <= MOST_DEEPER * first[LONGEST].cpu,
        ),
    ]


def _pages(what: str, loads: dict[str, Load]) -> Figure:
    growth = loads[LONGEST].cpu / loads[SHORTER].cpu
    return Figure(
        f"{what}, thread of {', '.join(f'{int(size):,}' for size in loads)}",
        f"100,000 ≤ {MOST_GROWTH:.0f} × 10,000",
        ", ".join(f"{each.cpu:,.0f}" for each in loads.values()) + f" µs ({growth:.2f} ×)",
        growth <= MOST_GROWTH,
    )


def _asked(server: Server, path: str) -> Load:
    return load(server.url(path), CONNECTIONS, SECONDS, server.process, cookie=PAST_THE_CACHE)
