"""Ways to a film: filters, search, lists, and help where there is no page. All of them without script, too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visit import NARROW

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@BOTH
def test_filters_narrow_and_one_is_taken_away_again(visitor: Visitor, script: bool) -> None:
    visit = visitor(script=script)
    page = visit.to("/films/")

    page.get_by_role("checkbox", name="1920s").check()
    page.get_by_role("checkbox", name="Cities").check()
    page.get_by_role("button", name="Show films").click()
    page.wait_for_url(re.compile("subject=cities.*decade=1920s"))
    shown = page.get_by_role("region", name="Films").get_by_role("heading", level=3)
    assert sorted(shown.all_inner_texts()) == [
        "Berlin: Symphony of a Metropolis",
        "Man with a Movie Camera",
        "Manhatta",
        "Rain",
    ]
    page.get_by_role("link", name="Clear all 2").click()

    visit.at("/films/")


def test_on_a_phone_the_filters_open_at_a_touch(visitor: Visitor) -> None:
    page = visitor(width=NARROW, script=False).to("/films/")
    box = page.get_by_role("checkbox", name="1920s")
    assert not box.is_visible()

    page.locator("summary", has_text="Filters").click()

    expect(box).to_be_visible()


@BOTH
def test_a_search_for_a_misspelt_title_still_leads_there(visitor: Visitor, script: bool) -> None:
    visit = visitor(script=script)
    page = visit.to("/")

    page.get_by_role("search").get_by_role("searchbox").fill("nanok of the nort")
    page.keyboard.press("Enter")
    visit.at("/search/?q=nanok+of+the+nort")
    page.get_by_role("main").get_by_role("link", name="Nanook of the North").first.click()

    visit.at("/films/nanook-of-the-north/")


@BOTH
def test_a_mistyped_address_names_the_film_that_was_meant(visitor: Visitor, script: bool) -> None:
    visit = visitor(script=script)
    page = visit.to("/films/why-we-figth/", status=404)

    page.get_by_role("main").get_by_role("link", name="Why We Fight").click()

    visit.at("/films/why-we-fight/")


@pytest.mark.parametrize(
    ("start", "steps"),
    [
        ("/", ["Subjects", "Cities", "Rain"]),
        ("/", ["Collections", "City symphonies", "Rain"]),
        ("/films/rain/", ["1929", "Man with a Movie Camera"]),
        ("/films/why-we-fight/", ["Frank Capra", "Why We Fight"]),
    ],
)
def test_lists_lead_to_films_and_films_to_lists(visitor: Visitor, start: str, steps: list[str]) -> None:
    page = visitor(script=False).to(start)

    for step in steps:
        page.get_by_role("link", name=step).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(step)
