"""A PostgreSQL server of one's own: made in a temporary folder, run by an ordinary user, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.machine import lacking
from tests.serving.site import free_port

ORDINARY_USERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


class PostgresServer:
    """One server on a random port of the loopback interface.

    Args:
        folder: where the cluster is made; it belongs to the ordinary user afterwards.
        settings: other than PostgreSQL's own, which are durable.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.settings = dict(settings or {})
        self.port = free_port()
        self._user = _ordinary_user()

    @property
    def url(self) -> str:
        """Address of the empty database ``verite`` on this server."""
        return self.url_of("verite")

    def url_of(self, database: str) -> str:
        return f"postgresql://verite@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        """Make the cluster and start it, with an empty database ``verite``."""
        if self._user:
            shutil.chown(self.folder, self._user)
        self.folder.chmod(0o700)
        self._run("initdb", "--username=verite", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.start()
        self.new_database("verite")

    def new_database(self, name: str = "") -> str:
        """The address of a fresh, empty database."""
        name = name or f"verite_{secrets.token_hex(4)}"
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url_of(name)

    def start(self) -> None:
        settings = self.settings | {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        chosen = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run(
            "pg_ctl",
            "start",
            "--wait",
            f"--log={self.folder / 'log'}",
            f"--options=-p {self.port} {chosen}",
        )

    @property
    def is_running(self) -> bool:
        return (self.folder / "postmaster.pid").exists()

    def stop(self) -> None:
        """Stop at once, cutting open connections; what was committed stays."""
        self._run("pg_ctl", "stop", "--wait", "--mode=fast")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [_binaries() / program, f"--pgdata={self.folder}", *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd="/",  # the ordinary user may not be allowed into ours
            user=self._user,
            extra_groups=[] if self._user else None,
        )


@contextmanager
def running_server(settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    """A server for the length of a ``with`` block."""
    with tempfile.TemporaryDirectory(prefix="verite-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder), settings)
        server.create()
        try:
            yield server
        finally:
            if server.is_running:
                server.stop()


@contextmanager
def temporary_server() -> Iterator[str]:
    """The address of an empty database on a server that lives as long as the ``with`` block.

    It waits for no disk: what it holds is gone with it, and no test cuts its power.
    """
    with running_server(dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")) as server:
        yield server.url


def _binaries() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if not versions:
        lacking("PostgreSQL (initdb, pg_ctl)", "apt-get install postgresql, or your system's package of it.")
    return versions[-1].parent


def _ordinary_user() -> str | None:
    """The user to become when we are root; None when we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ORDINARY_USERS if name in known)
