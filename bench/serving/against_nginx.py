"""Goals 1 and 3: a film page that is checked at every request, against a file that is not."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import median

from bench.report import Figure
from bench.serving.machine import Load, load
from bench.serving.servers import Server, film_path, nginx, verite_server

GOALS = {16: 0.35, 64: 0.42}
VALIDATED_SHARE = 0.80
HITS_UNTIL_PACKED_WELL = 40


def figures(data: Path, folder: Path, *, seconds: int, rounds: int) -> list[Figure]:
    """Ask all three in turn, so that whatever disturbs one disturbs the others too."""
    loads: defaultdict[tuple[str, int], list[Load]] = defaultdict(list)
    with verite_server(data) as ours, verite_server(data, validates=False) as trusting:
        path = film_path(ours)
        page = _well_packed(ours, path)
        _well_packed(trusting, path)
        with nginx(folder, page) as files:
            asked = {"ours": (ours, path), "trusting": (trusting, path), "nginx": (files, "/page.html")}
            for _ in range(rounds):
                for connections in GOALS:
                    for name, (server, where) in asked.items():
                        found = load(server.url(where), connections, seconds, server.process)
                        loads[name, connections].append(found)
    return [
        Figure("film page, bytes compressed", "", f"{len(page):,}"),
        *(_against_nginx(loads, connections) for connections in GOALS),
        *(_validated(loads, connections) for connections in GOALS),
        Figure("cores that other programs kept busy, at worst", "", f"{_disturbance(loads):.2f}"),
    ]


def _against_nginx(loads: dict[tuple[str, int], list[Load]], connections: int) -> Figure:
    ours, files = loads["ours", connections], loads["nginx", connections]
    ratio = median(mine.rate / theirs.rate for mine, theirs in zip(ours, files, strict=True))
    return Figure(
        f"film page / nginx with the same bytes, {connections} connections",
        f"≥ {GOALS[connections]:.2f}",
        f"{ratio:.2f} ({_rate(ours)} / {_rate(files)}; {_cpu(ours)} / {_cpu(files)})",
        ratio >= GOALS[connections],
    )


def _validated(loads: dict[tuple[str, int], list[Load]], connections: int) -> Figure:
    ours, trusting = loads["ours", connections], loads["trusting", connections]
    ratio = median(mine.rate / theirs.rate for mine, theirs in zip(ours, trusting, strict=True))
    return Figure(
        f"validated / unvalidated, {connections} connections",
        f"≥ {VALIDATED_SHARE:.2f}",
        f"{ratio:.2f} ({_rate(ours)} / {_rate(trusting)}; {_cpu(ours)} / {_cpu(trusting)})",
        ratio >= VALIDATED_SHARE,
    )


def _well_packed(server: Server, path: str) -> bytes:
    for _ in range(HITS_UNTIL_PACKED_WELL):
        page = server.get(path, accept_encoding="gzip")
    return page


def _disturbance(loads: dict[tuple[str, int], list[Load]]) -> float:
    return max(each.disturbance for runs in loads.values() for each in runs)


def _rate(loads: list[Load]) -> str:
    return f"{median(each.rate for each in loads):,.0f}/s"


def _cpu(loads: list[Load]) -> str:
    return f"{median(each.cpu for each in loads):.1f} µs"
