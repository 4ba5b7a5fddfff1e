"""What a comment said before, as its author sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Lively
from tests.browser.visit import NARROW, WIDE


@pytest.mark.parametrize(("width", "script"), [(WIDE, True), (NARROW, False)])
def test_the_mark_of_a_change_leads_to_what_was_changed(lively: Lively, width: int, script: bool) -> None:
    with lively.visit(width=width, script=script) as visit:
        page = visit.to(f"/films/{lively.film()}/discussion/")
        page.get_by_label("Your comment").fill("The maps are lies.\n\nThe fires are not.")
        page.get_by_role("button", name="Post comment").click()
        page.locator(".thread .c").get_by_role("link", name="Edit").click()
        page.locator("[id^=edit-] textarea").fill("The maps are lies, all of them.\n\nNot the fires.")
        page.get_by_role("button", name="Save the change").click()

        page.get_by_role("link", name=re.compile("edited.*what it said before")).click()

        expect(page).to_have_url(re.compile("/comments/[0-9]+/history/"))
        expect(page.locator(".wording")).to_have_count(2)
        now, before = page.locator(".wording").all()
        expect(now.locator("del").first).to_have_css("text-decoration-line", "line-through")
        expect(now.locator("ins").first).to_have_css("text-decoration-line", "underline")
        expect(now.locator("ins").first).to_contain_text(", all of them")
        expect(before).to_have_text("The maps are lies.\n\nThe fires are not.")
        assert not visit.scrolls_sideways()
        if script:  # what looks for faults is one itself
            assert not visit.accessibility_faults()
