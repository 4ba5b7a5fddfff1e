"""Everything can be reached and done by keyboard alone, and one always sees where one is."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visit import NARROW

FOCUS_IS_SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
NOT_HIDDEN = """() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""
# A list that scrolls shows nothing of what lies outside of it.
RING_IS_WHOLE = """() => {
    const { outlineOffset, outlineWidth } = getComputedStyle(document.activeElement);
    const ring = parseFloat(outlineOffset) + parseFloat(outlineWidth);
    const inner = document.activeElement.getBoundingClientRect();
    const outer = document.activeElement.closest("ol").getBoundingClientRect();
    return inner.left - ring >= outer.left - 1 && inner.right + ring <= outer.right + 1
        && inner.top - ring >= outer.top - 1 && inner.bottom + ring <= outer.bottom + 1;
}"""


def test_the_first_stop_skips_what_every_page_repeats(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to("/films/")

    page.keyboard.press("Tab")
    assert page.evaluate(NOT_HIDDEN)
    page.keyboard.press("Enter")
    visit.at("/films/#main")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_be_visible()


def test_from_the_search_box_to_the_playing_film(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to("/")

    visit.tab_to("input[name=q]")
    page.keyboard.type("why fight")
    page.keyboard.press("Enter")
    visit.at("/search/?q=why+fight")
    visit.tab_to("main a[href='/films/why-we-fight/']")
    page.keyboard.press("Enter")
    visit.at("/films/why-we-fight/")
    visit.tab_to("#play")
    visit.welcome.add("archive.org")
    page.keyboard.press("Enter")

    expect(page.locator("#player iframe")).to_be_focused()


def test_a_part_is_chosen_and_the_focus_is_not_lost(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to("/films/why-we-fight/")

    visit.tab_to("#part-3 a")
    page.keyboard.press("Enter")

    expect(page.locator("#player .list [aria-current]")).to_contain_text("Divide and Conquer")
    expect(page.locator("#player :focus")).to_be_visible()


def test_a_filter_is_set_and_applied(visitor: Visitor) -> None:
    visit = visitor(script=False)
    page = visit.to("/films/")

    visit.tab_to("input[name=decade][value='1920s']")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**decade=1920s**")

    expect(page.get_by_role("link", name="Rain", exact=True).first).to_be_visible()


def test_every_stop_is_seen(visitor: Visitor) -> None:
    for width in (None, NARROW):
        visit = visitor(**({"width": width} if width else {}))
        for path in ("/", "/films/", "/films/why-we-fight/"):
            page = visit.to(path)
            stops = page.locator("a[href], button:visible, input:visible, select:visible, summary").count()
            for _ in range(min(stops, 25)):
                page.keyboard.press("Tab")
                where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
                assert page.evaluate(FOCUS_IS_SEEN), f"{path}: no outline at {where}"
                assert page.evaluate(NOT_HIDDEN), f"{path}: out of sight: {where}"


def test_the_ring_around_the_last_part_is_not_cut_off(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.to("/films/why-we-fight/")

    visit.tab_to("#part-7 a")

    assert page.evaluate(RING_IS_WHOLE)
