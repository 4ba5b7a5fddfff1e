"""Becoming a member in a real browser, with script and without, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.joining import become_a_member
from tests.browser.running import demo_of_its_own
from tests.browser.visit import NARROW, WIDE, visiting


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[str]:
    """A site of its own, for here somebody changes it."""
    with demo_of_its_own(data) as address:
        yield address


@pytest.mark.parametrize("script", [True, False])
def test_a_visitor_becomes_a_member_and_finds_their_name_on_every_page(
    browser: Browser, site: str, data: Path, script: bool
) -> None:
    name = f"Ana {'with' if script else 'without'} script"
    with visiting(browser, site, script=script) as visit:
        page = visit.to("/films/why-we-fight/")
        become_a_member(page, data, name, f"{script}@films.example".lower())
        visit.at("/films/why-we-fight/")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_text("this one")).to_be_visible()
        for width in (WIDE, NARROW):
            for scheme in ("light", "dark"):
                visit.look(width=width, scheme=scheme)
                assert not visit.scrolls_sideways()
                assert not script or not visit.accessibility_faults()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_what_was_typed_stands_there_again_beside_what_is_wrong_with_it(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        page = visit.to("/accounts/signup/")
        page.get_by_label("Name").fill("!!!")
        page.get_by_label("E-mail address").fill("bela@films.example")
        page.keyboard.press("Enter")

        expect(page.get_by_text("A name needs at least one letter")).to_be_visible()
        expect(page.get_by_label("E-mail address")).to_have_value("bela@films.example")
        expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
        assert not visit.accessibility_faults()
