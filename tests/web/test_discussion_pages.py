"""All that is said about a film, and what every page of talk keeps to."""

from __future__ import annotations

import csv
import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.browsing.visiting import links, stands, visit
from tests.discussion.crowd import fill_thread
from tests.talking import NOON, a_film, a_guest, a_member, after
from tests.web.markup import Page, read
from tests.web.talk_pages import (
    IN_PLACE,
    browser_of_guest,
    comments,
    discussion_of,
    folds,
    next_of,
    queries,
    say,
)
from verite.core.freshness import provenance_of
from verite.discussion.actions import (
    cast_vote,
    close_thread,
    post_comment,
)
from verite.discussion.orders import Sort
from verite.discussion.refusals import TextRefused

pytestmark = pytest.mark.django_db

A_WORD = re.compile(r"[^\W\d_]{3,}")


def test_without_a_comment_it_asks_for_the_first_one() -> None:
    page = visit(discussion_of(a_film()))

    assert "Nobody has written about this film yet" in page.text
    assert page.one("textarea").attributes["name"] == "comment"
    assert not page.all("nav", aria_label="Order of comments")


def test_it_says_how_much_is_said_by_how_many() -> None:
    film, ada = a_film(), a_member("Ada")
    root = say(film, by=ada)
    page = visit(discussion_of(film))
    assert "1 comment" in page.text
    assert "1 person" in page.text

    say(film, by=ada, to=root)
    say(film, "Another.")

    page = visit(discussion_of(film))
    assert "3 comments" in page.text
    assert "2 people" in page.text


def test_each_order_is_a_link_and_the_present_one_says_so() -> None:
    film = a_film()
    first, second = say(film, minute=0), say(film, "The fires.", minute=1)
    cast_vote(first, a_guest(), 1, now=NOON)
    address = discussion_of(film)
    shown = {}
    for sort in Sort:
        page = visit(f"{address}?sort={sort}")
        shown[sort] = comments(page)
        (current,) = [link for link in page.all("a", aria_current="true") if "#" in link.attributes["href"]]
        query = "" if sort is Sort.NEWEST else f"?sort={sort}"
        assert current.attributes["href"] == f"{address}{query}#discussion"

    assert shown[Sort.NEWEST] == [second, first] == comments(visit(f"{address}?sort=nonsense"))
    assert shown[Sort.OLDEST] == shown[Sort.MOST_VOTED] == shown[Sort.BEST] == [first, second]


@pytest.mark.parametrize("sort", Sort)
def test_every_comment_is_met_once_on_the_way_through_a_long_discussion(sort: Sort) -> None:
    film = a_film()
    fill_thread(film, 320, participant_id=a_member(), since=NOON)
    met: list[int] = []
    open_folds: list[str] = []
    address: str | None = f"{discussion_of(film)}?sort={sort}"
    while address:
        page = visit(address)
        met += comments(page)
        open_folds += folds(page)
        address = next_of(page)
    while open_folds:
        piece = read(Client().get(open_folds.pop(), headers=IN_PLACE).content.decode())
        met += comments(piece)
        open_folds += folds(piece)

    assert len(met) == 320
    assert len(set(met)) == 320


def test_a_later_page_leads_back_and_names_its_neighbour() -> None:
    film = a_film()
    for minute in range(41):
        say(film, f"Number {minute}", minute=minute)
    address = discussion_of(film)

    first = visit(address)
    second = visit(next_of(first) or "")
    third = visit(next_of(second) or "")

    assert first.one("link", rel="next").attributes["href"] == next_of(first)
    assert address not in links(first)
    assert address in links(second)
    assert next_of(third) is None
    assert first.one("link", rel="canonical").attributes["href"] == f"http://testserver{address}"
    assert second.one("link", rel="canonical").attributes["href"] == f"http://testserver{next_of(first)}"


def test_a_cursor_of_elsewhere_is_answered_with_the_way_to_the_beginning() -> None:
    film, other = a_film(), a_film()
    for minute in range(21):
        say(film, f"Number {minute}", minute=minute)
    cursor = (next_of(visit(discussion_of(film))) or "").partition("after=")[2]
    assert visit(f"{discussion_of(film)}?after={cursor}")

    for address in (
        f"{discussion_of(film)}?after=nonsense",
        f"{discussion_of(film)}?after={cursor}&sort=oldest",
        f"{discussion_of(other)}?after={cursor}",
    ):
        assert address.partition("?")[0] in {link.partition("?")[0] for link in links(visit(address, 400))}
    assert f"{discussion_of(film)}?sort=oldest" in links(
        visit(f"{discussion_of(film)}?after={cursor}&sort=oldest", 400)
    )


def test_a_closed_discussion_says_so_and_takes_nothing() -> None:
    film = a_film()
    comment = say(film)
    close_thread(film)

    page = visit(discussion_of(film))

    assert "This discussion is closed" in page.text
    assert not page.all("textarea")
    assert f"/comments/{comment}/reply/" not in links(page)
    assert page.all("button", name="value")


