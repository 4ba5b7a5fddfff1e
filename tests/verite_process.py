"""Real ``verite`` processes, as an operator starts them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.prepared import copy_of, made_once
from tests.serving.site import free_port, until

REPOSITORY = Path(__file__).parents[1]
PATIENCE_SECONDS = 180


def environment(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a fresh operator: no setting of ours but the data folder and ``more``."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("VERITE_", "DJANGO_"))}
    return plain | {"VERITE_DATA": str(data)} | dict(more or {})


def verite(
    *arguments: str, data: Path, more: Mapping[str, str] | None = None, bound_by_permissions: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end.

    Args:
        bound_by_permissions: let file permissions count even where the tests run as root.
    """
    command = [sys.executable, "-m", "verite", *arguments]
    if bound_by_permissions and os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        assert setpriv, "setpriv (util-linux) is needed to test permissions as root"
        command = [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environment(data, more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
    )


def migrated(data: Path) -> Path:
    """A data folder as ``verite migrate`` leaves an empty one."""
    return copy_of("migrated", _migrate, data)


def migrated_postgresql() -> str:
    """The name of a database on the suite's server as ``verite migrate`` leaves an empty one: to be copied only."""
    name, server = "migrated", os.environ["VERITE_TEST_DATABASE_URL"]

    def make(folder: Path) -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
        _migrate(folder, f"{server.rpartition('/')[0]}/{name}")

    made_once("migrated in PostgreSQL", make)
    return name


def _migrate(folder: Path, database_url: str = "") -> None:
    done = verite("migrate", data=folder, more={"VERITE_DATABASE_URL": database_url})
    assert done.returncode == 0, done.stderr


@dataclass
class Served:
    """``verite serve`` on a data folder, which can be killed and started again at the same address."""

    data: Path
    environment: dict[str, str]
    workers: int = 2
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] = field(init=False, repr=False)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.data / "log").read_text()

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [
            sys.executable,
            "-m",
            "verite",
            "serve",
            f"--port={self.port}",
            f"--workers={self.workers}",
        ]
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: self.process.poll() is not None or self._listens(), "the site listens")
        assert self.process.poll() is None, self.log

    def kill(self) -> None:
        """End all of its processes at once, with whatever they are about to do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)
        # A worker may outlive its supervisor by a moment, and holds the address for as long.
        until(lambda: not self._listens(), "the last worker is gone")

    def stop(self) -> None:
        """Let it finish, if it has not ended; it must end well."""
        if self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(PATIENCE_SECONDS) == 0, self.log

    def run(self, code: str) -> None:
        """Let another process of the site do something, with Django set up."""
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=REPOSITORY,
            env=self.environment,
            check=True,
            timeout=PATIENCE_SECONDS,
        )

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except OSError:
            return False
        return True


@contextmanager
def serving(data: Path, more: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A site for the length of a ``with`` block."""
    site = Served(data, environment(data, more))
    site.start()
    try:
        yield site
    finally:
        site.stop()
