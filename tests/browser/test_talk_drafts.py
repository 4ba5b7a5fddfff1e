"""Nothing typed is lost: not by a reload, a lost connection, a site that is down or one that says no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Lively, running_lively
from tests.browser.joining import become_a_member
from tests.browser.speaking import Saying, post
from tests.browser.visit import Visit
from tests.serving.site import until

MONTH = timedelta(days=31)


@pytest.fixture(scope="module")
def paced(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lively]:
    """A site that does not let anybody post as often as they like."""
    data: Path = tmp_path_factory.mktemp("paced")
    with running_lively(browser, data, {}) as site:
        yield site


def talk(site: Lively) -> str:
    return f"/films/{site.film()}/discussion/"


def words(page: Page) -> Locator:
    return page.locator("#write").get_by_label("Your comment")


def send(page: Page) -> None:
    page.locator("#write").get_by_role("button", name="Post comment").click()


def forgive_the_connection(visit: Visit) -> None:
    """htmx says on the console that it could not send; that is what was tried."""
    visit.faults[:] = [fault for fault in visit.faults if "htmx:" not in fault]


def test_what_was_typed_stands_there_after_a_reload_until_it_is_posted(lively: Lively) -> None:
    with lively.visit() as visit:
        path = talk(lively)
        page = visit.to(path)
        words(page).fill("Two thirds of a sentence")
        page.locator("#write").get_by_label("Name").fill("Ana")

        page.reload()
        expect(words(page)).to_have_value("Two thirds of a sentence")
        expect(page.locator("#write").get_by_label("Name")).to_have_value("Ana")
        visit.to(talk(lively))
        expect(words(page)).to_have_value("")
        visit.to(path)
        send(page)
        expect(page.locator(".c", has_text="Two thirds of a sentence")).to_be_focused()

        page.reload()
        expect(words(page)).to_have_value("")


def test_each_answer_keeps_a_draft_of_its_own(lively: Lively) -> None:
    film = lively.film()
    first, second = post(lively.data, [Saying(film, "The chapel"), Saying(film, "The olive trees")])
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/discussion/")
        for answered in (first, second):
            page.locator(f"#comment-{answered}").get_by_role("link", name="Reply").click()
            page.locator(f"#reply-{answered} textarea").fill(f"To {answered}")

        page.reload()
        expect(words(page)).to_have_value("")
        for answered in (first, second):
            page.locator(f"#comment-{answered}").get_by_role("link", name="Reply").click()
            expect(page.locator(f"#reply-{answered} textarea")).to_have_value(f"To {answered}")
        visit.to(f"/comments/{first}/reply/")
        expect(page.locator("textarea")).to_have_value(f"To {first}")


def test_a_draft_on_a_page_of_its_own_is_gone_once_it_is_posted(lively: Lively) -> None:
    with lively.visit() as visit:
        path = talk(lively)
        page = visit.to(f"{path}write/")
        words(page).fill("The ostrich")
        page.reload()
        expect(words(page)).to_have_value("The ostrich")

        send(page)
        page.wait_for_url(f"**{path}?*said=posted*")

        expect(page.locator(".thread .c")).to_have_count(1)
        visit.to(f"{path}write/")
        expect(words(page)).to_have_value("")


@pytest.mark.parametrize("place", ["one's own page", "the page that asks"])
def test_whoever_signs_out_leaves_no_words_behind(lively: Lively, place: str) -> None:
    name = f"Ana{len(place)}"
    with lively.visit() as visit:
        path = talk(lively)
        page = visit.to(path)
        become_a_member(page, lively.data, name, f"{name.lower()}@films.example")
        visit.at(path)
        words(page).fill("Nobody else's business")
        visit.to(path)
        expect(words(page)).to_have_value("Nobody else's business")

        visit.to("/me/" if place == "one's own page" else "/accounts/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        visit.at("/")

        visit.to(path)
        expect(page.locator("#write").get_by_label("Name")).to_have_value("")
        until(lambda: page.evaluate("!!window.htmx"), "the script is there")
        assert words(page).input_value() == ""
        assert not page.evaluate("Object.keys(localStorage)")


def test_whoever_signed_out_in_another_tab_is_told_so_before_anything_is_posted(lively: Lively) -> None:
    with lively.visit() as visit:
        path = talk(lively)
        page = visit.to(path)
        become_a_member(page, lively.data, "Anatab", "anatab@films.example")
        visit.at(path)
        elsewhere = page.context.new_page()
        elsewhere.goto(f"{visit.origin}/accounts/logout/")
        elsewhere.get_by_role("main").get_by_role("button", name="Sign out").click()
        elsewhere.wait_for_url(f"{visit.origin}/")

        visit.refusals.add(403)
        words(page).fill("The trains at dawn")
        send(page)
        expect(page.locator("#write [role=alert]")).to_contain_text("You are no longer signed in")
        expect(words(page)).to_have_value("The trains at dawn")

        send(page)
        expect(page.locator(".c", has_text="The trains at dawn").locator("> header")).to_contain_text(
            "Without a name"
        )


def test_a_draft_is_kept_a_month(lively: Lively) -> None:
    with lively.visit() as visit:
        page = visit.to(talk(lively))
        words(page).fill("Long ago")

        page.evaluate(
            """age => {
                const [key] = Object.keys(localStorage).filter(each => each.startsWith("draft "));
                const draft = JSON.parse(localStorage[key]);
                localStorage[key] = JSON.stringify({ ...draft, at: draft.at - age });
            }""",
            MONTH.total_seconds() * 1000,
        )
        page.reload()

        expect(words(page)).to_have_value("")
        assert page.evaluate("localStorage.length") == 0


def test_without_a_connection_the_words_stay_and_go_out_later_once(lively: Lively) -> None:
    with lively.visit() as visit:
        page = visit.to(talk(lively))
        words(page).fill("From a train")
        until(lambda: page.evaluate("document.forms.write.elements.key.value"), "the form has a key")
        page.context.set_offline(True)
        send(page)

        told = page.locator("#write .told")
        expect(told).to_contain_text("You seem to be offline. What you wrote is kept on this device")
        visit.hears(told.inner_text())
        expect(words(page)).to_have_value("From a train")
        forgive_the_connection(visit)
        page.context.set_offline(False)
        send(page)

        expect(page.locator(".c", has_text="From a train")).to_be_focused()
        expect(told).to_have_count(0)


def test_an_answer_that_never_came_is_not_posted_again_after_a_reload(lively: Lively) -> None:
    film = lively.film()
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/discussion/")
        words(page).fill("Bert the turtle")

        def interrupt(route):  # type: ignore[no-untyped-def]
            route.fetch()  # it does arrive
            route.abort()

        page.route("**/write/", interrupt)
        send(page)
        expect(page.locator("#write .told")).to_contain_text("What you wrote is kept")
        forgive_the_connection(visit)
        page.unroute("**/write/")
        page.reload()
        expect(words(page)).to_have_value("Bert the turtle")
        send(page)

        expect(page.locator(".c", has_text="Bert the turtle").first).to_be_focused()
        page.reload()
        expect(page.locator(".c", has_text="Bert the turtle")).to_have_count(1)
        expect(words(page)).to_have_value("")


@pytest.mark.parametrize("status", [500, 503])
def test_a_site_that_is_down_for_a_moment_takes_nothing_away(lively: Lively, status: int) -> None:
    with lively.visit() as visit:
        page = visit.to(talk(lively))
        visit.refusals.add(status)
        words(page).fill("Nobody listens")
        page.route(
            "**/write/", lambda route: route.fulfill(status=status, body="<!doctype html><h1>Down</h1>")
        )
        send(page)

        expect(page.locator("#write .told")).to_contain_text("could not take this just now")
        page.unroute("**/write/")
        page.reload()
        expect(words(page)).to_have_value("Nobody listens")


def test_more_than_the_site_takes_is_told_and_stays_in_the_form(lively: Lively) -> None:
    with lively.visit() as visit:
        page = visit.to(talk(lively))
        visit.refusals.add(413)
        # Lines, because it takes a browser minutes to break ten megabytes that have none.
        words(page).evaluate("field => { field.value = 'A whole book, in lines.\\n'.repeat(50_000) }")
        send(page)

        expect(page.locator("#write .told")).to_contain_text("longer than the site can take")
        assert len(words(page).input_value()) > 1_000_000


def test_too_many_in_a_minute_wait_with_the_button_that_counts_down(paced: Lively) -> None:
    with paced.visit() as visit:
        page = visit.to(talk(paced))
        page.clock.install()
        visit.refusals.add(429)
        words(page).fill("One more")
        send(page)
        answered = page.locator(".c:focus, [role=alert]:focus")
        expect(answered).to_be_visible()
        while not page.get_by_role("alert").count():
            expect(words(page)).to_have_value("")  # the next form has come
            words(page).fill("One more")
            expect(answered).to_have_count(0)
            send(page)
            expect(answered).to_be_visible()

        button = page.locator("#write .go")
        expect(button).to_have_text(re.compile(r"Post in \d+ seconds?|Post in 1 minute"))
        expect(button).to_be_disabled()
        expect(page.get_by_role("alert")).to_be_focused()
        expect(words(page)).to_have_value("One more")
        page.clock.run_for(61_000)
        expect(button).to_have_text("Post comment")
        expect(button).to_be_enabled()
