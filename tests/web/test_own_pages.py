"""One's own page, and the one that everybody sees of a member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.people import NOON, a_browser, signed_in, somebody
from tests.browsing.visiting import links, stands
from tests.discovery.stock import withdraw
from tests.talking import a_guest, after
from tests.web.films_on_show import show
from tests.web.markup import Page, read
from verite.accounts.actions import rename, set_role
from verite.accounts.actors import Role
from verite.accounts.models import Member, Participant, Session
from verite.accounts.pace import RULES
from verite.accounts.permissions import Act
from verite.catalogue.models import Film
from verite.core.fragments import forget_all
from verite.core.freshness import provenance_of
from verite.discussion.actions import (
    cast_vote,
    delete_comment,
    edit_comment,
    hold_comment,
    post_comment,
    publish_comment,
    remove_comment,
)
from verite.ratings.actions import rate

pytestmark = pytest.mark.django_db


def visit(browser: Client, address: str = "/me/", status: int = 200) -> Page:
    answer = browser.get(address)
    assert answer.status_code == status
    return read(answer.content.decode())


def public(address: str = "/members/ada-lens/", status: int = 200) -> Page:
    return visit(Client(), address, status)


def films(count: int) -> list[int]:
    return [show(f"Film {number}", slug=f"film-{number}").pk for number in range(count)]


def section(page: Page, name: str) -> str:
    return page.one("section", id=name).text


@pytest.fixture
def ada() -> Member:
    return somebody("Ada Lens")


# One's own page


def test_a_stranger_is_told_what_will_stand_here_and_nothing_is_asked_of_the_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        page = visit(a_browser())

    assert "You have not rated or written anything yet." in page.text
    assert "No ratings yet." in section(page, "ratings")
    assert "No comments yet." in section(page, "comments")
    assert {"/films/", "/accounts/login/?next=/me/", "/accounts/signup/?next=/me/"} <= links(page)
    assert not page.all("input", name="name")
    assert not queries


def test_a_guest_sees_what_this_browser_did_and_how_to_keep_it() -> None:
    film = show("Rain", slug="rain")
    browser = a_browser()
    browser.post("/films/rain/rating/", {"rating": "9"})
    guest = Participant.objects.get().pk
    post_comment(film.pk, guest, "It *never* stops.", now=NOON)

    page = visit(browser)

    assert "Only this browser remembers" in page.text
    assert "9 /10 Rain" in section(page, "ratings")
    assert "It never stops." in section(page, "comments")
    assert not page.all("input", name="name")
    assert not page.all(id="sessions")


def test_a_members_comments_say_how_they_stand(ada: Member) -> None:
    film, me = show().pk, ada.participant_id
    shown, held, removed, deleted = (
        post_comment(film, me, f"Comment {name}.", now=after(minute)).comment_id
        for minute, name in enumerate(["shown", "held", "removed", "deleted"])
    )
    cast_vote(shown, a_guest(), 1, now=after(5))
    cast_vote(shown, a_guest(), -1, now=after(5))
    cast_vote(shown, a_guest(), 1, now=after(5))
    post_comment(film, a_guest(), "An answer.", parent_id=shown, now=after(6))
    edit_comment(shown, me, "Comment shown, and better.", now=after(7))
    hold_comment(held)
    remove_comment(removed)
    delete_comment(deleted, me)

    page = visit(signed_in(ada))

    lines = [line.text for line in page.all("li") if "Comment" in line.text]
    assert lines == [
        "Why We Fight Comment removed. 1 March 2026 Removed by a moderator",
        "Why We Fight Comment held. 1 March 2026 Waits for a moderator; only you see it",
        "Why We Fight Comment shown, and better. 1 March 2026 edited Helpful 2, not helpful 1 1 reply Published",
    ]
    assert {f"/comments/{shown}/", f"/comments/{held}/"} <= links(page)
    assert f"/comments/{removed}/" not in links(page)


def test_a_long_comment_is_shown_by_its_opening_words(ada: Member) -> None:
    post_comment(show().pk, ada.participant_id, "word " * 1000 + "end", now=NOON)

    words = section(visit(signed_in(ada)), "comments")

    assert "word word" in words
    assert "end" not in words
    assert len(words) < 500


def test_both_lists_go_on_each_by_itself_until_everything_was_met_once(ada: Member) -> None:
    for number, film in enumerate(films(45)):
        rate(film, ada.participant_id, 1 + number % 10, now=after(number))
        post_comment(film, ada.participant_id, f"Comment {number}.", now=after(number))
    browser = signed_in(ada)

    address, rated, pages = "/me/", [], 0
    while address:
        page = visit(browser, address)
        rated += [cell.text for cell in page.all("th", scope="row")]
        (following,) = [a.attributes["href"] for a in page.all("a") if a.text == "Earlier ratings"] or [""]
        address = f"/me/{following}" if following else ""
        pages += 1

    assert rated == [f"Film {number}" for number in reversed(range(45))]
    assert pages == 3
    page = visit(browser)
    (following,) = [a.attributes["href"] for a in page.all("a") if a.text == "Earlier comments"]
    page = visit(browser, f"/me/{following}")
    assert "Comment 24." in section(page, "comments")
    assert "Comment 25." not in section(page, "comments")
    assert "Film 44" in section(page, "ratings")
    (both,) = [a.attributes["href"] for a in page.all("a") if a.text == "Earlier ratings"]
    page = visit(browser, f"/me/{both}")
    assert "Comment 24." in section(page, "comments")
    assert "Film 24" in section(page, "ratings")


@pytest.mark.parametrize("cursor", ["ratings_after", "comments_after"])
@pytest.mark.parametrize("value", ["x", "é", "WyJyYXRpbmdzIl0", "A" * 2000])
def test_a_cursor_of_another_list_is_answered_with_the_way_back(ada: Member, cursor: str, value: str) -> None:
    for browser, address in [(signed_in(ada), "/me/"), (Client(), "/members/ada-lens/")]:
        page = visit(browser, f"{address}?{cursor}={value}", status=400)

        assert "There is no such place in this list" in page.text
        assert page.one("a", class_="alt").attributes["href"] == address


def test_neither_page_asks_more_when_there_is_more_on_it(ada: Member) -> None:
    browser = signed_in(ada)

    def asked(browser: Client, address: str) -> int:
        forget_all()
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    few = asked(browser, "/me/"), asked(Client(), "/members/ada-lens/")
    for number, film in enumerate(films(30)):
        rate(film, ada.participant_id, 7, now=after(number))
        post_comment(film, ada.participant_id, f"Comment {number}.", now=after(number))
    signed_in(ada)

    assert (asked(browser, "/me/"), asked(Client(), "/members/ada-lens/")) == few
    assert few <= (5, 4)


# A name


def test_a_member_is_called_otherwise_everywhere(ada: Member) -> None:
    browser = signed_in(ada)

    answer = browser.post("/me/name/", {"name": "Ana Łukić"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/?said=renamed")
    page = visit(browser, "/me/?said=renamed")
    assert page.one("p", role="status").text == "Your name is changed."
    assert page.one("h1").text == "Ana Łukić"
    assert page.one("input", name="name").attributes["value"] == "Ana Łukić"
    assert "/members/ana-lukic/" in links(page)
    assert Client().get("/members/ada-lens/").headers["Location"] == "/members/ana-lukic/"
    assert public("/members/ana-lukic/").one("h1").text == "Ana Łukić"


@pytest.mark.parametrize("name", ["", "!!!", "Bela", "x" * 300, "\u202eadA\u202c" + "é" * 300, '"><script>'])
def test_a_name_that_is_refused_stands_in_its_field_with_the_reason(ada: Member, name: str) -> None:
    somebody("Bela")
    somebody('"><script>')

    answer = signed_in(ada).post("/me/name/", {"name": name})

    assert answer.status_code == 422
    page = read(answer.content.decode())
    field = page.one("input", name="name").attributes
    assert field["value"] == name
    assert field["aria-invalid"] == "true"
    assert page.one("span", id=field["aria-describedby"]).text
    assert page.one("div", role="alert").text == "Your name is not changed. Correct it below."
    assert f"#{field['id']}" in links(page)
    assert Participant.objects.filter(name="Ada Lens").exists()


@pytest.mark.usefixtures("no_time_passes")
def test_nobody_changes_their_name_all_the_time(ada: Member) -> None:
    browser = signed_in(ada)
    for number in range(RULES[Act.HAVE_ACCOUNT].participant.count):
        assert browser.post("/me/name/", {"name": f"Ada {number}"}).status_code == 303

    answer = browser.post("/me/name/", {"name": "Ada for good"})

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert read(answer.content.decode()).one("input", name="name").attributes["value"] == "Ada for good"


# Sessions


def test_a_member_signs_out_everywhere_else_at_once(ada: Member) -> None:
    stranger = signed_in(somebody())
    here, *_there = [signed_in(ada) for _number in range(3)]
    assert "Sign out everywhere else" in section(visit(here), "sessions")

    answer = here.post("/accounts/sessions/end/", {"session": "others"})

    assert answer.headers["Location"] == "/me/?said=ended#sessions"
    assert Session.objects.filter(member_id=ada.pk).count() == 1
    page = visit(here, "/me/?said=ended")
    assert page.one("p", role="status").text == "You are signed out there."
    assert "this one" in section(page, "sessions")
    assert "everywhere else" not in section(page, "sessions")
    assert page.one("h1").text == "Ada Lens"
    assert visit(stranger).all(id="sessions")


# The page for everybody


def test_everybody_sees_what_is_public_of_a_member_and_nothing_else(ada: Member) -> None:
    film, me = show().pk, ada.participant_id
    shown, held, removed = (
        post_comment(film, me, f"Comment {name}.", now=after(minute)).comment_id
        for minute, name in enumerate(["shown", "held", "removed"])
    )
    hold_comment(held)
    remove_comment(removed)
    cast_vote(shown, a_guest(), 1, now=NOON)
    rate(film, me, 8, now=NOON)
    rate(show("A draft", slug="a-draft").pk, me, 2, now=NOON)
    Film.objects.filter(slug="a-draft").update(state=Film.State.DRAFT)

    page = public()

    assert "since 1 March 2026" in page.text
    assert "Comment shown." in page.text
    for hidden in (
        "Comment held.",
        "Comment removed.",
        "Helpful",
        "Published",
        "A draft",
        ada.email,
        "sign out",
    ):
        assert hidden not in page.text
    assert section(page, "ratings").endswith("Given on 8 /10 Why We Fight 1 March 2026")


def test_a_member_who_has_done_nothing_has_a_page_that_says_so(ada: Member) -> None:
    page = public()

    assert section(page, "ratings") == "Ratings No ratings yet."
    assert section(page, "comments") == "Comments No comments yet."


def test_names_and_titles_from_right_to_left_keep_their_direction() -> None:
    member = somebody("قارئ ٤")
    rate(show("نانوك", slug="نانوك").pk, member.participant_id, 8, now=NOON)
    slug = Participant.objects.get(pk=member.participant_id).slug

    page = public(f"/members/{slug}/")

    assert {"قارئ ٤", "نانوك"} <= {name.text for name in page.all("bdi")}


@dataclass
class Scene:
    """Two films and their ids, a member, and two comments of theirs on the second film, one of which waits."""

    rain: int
    ice: int
    me: int
    shown: int
    held: int


CHANGES: dict[str, Callable[[Scene], object]] = {
    "a rating": lambda on: rate(on.ice, on.me, 3, now=NOON),
    "another rating": lambda on: rate(on.rain, on.me, 3, now=NOON),
    "a rating taken back": lambda on: rate(on.rain, on.me, None, now=NOON),
    "a comment": lambda on: post_comment(on.ice, on.me, "Once more.", now=NOON),
    "a comment that is changed": lambda on: edit_comment(on.shown, on.me, "Better.", now=NOON),
    "a comment that is deleted": lambda on: delete_comment(on.shown, on.me),
    "a comment that is held": lambda on: hold_comment(on.shown),
    "a comment that is removed": lambda on: remove_comment(on.shown),
    "a comment that is published at last": lambda on: publish_comment(on.held, now=NOON),
    "another name": lambda on: rename(on.me, "ADA LENS"),
    "another role": lambda on: set_role(Member.objects.get(participant=on.me).pk, Role.CURATOR),
    "a film they rated that goes": lambda on: withdraw(Film.objects.get(pk=on.rain)),
    "a film they wrote about that goes": lambda on: withdraw(Film.objects.get(pk=on.ice)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_members_page_that_was_kept_no_longer_stands_after(ada: Member, change: str) -> None:
    scene = Scene(show("Rain", slug="rain").pk, show("Ice", slug="ice").pk, ada.participant_id, 0, 0)
    rate(scene.rain, scene.me, 8, now=NOON)
    scene.shown = post_comment(scene.ice, scene.me, "Shown.", now=NOON).comment_id
    scene.held = post_comment(scene.ice, scene.me, "Held.", now=NOON, hold=True).comment_id
    before = cast("HttpResponse", Client().get("/members/ada-lens/"))
    assert stands(before)

    CHANGES[change](scene)

    assert cast("HttpResponse", Client().get("/members/ada-lens/")).content != before.content
    assert not stands(before)


def test_a_film_that_is_public_again_is_on_a_members_page_within_a_minute(ada: Member) -> None:
    film = show(slug="why-we-fight")
    rate(film.pk, ada.participant_id, 8, now=NOON)
    withdraw(film)

    kept = provenance_of(Client().get("/members/ada-lens/"))

    assert kept
    assert kept.max_age
    assert kept.max_age <= 60


def test_what_others_do_leaves_a_members_page_as_it_is(ada: Member) -> None:
    film, other = show().pk, somebody("Bela").participant_id
    rate(film, ada.participant_id, 8, now=NOON)
    before = cast("HttpResponse", Client().get("/members/ada-lens/"))

    rate(film, other, 1, now=NOON)
    post_comment(film, other, "Mine.", now=NOON)

    assert stands(before)
