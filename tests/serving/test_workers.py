"""Starting, stopping and dying, of one process and of several."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving.site import ROOT, Site, environment, free_port, running_site, until


def worker_of(site: Site) -> int:
    pid = json.loads(site.get("/echo").body)["pid"]
    assert isinstance(pid, int)
    return pid


def test_a_killed_worker_is_replaced_and_the_others_go_on(data: Path, database_url: str) -> None:
    with running_site(data, workers=2, database_url=database_url) as site:
        until(lambda: len({worker_of(site) for _ in range(20)}) == 2, "both workers answer")
        victim = worker_of(site)
        os.kill(victim, signal.SIGKILL)
        until(lambda: len({_worker_or_none(site) for _ in range(20)} - {victim, 0}) == 2, "a third worker")


def _worker_or_none(site: Site) -> int:
    try:
        return worker_of(site)
    except OSError:  # the connection was the dead worker's
        return 0


def test_what_one_worker_writes_the_page_of_the_other_shows(data: Path, database_url: str) -> None:
    with running_site(data, workers=2, database_url=database_url) as site:
        until(lambda: len({worker_of(site) for _ in range(20)}) == 2, "both workers answer")
        for said in range(1, 100):
            assert site.get("/films/1/change").text == str(said)
            assert f"said={said} " in site.get("/films/1/").text


def test_workers_end_when_their_supervisor_is_killed(data: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "tests.serving.site", str(port), "2"]
    parent = subprocess.Popen(command, env=environment(data), cwd=ROOT, stderr=subprocess.DEVNULL)
    until(lambda: _answers(port), "the server answers")
    parent.kill()
    parent.wait()
    until(lambda: not _answers(port), "nobody listens any more")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return connection.recv(15) == b"HTTP/1.1 200 OK"
    except OSError:
        return False


def test_a_request_under_way_is_finished_before_the_server_stops(data: Path) -> None:
    (data / "hold").touch()
    with running_site(data) as site, site.socket() as waiting:
        waiting.sendall(b"GET /slow/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: site.renderings("slow") == 1, "the page is being made")
        site.process.terminate()
        until(lambda: not _answers(site.port), "no new connection is taken")
        (data / "hold").unlink()
        assert waiting.recv(65536).startswith(b"HTTP/1.1 200 OK")


SERVE = """
import sys
from verite.project.server import CannotListen, serve
try:
    serve(host=sys.argv[1], port=int(sys.argv[2]), workers=1, when_listening=lambda: print("listens"))
except CannotListen as error:
    print(type(error).__name__, error)
"""


def _attempt_to_serve(data: Path, host: str, port: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SERVE, host, str(port)],
        env=environment(data),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


def test_a_port_in_use_is_told_before_anything_is_announced(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = _attempt_to_serve(data, "127.0.0.1", other.getsockname()[1])
    assert said.startswith("AddressInUse Port ")
    assert "--port" in said


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_told(data: Path, host: str) -> None:
    said = _attempt_to_serve(data, host, free_port())
    assert said.startswith(f"CannotListen {host} is no address of this machine")
