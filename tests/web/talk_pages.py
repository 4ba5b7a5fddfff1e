"""What is said about a film, for tests of the pages that show it, and what those pages hold."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.people import a_browser
from tests.browsing.visiting import links
from tests.talking import NOON, a_guest, after
from tests.web.markup import Page
from verite.accounts import acting
from verite.accounts.actions import guest_for
from verite.catalogue.models import Film
from verite.discussion.actions import post_comment

IN_PLACE = {"HX-Request": "true"}


def discussion_of(film_id: int) -> str:
    return f"/films/{Film.objects.values_list('slug', flat=True).get(pk=film_id)}/discussion/"


def say(
    film_id: int, words: str = "The maps.", *, minute: int = 0, by: int | None = None, to: int | None = None
) -> int:
    who = by or a_guest()
    return post_comment(film_id, who, words, now=after(minute), parent_id=to, name="Reader").comment_id


def comments(page: Page) -> list[int]:
    """The ids of a page's comments, from top to bottom."""
    return [int(each.attributes["id"].removeprefix("comment-")) for each in page.all("article")]


def next_of(page: Page) -> str | None:
    following = [link.attributes["href"] for link in page.all("a", rel="next")]
    return following[0] if following else None


def folds(page: Page) -> list[str]:
    return [link for link in sorted(links(page)) if link.startswith("/comments/") and "/replies/" in link]


def browser_of_guest(token: str = "the guest of this test") -> tuple[Client, int]:
    """A browser that is known, and its participant's id."""
    browser = a_browser()
    browser.cookies["verite-guest"] = acting._signer.sign(token)
    participant_id = guest_for(token, now=NOON).participant_id
    assert participant_id is not None
    return browser, participant_id


def queries(address: str, browser: Client | None = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert (browser or Client()).get(address).status_code == 200, address
    return len(captured)
