"""Lists of some of what is said about a film: questions, sources, corrections, what waits for an answer."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.accounts.people import signed_in, somebody
from tests.browsing.visiting import links
from tests.talking import a_guest, after
from tests.web.films_on_show import show
from tests.web.markup import Page, read
from tests.web.talk_pages import IN_PLACE, comments, discussion_of, next_of, queries, say
from verite.accounts.actors import Role
from verite.discussion.actions import close_branch, close_thread, post_comment
from verite.discussion.remarks import remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


def page_of(address: str, browser: Client | None = None) -> Page:
    answer = (browser or Client()).get(address)
    assert answer.status_code == 200, address
    return read(answer.content.decode())


def remarked(film: int, kind: str, *, minute: int = 0, to: int | None = None) -> int:
    return post_comment(
        film, a_guest(), f"{kind} {minute}", now=after(minute), parent_id=to, name="Béla", remark=remark(kind)
    ).comment_id


@pytest.fixture
def said(film: int) -> dict[str, int]:
    root = say(film)
    return {
        "comment": root,
        "question": remarked(film, "question", minute=1),
        "asks": remarked(film, "asks", minute=2, to=root),
        "source": remarked(film, "source", minute=3),
        "correction": remarked(film, "correction", minute=4),
    }


@pytest.mark.parametrize(
    ("show", "kinds"),
    [
        ("questions", ["question"]),
        ("asks", ["asks"]),
        ("sources", ["source"]),
        ("corrections", ["correction"]),
        ("unanswered", ["correction", "asks", "question"]),
        ("review-notes", []),
    ],
)
def test_a_list_holds_what_it_names_latest_first(
    film: int, said: dict[str, int], show: str, kinds: list[str]
) -> None:
    page = page_of(f"{discussion_of(film)}?show={show}")

    assert comments(page) == [said[kind] for kind in kinds]
    current = [each for each in page.all("a", aria_current="true") if "show=" in each.attributes["href"]]
    assert [each.attributes["href"] for each in current] == [f"{discussion_of(film)}?show={show}#discussion"]


def test_whatever_is_no_list_is_taken_for_everything(film: int, said: dict[str, int]) -> None:
    assert comments(page_of(f"{discussion_of(film)}?show=nonsense")) == comments(page_of(discussion_of(film)))


def test_an_empty_list_says_so_and_leads_back(film: int) -> None:
    say(film)

    page = page_of(f"{discussion_of(film)}?show=asks")

    assert "Nobody asks for a source." in page.text
    assert page.one("a", href=discussion_of(film)).text == "Read the whole discussion"


def test_a_comment_in_a_list_says_what_it_answers_and_leads_to_its_place(
    film: int, said: dict[str, int]
) -> None:
    page = page_of(f"{discussion_of(film)}?show=asks")

    assert "in reply to Reader" in page.one("article").text
    assert {f"/comments/{said['comment']}/", f"/comments/{said['asks']}/"} <= links(page)


def test_a_film_leads_to_each_list_that_has_something_in_it(film: int, said: dict[str, int]) -> None:
    page = page_of(discussion_of(film).removesuffix("discussion/"))

    shown = [each for each in page.all("a") if "?show=" in each.attributes["href"]]
    assert {each.text: each.attributes["href"].partition("?")[2] for each in shown} == {
        "1 question": "show=questions",
        "1 asks for a source": "show=asks",
        "1 gives a source": "show=sources",
        "1 correction": "show=corrections",
    }


def test_what_is_unanswered_comes_first_for_curators(film: int, said: dict[str, int]) -> None:
    def is_first(browser: Client) -> bool:
        shown = [each.text for each in page_of(discussion_of(film), browser).all("a")]
        return shown.index("Unanswered") < shown.index("All 5")

    assert not is_first(Client())
    assert is_first(signed_in(somebody(role=Role.CURATOR)))


def test_a_discussion_without_kinds_offers_no_lists(film: int) -> None:
    say(film)

    assert not page_of(discussion_of(film)).all("nav", aria_label="Which comments")


def test_a_long_list_goes_on_and_meets_every_comment_once(film: int) -> None:
    made = [remarked(film, "question", minute=minute) for minute in range(45)]
    met, address, pages = list[int](), f"{discussion_of(film)}?show=questions", 0
    while address:
        page = page_of(address)
        met, address, pages = [*met, *comments(page)], next_of(page) or "", pages + 1

    assert (met, pages) == (made[::-1], 3)


def test_a_script_gets_what_follows_alone(film: int) -> None:
    for minute in range(21):
        remarked(film, "question", minute=minute)
    following = next_of(page_of(f"{discussion_of(film)}?show=questions")) or ""

    answer = Client().get(following, headers=IN_PLACE)

    html = answer.content.decode()
    assert html.count("<article") == 1
    assert "<html" not in html
    assert "1 more comment is shown." in answer.headers["HX-Trigger-After-Settle"]


def test_a_cursor_of_another_list_leads_to_the_beginning_of_this_one(film: int) -> None:
    for minute in range(21):
        remarked(film, "question", minute=minute)
    cursor = (next_of(page_of(f"{discussion_of(film)}?show=questions")) or "").partition("after=")[2]

    answer = Client().get(f"{discussion_of(film)}?show=asks&after={cursor}")

    assert answer.status_code == 400
    assert f"{discussion_of(film)}?show=asks" in answer.content.decode()


def test_in_a_closed_thread_a_list_offers_no_replies(film: int, said: dict[str, int]) -> None:
    close_thread(film)

    assert not [link for link in links(page_of(f"{discussion_of(film)}?show=asks")) if "/reply/" in link]


def test_in_a_closed_branch_a_list_offers_no_replies_and_says_so_at_its_head_alone(
    film: int, said: dict[str, int]
) -> None:
    asked = said["asks"]
    open_one = remarked(film, "asks", minute=5, to=remarked(film, "question", minute=4))
    close_branch(said["comment"])

    page = page_of(f"{discussion_of(film)}?show=asks")

    assert comments(page) == [open_one, asked]
    assert f"/comments/{open_one}/reply/" in links(page)
    assert not [link for link in links(page) if f"/comments/{asked}/reply/" in link]
    assert "nothing more can be answered here" not in page.text


@pytest.mark.parametrize("count", [1, 40])
def test_a_list_costs_the_same_however_long_it_is(film: int, count: int) -> None:
    root = say(film)
    for minute in range(count):
        remarked(film, "asks", minute=minute, to=root)

    assert queries(f"{discussion_of(film)}?show=asks") <= 8
