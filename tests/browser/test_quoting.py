"""Quoting a comment in an answer to it: all of it or what is selected, and nothing typed before is lost."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lively
from tests.browser.speaking import Saying, post

SAID = "The maps are *lies*.\n\nThe fires are not."

SELECT = """([comment, from, to]) => {
    const words = document.querySelector(`#comment-${comment} > .say`).firstElementChild.firstChild;
    getSelection().setBaseAndExtent(words, from, words, to);
}"""


def a_comment(lively: Lively) -> tuple[str, int]:
    """The path of a discussion, and the one comment in it."""
    film = lively.film()
    (comment,) = post(lively.data, [Saying(film, SAID, "Bela")])
    assert comment is not None
    return f"/films/{film}/discussion/", comment


def link(page: Page, comment: int, name: str = "Quote Bela") -> Locator:
    return page.locator(f"#comment-{comment} > .acts").get_by_role("link", name=name)


def words(page: Page, comment: int) -> Locator:
    return page.locator(f"#reply-{comment}-comment")


def quote(lively: Lively, comment: int, said: str) -> str:
    return f"> [Bela](<{lively.origin}/comments/{comment}/>): {said}\n\n"


WHOLE = "The maps are lies. The fires are not."


def test_a_quote_is_answered_below_what_it_quotes(lively: Lively) -> None:
    path, comment = a_comment(lively)
    with lively.visit() as visit:
        page = visit.to(path)

        link(page, comment).click()
        expect(words(page, comment)).to_be_focused()
        expect(words(page, comment)).to_have_value(quote(lively, comment, WHOLE))
        page.keyboard.type("But *good* lies.")
        page.locator(f"#reply-{comment}").get_by_role("button", name="Post comment").click()

        reply = page.locator(f"#comment-{comment} .re .c")
        expect(reply).to_be_focused()
        expect(reply.locator("blockquote")).to_have_text(f"Bela: {WHOLE}")
        expect(reply.locator("blockquote a")).to_have_attribute(
            "href", f"{lively.origin}/comments/{comment}/"
        )
        expect(reply.locator(".say > p")).to_have_text("But good lies.")
        assert not visit.accessibility_faults()


def test_of_a_comment_with_selected_words_only_these_are_quoted(lively: Lively) -> None:
    path, comment = a_comment(lively)
    with lively.visit() as visit:
        page = visit.to(path)

        page.evaluate(SELECT, [comment, 4, 12])
        link(page, comment).click()

        expect(words(page, comment)).to_have_value(quote(lively, comment, "maps are"))


def test_words_selected_in_another_comment_are_not_quoted_as_this_ones(lively: Lively) -> None:
    film = lively.film()
    first, second = post(lively.data, [Saying(film, SAID, "Bela"), Saying(film, SAID, "Bela")])
    assert first is not None
    assert second is not None
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/discussion/")

        page.evaluate(SELECT, [first, 4, 12])
        link(page, second).click()

        expect(words(page, second)).to_have_value(quote(lively, second, WHOLE))


def test_a_quote_comes_after_what_was_typed_before(lively: Lively) -> None:
    path, comment = a_comment(lively)
    with lively.visit() as visit:
        page = visit.to(path)
        link(page, comment, "Reply to Bela").click()
        words(page, comment).fill("I must say:")

        link(page, comment).click()
        both = f"I must say:\n\n{quote(lively, comment, WHOLE)}"
        expect(words(page, comment)).to_have_value(both)
        expect(words(page, comment)).to_be_focused()

        page.reload()
        link(page, comment).click()
        expect(words(page, comment)).to_have_value(both)


def test_a_draft_is_kept_where_an_answer_begins_with_a_quote(lively: Lively) -> None:
    path, comment = a_comment(lively)
    with lively.visit() as visit:
        page = visit.to(path)
        link(page, comment, "Reply to Bela").click()
        words(page, comment).fill("A thought")
        page.keyboard.press("Escape")
        expect(words(page, comment)).to_have_count(0)

        link(page, comment).click()
        both = f"A thought\n\n{quote(lively, comment, WHOLE)}"
        expect(words(page, comment)).to_have_value(both)
        # In a tab of its own, too.
        visit.to(f"/comments/{comment}/reply/?quote=1")
        expect(words(page, comment)).to_have_value(both)


def test_a_comment_is_quoted_by_keyboard(lively: Lively) -> None:
    path, comment = a_comment(lively)
    with lively.visit() as visit:
        page = visit.to(path)

        visit.tab_to(f"#comment-{comment} > .acts [href$='?quote=1']")
        page.keyboard.press("Enter")
        expect(words(page, comment)).to_be_focused()
        page.keyboard.type("Yes.")

        expect(words(page, comment)).to_have_value(f"{quote(lively, comment, WHOLE)}Yes.")
        page.keyboard.press("Escape")
        expect(link(page, comment, "Reply to Bela")).to_be_focused()


def test_a_comment_is_quoted_without_a_script(lively: Lively) -> None:
    path, comment = a_comment(lively)
    with lively.visit(script=False) as visit:
        page = visit.to(path)

        link(page, comment).click()
        visit.at(f"/comments/{comment}/reply/?quote=1")
        expect(words(page, comment)).to_have_value(quote(lively, comment, WHOLE))
        words(page, comment).fill(f"{quote(lively, comment, WHOLE)}Without.")
        page.get_by_role("button", name="Post comment").click()

        expect(page.locator(".here blockquote")).to_have_text(f"Bela: {WHOLE}")
        expect(page.locator(".here .say > p")).to_have_text("Without.")
