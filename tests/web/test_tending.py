"""What curators and moderators do to comments, branches, threads and people, with plain forms and in place."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.accounts.people import a_browser, signed_in, somebody
from tests.talking import a_guest, after
from tests.web.films_on_show import show
from tests.web.markup import Page, read
from tests.web.talk_pages import IN_PLACE, browser_of_guest, comments, discussion_of, say
from verite.accounts.actors import Role
from verite.catalogue.models import Credit, Person
from verite.discussion.actions import post_comment
from verite.discussion.models import Comment
from verite.discussion.remarks import remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


@pytest.fixture
def curator() -> Client:
    return signed_in(somebody("Ada Lens", role=Role.CURATOR))


@pytest.fixture
def moderator() -> Client:
    return signed_in(somebody("Mo", role=Role.MODERATOR))


def page_of(browser: Client, address: str) -> Page:
    answer = browser.get(address)
    assert answer.status_code == 200
    return read(answer.getvalue().decode())


def tend(browser: Client, comment_id: int, do: str, status: int = 303) -> None:
    assert browser.post(f"/comments/{comment_id}/tend/", {"do": do}).status_code == status


def buttons(page: Page) -> list[str]:
    return [each.attributes["value"] for each in page.all("button", name="do")]


def a_correction(film: int, to: int | None = None) -> int:
    return post_comment(
        film, a_guest(), "It was 1943.", now=after(1), parent_id=to, remark=remark("correction")
    ).comment_id


def test_what_is_kept_on_top_comes_first_in_every_order_and_says_so(film: int, moderator: Client) -> None:
    first, *others = (say(film, minute=minute) for minute in range(3))

    tend(moderator, first, "stick")

    for order in ("newest", "oldest", "best"):
        page = page_of(a_browser(), f"{discussion_of(film)}?sort={order}")
        assert comments(page)[0] == first
        assert page.text.count("Kept on top by the curators") == 1
    tend(moderator, first, "unstick")
    assert comments(page_of(a_browser(), discussion_of(film))) == [*reversed(others), first]


def test_nothing_can_be_answered_in_a_closed_branch_until_it_is_opened(film: int, moderator: Client) -> None:
    root = say(film)
    below = say(film, to=root)
    replying = f"/comments/{below}/reply/"

    tend(moderator, root, "close")

    assert "branch of the discussion is closed" in page_of(a_browser(), replying).text
    assert a_browser().post(replying, {"comment": "But I must."}).status_code == 409
    assert replying not in a_browser().get(f"/comments/{root}/").getvalue().decode()
    tend(moderator, root, "reopen")
    assert a_browser().post(replying, {"comment": "But I must."}).status_code == 303


def test_a_thread_is_closed_and_opened_from_its_page(film: int, moderator: Client) -> None:
    there = f"{discussion_of(film)}tend/"
    assert buttons(page_of(moderator, discussion_of(film))) == ["close"]

    assert moderator.post(there, {"do": "close"}).status_code == 303

    assert not page_of(a_browser(), discussion_of(film)).all("textarea")
    assert buttons(page_of(moderator, discussion_of(film))) == ["reopen"]
    moderator.post(there, {"do": "reopen"})
    assert page_of(a_browser(), discussion_of(film)).all("textarea")


def test_a_curator_takes_a_correction_up_and_puts_it_back(film: int, curator: Client) -> None:
    correction = a_correction(film)
    waiting = f"{discussion_of(film)}?show=unanswered"

    tend(curator, correction, "take-up")

    assert "correction, taken up on" in page_of(a_browser(), discussion_of(film)).text
    assert not comments(page_of(a_browser(), waiting))
    tend(curator, correction, "put-back")
    assert comments(page_of(a_browser(), waiting)) == [correction]


def test_each_is_offered_what_they_may_do_and_where_it_can_be_done(
    film: int, curator: Client, moderator: Client
) -> None:
    root = say(film)
    a_correction(film, to=root)
    there = f"/comments/{root}/"

    assert buttons(page_of(curator, there)) == ["stick", "close", "take-up"]
    assert buttons(page_of(moderator, there)) == ["stick", "close"]
    for other in (signed_in(somebody()), browser_of_guest()[0], a_browser()):
        assert buttons(page_of(other, there)) == []


@pytest.mark.parametrize("do", ["stick", "close", "take-up", "put-back", "nonsense", ""])
@pytest.mark.parametrize("role", [Role.MEMBER, None])
def test_nobody_else_tends_anything(film: int, do: str, role: Role | None) -> None:
    correction = a_correction(film)
    browser = signed_in(somebody(role=role)) if role else browser_of_guest()[0]

    tend(browser, correction, do, status=403)

    assert Comment.objects.filter(pk=correction, is_sticky=False, is_closed=False, taken_up_at=None).exists()


def test_a_moderator_does_not_take_corrections_up(film: int, moderator: Client) -> None:
    tend(moderator, a_correction(film), "take-up", status=403)


def test_what_cannot_be_done_is_told_why(film: int, curator: Client) -> None:
    root = say(film)

    tend(curator, say(film, to=root), "stick", status=409)
    tend(curator, root, "take-up", status=404)
    tend(curator, root + 100, "stick", status=404)
    tend(curator, root, "nonsense", status=422)


def test_in_place_the_comment_comes_back_as_it_stands_now(film: int, moderator: Client) -> None:
    root = say(film)

    answer = moderator.post(f"/comments/{root}/tend/", {"do": "stick"}, headers=IN_PLACE)

    assert answer.headers["HX-Retarget"] == f"#comment-{root}"
    assert "Kept on top" in answer.getvalue().decode()
    assert json.loads(answer.headers["HX-Trigger-After-Settle"])["edited"]["id"] == root


def test_one_is_brought_back_to_the_page_with_the_button(film: int, moderator: Client) -> None:
    root, here = say(film), discussion_of(film)

    answer = moderator.post(
        f"/comments/{root}/tend/", {"do": "stick"}, headers={"Referer": f"http://testserver{here}?sort=best"}
    )

    assert answer.headers["Location"] == f"{here}?sort=best&said=stuck#comment-{root}"


@pytest.fixture
def capra(film: int) -> Person:
    person = Person.objects.create(slug="frank", name="Frank", folded_name="frank")
    Credit.objects.create(film_id=film, person=person, role=Credit.Role.DIRECTOR, position=1)
    return person


def test_what_a_maker_says_about_their_film_is_marked_once_a_curator_knows_them(
    film: int, capra: Person, curator: Client
) -> None:
    frank = somebody("Frank R. Capra")
    say(film, by=frank.participant_id)
    assert "Maker of this film" not in page_of(a_browser(), discussion_of(film)).text
    assert page_of(curator, "/people/frank/").one("input", name="member").attributes["value"] == ""

    answer = curator.post("/people/frank/member/", {"member": "Frank R. Capra"})

    assert answer.status_code == 303
    assert "Maker of this film" in page_of(a_browser(), discussion_of(film)).text
    shown = page_of(curator, "/people/frank/").one("input", name="member")
    assert shown.attributes["value"] == "Frank R. Capra"
    curator.post("/people/frank/member/", {"member": ""})
    assert "Maker of this film" not in page_of(a_browser(), discussion_of(film)).text


def test_a_name_that_no_member_has_is_refused_at_its_field(capra: Person, curator: Client) -> None:
    answer = curator.post("/people/frank/member/", {"member": "Nobody at all"})

    page = read(answer.getvalue().decode())
    field = page.one("input", name="member").attributes
    assert answer.status_code == 422
    assert field["value"] == "Nobody at all"
    assert "No member is called so" in page.one(id=field["aria-describedby"]).text


def test_nobody_else_says_who_somebody_is(capra: Person, moderator: Client) -> None:
    for browser in (moderator, signed_in(somebody()), a_browser()):
        assert not page_of(browser, "/people/frank/").all("input", name="member")
        assert browser.post("/people/frank/member/", {"member": "Mo"}).status_code == 403
