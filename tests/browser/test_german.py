"""German words are longer than ours; its pages are as usable, and keep to the width there is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visit import NARROW, NARROWEST, WIDE

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
PAGES = {
    "home": "/",
    "films": "/films/?decade=1940s&length=short&playable=yes",
    "film": "/films/why-we-fight/?part=3&t=12:34",
    "film, hardly anything known": "/films/nothing-is-known-of-this-one/",
    "film with talk": "/films/man-with-a-movie-camera/",
    "discussion": "/films/man-with-a-movie-camera/discussion/?sort=controversial",
    "write": "/films/man-with-a-movie-camera/discussion/write/",
    "own page": "/me/",
    "search": "/search/?q=camera",
    "search, not found": f"/search/?q={LONG_WORD}",
    "feeds": "/feeds/",
    "about": "/about/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_german_pages_are_usable_and_keep_to_their_width(visitor: Visitor, path: str) -> None:
    visit = visitor(locale="de-DE")
    page = visit.to(path)

    assert page.locator("html").get_attribute("lang") == "de"
    for width in (WIDE, NARROW, NARROWEST):
        visit.look(width=width)
        assert not visit.scrolls_sideways(), f"at {width} px"
    for width in (WIDE, NARROW):
        visit.look(width=width)
        assert not visit.accessibility_faults(), f"at {width} px"


def test_another_part_is_chosen_in_german_too(visitor: Visitor) -> None:
    page = visitor(locale="de-DE").to("/films/why-we-fight/")

    page.locator("#part-3 a").click()

    expect(page.locator("#player .said")).to_contain_text("Teil 3 von 7")
