"""The site's own files: whole, in ranges, and never one that is not meant."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.serving.site import Site, running_site, until
from verite.project.server.media import LONGEST_RANGE
from verite.project.server.ranges import Unsatisfiable, wanted

FILM = bytes(range(256)) * 16 * 1024  # 4 MiB
SIZE = len(FILM)


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a film, captions, and files that must not be given out."""
    data = tmp_path_factory.mktemp("theatre")
    media = data / "media"
    (media / "films").mkdir(parents=True)
    (media / "films" / "Äther 1.mp4").write_bytes(FILM)
    (media / "captions.vtt").write_text("WEBVTT\n")
    (media / "empty.mp4").touch()
    (media / "page.html").write_text("<script>alert(1)</script>")
    (media / ".hidden.mp4").write_bytes(b"hidden")
    (data / "secret.mp4").write_bytes(b"secret")
    (media / "link.mp4").symlink_to(data / "secret.mp4")
    (media / "folder.mp4").mkdir()
    os.utime(media / "films" / "Äther 1.mp4", (1_700_000_000, 1_700_000_000))
    with running_site(data) as site:
        yield site


PATH = "/media/films/%C3%84ther%201.mp4"
MODIFIED = "Tue, 14 Nov 2023 22:13:20 GMT"


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-", 0, LONGEST_RANGE),
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        (f"bytes={SIZE - 10}-", SIZE - 10, SIZE),
        (f"bytes={SIZE - 10}-99999999999", SIZE - 10, SIZE),
        ("bytes=-5", SIZE - 5, SIZE),
        (f"bytes=-{SIZE + 5}", 0, LONGEST_RANGE),
        ("Bytes = 1 - 3", 1, 4),
    ],
)
def test_a_range_is_answered_with_its_bytes(theatre: Site, asked: str, start: int, stop: int) -> None:
    answer = theatre.get(PATH, range=asked)
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer.body == FILM[start:stop]


@pytest.mark.parametrize(
    "asked", ["bytes=5-4", "bytes=0-1,5-6", "bytes=", "bytes=-", "lines=1-2", "bytes=a-b", "1-2"]
)
def test_what_is_no_single_range_gets_the_whole_film(theatre: Site, asked: str) -> None:
    answer = theatre.get(PATH, range=asked)
    assert (answer.status, answer.body) == (200, FILM)


@pytest.mark.parametrize(
    ("path", "asked"), [(PATH, f"bytes={SIZE}-"), (PATH, "bytes=-0"), ("/media/empty.mp4", "bytes=0-")]
)
def test_a_range_behind_the_end_is_unsatisfiable(theatre: Site, path: str, asked: str) -> None:
    answer = theatre.get(path, range=asked)
    assert answer.status == 416
    assert re.fullmatch(r"bytes \*/\d+", answer.headers["content-range"])


def test_without_a_range_the_whole_film_comes(theatre: Site) -> None:
    answer = theatre.get(PATH)
    assert (answer.status, answer.body) == (200, FILM)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["last-modified"] == MODIFIED
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-9"}])
def test_head_tells_of_the_whole_film(theatre: Site, asked: dict[str, str]) -> None:
    answer = theatre.get(PATH, "HEAD", **asked)
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(SIZE))


def test_an_empty_file_is_empty(theatre: Site) -> None:
    answer = theatre.get("/media/empty.mp4")
    assert (answer.status, answer.body) == (200, b"")


def test_who_has_the_film_is_told_so(theatre: Site) -> None:
    tag = theatre.get(PATH, "HEAD").headers["etag"]
    for header in ({"if_none_match": f'"x", {tag}'}, {"if_none_match": "*"}, {"if_modified_since": MODIFIED}):
        answer = theatre.get(PATH, **header)
        assert (answer.status, answer.body) == (304, b"")
    assert theatre.get(PATH, if_modified_since="Tue, 14 Nov 2023 22:13:19 GMT").status == 200
    assert theatre.get(PATH, if_none_match='"x"', if_modified_since=MODIFIED).status == 200
    assert theatre.get(PATH, if_modified_since="Tue, 14 Nov 99999999999 22:13:20 GMT").status == 200


def test_a_range_of_an_older_film_gets_the_present_one_whole(theatre: Site) -> None:
    tag = theatre.get(PATH, "HEAD").headers["etag"]
    for condition in (tag, MODIFIED):
        assert theatre.get(PATH, range="bytes=0-9", if_range=condition).status == 206
    for condition in ('"older"', "Tue, 14 Nov 2023 22:13:19 GMT", f"W/{tag}", "nonsense"):
        assert theatre.get(PATH, range="bytes=0-9", if_range=condition).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/media/page.html",
        "/media/.hidden.mp4",
        "/media/link.mp4",
        "/media/folder.mp4",
        "/media/missing.mp4",
        "/media/",
        "/media/../secret.mp4",
        "/media/%2e%2e/secret.mp4",
        "/media/films/..%2f..%2fsecret.mp4",
        "/media//etc/passwd.mp4",
        "/media/..%5csecret.mp4",
        "/media/x%00.mp4",
        "/media/" + "a" * 300 + ".mp4",
    ],
)
def test_nothing_else_is_given_out(theatre: Site, path: str) -> None:
    assert theatre.get(path).status == 404


def test_films_cannot_be_posted_to(theatre: Site) -> None:
    assert theatre.get(PATH, "POST").status == 404


def test_viewers_who_read_slowly_hold_nobody(theatre: Site) -> None:
    request = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with ExitStack() as opened:
        for _ in range(30):
            opened.enter_context(theatre.socket()).sendall(request)
        assert theatre.get("/echo").status == 200
        assert theatre.get("/media/captions.vtt").body == b"WEBVTT\n"


def test_a_film_is_put_away_when_its_viewer_leaves(theatre: Site) -> None:
    film = theatre.data / "media" / "endless.webm"
    with film.open("wb") as file:
        file.truncate(2**40)  # takes no room on the disk, and far too long to read
    with theatre.socket() as viewer:
        viewer.sendall(b"GET /media/endless.webm HTTP/1.1\r\nHost: localhost\r\n\r\n")
        viewer.recv(65536)
        assert film in _open_files(theatre)
    until(lambda: film not in _open_files(theatre), "the file is closed")


def _open_files(site: Site) -> set[Path]:
    return {file.resolve() for file in Path(f"/proc/{site.process.pid}/fd").iterdir()}


@given(st.integers(0, 50), st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
def test_a_range_is_the_slice_of_that_name(size: int, first: int, last: int, longest: int) -> None:
    offsets = range(size)
    for header, meant in (
        (f"bytes={first}-{last}", offsets[first : last + 1]),
        (f"bytes={first}-", offsets[first:]),
        (f"bytes=-{last}", offsets[max(0, size - last) :]),
    ):
        try:
            found = wanted(header, size, longest=longest)
        except Unsatisfiable:
            assert not meant
        else:
            assert found == meant[:longest] if found is not None else last < first
