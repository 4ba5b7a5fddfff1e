"""Moments in what visitors write lead to the film's player, through every door that words come in by."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.accounts.people import a_browser
from tests.api.v1.calling import Script
from tests.web.films_on_show import show
from tests.web.writing_desk import WRITE, page_of, posted
from verite.catalogue.queries.film_names import film_path, film_paths
from verite.discussion.models import Comment

FILM = "/films/why-we-fight/"
WORDS = "At 12:34 and #2 1:02:03, https://a.example/1:00"
HTML = (
    f'<p>At <a class="tc" href="{FILM}?t=754#player">12:34</a> and '
    f'<a class="tc" href="{FILM}?part=2&amp;t=3723#player">#2 1:02:03</a>, https://a.example/1:00</p>\n'
)

pytestmark = pytest.mark.django_db


def test_a_moment_that_is_posted_leads_to_the_player_from_every_page() -> None:
    show()
    browser = a_browser()
    comment = posted(browser, words=WORDS)

    for address in (FILM, f"{FILM}discussion/", f"/comments/{comment}/"):
        links = page_of(browser.get(address)).all("a", class_="tc")
        assert [link.attributes["href"] for link in links] == [
            f"{FILM}?t=754#player",
            f"{FILM}?part=2&t=3723#player",
        ], address


def test_a_preview_and_a_reply_and_a_change_have_the_link_too() -> None:
    show()
    browser = a_browser()
    comment = posted(browser, words="Which?")
    preview = browser.post(WRITE, {"comment": WORDS, "preview": "yes"})
    reply = posted(browser, f"/comments/{comment}/reply/", WORDS)
    browser.post(f"/comments/{comment}/edit/", {"comment": WORDS})

    assert HTML in preview.content.decode()
    assert Comment.objects.get(pk=reply).html == HTML
    assert Comment.objects.get(pk=comment).html == HTML


def test_a_program_that_posts_a_moment_is_answered_with_the_link() -> None:
    show()

    assert Script().post(f"{FILM.rstrip('/')}/comments", {"body": WORDS})["html"] == HTML


def test_nobody_can_write_such_a_link_by_hand() -> None:
    show()
    posted(a_browser(), words=f"[x]({FILM}?t=1#player) <a class=tc href={FILM}?t=1#player>y</a>")

    assert "<a" not in Comment.objects.get().html


@pytest.mark.parametrize("slug", ["why-we-fight", "الفيلم-الأخير", "日本"])
def test_the_path_that_is_stored_is_the_address_of_the_film_s_page(slug: str) -> None:
    assert film_path(slug) == reverse("film", kwargs={"slug": slug})


def test_paths_are_found_by_the_ids_of_films() -> None:
    film = show().pk

    assert film_paths([film, film + 1]) == {film: FILM}
