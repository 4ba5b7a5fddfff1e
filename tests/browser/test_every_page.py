"""What holds for every page, whoever looks at it and on whatever."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visitor
from tests.browser.pages import MISSING, PAGES
from tests.browser.visit import NARROW, NARROWEST, WIDE

STATUS = dict.fromkeys(PAGES.values(), 200) | dict.fromkeys(MISSING.values(), 404)
PAPER = "getComputedStyle(document.documentElement).backgroundColor"
EVERY_PAGE = pytest.mark.parametrize("path", STATUS, ids=[*PAGES, *MISSING])


@EVERY_PAGE
def test_everybody_can_use_it(visitor: Visitor, path: str) -> None:
    visit = visitor()
    visit.to(path, status=STATUS[path])

    for width in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            visit.look(width=width, scheme=scheme)
            assert not visit.accessibility_faults(), f"at {width} px, {scheme}"


@EVERY_PAGE
def test_nothing_runs_out_of_the_page(visitor: Visitor, path: str) -> None:
    visit = visitor()
    visit.to(path, status=STATUS[path])

    for width in (WIDE, NARROW, NARROWEST):
        visit.look(width=width)
        assert not visit.scrolls_sideways(), f"at {width} px"


@EVERY_PAGE
def test_it_says_the_same_without_script(visitor: Visitor, path: str) -> None:
    read = [
        visitor(script=script).to(path, status=STATUS[path]).locator("main").inner_text()
        for script in (True, False)
    ]

    assert read[0] == read[1]
    assert read[0].strip()


@EVERY_PAGE
def test_it_can_be_printed(visitor: Visitor, path: str) -> None:
    visit = visitor()
    page = visit.to(path, status=STATUS[path])
    page.emulate_media(media="print")

    assert page.locator("h1").first.is_visible()
    assert not page.get_by_role("search").first.is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


def test_the_chosen_scheme_is_remembered_and_can_be_given_up(visitor: Visitor) -> None:
    visit = visitor(scheme="light")
    page = visit.to("/")
    light = page.evaluate(PAPER)

    page.get_by_role("button", name="Light / dark").click()
    dark = page.evaluate(PAPER)
    assert dark != light
    visit.to("/films/")
    assert page.evaluate(PAPER) == dark
    page.get_by_role("button", name="Light / dark").click()
    assert page.evaluate(PAPER) == light
    assert page.context.cookies() == []


def test_without_script_there_is_no_switch_that_does_nothing(visitor: Visitor) -> None:
    page = visitor(script=False).to("/")

    assert not page.get_by_role("button", name="Light / dark").is_visible()
