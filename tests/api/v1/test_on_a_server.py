"""The API of a real server: kept reads, the examples of the documentation, and whatever its description allows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.browser.running import demo_of_its_own
from tests.machine import lacking
from tests.serving.site import Answer
from tests.verite_process import REPOSITORY

DOCUMENTATION = REPOSITORY / "docs" / "api.md"
EXAMPLES = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILM = "/api/v1/films/why-we-fight"
SECONDS = 120
REFUSED = 22  # with what curl ends then


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with its demo films."""
    with demo_of_its_own(tmp_path_factory.mktemp("demo"), {"VERITE_LIMITS": "off"}) as origin:
        yield origin


def ask(origin: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    """GET, or PUT where a body is given."""
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET" if body is None else "PUT", path, body, named)
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def rate(origin: str, value: int) -> None:
    body = f'{{"value": {value}}}'.encode()
    rated = ask(origin, f"{FILM}/rating", body, Origin=origin, Content_Type="application/json")
    assert rated.status == 200


def test_a_read_is_answered_by_the_page_cache_and_is_fresh_after_a_write(origin: str) -> None:
    before = ask(origin, FILM)
    assert before.headers["cache-control"] == "public, no-cache"
    tag = before.headers["etag"]
    assert ask(origin, FILM, If_None_Match=tag).status == 304

    rate(origin, 10)

    after = ask(origin, FILM, If_None_Match=tag)
    assert after.status == 200
    assert after.headers["etag"] != tag
    assert json.loads(after.body)["rating"]["count"] == json.loads(before.body)["rating"]["count"] + 1


def test_a_read_with_a_cookie_of_ours_is_its_senders_own(origin: str) -> None:
    own = ask(origin, f"{FILM}/comments", Cookie="verite-guest=made-up")

    assert own.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", [FILM, f"{FILM}/comments", "/api/v1/subjects"])
def test_what_is_ones_own_is_not_sent_twice_either(origin: str, path: str) -> None:
    cookie = "verite-guest=made-up"
    first = ask(origin, path, Cookie=cookie)

    again = ask(origin, path, Cookie=cookie, If_None_Match=first.headers["etag"])
    other = ask(origin, path, Cookie=cookie, If_None_Match='"another"')

    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert (other.status, other.body) == (200, first.body)


def test_a_kept_read_is_compressed(origin: str) -> None:
    kept = ask(origin, "/api/v1/openapi.json", Accept_Encoding="gzip")

    assert kept.headers["content-encoding"] == "gzip"
    assert len(kept.body) < 15_000


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/films?limit=0", "/api/v1/comments/99999999"])
def test_an_error_is_a_problem_and_is_not_kept(origin: str, path: str) -> None:
    refused = ask(origin, path)

    assert refused.status in (404, 422)
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["cache-control"] == "private, no-cache"


def test_a_body_that_is_far_too_large_is_a_problem(origin: str) -> None:
    refused = ask(origin, f"{FILM}/rating", b"x" * 2_000_000, Origin=origin)

    assert (refused.status, refused.headers["content-type"]) == (413, "application/problem+json")


def test_the_examples_of_the_documentation_run(origin: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        lacking("curl", "apt-get install curl")
    script = "".join(EXAMPLES.findall(DOCUMENTATION.read_text(encoding="utf-8")))
    assert "SITE=http://127.0.0.1:8000\n" in script
    strict = f'set -euo pipefail; curl() {{ command curl --silent --fail-with-body "$@"; }}; {script}'

    ran = subprocess.run(
        ["bash", "-c", strict.replace("http://127.0.0.1:8000", origin)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )

    *done, refused = ran.stdout.splitlines()
    assert '"field": "body"' in refused, ran.stdout + ran.stderr
    assert ran.returncode == REFUSED  # by the last of them, which shows that
    assert any(line.endswith("}304") for line in done)
    assert '"own_vote":0' in refused


def test_nothing_that_the_description_allows_breaks_the_api_or_the_description(
    origin: str, tmp_path: Path
) -> None:
    # A call of which nothing but "not found" is seen would have been put to no test at all.
    (tmp_path / "schemathesis.toml").write_text("[warnings]\nfail-on = true\n", encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        *("run", f"{origin}/api/v1/openapi.json", "--header", f"Origin: {origin}", "--no-color"),
        *("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "10", "--seed", "1"),
        # A cursor is opaque, a comment to be answered must be there: no schema can say that.
        *("--exclude-checks", "positive_data_acceptance"),
    ]

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS)

    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]


def test_a_start_does_not_load_the_api() -> None:
    """It would take a tenth of the second in which the first page is to be there."""
    code = (
        "import django, sys; django.setup()\n"
        "from django.urls import resolve, reverse\n"
        "resolve('/films/rain/'), reverse('home'), reverse('api_docs')\n"
        "assert 'ninja' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)
