"""A page is never older than the last commit before the request began, under load."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path

import pytest

from tests.serving.site import Site, running_site

COMMITS = 2_000
READERS = 4
FILM = 1

# Says the number of each commit as soon as it is made.
WRITER = f"""
import sys
from tests.serving.views import change, said
for number in range({COMMITS}):
    change({FILM})
    print(number + 1, flush=True)
"""

SAID = re.compile(rb"said=(\d+) ")


class Progress:
    """How many commits have been made, as far as we have heard."""

    commits = 0
    is_done = False


@pytest.mark.parametrize("workers", [1, 2])
def test_no_page_is_older_than_the_last_commit_before_it_was_asked_for(
    data: Path, database_url: str, workers: int
) -> None:
    with running_site(data, workers=workers, database_url=database_url) as site:
        progress, stale, counts = Progress(), list[str](), list[int]()
        readers = [
            threading.Thread(target=_read, args=(site, progress, stale, counts)) for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        _write(site, progress)
        for reader in readers:
            reader.join()
        assert stale == []
        assert len(counts) == READERS
        assert sum(counts) > COMMITS / 4  # there was a load
        assert f"said={COMMITS} " in site.get(f"/films/{FILM}/").text


def _write(site: Site, progress: Progress) -> None:
    with site.run(WRITER) as writer:
        assert writer.stdout is not None
        try:
            for line in writer.stdout:
                progress.commits = int(line)
        finally:
            progress.is_done = True
    assert (writer.returncode, progress.commits) == (0, COMMITS)


def _read(site: Site, progress: Progress, stale: list[str], counts: list[int]) -> None:
    count = 0
    with site.socket() as connection:
        while not progress.is_done:
            known = progress.commits
            page = _page(connection)
            count += 1
            if page < known:
                stale.append(f"{page} shown after commit {known}")
    counts.append(count)


def _page(connection: socket.socket) -> int:
    connection.sendall(b"GET /films/%d/ HTTP/1.1\r\nHost: localhost\r\n\r\n" % FILM)
    received = connection.recv(65536)
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head)[1])  # type: ignore[index]
    while len(body) < length:
        body += connection.recv(65536)
    return int(SAID.search(body)[1])  # type: ignore[index]
