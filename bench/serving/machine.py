"""Two cores: servers on one, whoever asks them on the other; and patience until nobody else uses them."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE = 0
CLIENT_CORE = 1
QUIET_LOAD = 0.5
LONGEST_WAIT_SECONDS = 120


class NotMeasurable(Exception):
    """A tool is missing or a server did not answer as it must. The text says which."""


@dataclass(frozen=True)
class Load:
    """What a server did under load.

    Attributes:
        rate: requests per second.
        cpu: microseconds of processor time per request, which other programs disturb least.
    """

    rate: float
    cpu: float


def on_core(core: int, command: Sequence[str | Path]) -> list[str]:
    return ["taskset", "-c", str(core), *map(str, command)]


def load(url: str, connections: int, seconds: int, server: int, *, cookie: str = "") -> Load:
    """Ask for ``url`` with ``wrk`` as a browser would, accepting gzip, and with a ``cookie`` if one is given.

    Args:
        server: process id whose processor time, with that of its children, is counted.
    """
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Cookie: {cookie}", url] if cookie else [url]
    before = _cpu_seconds(server)
    said = subprocess.run(on_core(CLIENT_CORE, command), capture_output=True, text=True, check=True).stdout
    used = _cpu_seconds(server) - before
    count, rate = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec:\s+([\d.]+)", said)
    if count is None or rate is None or "Non-2xx" in said or "Socket errors" in said:
        raise NotMeasurable(f"{url} did not answer every request:\n{said}")
    return Load(float(rate[1]), used / int(count[1]) * 1e6)


def wait_until_quiet() -> float:
    """Wait until hardly anything else runs, or for two minutes. Returns the load average at the end."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while _busy_share() > QUIET_LOAD / 2 and time.monotonic() < deadline:
        pass
    return os.getloadavg()[0]


def _busy_share() -> float:
    """How busy the machine's cores were during the last second, from 0 to 1."""
    before = _ticks()
    time.sleep(1)
    after = _ticks()
    total = sum(after) - sum(before)
    return 1 - (after[3] + after[4] - before[3] - before[4]) / total if total else 0.0


def _ticks() -> list[int]:
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    return [int(field) for field in first.split()[1:9]]


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return own + sum(_cpu_seconds(int(child)) for child in children)
