"""Feeds of what is said, as a feed reader reads them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.test_feeds import ATOM, fetch, ids, titles
from tests.talking import a_film, a_guest, a_member, after
from verite.catalogue.models import Film
from verite.discussion import actions

pytestmark = pytest.mark.django_db


def said(film: int, words: str, *, minute: int = 0, parent: int | None = None, name: str = "Bert") -> int:
    return actions.post_comment(
        film, a_guest(), words, now=after(minute), parent_id=parent, name=name, film_path="/films/nanook/"
    ).comment_id


@pytest.fixture
def film() -> int:
    film = a_film()
    Film.objects.filter(pk=film).update(slug="nanook")
    return film


def test_the_feed_of_a_film_has_its_comments_latest_first_with_all_their_words(film: int) -> None:
    root = said(film, "At **12:34** it begins.")
    answer = said(film, "It does.", minute=5, parent=root, name="Ann")
    held = said(film, "Not this.", minute=6)
    actions.hold_comment(held)

    feed = fetch("/films/nanook/discussion/feed.atom")

    assert titles(feed) == ["Ann answered Bert on Nanook of the North", "Bert on Nanook of the North"]
    assert ids(feed)[1:] == [f"tag:testserver,2026-01-01:comment/{each}" for each in (answer, root)]
    (_, first) = feed.iter(f"{ATOM}entry")
    summary = first.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert '<a class="tc" href="/films/nanook/?t=754#player">12:34</a>' in (summary.text or "")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}base", "").startswith("http://testserver/")


def test_a_comment_that_was_changed_is_told_anew(film: int) -> None:
    guest = a_guest()
    comment = actions.post_comment(film, guest, "It beginns.", now=after(0)).comment_id

    actions.edit_comment(comment, guest, "It begins.", now=after(9))

    feed = fetch("/films/nanook/discussion/feed.atom")
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}published") == "2026-03-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T12:09:00+00:00"
    assert feed.findtext(f"{ATOM}updated") == "2026-03-01T12:09:00+00:00"


def test_the_feed_of_a_thread_has_what_is_below_it_and_nothing_else(film: int) -> None:
    root, other = said(film, "One."), said(film, "Other.", minute=1)
    deep = said(film, "Deep.", minute=3, parent=said(film, "Below.", minute=2, parent=root))

    assert len(titles(fetch(f"/comments/{root}/feed.atom"))) == 3
    assert len(titles(fetch(f"/comments/{other}/feed.atom"))) == 1
    assert len(titles(fetch(f"/comments/{deep}/feed.atom"))) == 1


def test_the_feed_of_the_site_has_comments_on_public_films_alone(film: int) -> None:
    said(film, "Seen.")
    hidden = a_film("Draft")
    said(hidden, "Unseen.")
    Film.objects.filter(pk=hidden).update(state=Film.State.DRAFT)

    assert titles(fetch("/feeds/comments.atom")) == ["Bert on Nanook of the North"]


def test_names_and_words_from_outside_stay_text(film: int) -> None:
    actions.post_comment(film, a_member("Ann <b> & Co"), "<script>alert(1)</script> 1 < 2", now=after(0))

    (entry,) = fetch("/films/nanook/discussion/feed.atom").iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "Ann <b> & Co on Nanook of the North"
    assert "<script" not in (entry.findtext(f"{ATOM}summary") or "")


@pytest.mark.parametrize("path", ["/films/none/discussion/feed.atom", "/comments/999/feed.atom"])
def test_a_feed_of_nothing_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_feed_of_a_comment_that_is_not_public_is_not_found(film: int) -> None:
    held = said(film, "Waiting.")
    actions.hold_comment(held)

    assert Client().get(f"/comments/{held}/feed.atom").status_code == 404


@pytest.mark.parametrize("path", ["/films/nanook/discussion/feed.atom", "/feeds/comments.atom"])
def test_feeds_of_talk_take_few_statements(film: int, path: str) -> None:
    for number in range(40):
        said(film, f"Number {number}.", minute=number)

    with CaptureQueriesContext(connection) as asked:
        feed = fetch(path)

    assert len(titles(feed)) == 30
    assert len(asked) <= 5
