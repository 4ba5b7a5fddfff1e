"""`python -m bench.starting`: prints each figure beside its goal; exit status 1 when one is missed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urljoin

from bench.report import REPOSITORY, Figure, publish
from bench.serving.machine import wait_until_quiet
from bench.serving.servers import Server, film_path, free_port

ROUNDS = 5
MOST_SECONDS_TO_FIRST_PAGE = 1.0
MOST_MB = 120
MOST_PAGE_KB, MOST_VIEW_KB = 14, 170
REQUESTS_BEFORE_WEIGHING = 300


def run() -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as name:
        data = Path(name)
        with _serving(data, "demo") as (server, _):  # fills the folder
            path = film_path(server)
        wait_until_quiet()
        waits = []
        for _ in range(ROUNDS):
            with _serving(data, "serve", path) as (server, seconds):
                waits.append(seconds)
        with _serving(data, "serve") as (server, _):
            figures = [_started(waits), _weighed(server), *_bytes(server, path)]
    return publish("starting", "Starting, and a first view", figures)


def _started(waits: list[float]) -> Figure:
    seconds = median(waits)
    what = "from `verite serve` to the first film page, median of five"
    return Figure(
        what, f"≤ {MOST_SECONDS_TO_FIRST_PAGE:g} s", f"{seconds:.2f} s", seconds <= MOST_SECONDS_TO_FIRST_PAGE
    )


def _weighed(server: Server) -> Figure:
    """Memory after a round through the site; twenty small films leave the page cache nearly empty."""
    pages = sorted(set(re.findall(r'href="(/[^"?#]*)"', server.get("/films/").decode())))
    for number in range(REQUESTS_BEFORE_WEIGHING):
        server.get(pages[number % len(pages)])
    status = Path(f"/proc/{server.process}/status").read_text(encoding="ascii")
    megabytes = int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024
    return Figure(
        "memory of one worker (RSS), page cache nearly empty",
        f"≤ {MOST_MB} MB",
        f"{megabytes:.0f} MB",
        megabytes <= MOST_MB,
    )


def _bytes(server: Server, path: str) -> list[Figure]:
    """The film page, and all that a browser fetches with it: styles, scripts, and the two upright fonts."""
    page = server.get(path, accept_encoding="gzip")
    html = server.get(path).decode()
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = _modules(server, re.findall(r'<script[^>]* src="([^"]+)"', html))
    fonts = re.findall(r'<link rel="preload" href="([^"]+)" as="font"', html) + _upright_sans(server, styles)
    packed = sum(len(server.get(asset, accept_encoding="gzip")) for asset in {*styles, *scripts})
    kept = sum(len(server.get(font)) for font in dict.fromkeys(fonts))
    page_kb, view_kb = len(page) / 1000, (len(page) + packed + kept) / 1000
    return [
        Figure("film page, gzip", f"≤ {MOST_PAGE_KB} kB", f"{page_kb:.1f} kB", page_kb <= MOST_PAGE_KB),
        Figure(
            "first view without pictures and video",
            f"≤ {MOST_VIEW_KB} kB",
            f"{view_kb:.1f} kB, {kept / 1000:.1f} of them fonts",
            view_kb <= MOST_VIEW_KB,
        ),
    ]


def _modules(server: Server, scripts: list[str]) -> list[str]:
    found = list(scripts)
    for script in found:
        found += re.findall(r'from ?"(/[^"]+)"', server.get(script).decode())
    return found


def _upright_sans(server: Server, styles: list[str]) -> list[str]:
    found = []
    for style in styles:
        urls = re.findall(r'url\("?([^")]+archivo[^")]*\.woff2)', server.get(style).decode())
        found += [urljoin(style, url) for url in urls if "-ext" not in url]
    return found


@contextmanager
def _serving(data: Path, command: str, path: str = "/") -> Iterator[tuple[Server, float]]:
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERITE_", "DJANGO_"))
    }
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "verite", command, "--data", str(data), "--port", str(port)],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        server = Server(port, process.pid)
        yield server, _until_it_answers(process, server, path) - began
    finally:
        process.terminate()
        process.wait()


def _until_it_answers(process: subprocess.Popen[bytes], server: Server, path: str) -> float:
    while process.poll() is None:
        try:
            urllib.request.urlopen(server.url(path), timeout=10).close()
        except OSError:
            time.sleep(0.005)
        else:
            return time.monotonic()
    sys.exit("bench.starting: the server did not start.")


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
