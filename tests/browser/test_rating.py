"""Rating in a real browser, in place and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Lively


def test_a_rating_is_given_changed_and_taken_back_in_place(lively: Lively) -> None:
    with lively.visit() as visit:
        page = visit.to(f"/films/{lively.film()}/")
        page.evaluate("window.here = true")
        rating, save = page.locator("#rating"), page.get_by_role("button", name="Save my rating")

        page.get_by_role("radio", name="8", exact=True).check(force=True)
        save.click()
        expect(rating.locator(".mean")).to_contain_text("8.00 /10 from 1 rating")
        expect(save).to_be_focused()
        visit.hears("Your rating is saved.")

        page.get_by_role("radio", name="10", exact=True).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(rating.locator(".mean")).to_contain_text("10.00 /10 from 1 rating")
        expect(page.get_by_role("radio", name="10", exact=True)).to_be_focused()

        page.get_by_role("button", name="Remove it").click()
        expect(rating.locator(".mean")).to_contain_text("No ratings yet")
        visit.hears("Your rating is taken back.")
        expect(page.locator("#rating :focus")).to_have_count(1)
        expect(page.locator("#rating :checked")).to_have_count(0)
        assert page.evaluate("window.here"), "the page was loaded anew"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_saving_no_rating_says_what_is_missing(lively: Lively, script: bool) -> None:
    with lively.visit(script=script) as visit:
        visit.refusals.add(422)
        page = visit.to(f"/films/{lively.film()}/")

        page.get_by_role("button", name="Save my rating").click()

        expect(page.get_by_role("alert")).to_be_visible()
        if script:
            expect(page.get_by_role("alert")).to_be_focused()
            assert not visit.accessibility_faults()
        page.get_by_role("radio", name="3", exact=True).check(force=True)
        page.get_by_role("button", name="Save my rating").click()
        expect(page.locator("#rating .mean")).to_contain_text("3.00 /10 from 1 rating")


def test_pressed_twice_it_counts_once(lively: Lively) -> None:
    with lively.visit() as visit:
        posts: list[str] = []
        visit.page.on("request", lambda each: posts.append(each.url) if each.method == "POST" else None)
        page = visit.to(f"/films/{lively.film()}/")
        page.get_by_role("radio", name="7", exact=True).check(force=True)

        page.get_by_role("button", name="Save my rating").dblclick()

        expect(page.locator("#rating .mean")).to_contain_text("7.00 /10 from 1 rating")
        assert len(posts) == 1
