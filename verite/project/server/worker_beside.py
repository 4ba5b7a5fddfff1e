"""The worker that `verite serve` runs beside itself: a process of its own, so that no page waits for a job."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

from django.conf import settings

COMMAND = (sys.executable, "-m", "verite", "worker", "--with-server")

SECONDS_TO_ANSWER = 60.0  # what a server needs at most to give its first answer
SECONDS_TO_END = 15.0  # somewhat more than a worker gives the job under way
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

log = logging.getLogger(__name__)


class WorkerBeside:
    """Starts a worker once the server answers, and again when it dies; it ends with us, however we end.

    The worker reads a pipe that we hold open and never write to. Its end means that we are gone.
    """

    def __init__(self) -> None:
        self._is_over = Event()
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, host: str, port: int) -> None:
        """Go to work, without holding up whoever calls."""
        Thread(target=self._look_after, args=(host, port), name="worker", daemon=True).start()

    def end(self) -> None:
        """Tell the worker to stop, and wait until it has."""
        with self._lock:
            self._is_over.set()
            process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _look_after(self, host: str, port: int) -> None:
        _wait_for_first_answer(host, port)
        pause = SHORTEST_PAUSE
        while process := self._start(_told_where_we_are(port)):
            began = time.monotonic()
            process.wait()
            pause = SHORTEST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else pause
            if self._is_over.is_set():
                return
            log.warning(
                "The job worker ended with status %d; the next one starts in %d s.", process.returncode, pause
            )
            self._is_over.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _start(self, environment: dict[str, str]) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._is_over.is_set():
                return None
            self._process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, env=environment)
            return self._process


@contextmanager
def worker_beside(*, wanted: bool) -> Iterator[WorkerBeside | None]:
    """A worker for as long as the ``with`` block lasts, from its ``begin`` on; None where none is wanted."""
    if not wanted:
        yield None
        return
    worker = WorkerBeside()
    try:
        yield worker
    finally:
        worker.end()


def _told_where_we_are(port: int) -> dict[str, str]:
    """The environment of the worker, whose mails lead back here; a site without an address is on this machine."""
    here = {} if settings.VERITE.site_url else {"VERITE_SITE_URL": f"http://localhost:{port}"}
    return {**os.environ, **here}


def _wait_for_first_answer(host: str, port: int) -> None:
    # Else both processes would start at once, and the first page come later.
    with suppress(OSError):
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as connection:
            connection.settimeout(SECONDS_TO_ANSWER)
            connection.connect(address)
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            connection.recv(1)
