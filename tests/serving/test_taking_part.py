"""What a visitor adds is on the next page that anybody asks for, whichever of two workers answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.serving.conftest import new_database
from tests.serving.site import Answer, Site, running_site

ROUNDS = 12
# Each on a connection of its own, which either worker may take.
LOOKS = 6

A_FILM = """
from tests.talking import a_film
from verite.catalogue.models import Film
print(Film.objects.get(pk=a_film()).slug)
"""

COUNTED = re.compile(r'"ratingCount":(\d+)')
SAID = re.compile(r'"commentCount":(\d+)')
MEAN = re.compile(r'"ratingValue":([\d.]+)')


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site itself, with two workers."""
    with running_site(
        tmp_path_factory.mktemp("house"),
        workers=2,
        database_url=new_database(),
        ready="/healthz",
        DJANGO_SETTINGS_MODULE="verite.project.settings",
        VERITE_LIMITS="off",
    ) as site:
        yield site


@pytest.fixture
def page(house: Site) -> str:
    """The address of a film of which nobody has said anything, known to both workers."""
    with house.run(A_FILM) as process:
        slug, _errors = process.communicate()
    address = f"/films/{slug.strip()}/"
    for _look in range(LOOKS):
        assert '"commentCount":0' in house.get(address).text
    return address


def send(house: Site, address: str, cookie: str = "", **form: str) -> Answer:
    return house.post(
        address,
        urlencode(form),
        origin=f"http://{house.host}",
        cookie=cookie,
        content_type="application/x-www-form-urlencoded",
    )


def looks(house: Site, address: str) -> list[str]:
    return [house.get(address).text for _look in range(LOOKS)]


def test_a_rating_is_on_the_next_page(house: Site, page: str) -> None:
    for number in range(1, ROUNDS + 1):
        assert send(house, f"{page}rating/", rating="10").status == 303

        assert [COUNTED.findall(html) for html in looks(house, page)] == [[str(number)]] * LOOKS


def test_a_rating_that_is_changed_or_taken_back_is_on_the_next_page(house: Site, page: str) -> None:
    first = send(house, f"{page}rating/", rating="1")
    cookie = first.headers["set-cookie"].partition(";")[0]

    for value in [*range(2, 11), ""]:
        assert send(house, f"{page}rating/", cookie, rating=str(value)).status == 303

        means = [[float(mean) for mean in MEAN.findall(html)] for html in looks(house, page)]
        assert means == [[float(value)] if value else []] * LOOKS


def test_a_comment_and_a_vote_are_on_the_next_page(house: Site, page: str) -> None:
    for number in range(1, ROUNDS + 1):
        answer = send(house, f"{page}discussion/write/", comment=f"The maps, for the {number}th time.")
        assert answer.status == 303

        found = looks(house, page)
        assert [f"for the {number}th time" in html for html in found] == [True] * LOOKS
        assert [SAID.findall(html) for html in found] == [[str(number)]] * LOOKS
        newest = re.search(r'id="comment-(\d+)"', found[0])
        assert newest
        assert send(house, f"/comments/{newest[1]}/vote/", value="1").status == 303
        assert [
            re.search(rf'id="comment-{newest[1]}".*?<output>1<', html, re.DOTALL) is not None
            for html in looks(house, page)
        ] == [True] * LOOKS


def test_what_a_visitor_did_comes_back_to_them_alone(house: Site, page: str) -> None:
    cookie = send(house, f"{page}rating/", rating="7").headers["set-cookie"].partition(";")[0]

    theirs = [house.get(page, cookie=cookie) for _look in range(LOOKS)]

    assert all("Yours: 7" in answer.text for answer in theirs)
    assert {answer.headers["cache-control"] for answer in theirs} == {"private, no-cache"}
    assert not any("Yours: 7" in html for html in looks(house, page))
