"""Following by mail in a browser: with script and without, by keyboard, and its pages usable by everybody."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lively, Visitor
from tests.browser.visit import NARROW, NARROWEST, WIDE, Visit
from tests.serving.site import until

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def link_for(data: Path, email: str, kind: str) -> str:
    """The path of the link in the newest mail to an address; a worker beside the server has sent it by then."""

    def newest() -> str:
        for file in sorted((data / "mail").glob("*.eml"), reverse=True):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            part = mail.get_body(("plain",))
            found = re.search(rf"/notify/{kind}/[^/\s]+/", part.get_content() if part else "")
            if mail["To"] == email and found:
                return found[0]
        return ""

    until(lambda: bool(newest()), f"a mail to {email}", seconds=60)
    return newest()


def is_usable(visit: Visit) -> None:
    for width in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            visit.look(width=width, scheme=scheme)
            assert not visit.accessibility_faults(), f"{visit.page.url} at {width} px, {scheme}"
    for width in (NARROWEST, WIDE):
        visit.look(width=width)
        assert not visit.scrolls_sideways(), f"{visit.page.url} at {width} px"


def look(visit: Visit, *, script: bool) -> None:
    """See that a page is usable, as far as that can be asked of a browser without script."""
    if script:
        is_usable(visit)
        visit.look(width=NARROW)


def wish(page: Page, words: str, email: str) -> None:
    form = page.locator("#write")
    form.get_by_label("Your comment").fill(words)
    form.get_by_label("Notify me of").select_option("new replies to my comments")
    form.get_by_label("E-mail").fill(email)
    form.get_by_role("button", name="Post comment").click()


@BOTH
def test_a_guest_wants_answers_by_mail_confirms_looks_and_ends_it(lively: Lively, script: bool) -> None:
    email = f"ana.{'with' if script else 'without'}@films.example"
    with lively.visit(script=script, width=NARROW) as visit:
        page = visit.to(f"/films/{lively.film()}/")
        wish(page, "Trains at dawn", email)
        expect(page.locator("#discussion .notice[role=status]")).to_contain_text("Confirm by the link in it")
        expect(page.locator("#discussion .c")).to_contain_text("Trains at dawn")

        link = link_for(lively.data, email, "confirm")
        visit.to(link)
        look(visit, script=script)
        expect(page.get_by_role("checkbox", name="Answers to your comments")).to_be_checked()
        page.get_by_role("button", name="Yes, send me this").click()
        expect(page.get_by_role("status")).to_contain_text("Here is all that you follow")
        look(visit, script=script)

        page.get_by_label("How often: Answers to your comments").select_option("Once a day")
        page.get_by_role("button", name="Save how often").click()
        expect(page.get_by_role("status")).to_contain_text("It is saved")
        expect(page.get_by_label("How often: Answers to your comments")).to_have_value("daily")
        page.get_by_role("button", name="End: Answers to your comments").click()
        expect(page.get_by_role("main")).to_contain_text("This address follows nothing.")
        look(visit, script=script)


def test_a_wrong_address_is_mended_where_it_is_and_nothing_is_lost(lively: Lively) -> None:
    with lively.visit() as visit:
        visit.refusals.add(422)
        page = visit.to(f"/films/{lively.film()}/")
        wish(page, "Night trains", "ana@nowhere")

        field = page.locator("#write-email")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#write-comment")).to_have_value("Night trains")
        expect(page.locator("#write-notify")).to_have_value("replies")
        field.fill("ana.mended@films.example")
        page.locator("#write .go").click()
        expect(page.locator("#discussion .c")).to_contain_text("Night trains")


def test_by_keyboard_alone(lively: Lively) -> None:
    with lively.visit() as visit:
        page = visit.to("/follow/?what=films:0")

        visit.tab_to("[name=what]")
        visit.tab_to("#interval")
        page.keyboard.press("ArrowDown")
        visit.tab_to("#email")
        page.keyboard.type("ada.keys@films.example")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("If this address is yours")

        visit.to(link_for(lively.data, "ada.keys@films.example", "confirm"))
        visit.tab_to("button.go")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Here is all that you follow")
        expect(page.get_by_label("How often: All new films")).to_have_value("daily")


def test_a_film_can_be_followed_from_its_discussion(visitor: Visitor) -> None:
    page = visitor(script=False).to("/films/why-we-fight/")

    page.locator("#discussion > header").get_by_role("link", name="Follow").click()

    expect(page.get_by_role("radio", name="New comments on Why We Fight")).to_be_checked()
