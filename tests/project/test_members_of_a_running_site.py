"""A site that is being served: its first curator, and pages that are nobody's but the one who asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.running import demo_of_its_own
from tests.verite_process import verite
from tests.visitor import Visitor

NAME = "Ana Łukić"
FILM, ANOTHER = "/films/why-we-fight/", "/films/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def origin(data: Path) -> Iterator[str]:
    with demo_of_its_own(data) as address:
        yield address


@pytest.fixture(scope="module")
def curator(origin: str, data: Path) -> Visitor:
    """Whoever read the address that the server printed when it started."""
    printed = re.search(rf"{re.escape(origin)}(/accounts/first/\S+)", (data / "log").read_text())
    assert printed, "The server printed no address for the first curator."
    visitor = Visitor(origin)
    form = {"name": NAME, "email": "ana@films.example", "password1": "eleven teachers, one mule"}
    status, headers, _page = visitor.ask(printed[1], form)
    assert (status, headers["location"]) == (302, "/me/")
    assert Visitor(origin).ask(printed[1], form)[0] == 404
    return visitor


def test_a_members_page_is_never_kept_for_others(origin: str, curator: Visitor) -> None:
    stranger = Visitor(origin)
    for path in (FILM, ANOTHER):
        if path == FILM:  # the other is met by the member first
            stranger.ask(path)

        status, headers, mine = curator.ask(path)
        assert (status, headers["cache-control"]) == (200, "private, no-cache")
        assert NAME in mine

        _, first, everybodys = stranger.ask(path)
        curator.ask(path)
        _, second, again = stranger.ask(path)
        assert NAME not in everybodys + again
        assert "set-cookie" not in first
        assert first["cache-control"] == "public, no-cache"
        assert first["etag"] == second["etag"]


def test_a_stranger_who_touches_a_form_is_a_guest_and_gets_the_same_page(origin: str) -> None:
    guest, stranger = Visitor(origin), Visitor(origin)

    status, headers, _answer = guest.ask("/challenge/")

    assert (status, headers["cache-control"]) == (200, "no-store")
    assert list(guest.cookies) == ["verite-guest"]
    assert guest.ask(FILM)[2] == stranger.ask(FILM)[2]


def test_an_operator_lets_a_moderator_in_while_it_is_served(origin: str, data: Path) -> None:
    done = verite("member", "add", "--role", "moderator", "--name", "Bela", "bela@films.example", data=data)
    assert done.returncode == 0, done.stderr
    address = urlsplit(done.stdout.split()[-1]).path
    visitor = Visitor(origin)

    assert visitor.ask(address)[0] == 200
    assert visitor.ask(address, {})[0] == 302
    assert "Bela" in visitor.ask("/me/")[2]
    assert Visitor(origin).ask(address, {})[0] == 404


def test_an_operator_is_told_what_is_wrong_with_an_address_or_a_name(data: Path, origin: str) -> None:
    nonsense = verite("member", "add", "nonsense", data=data)
    taken = verite("member", "add", "--name", "bela", "somebody@films.example", data=data)

    assert (nonsense.returncode, taken.returncode) == (1, 1)
    assert "no e-mail address" in nonsense.stderr
    assert "--name" in taken.stderr
