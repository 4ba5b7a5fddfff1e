"""Two who read one discussion: what one posts, the other is offered, and nothing moves before it is asked for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Lively
from tests.browser.speaking import Saying, post
from tests.browser.test_talk_in_place import discussion, write
from tests.browser.visit import NARROW, WIDE, Visit

A_WHILE = "01:00"


def said(lively: Lively, *sayings: Saying) -> list[int]:
    return [each for each in post(lively.data, sayings) if each]


def reading(visit: Visit, film: str) -> Page:
    """A page of the discussion on which time can pass."""
    visit.page.clock.install()
    page = visit.to(discussion(film))
    with page.expect_response(re.compile(r"/static/js/living\.")):
        page.clock.fast_forward("00:10")
    # From then on it counts the time.
    expect(page.locator("#living")).to_have_attribute("role", "status")
    return page


def asks(page: Page) -> list[Request]:
    """The questions after new comments that are sent from now on."""
    sent: list[Request] = []
    page.on("request", lambda each: sent.append(each) if "/since/" in each.url else None)
    return sent


def turn_away(page: Page) -> None:
    """Go to another tab, and count from this moment on what the page asks for; see ``come_back``."""
    page.evaluate(
        """() => {
            Object.defineProperty(document, "hidden", { value: true, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
            const fetched = window.fetch;
            window.asked = 0;
            window.fetch = (...what) => (window.asked++, fetched(...what));
        }"""
    )


def come_back(page: Page) -> int:
    """How often the page asked for something meanwhile. A browser without a window tells of none of this."""
    asked: int = page.evaluate(
        """() => {
            const asked = window.asked;
            delete document.hidden;
            document.dispatchEvent(new Event("visibilitychange"));
            return asked;
        }"""
    )
    return asked


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_one_posts_the_other_is_offered_and_opens_in_place(lively: Lively, width: int) -> None:
    film = lively.film()
    (first,) = said(lively, Saying(film, "First", "Ana"))
    with lively.visit(width=width) as writer, lively.visit(width=width) as reader:
        page = reading(reader, film)
        write(writer.to(discussion(film)), "From another browser", name="Bela")
        expect(writer.page.locator(".thread .c").first).to_contain_text("From another browser")
        said(lively, Saying(film, "Further", "Cleo"))
        page.evaluate("document.fonts.ready.then(() => null)")
        place = page.locator(f"#comment-{first}").bounding_box()

        page.clock.fast_forward(A_WHILE)

        offer = page.get_by_role("link", name="2 new comments")
        expect(offer).to_be_visible()
        expect(page.locator("#living")).to_have_attribute("role", "status")
        assert page.locator(f"#comment-{first}").bounding_box() == place, "what was read has moved"
        assert not reader.accessibility_faults()
        offer.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".thread .c")).to_have_count(3)
        expect(page.locator(".thread .c").first).to_contain_text("Further")
        expect(page.locator(".thread .c").first).to_be_focused()
        expect(page.locator(".thread mark")).to_have_count(2)
        expect(page.locator("#talk-facts")).to_contain_text("3 comments")
        expect(offer).to_have_count(0)
        page.locator(".c").first.get_by_role("button", name="Helpful").first.click()
        expect(page.locator(".c").first.locator("[aria-pressed=true]")).to_have_count(1)


def test_an_answer_comes_below_what_it_answers(lively: Lively) -> None:
    film = lively.film()
    (first,) = said(lively, Saying(film, "First", "Ana"))
    with lively.visit() as reader, lively.visit() as writer:
        page = reading(reader, film)
        there = writer.to(f"/comments/{first}/reply/")
        there.get_by_label("Your comment").fill("An answer")
        there.get_by_role("button", name="Post comment").click()
        expect(there.locator(".thread")).to_contain_text("An answer")

        page.clock.fast_forward(A_WHILE)
        page.get_by_role("link", name="1 new comment").click()

        expect(page.locator(f"#comment-{first} > .re > .c")).to_contain_text("An answer")


def test_ones_own_words_are_no_news(lively: Lively) -> None:
    film = lively.film()
    with lively.visit() as visit:
        page = reading(visit, film)
        write(page, "Mine", name="Ana")
        expect(page.locator(".thread .c")).to_have_count(1)

        with page.expect_response(re.compile("/since/")) as answer:
            page.clock.fast_forward(A_WHILE)

        assert answer.value.json()["ids"], "it was not asked after the words were posted"
        expect(page.locator("#living a")).to_have_count(0)


def test_it_asks_without_cookies_and_seldom_where_nothing_comes(lively: Lively) -> None:
    film = lively.film()
    with lively.visit() as visit:
        page = reading(visit, film)
        write(page, "Now I have a cookie", name="Ana")
        expect(page.locator(".thread .c")).to_have_count(1)
        sent = asks(page)

        for _minute in range(20):
            page.clock.run_for(60_000)
            for each in sent:
                each.response()
            page.wait_for_function("1")

        assert 3 <= len(sent) <= 12
        assert not [each for each in sent if "cookie" in each.all_headers()]


def test_nothing_is_asked_while_nobody_looks(lively: Lively) -> None:
    film = lively.film()
    with lively.visit() as visit:
        page = reading(visit, film)
        turn_away(page)

        for _minute in range(10):
            page.clock.run_for(60_000)
            page.wait_for_function("1")

        assert come_back(page) == 0
        with page.expect_response(re.compile("/since/")):
            page.clock.fast_forward(A_WHILE)


def test_how_far_one_has_read_is_remembered_once_it_was_on_screen(lively: Lively) -> None:
    film = lively.film()
    said(lively, Saying(film, "First", "Ana"))
    with lively.visit() as visit:
        page = reading(visit, film)
        write(page, "Mine", name="Bela")
        expect(page.locator(".thread .c")).to_have_count(2)
        page = reading(visit, film)
        page.locator(".thread").scroll_into_view_if_needed()
        # An answer that leads elsewhere, where the script does not follow it, ends the request as failed.
        with page.expect_event("requestfailed", lambda each: each.url.endswith("/seen/")):
            page.clock.run_for(20_000)
        said(lively, Saying(film, "Later", "Cleo"))

        page = visit.to(discussion(film))

        expect(page.locator(".thread mark")).to_have_count(1)
        expect(page.locator(".thread .c", has=page.locator("mark"))).to_contain_text("Later")
        assert not visit.accessibility_faults()
        page.get_by_role("button", name="Mark all as read").click()
        expect(page.locator(".thread mark")).to_have_count(0)


def test_the_kind_that_was_chosen_survives_a_reload(lively: Lively) -> None:
    with lively.visit() as visit:
        path = discussion(lively.film())
        page = visit.to(path)
        form = page.locator("#write")
        expect(form.get_by_label("Address of the source")).to_be_hidden()
        form.get_by_label("Gives a source").check()
        form.get_by_label("Address of the source").fill("https://archives.gov/a")
        form.get_by_label("Your comment").fill("See there.")

        page = visit.to(path)

        expect(form.get_by_label("Gives a source")).to_be_checked()
        expect(form.get_by_label("Address of the source")).to_have_value("https://archives.gov/a")
        form.get_by_role("button", name="Post comment").click()
        expect(page.locator(".thread .c")).to_contain_text("gives a source")
        expect(page.get_by_role("link", name="archives.gov")).to_be_visible()
        expect(form.get_by_label("Comment", exact=True)).to_be_checked()


@pytest.mark.parametrize(("width", "scheme"), [(NARROW, "dark"), (WIDE, "light")])
def test_an_address_is_asked_for_when_something_is_wished_for(
    lively: Lively, width: int, scheme: str
) -> None:
    with lively.visit(width=width, scheme=scheme) as visit:
        visit.refusals.add(422)
        page = visit.to(discussion(lively.film()))
        form = page.locator("#write")
        wish, email = form.get_by_label("Notify me of"), form.get_by_label("E-mail")
        expect(wish).to_be_visible()
        expect(email).to_be_hidden()
        wish.select_option("film")
        expect(email).to_be_visible()
        assert not visit.accessibility_faults()
        wish.select_option("")
        expect(email).to_be_hidden()

        wish.select_option("film")
        email.fill("ada@example.org")
        wish.select_option("")
        expect(email).to_be_visible()  # what stands there is sent

        form.get_by_label("Your comment").fill("Well observed.")
        wish.select_option("film")
        email.fill("")
        form.get_by_role("button", name="Post comment").click()
        expect(email).to_have_attribute("aria-invalid", "true")
        wish.select_option("")
        expect(email).to_be_visible()
