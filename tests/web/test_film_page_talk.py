"""What visitors add to a film's page: ratings and talk, in few queries however much there is, and never late."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.people import a_browser, signed_in, somebody
from tests.discussion.crowd import TEXT, crowd_thread
from tests.talking import NOON, a_guest, after
from tests.web.films_on_show import ARCHIVE, PEERTUBE, YOUTUBE, full_page, review, show
from tests.web.markup import Page, read
from tests.web.talk_pages import browser_of_guest, comments, say
from verite.catalogue import keys
from verite.catalogue.models import Film
from verite.core.db import write
from verite.core.fragments import forget_all
from verite.core.freshness import provenance_of, touch
from verite.discussion.actions import cast_vote, hold_comment
from verite.discussion.orders import Sort
from verite.discussion.queries.threads import PER_PAGE
from verite.ratings.actions import import_total, rate

pytestmark = pytest.mark.django_db

ADDRESS = "/films/why-we-fight/"
SEVEN_PARTS = [
    {"title": f"Part the {n}th", "length_seconds": 3000 + n, "sources": [YOUTUBE]} for n in range(7)
]
MOST_BYTES, MOST_COMPRESSED = 60_000, 14_000


def html_of(address: str = ADDRESS, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def visit(address: str = ADDRESS, browser: Client | None = None) -> Page:
    return read(html_of(address, browser))


def statements(browser: Client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        visit(browser=browser)
    return [query["sql"] for query in asked.captured_queries]


def nobody(film: Film) -> Client:
    return Client()


def a_guest_who_took_part(film: Film) -> Client:
    browser, participant = browser_of_guest()
    take_part(film, participant)
    return browser


def a_member_who_took_part(film: Film) -> Client:
    member = somebody()
    take_part(film, member.participant_id)
    return signed_in(member)


def take_part(film: Film, participant: int) -> None:
    """Have everything of one's own that a page could show: a rating, a vote, a comment that waits."""
    rate(film.pk, participant, 9, now=NOON)
    cast_vote(say(film.pk, minute=1), participant, 1, now=NOON)
    hold_comment(say(film.pk, minute=2, by=participant))


Reader = Callable[[Film], Client]


READERS: list[tuple[Reader, int]] = [(nobody, 8), (a_guest_who_took_part, 10), (a_member_who_took_part, 10)]


# All readers of one film, for a hundred thousand comments take PostgreSQL a minute to store.
@pytest.mark.parametrize("count", [0, 13, 1_000, 100_000])
def test_a_page_asks_little_of_the_database_however_much_is_said(count: int) -> None:
    film = full_page(SEVEN_PARTS)
    review(film, "<p>In 1942.</p>")
    if count:
        crowd_thread(film.pk, count, participant_id=a_guest(), since=NOON)

    for reader, most in READERS:
        asks_little(film, reader(film), most)


def asks_little(film: Film, browser: Client, most: int) -> None:
    """At most so many statements for a page cold, after a comment, and after the film itself has changed."""
    forget_all()
    cold = statements(browser)
    say(film.pk, "Meanwhile.", minute=3)
    warm = statements(browser)
    with write():
        touch(keys.film(film.pk))
    stale = statements(browser)

    assert len(cold) <= most, cold
    assert len(stale) <= most, stale
    assert len(warm) <= most - 5, warm
    assert not [sql for sql in warm if "catalogue_" in sql and "discussion_" not in sql]


def test_the_first_page_of_a_long_thread_is_as_large_as_that_of_a_shorter_one() -> None:
    film, longer = show(), show(slug="longer")
    crowd_thread(film.pk, 1_000, participant_id=a_guest(), since=NOON)
    crowd_thread(longer.pk, 20_000, participant_id=a_guest(), since=NOON)

    pages = [visit(address) for address in (ADDRESS, "/films/longer/")]

    assert [len(comments(page)) for page in pages] == [PER_PAGE * 4] * 2
    assert "View all comments (20,000)" in pages[1].text


def test_a_page_with_thirteen_comments_and_all_else_stays_small() -> None:
    film = full_page([{**SEVEN_PARTS[0], "sources": [ARCHIVE, PEERTUBE]}] * 13)
    review(
        film,
        *["<p>" + "Newsreels, captured footage and pieces of films are laid end to end. " * 8 + "</p>"] * 7,
    )
    for value in range(1, 11):
        rate(film.pk, a_guest(), value, now=NOON)
    above = None
    for number in range(13):
        above = say(film.pk, f"{number} {TEXT}", minute=number, to=above if number % 3 else None)

    html = html_of()

    assert len(comments(read(html))) == 13
    assert len(html.encode()) <= MOST_BYTES
    assert len(gzip.compress(html.encode(), 6)) <= MOST_COMPRESSED


