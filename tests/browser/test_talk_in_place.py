"""Talking without leaving the page: what comes where, where the focus goes, and what is said to whoever listens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Lively
from tests.browser.speaking import Saying, post
from tests.browser.visit import Visit


def discussion(film: str) -> str:
    return f"/films/{film}/discussion/"


def write(page: Page, words: str, *, name: str = "") -> None:
    """Fill in and send the form for a comment that answers none."""
    form = page.locator("#write")
    form.get_by_label("Your comment").fill(words)
    if name:
        form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Post comment").click()


def said_by_others(lively: Lively, film: str, *words: str) -> list[int]:
    ids = post(lively.data, [Saying(film, each, "Bela") for each in words])
    return [each for each in ids if each]


def sent(visit: Visit) -> list[Request]:
    """What is posted from now on."""
    posts: list[Request] = []
    visit.page.on("request", lambda each: posts.append(each) if each.method == "POST" else None)
    return posts


def test_a_comment_comes_to_the_top_and_has_the_focus(lively: Lively) -> None:
    film = lively.film()
    said_by_others(lively, film, "An earlier one")
    with lively.visit() as visit:
        page = visit.to(discussion(film))
        page.evaluate("window.here = true")

        write(page, "It begins at *3:20*", name="Ana")

        first = page.locator(".thread > .c").first
        expect(first).to_contain_text("It begins at 3:20")
        expect(first).to_be_focused()
        assert visit.focused() == first.get_attribute("id")
        visit.hears("Your comment is on the page. You can change it for 15 minutes.")
        expect(page.locator("#write").get_by_label("Your comment")).to_have_value("")
        expect(page.locator("#write").get_by_label("Name")).to_have_value("Ana")
        assert page.evaluate("window.here"), "the page was loaded anew"
        assert page.evaluate("localStorage.length") == 0


def test_a_click_too_many_posts_nothing_twice(lively: Lively) -> None:
    with lively.visit() as visit:
        path = discussion(lively.film())
        page = visit.to(path)
        posts = sent(visit)
        page.locator("#write").get_by_label("Your comment").fill("Only once")

        page.locator("#write").get_by_role("button", name="Post comment").dblclick()
        expect(page.locator(".thread .c")).to_be_focused()
        visit.to(path)

        assert len(posts) == 1
        assert page.locator(".thread .c").count() == 1


def test_two_posts_carry_two_keys_and_a_page_that_is_only_read_asks_for_none(lively: Lively) -> None:
    with lively.visit() as visit:
        asked: list[str] = []
        visit.page.on("request", lambda each: asked.append(each.url))
        page = visit.to(discussion(lively.film()))
        page.mouse.wheel(0, 500)
        assert not [url for url in asked if url.endswith("/challenge/")]
        posts = sent(visit)

        for words in ("One", "Two"):
            write(page, words)
            expect(page.locator(".c", has_text=words)).to_be_focused()
            expect(page.locator("#write").get_by_label("Your comment")).to_have_value("")

        keys = {re.search("key=([^&]+)", each.post_data or "")[1] for each in posts}  # type: ignore[index]
        assert len(keys) == 2


def test_a_reply_is_written_below_what_it_answers(lively: Lively) -> None:
    film = lively.film()
    (answered,) = said_by_others(lively, film, "Who turns the crank?")
    with lively.visit() as visit:
        page = visit.to(discussion(film))
        page.locator(f"#comment-{answered}").get_by_role("link", name="Reply to Bela").click()
        words = page.locator(f"#comment-{answered} textarea")
        expect(words).to_be_focused()
        words.fill("His brother")
        page.locator(f"#reply-{answered}").get_by_role("button", name="Post comment").click()

        reply = page.locator(f"#comment-{answered} .re .c")
        expect(reply).to_be_focused()
        expect(reply).to_contain_text("to Bela")
        expect(page.locator(f"#reply-{answered}")).to_have_count(0)
        structure = page.locator(".thread").evaluate(STRUCTURE)
        visit.to(discussion(film))
        assert page.locator(".thread").evaluate(STRUCTURE) == structure


STRUCTURE = "thread => [...thread.querySelectorAll('.c')].map(each => [each.id, each.parentElement.closest('.c')?.id])"


@pytest.mark.parametrize("how", ["Escape", "Cancel"])
def test_a_reply_thought_better_of_leaves_no_form_and_loses_no_word(lively: Lively, how: str) -> None:
    film = lively.film()
    (answered,) = said_by_others(lively, film, f"Which hall is it? {how}")
    with lively.visit() as visit:
        page = visit.to(discussion(film))
        opener = page.locator(f"#comment-{answered}").get_by_role("link", name="Reply")
        opener.click()
        words = page.locator(f"#comment-{answered} textarea")
        words.fill("Half a thought")

        if how == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name="Cancel").click()

        expect(opener).to_be_focused()
        expect(words).to_have_count(0)
        page.keyboard.press("Enter")
        expect(words).to_have_value("Half a thought")


def test_a_vote_counts_and_is_taken_back_while_the_focus_stays(lively: Lively) -> None:
    film = lively.film()
    (comment,) = said_by_others(lively, film, "Half an igloo lets the light in")
    with lively.visit() as visit:
        page = visit.to(discussion(film))
        helpful = page.locator(f"#comment-{comment}").get_by_role("button", name="Helpful", exact=False).first

        helpful.focus()
        page.keyboard.press("Enter")
        expect(helpful).to_have_attribute("aria-pressed", "true")
        expect(helpful).to_have_text("Helpful 1")
        expect(helpful).to_be_focused()
        visit.hears("Your vote is counted.")

        page.keyboard.press("Enter")
        expect(helpful).to_have_text("Helpful 0")
        expect(helpful).to_be_focused()
        visit.hears("Your vote is taken back.")


def test_one_changes_ones_words_where_they_stand_and_what_was_answered_stays(lively: Lively) -> None:
    film = lively.film()
    with lively.visit() as visit:
        page = visit.to(discussion(film))
        write(page, "The aligator")
        mine = page.locator(".thread > .c")
        expect(mine).to_be_focused()
        mine.get_by_role("link", name="Reply").click()
        mine.locator("textarea").fill("A second thought")
        mine.get_by_role("button", name="Post comment").click()
        expect(mine.locator(".c")).to_be_focused()

        mine.locator("> .acts").get_by_role("link", name="Edit").click()
        expect(mine.locator("textarea")).to_have_value("The aligator")
        mine.locator("textarea").fill("The *alligator*")
        mine.get_by_role("button", name="Preview").click()
        expect(mine.locator(".preview")).to_be_focused()
        expect(mine.locator(".preview .say")).to_have_text("The alligator")
        mine.get_by_role("button", name="Save the change").click()

        expect(mine).to_be_focused()
        expect(mine.locator("> .say")).to_have_text("The alligator")
        expect(mine.locator("> header")).to_contain_text("edited")
        expect(mine.locator(".c")).to_contain_text("A second thought")
        visit.hears("Your comment is changed.")
        mine.locator(".c").get_by_role("link", name="Reply").click()
        expect(mine.locator(".c textarea")).to_be_focused()


def test_what_is_refused_is_told_where_it_happened_and_can_be_mended(lively: Lively) -> None:
    with lively.visit() as visit:
        page = visit.to(discussion(lively.film()))
        visit.refusals.add(422)

        write(page, "long " * 6000, name="Ana")

        told = page.get_by_role("alert")
        expect(told).to_be_focused()
        expect(told).to_contain_text("Not posted yet")
        comment = page.locator("#write").get_by_label("Your comment")
        expect(comment).to_have_attribute("aria-invalid", "true")
        assert len(comment.input_value()) == 30_000
        expect(page.locator("#write").get_by_label("Name")).to_have_value("Ana")
        assert not visit.accessibility_faults()

        write(page, "Short")
        expect(page.locator(".c", has_text="Short")).to_be_focused()
        expect(told).to_have_count(0)


def test_the_rest_of_the_replies_comes_where_its_link_stood(lively: Lively) -> None:
    film = lively.film()
    replies = [Saying(film, f"Answer {number}", answers=0) for number in range(1, 13)]
    others = [Saying(film, f"Another {number}") for number in range(200)]
    post(lively.data, [Saying(film, "Who speaks?"), *replies, *others])
    with lively.visit() as visit:
        page = visit.to(f"{discussion(film)}?sort=oldest")

        page.get_by_role("link", name="7 more replies").click()

        expect(page.locator(".c", has_text=re.compile(r"\bAnswer 6\b")).last).to_be_focused()
        expect(page.locator(".c .c")).to_have_count(12)
        visit.hears("7 more replies are shown.")


def test_the_next_comments_come_below_the_others(lively: Lively) -> None:
    film = lively.film()
    post(lively.data, [Saying(film, f"Number {number}.") for number in range(45)])
    with lively.visit() as visit:
        page = visit.to(discussion(film))

        page.get_by_role("link", name="Next 20").click()
        expect(page.locator(".c", has_text="Number 24.")).to_be_focused()
        expect(page.locator(".thread > .c")).to_have_count(40)
        visit.hears("20 more comments are shown.")
        page.get_by_role("link", name="Next 20").click()
        expect(page.locator(".thread > .c")).to_have_count(45)

        expect(page.get_by_role("link", name="Next 20")).to_have_count(0)
        ids = page.locator(".thread > .c").evaluate_all("all => all.map(each => each.id)")
        assert len(set(ids)) == 45


def test_how_long_ago_is_told_to_the_minute_and_goes_on(lively: Lively) -> None:
    film = lively.film()
    said_by_others(lively, film, "A carrier of many names")
    with lively.visit(locale="de-DE") as visit:
        visit.page.clock.install()
        page = visit.to(discussion(film))
        time = page.locator(".c time")

        expect(time).to_have_text("jetzt")
        page.clock.fast_forward("05:00")
        expect(time).to_have_text("vor 5 Minuten")
        page.clock.fast_forward("02:00:00")
        expect(time).to_have_text("vor 2 Stunden")


def test_a_fragment_that_names_a_comment_further_down_leads_to_its_own_page(lively: Lively) -> None:
    film = lively.film()
    first, *_others = said_by_others(lively, film, *(f"Number {number}" for number in range(21)))
    with lively.visit() as visit:
        visit.to(f"{discussion(film)}#comment-{first}")

        visit.at(f"/comments/{first}/")


def test_a_vote_that_comes_too_late_is_told_beside_its_button(lively: Lively) -> None:
    path = discussion(lively.film())
    with lively.visit() as writer, lively.visit() as reader:
        page = writer.to(path)
        write(page, "Soon gone")
        expect(page.locator(".thread .c")).to_be_focused()
        seen = reader.to(path)
        page.get_by_role("link", name="Delete").click()
        page.get_by_role("button", name="Delete my comment").click()
        expect(page.locator(".thread .c")).to_have_count(0)

        reader.refusals.add(404)
        seen.get_by_role("button", name="Helpful").first.click()

        expect(seen.locator(".c .told")).to_contain_text("no longer here")
        reader.hears(seen.locator(".c .told").inner_text())
        seen.get_by_role("link", name="Reply").click()
        seen.wait_for_url("**/comments/*/reply/")
        expect(seen.get_by_role("heading", level=1)).to_contain_text("no longer here")
