"""Films with notes, for tests of the pages that show them."""

from __future__ import annotations

from django.test import Client

from tests.accounts.people import signed_in, somebody
from tests.talking import a_guest, after
from tests.web.films_on_show import ARCHIVE, review, show
from tests.web.markup import Page, read
from verite.accounts.actors import Role
from verite.catalogue.models import Film
from verite.discussion import actions
from verite.discussion.models import Comment
from verite.discussion.notes import On

ADDRESS = "/films/why-we-fight/"
HERE, WRITE = f"{ADDRESS}discussion/", f"{ADDRESS}notes/write/"
MAPS = "<p>Then come <em>the maps</em>. Made at the studio, they spill ink over Europe.</p>"
METHOD = "<p>The method is set out in the first ten minutes.</p>"
PARTS = [
    {"title": "One", "length_seconds": 600, "sources": [ARCHIVE]},
    {"title": "Two", "length_seconds": 1800, "sources": [ARCHIVE]},
]


def reviewed(*paragraphs: str) -> Film:
    film = show(parts=PARTS)
    review(film, *(paragraphs or (METHOD, MAPS)))
    return film


def noted(film: Film, on: On, words: str = "Says who?", *, minute: int = 1) -> int:
    """The id of the place."""
    said = actions.post_comment(film.pk, a_guest(), words, now=after(minute), on=on, name="Reader")
    anchor_id = Comment.objects.get(pk=said.comment_id).anchor_id
    assert anchor_id is not None
    return anchor_id


def visit(address: str = ADDRESS, browser: Client | None = None) -> Page:
    answer = (browser or Client()).get(address)
    assert answer.status_code == 200
    return read(answer.content.decode())


def curator() -> Client:
    return signed_in(somebody("Curator", role=Role.CURATOR))


def a_member_id() -> int:
    return somebody("Writer").participant_id
