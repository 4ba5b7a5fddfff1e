"""A film's rating row in all its states, and giving, changing and taking back a rating from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.people import OURS, a_browser, signed_in, somebody
from tests.talking import NOON
from tests.web.films_on_show import show
from tests.web.markup import Page, read
from verite.accounts.models import Participant
from verite.accounts.pace import NEW_GUESTS, RULES
from verite.accounts.permissions import Act
from verite.catalogue.models import Film
from verite.ratings.models import Rating
from verite.ratings.queries import OwnRating, score_of
from verite.ratings.score import Score
from verite.web.film_place import FilmPlace
from verite.web.rating import TALLEST, section

FILM = FilmPlace(7, "why-we-fight", "Why We Fight")
ADDRESS = "/films/why-we-fight/rating/"
IN_PLACE = OURS | {"HX-Request": "true"}

SCORE = Score((1, 0, 1, 1, 1, 2, 7, 10, 9, 5), imported_count=12, imported_sum=88)


def a_reader() -> HttpRequest:
    return RequestFactory().get("/films/why-we-fight/")


def shown(score: Score, own: OwnRating | None = None) -> Page:
    return read(section(a_reader(), FILM, score, own))


def row(page: Page) -> str:
    return page.one("section", id="rating").text


def checked(page: Page) -> list[str]:
    return [
        each.attributes["value"] for each in page.all("input", name="rating") if "checked" in each.attributes
    ]


# What is shown


def test_the_row_shows_mean_number_bars_and_what_came_from_elsewhere() -> None:
    page = shown(SCORE)

    assert "7.61 /10 from 49 ratings" in row(page)
    assert "The bars show 37 ratings given here. 12 more came from the old site as one total" in row(page)
    assert [bar.text for bar in page.all("text")] == ["1", "0", "1", "1", "1", "2", "7", "10", "9", "5"]
    assert page.one("svg", role="img").attributes["aria-label"] == (
        "37 ratings given here. 1: 1, 2: 0, 3: 1, 4: 1, 5: 1, 6: 2, 7: 7, 8: 10, 9: 9, 10: 5"
    )


def test_the_control_is_a_named_group_of_ten_that_sends_to_the_films_own_address() -> None:
    page = shown(SCORE)

    form = page.one("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", ADDRESS)
    assert page.one("legend").text == "Your rating, 1 to 10"
    assert [each.attributes["value"] for each in page.all("input", type="radio")] == [
        str(value) for value in range(1, 11)
    ]
    assert checked(page) == []
    assert [button.text for button in page.all("button")] == ["Save my rating"]


def test_a_film_without_ratings_says_so_and_draws_nothing() -> None:
    page = shown(Score((0,) * 10))

    assert "No ratings yet. The mean appears with the first." in row(page)
    assert not page.all("svg")
    assert "/10" not in row(page)
    assert len(page.all("input", name="rating")) == 10


def test_one_rating_is_one_rating() -> None:
    page = shown(Score((0,) * 7 + (1, 0, 0)))

    assert "8.00 /10 from 1 rating" in row(page)
    assert "1 ratings" not in row(page)
    assert "old site" not in row(page)
    assert page.one("svg").attributes["aria-label"].startswith("1 rating given here.")


def test_where_every_rating_came_from_elsewhere_there_are_no_bars_and_it_says_why() -> None:
    page = shown(Score((0,) * 10, imported_count=49, imported_sum=373))

    assert "7.61 /10 from 49 ratings" in row(page)
    assert "All 49 came from the old site as one total, so there are no bars yet." in row(page)
    assert not page.all("svg")


def test_large_numbers_are_grouped_and_bars_say_their_share_instead() -> None:
    page = shown(Score((1, 0, 0, 0, 0, 0, 0, 1_000_000, 234_566, 0)))

    assert "from 1,234,567 ratings" in row(page)
    assert [bar.text for bar in page.all("text")] == ["<1%", *["0%"] * 6, "81%", "19%", "0%"]
    assert "8: 1,000,000" in page.one("svg").attributes["aria-label"]


@given(st.lists(st.integers(0, 10**7), min_size=10, max_size=10).filter(any))
def test_bars_stay_inside_and_the_more_often_a_rating_was_given_the_higher_it_stands(
    counts: list[int],
) -> None:
    page = shown(Score(tuple(counts)))
    heights = {
        float(bar.attributes["x"][:-1]): float(bar.attributes["height"][:-1]) for bar in page.all("rect")
    }

    assert len(heights) == sum(map(bool, counts))
    assert max(heights.values()) == TALLEST
    assert min(heights.values()) > 0
    tallest_first = sorted(heights, key=lambda left: -counts[int(left // 10)])
    assert [heights[left] for left in tallest_first] == sorted(heights.values(), reverse=True)


def test_ones_own_rating_is_chosen_dated_and_can_be_removed() -> None:
    page = shown(SCORE, OwnRating(8, NOON))

    assert checked(page) == ["8"]
    assert "Yours: 8, given 1 March 2026" in row(page)
    remove = page.one("button", name="rating")
    assert (remove.text, remove.attributes["value"]) == ("Remove it", "")


def test_it_speaks_the_language_of_the_page() -> None:
    english = section(a_reader(), FILM, SCORE, None)
    with translation.override("de"):
        german = section(a_reader(), FILM, SCORE, None)

    assert ">7.61<" in english
    assert ">7,61<" in german
    assert section(a_reader(), FILM, SCORE, None) == english


def test_everybody_who_has_given_none_sees_the_same_whatever_the_address_says(film: Film) -> None:
    told, plain = (Client().get(f"/films/why-we-fight/{query}").content for query in ("?said=rated", ""))

    assert told == plain


def test_no_style_stands_in_the_page_where_the_policy_would_refuse_it() -> None:
    assert "style=" not in section(a_reader(), FILM, SCORE, OwnRating(8, NOON))


# What is sent


def rated(browser: Client, *values: object, **how: Any) -> HttpResponseBase:
    return browser.post(ADDRESS, {"rating": [str(value) for value in values]}, **how)


def ratings() -> list[int]:
    return list(Rating.objects.values_list("value", flat=True))


@pytest.fixture
def film(db: None) -> Film:
    return show("Why We Fight", slug="why-we-fight")


def test_a_stranger_rates_and_is_known_as_a_guest_from_then_on(film: Film) -> None:
    browser = a_browser()

    answer = rated(browser, 8)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/films/why-we-fight/?said=rated#rating"
    assert "verite-guest" in browser.cookies
    assert ratings() == [8]
    rated(browser, 3)
    assert ratings() == [3]
    assert Participant.objects.count() == 1


def test_a_member_rates_as_a_member(film: Film) -> None:
    member = somebody()

    rated(signed_in(member), 10)

    assert Rating.objects.get().participant_id == member.participant_id


@pytest.mark.parametrize("sent", [[""], [8, ""]], ids=["alone", "with the frame that is still chosen"])
def test_remove_it_takes_the_rating_back(film: Film, sent: list[object]) -> None:
    browser = a_browser()
    rated(browser, 8)

    answer = rated(browser, *sent)

    assert answer.headers["Location"] == "/films/why-we-fight/?said=unrated#rating"
    assert ratings() == []


@pytest.mark.parametrize(
    "sent",
    [[0], [11], [7.5], ["ten"], ["NaN"], ["٨"], [8, 8], [8, 9], [-1], ["8 " * 50], ["<b>8</b>"], ["\0"], []],
    ids=repr,
)
def test_what_is_no_rating_is_refused_at_its_field_and_nothing_is_given(
    film: Film, sent: list[object]
) -> None:
    browser = a_browser()

    answer = rated(browser, *sent)

    assert answer.status_code == 422
    page = read(answer.content.decode())  # type: ignore[attr-defined]
    message = page.one("p", role="alert")
    assert "A rating is a whole number from 1 to 10. Choose one of the frames." in message.text
    assert page.one("fieldset").attributes["aria-describedby"] == message.attributes["id"]
    assert page.one("form", method="post").attributes["action"] == ADDRESS
    assert not ratings()
    assert not Participant.objects.exists()


def test_a_refused_form_keeps_the_frame_that_was_chosen(film: Film) -> None:
    browser = a_browser()
    rated(browser, 3)

    assert checked(read(rated(browser, 8, 8).content.decode())) == ["8"]  # type: ignore[attr-defined]
    assert checked(read(rated(browser, "ten").content.decode())) == ["3"]  # type: ignore[attr-defined]


def test_in_place_the_same_row_comes_back_and_says_what_was_done(film: Film) -> None:
    browser = a_browser()

    answer = rated(browser, 8, headers=IN_PLACE)

    assert answer.status_code == 200
    html = answer.content.decode()  # type: ignore[attr-defined]
    page = read(html)
    assert html.startswith("<section")
    assert page.one("p", role="status").text == "Your rating is saved."
    assert "8.00 /10 from 1 rating" in row(page)
    assert checked(page) == ["8"]


def test_in_place_a_refusal_is_the_same_row_with_the_message(film: Film) -> None:
    answer = rated(a_browser(), 11, headers=IN_PLACE)

    assert answer.status_code == 422
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert html.startswith("<section")
    assert "Choose one of the frames" in read(html).one("p", role="alert").text


def test_the_notice_is_for_whoever_did_it(film: Film) -> None:
    browser = a_browser()
    rated(browser, 8)
    rated(browser, "")

    mine, strangers = (
        read(each.get("/films/why-we-fight/?said=unrated").content.decode()) for each in (browser, Client())
    )

    (notice,) = [each.text for each in mine.all("p", role="status")]
    assert notice == "Your rating is taken back."
    assert not strangers.all("p", role="status")


@pytest.mark.parametrize("slug", ["no-such-film", "a-draft"])
def test_a_film_that_is_not_public_is_not_found(film: Film, slug: str) -> None:
    show("A draft", slug="a-draft", state=Film.State.DRAFT)

    assert a_browser().post(f"/films/{slug}/rating/", {"rating": "8"}).status_code == 404
    assert not Participant.objects.exists()


@pytest.mark.usefixtures("no_time_passes")
def test_ratings_in_a_rush_are_asked_to_wait_and_the_choice_is_kept(film: Film) -> None:
    browser = signed_in(somebody())
    for number in range(RULES[Act.RATE].participant.count):
        assert rated(browser, 1 + number % 10).status_code == 303

    answer = rated(browser, 7)

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 2
    page = read(answer.content.decode())  # type: ignore[attr-defined]
    assert "too often in a short time" in page.one("p", role="alert").text
    assert checked(page) == ["7"]
    assert "Yours: 10" in row(page)


@pytest.mark.usefixtures("no_time_passes")
def test_one_address_does_not_make_guests_without_end(film: Film) -> None:
    for _number in range(NEW_GUESTS.count):
        assert rated(a_browser(), 1).status_code == 303

    assert rated(a_browser(), 1).status_code == 429
    assert score_of(film.pk).mean == Decimal("1.00")
    assert Participant.objects.count() == NEW_GUESTS.count


def test_a_rating_can_only_be_sent(film: Film) -> None:
    assert a_browser().get(ADDRESS).status_code == 405
