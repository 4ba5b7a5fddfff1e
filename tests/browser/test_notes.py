"""Notes on words and moments in a real browser: selected, written in place, followed through edits of the review."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lively
from tests.browser.reviewing import Note, Parts, Review, do
from tests.browser.visit import NARROW, WIDE, Visit

FIRST = "The method is set out in the first ten minutes, and the enemy is made to testify against himself."
MAPS = "Then come *the maps*. Made at the studio, they spill ink over Europe and close pincers around cities."
ALMOST_GONE = (
    "Then come *the maps*. Made at the studio, they let ink run over countries and arrows close around towns."
)
SEA = "Far from all this a herring boat leaves the harbour at four, and nobody on it has slept or will."

# Select these words of the paragraph that holds them, as a pointer would.
SELECT = """words => {
    const paragraphs = [...document.querySelectorAll("#review [data-words]")];
    const paragraph = paragraphs.find(each => each.textContent.includes(words));
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const at = paragraph.textContent.indexOf(words);
    const range = document.createRange();
    let passed = 0;
    for (let node; (node = walker.nextNode()); passed += node.length) {
        if (at >= passed && at < passed + node.length) range.setStart(node, at - passed);
        if (at + words.length <= passed + node.length) { range.setEnd(node, at + words.length - passed); break; }
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def reviewed(lively: Lively, *paragraphs: str) -> str:
    film = lively.film()
    do(lively.data, Review(film, "\n\n".join(paragraphs or (FIRST, MAPS))))
    return film


def select(page: Page, words: str) -> None:
    page.evaluate(SELECT, words)
    expect(page.get_by_role("button", name="Note", exact=True)).to_be_visible()


def write_in(page: Page, words: str) -> None:
    form = page.locator(".desk form")
    form.get_by_label("Your note").fill(words)
    form.get_by_role("button", name="Post note").click()


def note_beside(page: Page, words: str) -> None:
    expect(page.get_by_role("complementary", name=f"Notes on “{words}”")).to_be_visible()


def test_words_are_selected_noted_and_followed_through_edits(lively: Lively) -> None:
    film = reviewed(lively)
    words = "they spill ink over Europe and close pincers around cities"
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")
        page.evaluate("document.fonts.ready.then(() => null)")
        before = page.locator("#review").bounding_box()
        select(page, words)
        assert page.locator("#review").bounding_box() == before
        page.get_by_role("button", name="Note", exact=True).click()
        expect(page.get_by_label("On these words of the review")).to_have_value(words)
        expect(page.get_by_label("Your note").first).to_be_focused()
        write_in(page, "Which cities?")
        expect(page.locator("#review mark")).to_have_text(words)
        note_beside(page, words)
        expect(page.get_by_role("complementary").get_by_role("link", name="1 note")).to_be_focused()
        expect(page.locator(".thread").get_by_text("Which cities?")).to_be_visible()
        faults(visit)

        do(lively.data, Review(film, f"{MAPS}\n\n{SEA}"))
        page = visit.to(f"/films/{film}/")
        expect(page.locator("#review mark")).to_have_text(words)
        do(lively.data, Review(film, f"{MAPS.replace('spill ink', 'pour red ink')}\n\n{SEA}"))
        page = visit.to(f"/films/{film}/")
        expect(page.locator("#review mark")).to_contain_text("ink over Europe and close pincers")
        expect(page.get_by_role("complementary").first).to_contain_text("The passage has changed since.")
        do(lively.data, Review(film, f"{ALMOST_GONE}\n\n{SEA}"))
        page = visit.to(f"/films/{film}/")
        expect(page.locator("#review mark")).to_have_text(
            "they let ink run over countries and arrows close around towns"
        )
        expect(page.get_by_role("complementary").first).to_contain_text("Perhaps about this passage.")
        do(lively.data, Review(film, SEA))
        page = visit.to(f"/films/{film}/")
        expect(page.locator("#review mark")).to_have_count(0)
        page.get_by_text("1 note whose passage has gone").click()
        note_beside(page, words)
        faults(visit)


def test_a_selection_over_tags_and_marks_is_told_as_the_server_counts(lively: Lively) -> None:
    film = reviewed(lively, "One 🎬 two *three* four & five, and *three* once more.", FIRST)
    do(lively.data, Note(film, "First.", exact="two three"))
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")
        select(page, "three once")
        page.get_by_role("button", name="Note", exact=True).click()
        write_in(page, "Second.")
        expect(page.locator("#review mark")).to_have_text(["two ", "three", "three", " once"])


def test_what_is_not_in_the_review_is_refused_in_place_with_all_that_was_typed(lively: Lively) -> None:
    film = reviewed(lively)
    with lively.visit() as visit:
        visit.refusals.add(422)
        page = visit.to(f"/films/{film}/")
        select(page, "the maps")
        page.get_by_role("button", name="Note", exact=True).click()
        page.get_by_label("On these words of the review").fill("words of nobody")
        write_in(page, "Kept.")

        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("not in the review")
        expect(page.locator(".desk").get_by_label("Your note")).to_have_value("Kept.")
        page.get_by_label("On these words of the review").fill("the maps")
        page.locator(".desk").get_by_role("button", name="Post note").click()
        expect(page.locator("#review mark")).to_have_text("the maps")


def test_what_was_typed_goes_along_to_a_comment_on_the_whole_film(lively: Lively) -> None:
    film = reviewed(lively)
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")
        select(page, "the maps")
        page.get_by_role("button", name="Note", exact=True).click()
        page.locator(".desk").get_by_label("Your note").fill("Of all of it.")
        page.locator(".desk").get_by_role("button", name="Write about the film as a whole instead").click()

        expect(page.get_by_role("heading", name="Write a comment")).to_be_visible()
        expect(page.get_by_label("Your comment")).to_have_value("Of all of it.\n\n")
        page.get_by_role("button", name="Post comment").click()
        expect(page.locator(".thread .c")).to_contain_text("Of all of it.")


def test_everything_is_done_by_keyboard(lively: Lively) -> None:
    film = reviewed(lively)
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")
        visit.tab_to("[data-words] ~ [data-words] > .add")
        page.keyboard.press("Enter")
        expect(page.locator(".desk").get_by_label("Your note")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".desk")).to_have_count(0)
        expect(page.get_by_role("link", name="Note on paragraph 2")).to_be_focused()
        select(page, "spill ink")
        page.keyboard.press("Escape")
        expect(page.locator(".pick-note")).to_have_count(0)
        select(page, "spill ink over")
        page.get_by_role("button", name="Note", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".desk").get_by_label("Your note")).to_be_focused()
        page.keyboard.type("By keyboard.")
        visit.tab_to(".desk .go")
        page.keyboard.press("Enter")
        note_beside(page, "spill ink over")


