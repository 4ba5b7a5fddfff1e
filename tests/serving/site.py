"""A real server in processes of its own, on a real database, for tests to talk to over real sockets."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120.0  # a machine that has much else to do is no failure


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """A running server.

    Attributes:
        data: its data folder.
        environment: what its processes were started with.
    """

    data: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask on a connection of its own; ``accept_encoding="gzip"`` stands for ``Accept-Encoding``."""
        with self.connection() as connection:
            return ask(connection, path, method, **headers)

    @contextmanager
    def connection(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def socket(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS) as connection:
            yield connection

    def renderings(self, name: str) -> int:
        """How often a view of ``tests.serving.views`` was called."""
        file = self.data / f"rendered-{name}"
        return file.stat().st_size if file.exists() else 0

    def run(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a Python process of this site, with Django set up."""
        return subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *arguments],
            env=self.environment,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


def ask(connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


def environment(data: Path, database_url: str = "", **settings: str) -> dict[str, str]:
    """What a process of a site at ``data`` is started with."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("VERITE_")}
    ours |= {
        "DJANGO_SETTINGS_MODULE": "tests.serving.settings",
        "VERITE_DATA": str(data),
        "PYTHONPATH": str(ROOT),
    }
    if database_url:
        ours["VERITE_DATABASE_URL"] = database_url
    return ours | settings


@contextmanager
def running_site(data: Path, *, workers: int = 1, database_url: str = "", **settings: str) -> Iterator[Site]:
    """A server for the length of a ``with`` block; it must end well when told to stop."""
    port = free_port()
    variables = environment(data, database_url, **settings)
    command = [sys.executable, "-m", "tests.serving.site", str(port), str(workers)]
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(command, env=variables, cwd=ROOT, stderr=log, stdin=subprocess.DEVNULL)
    site = Site(data, port, variables, process)
    try:
        _wait_until_it_answers(site)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0, (data / "log").read_text()


def _wait_until_it_answers(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while site.process.poll() is None and time.monotonic() < deadline:
        try:
            if site.get("/echo").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"The server did not start: {(site.data / 'log').read_text()}")


def until(condition: object, what: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until a callable says yes; ``what`` is what the test waits for, at most so many seconds."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain: {what}"
        time.sleep(0.01)


def free_port() -> int:
    """A port for a server, which nobody else is given as long as this process runs.

    It stays bound here without listening; whoever reuses addresses, as servers do, may listen there all the same.
    """
    probe = socket.socket()
    probe.bind(("127.0.0.1", 0))
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    port: int = probe.getsockname()[1]
    probe.detach()
    return port


def main(port: int, workers: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from verite.project.server import assembly, front, protocol, serve

    call_command("migrate", verbosity=0)
    if patience := os.environ.get("TEST_PATIENCE_SECONDS"):
        front.BODY_SECONDS = protocol.HEAD_SECONDS = protocol.IDLE_SECONDS = float(patience)
        protocol.LOOK_EVERY_SECONDS = float(patience) / 10
    if most := os.environ.get("TEST_MOST_CONNECTIONS"):
        assembly.MOST_CONNECTIONS = int(most)
    serve(host="127.0.0.1", port=port, workers=workers)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
