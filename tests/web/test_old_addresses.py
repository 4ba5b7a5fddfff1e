"""Addresses of a site that moved in lead to where its pages stand now."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.catalogue.sayings import NOW, film, stored
from tests.transfer.wordpress.exports import FIXTURE, category, comment, post, site, taken_in, term
from verite.core.freshness import page_of
from verite.transfer.importing import import_file
from verite.transfer.models import ImportedComment
from verite.web.browsing.home import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved_in() -> None:
    import_file(FIXTURE, now=NOW)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/nanook-of-the-north/", "/films/nanook-of-the-north/"),
        ("/nanook-of-the-north", "/films/nanook-of-the-north/"),
        ("/Nanook-of-the-North//", "/films/nanook-of-the-north/"),
        ("/nanook-of-the-north/comment-page-3/", "/films/nanook-of-the-north/"),
        ("/nanook-of-the-north/comment-page-3/?replytocom=10316", "/films/nanook-of-the-north/"),
        ("/nanook-of-the-north/feed/", "/films/nanook-of-the-north/discussion/feed.atom"),
        ("/?feed=rss2&p=11256", "/films/nanook-of-the-north/discussion/feed.atom"),
        ("/nanook-of-the-north/amp/", "/films/nanook-of-the-north/"),
        ("/?p=11256", "/films/nanook-of-the-north/"),
        ("/index.php?p=11256", "/films/nanook-of-the-north/"),
        ("/category/society-at-work/", "/subjects/society-at-work/"),
        ("/category/society-at-work/land-farming/", "/subjects/land-farming/"),
        ("/category/society-at-work/land-farming/page/2/", "/subjects/land-farming/"),
        ("/category/land-farming/feed/", "/subjects/land-farming/feed.atom"),
        ("/category/land-farming/feed/atom/", "/subjects/land-farming/feed.atom"),
        ("/topics/land-farming/", "/subjects/land-farming/"),
        ("/?cat=15", "/subjects/land-farming/"),
        ("/tag/dust-bowl/", "/subjects/dust-bowl/"),
        ("/?tag=dust-bowl", "/subjects/dust-bowl/"),
        ("/category/1922/", "/years/1922/"),
        ("/?cat=17", "/years/1922/"),
        ("/category/1922/feed/", "/films/feed.atom?year=1922"),
        ("/author/curator.anna/", "/members/curator-a/"),
        ("/author/curator-anna/page/4/", "/members/curator-a/"),
        ("/?author=2", "/members/curator-a/"),
        ("/feed/", "/feeds/site.atom"),
        ("/?feed=rss2", "/feeds/site.atom"),
        ("/comments/feed/", "/feeds/comments.atom"),
        ("/?feed=comments-rss2", "/feeds/comments.atom"),
        ("/page/7/", "/films/"),
    ],
)
def test_an_old_address_answers_301_and_a_page_is_there(
    old: str, new: str, moved_in: None, client: Client
) -> None:
    answer = client.get(old)

    assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    "unknown",
    ["/no-such-film/", "/category/no-such/", "/?p=99", "/duck-and-cover/", "/?p=11261", "/comments/99/"],
)
def test_what_was_never_there_or_is_a_draft_leads_nowhere(
    unknown: str, moved_in: None, client: Client
) -> None:
    assert client.get(unknown).status_code == (200 if unknown.startswith("/?") else 404)


def test_a_form_sent_to_an_old_address_is_not_led_on(moved_in: None, client: Client) -> None:
    assert client.post("/nanook-of-the-north/").status_code == 404


def test_an_address_of_ours_is_ours_whatever_stood_there(tmp_path: Path, client: Client) -> None:
    stored(film("Snow"))
    taken_in(tmp_path, site(post(1, "Rain", link="https://films.example/films/snow/")))

    assert client.get("/films/snow/").status_code == 200


def test_a_site_in_a_folder_is_found_in_its_folder(tmp_path: Path, client: Client) -> None:
    rain = post(1, "Rain", link="https://films.example/blog/2013/01/rain/")
    taken_in(tmp_path, site(rain, address="https://films.example/blog"))

    for old in ("/blog/2013/01/rain/", "/blog/?p=1", "/blog/2013/01/rain/comment-page-1/"):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/films/rain/")
    assert client.get("/blog/page/2/").headers["Location"] == "/films/"
    assert client.get("/2013/01/rain/").status_code == 404


def test_of_two_sites_the_one_with_this_host_comes_first(tmp_path: Path, client: Client) -> None:
    for host, title in (("one", "Rain"), ("two", "Snow")):
        whole = site(
            post(1, title, link=f"https://{host}.example/film/"), address=f"https://www.{host}.example"
        )
        taken_in(tmp_path, whole, name=f"{host}.xml")

    with pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.setattr(settings, "ALLOWED_HOSTS", ["*"])
        seen = {host: client.get("/film/", headers={"host": host}).headers["Location"] for host in
                ("one.example", "www.two.example", "elsewhere.example")}  # fmt: skip

    assert seen == {
        "one.example": "/films/rain/",
        "www.two.example": "/films/snow/",
        "elsewhere.example": "/films/rain/",
    }


def test_letters_of_any_script_and_earlier_names_are_found(tmp_path: Path, client: Client) -> None:
    renamed = "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>before</wp:meta_value></wp:postmeta>"
    rain = post(
        1, "Rain", "https://archive.org/details/a", renamed, link="https://films.example/%e6%98%a0%e7%94%bb/"
    )
    taken_in(tmp_path, site(rain))

    assert client.get("/映画/").headers["Location"] == "/films/rain/"
    assert client.get("/before/").headers["Location"] == "/films/rain/"


def test_a_comment_whose_number_was_taken_is_found_under_its_old_one(tmp_path: Path, client: Client) -> None:
    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", comment(5_000_000_000))))
    now_called = ImportedComment.objects.get().comment_id

    answer = client.get("/comments/5000000000/")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/comments/{now_called}/")


def test_on_its_own_film_a_comment_is_found_under_its_old_number_though_another_has_it(
    tmp_path: Path, client: Client
) -> None:
    for title in ("Rain", "Snow"):
        talk = site(post(1, title, "https://archive.org/details/a", comment(7), comment(8)), address=title)
        taken_in(tmp_path, talk, name=f"{title}.xml")
    rain, snow = (
        ImportedComment.objects.get(number=7, comment__film__title=each).comment_id
        for each in ("Rain", "Snow")
    )
    assert rain == 7 != snow

    for slug, comment_id in (("rain", rain), ("snow", snow)):
        answer = client.get(f"/films/{slug}/comments/7/")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/comments/{comment_id}/")
    assert client.get("/films/rain/comments/9/").status_code == 404


def test_a_category_by_a_word_for_a_year_is_still_a_subject(tmp_path: Path, client: Client) -> None:
    terms = (category(7, "war", "War"),)
    taken_in(tmp_path, site(*terms, post(1, "Rain", "https://archive.org/details/a", term("War", "war"))))

    assert client.get("/?cat=7").headers["Location"] == "/subjects/war/"


def test_the_front_page_says_which_numbers_it_looks_at() -> None:
    declared = page_of(home)

    assert declared is not None
    assert declared.normalised("utm_source=x&p=7") == "p=7"
