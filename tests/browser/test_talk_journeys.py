"""Taking part from the first rating to an account, as people do it: with script and without, and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lively
from tests.browser.joining import become_a_member
from tests.browser.speaking import Saying, post
from tests.browser.visit import NARROW, WIDE, Visit

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def by_others(lively: Lively, film: str) -> int:
    (comment,) = post(lively.data, [Saying(film, "What did the censor cut?", "Bela")])
    assert comment
    return comment


def saying(page: Page, words: str) -> Locator:
    """The innermost comment that says so."""
    return page.locator(".c", has=page.locator(f"> .say:has-text('{words}')"))


@BOTH
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_guest_takes_part_and_keeps_it_all_as_a_member(lively: Lively, script: bool, width: int) -> None:
    name = f"Ana{width}{'with' if script else 'without'}"
    film = lively.film()
    path, other = f"/films/{film}/", by_others(lively, film)
    with lively.visit(script=script, width=width) as visit:
        page = visit.to(path)

        page.get_by_role("radio", name="8", exact=True).check(force=True)
        page.get_by_role("button", name="Save my rating").click()
        expect(page.locator("#rating")).to_contain_text("Your rating is saved.")
        expect(page.locator("#rating .mean")).to_contain_text("8.00 /10 from 1 rating")

        page.get_by_label("Your comment").fill("The trains at *dawn*")
        page.get_by_label("Name").fill("Ana")
        page.get_by_role("button", name="Post comment").click()
        expect(saying(page, "The trains at dawn")).to_be_visible()
        own = saying(page, "The trains at dawn").get_attribute("id") or ""

        visit.to(path)
        page.locator(f"#comment-{other}").get_by_role("link", name="Reply to Bela").click()
        reply = page.locator(f"#reply-{other}")
        reply.get_by_label("Your comment").fill("The strike")
        reply.get_by_role("button", name="Post comment").click()
        expect(saying(page, "The strike").last).to_contain_text("to Bela")

        visit.to(path)
        page.locator(f"#comment-{other} > .acts").get_by_role("button", name="Helpful").first.click()
        helpful = page.locator(f"#comment-{other} > .acts [aria-pressed]").first
        expect(helpful).to_have_attribute("aria-pressed", "true")
        expect(helpful).to_have_text("Helpful 1")

        page.locator(f"#{own} > .acts").get_by_role("link", name="Edit").click()
        page.locator("[id^=edit-]").get_by_label("Your comment").fill("The trains at *nightfall*")
        page.get_by_role("button", name="Save the change").click()
        expect(saying(page, "The trains at nightfall")).to_contain_text("edited")

        visit.to(path)
        page.locator(f"#{own} > header a:has(time)").click()
        visit.at(f"/comments/{own.removeprefix('comment-')}/")
        expect(saying(page, "The trains at nightfall")).to_be_visible()

        become_a_member(page, lively.data, name, f"{name.lower()}@films.example")
        page.wait_for_url("**/comments/*/")
        expect(saying(page, "The trains at nightfall").locator("> header")).to_contain_text(name)
        page.get_by_role("link", name=name, exact=True).first.click()
        visit.at("/me/")
        for mine in ("The trains at nightfall", "The strike", "8"):
            expect(page.get_by_role("main")).to_contain_text(mine)
        visit.to(path)
        expect(page.get_by_role("radio", name="8", exact=True)).to_be_checked()
        expect(page.locator(f"#comment-{other} > .acts [aria-pressed=true]")).to_have_text("Helpful 1")
        assert not visit.scrolls_sideways()


def press_to(visit: Visit, selector: str) -> None:
    visit.tab_to(selector, most=150)
    assert "out of sight" not in visit.focused()


def test_by_keyboard_alone(lively: Lively) -> None:
    film = lively.film()
    other = by_others(lively, film)
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")

        press_to(visit, "#rating input")
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator("#rating .mean")).to_contain_text("7.00")

        press_to(visit, "#write-comment")
        page.keyboard.type("The igloo was cut open")
        press_to(visit, "#write .go")
        page.keyboard.press("Enter")
        own = saying(page, "The igloo was cut open")
        expect(own).to_be_focused()

        press_to(visit, f"#comment-{other} > .acts button")
        page.keyboard.press("Space")
        expect(page.locator(f"#comment-{other} > .acts button").first).to_have_text("Helpful 1")

        press_to(visit, f"#comment-{other} > .acts a[href$='/reply/']")
        page.keyboard.press("Enter")
        expect(page.locator(f"#reply-{other}-comment")).to_be_focused()
        page.keyboard.type("Nothing, I think")
        press_to(visit, f"#reply-{other} .go")
        page.keyboard.press("Enter")
        expect(saying(page, "Nothing, I think").last).to_be_focused()

        page.keyboard.press("Tab")
        press_to(visit, ".re .acts a[href$='/delete/']")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Delete my comment")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".re .acts a[href$='/delete/']")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Delete my comment")).to_be_focused()
        page.keyboard.press("Enter")
        expect(saying(page, "Nothing, I think")).to_have_count(0)
        visit.hears("Your comment is deleted.")


def test_what_one_browser_posts_another_sees(lively: Lively) -> None:
    path = f"/films/{lively.film()}/"
    with lively.visit() as reader, lively.visit() as writer:
        reader.to(path)
        page = writer.to(path)
        page.get_by_role("radio", name="10", exact=True).check(force=True)
        page.get_by_role("button", name="Save my rating").click()
        expect(page.locator("#rating .notice")).to_be_visible()
        page.get_by_label("Your comment").fill("Umbrellas, seen by two")
        page.get_by_role("button", name="Post comment").click()
        expect(saying(page, "Umbrellas, seen by two")).to_be_focused()

        seen = reader.to(path)

        expect(saying(seen, "Umbrellas, seen by two")).to_be_visible()
        expect(seen.locator("#rating .mean")).to_contain_text("10.00")
        mine = saying(seen, "Umbrellas, seen by two").get_by_role("link", name=re.compile("Edit"))
        expect(mine).to_have_count(0)
