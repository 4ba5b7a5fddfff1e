"""A site that is being served: what it answers to nonsense, and what it keeps others from doing to it."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.browser.running import demo_of_its_own
from tests.verite_process import verite

FILM = "/films/why-we-fight/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def origin(data: Path) -> Iterator[str]:
    with demo_of_its_own(data) as address:
        yield address


def ask(origin: str, target: str, **headers: str) -> tuple[int, str]:
    """The status and the page at a target, which goes over the wire as it is."""
    where = urlsplit(origin)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    try:
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/films/no-such-film/", 404),
        ("/films/%00/", 404),
        ("/films/a%0d%0aSet-Cookie:%20x=y/", 404),
        ("/films/%ff%fe/", 404),
        ("/films/..%2f..%2fsecret-key/", 404),
        ("/subjects/no-such-subject/", 404),
        ("/people/no-such-person/", 404),
        ("/collections/none/", 404),
        ("/years/99999/", 404),
        ("/years/0/", 404),
        ("/films/?page=50", 404),
        ("/films/?page=99999999999999999999", 404),
        ("/films/?after=garbage", 404),
        ("/films/?sort=garbage", 200),
        ("/films/?sort=garbage&subject=nothing&year=x&decade=&length=9&language=%00&country=%F0", 200),
        ("/search/?q=", 200),
        ("/search/?q=%00%01%02", 200),
        ("/search/?q=" + quote('"(*" OR NEAR title:^'), 200),
        ("/search/?q=" + "a" * 5000, 200),
        (FILM + "?part=0&t=-1", 200),
        (FILM + "?part=99999999999999999999&t=99:99:99:99", 200),
        (FILM + "?part=%00&t=%F0%9F%A6%84", 200),
        ("/static/../../../etc/passwd", 404),
        ("/media/..%2fverite.sqlite3", 404),
        ("/media/verite.sqlite3", 404),
        ("/healthz", 200),
        ("/readyz", 200),
    ],
)
def test_nonsense_in_an_address_gets_its_answer(origin: str, target: str, status: int) -> None:
    found, page = ask(origin, target)
    assert found == status, page[:300]
    assert "Traceback" not in page


def test_every_naughty_string_gets_an_answer_in_every_parameter(origin: str, shared_data: Path) -> None:
    strings = json.loads((shared_data / "hostile" / "naughty_strings.json").read_text(encoding="utf-8"))
    for text in strings:
        value = quote(text[:500], safe="")
        for target in (
            f"/search/?q={value}",
            f"/films/?subject={value}&sort={value}",
            f"{FILM}?part={value}&t={value}",
        ):
            status, page = ask(origin, target)
            assert status < 500, (target, page[:300])


def test_a_missing_page_offers_the_search_with_the_nearest_film(origin: str) -> None:
    status, page = ask(origin, "/films/why-we-figth/")
    assert status == 404
    assert 'role="search"' in page
    assert f'href="{FILM}"' in page


def test_a_name_that_is_not_the_sites_is_refused(origin: str) -> None:
    assert ask(origin, FILM, Host="elsewhere.example")[0] == 400


def test_a_second_server_on_the_same_folder_is_refused(origin: str, data: Path) -> None:
    answer = verite("serve", "--port", "1", data=data)
    assert answer.returncode == 1
    assert "already using" in answer.stderr
    assert "--workers" in answer.stderr
    assert ask(origin, FILM)[0] == 200


def test_a_port_in_use_is_named_with_its_remedy(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = verite("serve", "--port", port, data=tmp_path)
    assert answer.returncode == 1
    assert f"Port {port} is in use" in answer.stderr
    assert "--port" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_limits_are_not_switched_off_for_the_world(tmp_path: Path) -> None:
    answer = verite("serve", "--host", "0.0.0.0", data=tmp_path, more={"VERITE_LIMITS": "off"})
    assert answer.returncode == 1
    assert "loopback" in answer.stderr


def test_an_import_into_a_site_that_is_being_served_is_on_its_next_page(
    origin: str, data: Path, tmp_path: Path
) -> None:
    assert ask(origin, "/years/1871/")[0] == 404
    films = tmp_path / "films.csv"
    films.write_text("title,year\nA film of eighteen hundred and seventy-one,1871\n", encoding="utf-8")
    assert verite("import", str(films), data=data).returncode == 0
    status, page = ask(origin, "/years/1871/")
    assert status == 200
    assert "A film of eighteen hundred and seventy-one" in page
