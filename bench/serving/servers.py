"""The servers that are measured: ours with the demo catalogue, and nginx with one page of it as a file."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.report import REPOSITORY
from bench.serving.machine import SERVER_CORE, NotMeasurable, on_core

SECONDS_TO_START = 30

NGINX = """
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=100;
    keepalive_requests 1000000000;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        default_type "text/html; charset=utf-8";
        add_header Content-Encoding gzip;
    }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        process: its id; its workers are children.
    """

    port: int
    process: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str, **headers: str) -> bytes:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with urllib.request.urlopen(urllib.request.Request(self.url(path), headers=named)) as answer:
            body: bytes = answer.read()
            return body


@contextmanager
def verite_server(
    data: Path, *, validates: bool = True, settings: str = "verite.project.settings"
) -> Iterator[Server]:
    """Our server with one worker on ``data``; without validation, or with other settings, for comparison."""
    port = free_port()
    command = [sys.executable, "-m", "bench.serving.site", str(port), "truthful" if validates else "trusting"]
    environment = {
        **os.environ,
        "VERITE_DATA": str(data),
        "VERITE_LIMITS": "off",
        "DJANGO_SETTINGS_MODULE": settings,
    }
    with _running(command, port, environment) as server:
        yield server


@contextmanager
def nginx(folder: Path, page: bytes) -> Iterator[Server]:
    """nginx with one worker, giving ``page`` out as a gzip file at ``/page.html``."""
    port = free_port()
    (folder / "page.html").write_bytes(page)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _running(command, port, dict(os.environ)) as server:
        yield server


def film_path(server: Server) -> str:
    """The address of the film page that weighs most, of those the front page leads to."""
    paths: list[str] = sorted(set(re.findall(r'href="(/films/[^/"?#]+/)"', server.get("/").decode())))
    if not paths:
        raise NotMeasurable("The front page leads to no film.")
    return max(paths, key=lambda path: len(server.get(path)))


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(on_core(SERVER_CORE, command), env=environment, cwd=REPOSITORY)
    try:
        _wait_until_it_listens(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotMeasurable(f"A server did not start at port {port}.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
