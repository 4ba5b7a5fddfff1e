"""Two cores: servers on one, whoever asks them on the other; and patience until nobody else uses them."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE = 0
CLIENT_CORE = 1
DISTURBED = 0.15
MOST_TRIES = 4
LONGEST_WAIT_SECONDS = 30


class NotMeasurable(Exception):
    """A tool is missing or a server did not answer as it must. The text says which."""


@dataclass(frozen=True)
class Load:
    """What a server did under load.

    Attributes:
        rate: requests per second.
        cpu: microseconds of processor time per request, which other programs disturb least.
        disturbance: how many cores other programs kept busy meanwhile.
    """

    rate: float
    cpu: float
    disturbance: float


def on_core(core: int, command: Sequence[str | Path]) -> list[str]:
    return ["taskset", "-c", str(core), *map(str, command)]


def load(url: str, connections: int, seconds: int, server: int, *, cookie: str = "") -> Load:
    """Ask for ``url`` with ``wrk`` as a browser would, accepting gzip, and with a ``cookie`` if one is given.

    A run that other programs disturbed is repeated a few times; the least disturbed one counts.

    Args:
        server: process id whose processor time, with that of its children, is counted.
    """
    tries: list[Load] = []
    while not tries or (tries[-1].disturbance > DISTURBED and len(tries) < MOST_TRIES):
        wait_until_quiet()
        tries.append(_load(url, connections, seconds, server, cookie))
    return min(tries, key=lambda each: each.disturbance)


@dataclass
class Watch:
    """What was used between the two ends of a ``with watched(…)`` block; nothing is known before its end.

    Attributes:
        seconds: how long it took.
        cpu: seconds of processor time that the server used.
        disturbance: how many cores other programs kept busy.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    disturbance: float = 0.0


@contextmanager
def watched(server: int) -> Iterator[Watch]:
    """Watch a server (a process id) and the machine while this process, with its children, works on it."""
    watch = Watch()
    busy, used, own, started = _busy_seconds(), cpu_seconds(server), sum(os.times()[:4]), time.monotonic()
    yield watch
    watch.seconds = time.monotonic() - started
    watch.cpu = cpu_seconds(server) - used
    others = _busy_seconds() - busy - watch.cpu - (sum(os.times()[:4]) - own)
    watch.disturbance = max(0.0, others / watch.seconds)


def wait_until_quiet() -> None:
    """Wait until hardly anything else runs, but not for ever."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < deadline:
        before = _busy_seconds()
        time.sleep(1)
        if _busy_seconds() - before < DISTURBED:
            return


def _load(url: str, connections: int, seconds: int, server: int, cookie: str) -> Load:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "30s"]
    command += ["-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Cookie: {cookie}", url] if cookie else [url]
    with watched(server) as watch:
        said = subprocess.run(
            on_core(CLIENT_CORE, command), capture_output=True, text=True, check=True
        ).stdout
    count, rate = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec:\s+([\d.]+)", said)
    if count is None or rate is None or "Non-2xx" in said or "Socket errors" in said:
        raise NotMeasurable(f"{url} did not answer every request:\n{said}")
    return Load(float(rate[1]), watch.cpu / int(count[1]) * 1e6, watch.disturbance)


def _busy_seconds() -> float:
    """Processor time that all programs together have used so far."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    ticks = [int(field) for field in fields]
    idle, waiting = ticks[3], ticks[4]
    return (sum(ticks) - idle - waiting) / os.sysconf("SC_CLK_TCK")


def cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return own + sum(cpu_seconds(int(child)) for child in children)