def test_there_is_no_discussion_of_a_film_that_is_not_public() -> None:
    visit(discussion_of(a_film(public=False)), 404)


def test_ten_thousand_characters_are_shown_to_the_last() -> None:
    film = a_film()
    say(film, "x" * 9_999 + "z")

    page = visit(discussion_of(film))
    assert "x" * 9_999 + "z" in page.text
    assert page.one("details", class_="all").text.strip() == "Show all of this comment"


def test_a_reader_sees_their_own_votes_and_what_of_theirs_waits() -> None:
    film = a_film()
    browser, reader = browser_of_guest()
    other = say(film)
    cast_vote(other, reader, 1, now=NOON)
    waiting = post_comment(film, reader, "Not yet.", now=after(1), hold=True).comment_id

    own = read(browser.get(discussion_of(film)).content.decode())
    everybodys = visit(discussion_of(film))

    assert len(own.all("button", aria_pressed="true")) == 1
    assert comments(own) == [waiting, other]
    assert comments(everybodys) == [other]
    assert "Not yet." not in everybodys.text
    assert not everybodys.all("button", aria_pressed="true")


def test_the_name_with_which_a_reader_signs_stands_in_their_form_only() -> None:
    film = a_film()
    browser, reader = browser_of_guest()
    post_comment(film, reader, "The maps.", now=NOON, name="Reader 44")

    def signature(page: Page) -> str:
        return page.one("input", name="name").attributes["value"]

    assert signature(read(browser.get(discussion_of(film)).content.decode())) == "Reader 44"
    assert signature(visit(discussion_of(film))) == ""
    assert signature(read(browser.get(discussion_of(film)).content.decode())) == "Reader 44"


def test_what_was_done_a_moment_ago_is_told_to_whoever_did_it() -> None:
    film = a_film()
    browser, _reader = browser_of_guest()
    address = f"{discussion_of(film)}?said=posted"

    assert "Your comment is on the page" in browser.get(address).content.decode()
    assert "Your comment is on the page" not in visit(address).text


def test_no_page_asks_more_of_the_database_the_more_is_said() -> None:
    asked = {}
    for count in (1, 13, 1_000):
        film = a_film()
        fill_thread(film, count, participant_id=a_member(), since=NOON)
        page = visit(discussion_of(film))
        root = comments(page)[-1]
        addresses = {
            "first": discussion_of(film),
            "best": f"{discussion_of(film)}?sort=best",
            "comment": f"/comments/{root}/",
            "replies": f"/comments/{root}/replies/",
            "further": next_of(page) or discussion_of(film),
        }
        asked[count] = {name: queries(address) for name, address in addresses.items()}

    assert asked[1] == asked[13] == asked[1_000]
    assert max(asked[1].values()) <= 8


def test_a_participants_pages_cost_two_queries_more_at_most() -> None:
    film = a_film()
    browser, reader = browser_of_guest()
    comment = say(film, by=reader)
    for address in (discussion_of(film), f"/comments/{comment}/", f"/comments/{comment}/replies/"):
        assert queries(address, browser) <= queries(address) + 2


def test_whatever_changes_in_a_thread_makes_all_its_pages_stale_and_no_others() -> None:
    film, other = a_film(), a_film()
    root = say(film)
    reply = say(film, "Yes.", to=root)
    elsewhere = say(other)
    shown = {
        address: Client().get(address)
        for address in (
            discussion_of(film),
            f"{discussion_of(film)}?sort=best",
            f"/comments/{root}/",
            f"/comments/{reply}/",
            f"/comments/{root}/replies/",
            discussion_of(other),
            f"/comments/{elsewhere}/",
        )
    }
    assert all(provenance_of(answer) is not None for answer in shown.values())

    cast_vote(reply, a_guest(), 1, now=NOON)

    assert {address for address, answer in shown.items() if stands(answer)} == {
        discussion_of(other),
        f"/comments/{elsewhere}/",
    }


def test_real_threads_read_as_they_were_written(shared_data: Path) -> None:
    film, one, other = a_film(), a_guest(), a_guest()
    written = []
    with gzip.open(
        shared_data / "comments" / "wiki_talk_replies.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        for minute, (row, _number) in enumerate(zip(csv.DictReader(file), range(60), strict=False)):
            try:
                root = say(film, row["parent"], minute=minute, by=one)
                say(film, row["text"], minute=minute, by=other, to=root)
            except TextRefused:
                continue  # a list of links
            written += [row["parent"], row["text"]]

    html, address = "", discussion_of(film) + "?sort=oldest"
    while address:
        page = Client().get(address).content.decode()
        html += page
        address = next_of(read(page)) or ""

    # What somebody typed as a tag is a word like any other, and would go with the tags were it one.
    words = set(A_WORD.findall(unescape(re.sub(r"<[^>]*>", " ", html))))
    assert len(written) > 100
    for text in written:
        assert [word for word in A_WORD.findall(_visible(text)) if word not in words] == []


def _visible(markdown: str) -> str:
    """Without addresses, which are links and not words."""
    return re.sub(r"\]\([^)]*\)|&\w+;|https?://\S+", " ", markdown)