def test_the_sections_stand_in_the_order_in_which_they_matter() -> None:
    film = full_page(SEVEN_PARTS)
    review(film, "<p>In 1942.</p>")
    say(film.pk)

    page = visit()

    assert page.all("section")[0].attributes["id"] == "player"
    assert [heading.text for heading in page.all("h2")] == [
        "Rating",
        "Review",
        "Sources",
        "Discussion",
        "More great documentaries",
        "Cite",
    ]


def test_a_rating_is_on_the_next_page_and_in_what_programs_read() -> None:
    film = show()
    import_total(film.pk, 48, 363)
    assert visit().linked_data["aggregateRating"]["ratingCount"] == 48

    rate(film.pk, a_guest(), 10, now=NOON)

    page = visit()
    assert page.linked_data["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": 7.61,
        "ratingCount": 49,
        "bestRating": 10,
        "worstRating": 1,
    }
    assert "7.61 /10 from 49 ratings" in page.one("section", id="rating").text


def test_a_comment_is_on_the_next_page_and_counted_in_what_programs_read() -> None:
    film = show()
    assert visit().linked_data["commentCount"] == 0

    said = say(film.pk, "The maps are honest.")

    page = visit()
    assert comments(page) == [said]
    assert page.linked_data["commentCount"] == 1
    cast_vote(said, a_guest(), 1, now=NOON)
    assert "Helpful 1" in visit().one("section", id="discussion").text


def test_a_page_depends_on_what_visitors_add_and_a_refused_order_is_the_usual_one() -> None:
    film = show()
    first, second = say(film.pk, minute=0), say(film.pk, minute=1)

    kept = provenance_of(Client().get(ADDRESS))

    assert kept is not None
    assert {f"score:{film.pk}", f"talk:{film.pk}"} < kept.versions.keys()
    assert comments(visit()) == [second, first]
    assert comments(visit(f"{ADDRESS}?sort=oldest")) == [first, second]
    for asked in ("", "garbage", "%00", "NEWEST", "best&sort=newest"):
        assert comments(visit(f"{ADDRESS}?sort={asked}")) == [second, first]


def test_every_order_that_the_page_offers_leads_to_it_at_the_same_part_and_second() -> None:
    film = show(parts=SEVEN_PARTS)
    first, second = say(film.pk, minute=0), say(film.pk, minute=1)
    cast_vote(first, a_guest(), 1, now=NOON)

    page = visit(f"{ADDRESS}?part=2&t=60")

    orders = page.all("a")
    offered = {
        each.text: each.attributes["href"]
        for each in orders
        if each.attributes.get("href", "").endswith("#discussion")
    }
    newest_first = ("Newest", "Controversial")  # the one vote divides nobody
    assert len(offered) == len(Sort)
    for label, address in offered.items():
        there = visit(address)
        assert there.one("strong").text == "Part the 1th"
        assert comments(there) == ([second, first] if label in newest_first else [first, second]), label


def test_what_is_ones_own_is_on_ones_own_page_and_on_no_other() -> None:
    film = show()
    other = say(film.pk, "The fires of London.", minute=0)
    strangers = html_of()
    browser, reader = browser_of_guest()
    rate(film.pk, reader, 9, now=NOON)
    cast_vote(other, reader, 1, now=after(1))
    held = say(film.pk, "Wait for it.", minute=1, by=reader)
    hold_comment(held)

    mine, everybodys = visit(browser=browser), visit()

    assert "Yours: 9" in mine.one("section", id="rating").text
    assert [each.attributes["value"] for each in mine.all("input", name="rating", checked="")] == ["9"]
    assert comments(mine) == [held, other]
    assert "Wait for it." in mine.text
    assert [each.attributes["value"] for each in mine.all("button", aria_pressed="true")] == ["0"]
    assert comments(everybodys) == [other]
    assert not everybodys.all("button", aria_pressed="true") + everybodys.all(
        "input", name="rating", checked=""
    )
    assert "Yours" not in everybodys.one("section", id="rating").text
    for told in ("Wait for it.", f"comment-{held}"):
        assert told not in html_of()
    seen = ' data-seen="/films/why-we-fight/discussion/seen/"'  # for whoever is known here
    assert html_of(browser=browser_of_guest("another guest")[0]).replace(seen, "") == html_of()
    assert "Wait for it." not in strangers


def test_nothing_that_a_page_is_put_together_with_is_left_in_it() -> None:
    show(title="<!---->", slug="why-we-fight")

    html = html_of()

    assert "<!--" not in html
    assert html.count('type="application/ld+json"') == 1
    assert read(html).one("h1").text == "<!---->"


def test_a_member_meets_their_name_where_everybody_else_is_asked_to_sign_in() -> None:
    film = show()
    say(film.pk)
    member = somebody("Agnès")

    page = visit(browser=signed_in(member, a_browser()))

    assert "Agnès" in page.one("header", class_="mast").text
    assert "Agnès" not in html_of()
