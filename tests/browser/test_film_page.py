"""Watching: nothing is asked of a host before the click, and the right thing plays after it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visit import NARROW
from tests.serving.site import until

FRAMED = "/films/why-we-fight/"
OWN_FILE = "/films/a-clip-of-our-own/"
ARCHIVE = "archive.org"


def test_pressing_play_asks_the_host_and_nothing_did_before(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to(FRAMED)
    assert page.locator("iframe, video").count() == 0
    assert visit.asked == []

    visit.welcome.add(ARCHIVE)
    page.locator("#play").click()

    frame = page.locator("#player iframe")
    expect(frame).to_be_focused()
    assert urlsplit(frame.get_attribute("src") or "").hostname == ARCHIVE
    assert frame.get_attribute("title") == "Prelude to War"
    expect(page.frame_locator("#player iframe").locator("html")).to_be_attached()
    assert {urlsplit(address).hostname for address in visit.asked} == {ARCHIVE}


def test_a_moment_in_the_address_is_handed_to_the_player(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to(f"{FRAMED}?part=3&t=12:34")

    visit.welcome.add(ARCHIVE)
    page.get_by_role("link", name="Play from 12:34").click()

    address = urlsplit(page.locator("#player iframe").get_attribute("src") or "")
    assert address.path == "/embed/DivideAndConquer"
    assert parse_qs(address.query)["start"] == ["754"]


def test_a_video_of_our_own_plays_in_the_page(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to(OWN_FILE)

    page.locator("#play").click()

    video = page.locator("#player video")
    expect(video).to_be_visible()
    until(lambda: video.evaluate("video => video.currentTime > 0"), "it plays")
    assert visit.asked == []


def test_without_script_play_is_a_plain_link_to_where_it_can_be_watched(visitor: Visitor) -> None:
    page = visitor(script=False).to(FRAMED)

    address = page.locator("#play").get_attribute("href")

    assert address == "https://archive.org/details/PreludeToWar"


def test_another_part_is_chosen_in_place(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to(FRAMED)
    page.evaluate("window.here = true")

    page.locator("#player .list").get_by_role("link", name=re.compile("Divide and Conquer")).click()

    expect(page.locator("#player .list [aria-current]")).to_contain_text("Divide and Conquer")
    visit.at(f"{FRAMED}?part=3#part-3")
    assert page.evaluate("window.here"), "the page was loaded anew"
    expect(page.locator("#player iframe")).to_have_count(0)
    page.go_back()
    expect(page.locator("#player .list [aria-current]")).to_contain_text("Prelude to War")


def test_another_part_is_chosen_without_script(visitor: Visitor) -> None:
    visit = visitor(script=False)
    page = visit.to(FRAMED)

    page.locator("#player .list").get_by_role("link", name=re.compile("Divide and Conquer")).click()

    expect(page.locator("#player .list [aria-current]")).to_contain_text("Divide and Conquer")
    visit.at(f"{FRAMED}?part=3#part-3")


def test_a_fragment_says_the_same_as_the_query(visitor: Visitor) -> None:
    page = visitor().to(f"{FRAMED}#part-3&t=12:34")

    expect(page.get_by_role("link", name="Play from 12:34")).to_be_visible()
    expect(page.locator("#player .list [aria-current]")).to_contain_text("Divide and Conquer")


def test_a_part_without_a_source_says_so(visitor: Visitor) -> None:
    page = visitor(width=NARROW).to(f"{FRAMED}?part=4")

    expect(page.locator("#player")).to_contain_text("No source yet")
    assert page.locator("#play").count() == 0


def test_the_slate_leads_to_year_subject_and_people(visitor: Visitor) -> None:
    visit = visitor(script=False)
    page = visit.to("/films/man-with-a-movie-camera/")
    assert (
        page.locator(".title .slate").get_by_role("link", name="1929").get_attribute("href") == "/years/1929/"
    )

    page.locator(".title .slate").get_by_role("link", name="Cities").click()

    visit.at("/subjects/cities/")
    expect(page.get_by_role("link", name="Man with a Movie Camera").first).to_be_visible()


def test_related_films_say_why(visitor: Visitor) -> None:
    page = visitor().to("/films/the-river/")

    related = page.get_by_role("listitem").filter(has_text="The Plow That Broke the Plains")

    expect(related).to_contain_text("Also about")