def test_a_note_is_opened_in_the_margin_and_added_to(lively: Lively) -> None:
    film = reviewed(lively)
    do(
        lively.data,
        Note(film, "The first.", exact="the maps"),
        Note(film, "Calm?", "spill ink", is_question=True),
    )
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")
        question = page.get_by_role("complementary", name="A question from Agnès")
        expect(question).to_contain_text("Calm?")
        page.get_by_role("link", name="1 note", exact=True).click()
        opened = page.locator(".note.open")
        expect(opened).to_contain_text("The first.")
        opened.get_by_role("link", name="Add a note").click()
        write_in(page, "The second.")
        expect(page.get_by_role("link", name="2 notes", exact=True)).to_be_focused()
        question.get_by_role("link", name="Answer").click()
        write_in(page, "Yes.")
        expect(question.get_by_role("link", name="1 answer")).to_be_visible()
        faults(visit)


def test_a_moment_is_noted_while_the_player_stays(lively: Lively) -> None:
    film = lively.film()
    do(lively.data, Parts(film, 2))
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/?part=2&t=75")
        page.evaluate("document.getElementById('player').dataset.same = 'yes'")
        page.get_by_role("link", name="Note at 1:15").click()
        expect(page.get_by_label("At this moment")).to_have_value("1:15")
        page.get_by_label("At this moment").fill("1:15-1:20")
        write_in(page, "The cut.")
        expect(page.get_by_role("link", name="1 note in part 2 at 1:15")).to_be_visible()
        expect(page.get_by_role("link", name="See the notes at this moment")).to_be_focused()
        expect(page.get_by_role("complementary", name="Most discussed moments")).to_contain_text("1:15–1:20")
        expect(page.locator("#player")).to_have_attribute("data-same", "yes")
        faults(visit)
        page.locator(".thread .on a").first.click()
        expect(page.locator("#play")).to_contain_text("Play from 1:15")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_a_script_a_paragraph_is_noted_on_a_page(lively: Lively, width: int) -> None:
    film = reviewed(lively)
    with lively.visit(script=False, width=width) as visit:
        page = visit.to(f"/films/{film}/")
        page.get_by_role("link", name="Note on paragraph 2").click()
        page.get_by_label("On these words of the review").fill("close pincers")
        page.get_by_label("Your note").fill("Ouch.")
        page.get_by_role("button", name="Post note").click()
        expect(page.get_by_role("heading", name="Notes on a passage")).to_be_visible()
        expect(page.locator("blockquote").first).to_have_text("close pincers")
        page.get_by_role("link", name="See it in the review").click()
        expect(page.locator("#review mark")).to_contain_text("close pincers")
        if width == NARROW:
            page.get_by_text("1 note on this paragraph").click()
        note_beside(page, "close pincers")
        assert not visit.scrolls_sideways()


def test_notes_are_folded_below_their_paragraph_on_a_phone(lively: Lively) -> None:
    film = reviewed(lively)
    do(lively.data, *[Note(film, f"Note {number}", exact="the maps") for number in range(3)])
    with lively.visit(width=NARROW) as visit:
        page = visit.to(f"/films/{film}/")
        aside = page.get_by_role("complementary", name="Notes on “the maps”")
        expect(aside).to_be_hidden()
        page.get_by_text("3 notes on this paragraph").click()
        expect(aside).to_be_visible()
        faults(visit)
        select(page, "spill ink")
        page.get_by_role("button", name="Note", exact=True).click()
        write_in(page, "On a phone.")
        expect(page.get_by_text("4 notes on this paragraph")).to_be_visible()
        faults(visit)


def faults(visit: Visit) -> None:
    assert not (found := visit.accessibility_faults()), found
    assert not visit.scrolls_sideways()
