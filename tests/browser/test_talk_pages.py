"""Pages of talk: usable in every width and scheme, whatever somebody has written, and whoever they say they are."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lively
from tests.browser.speaking import Saying, post
from tests.browser.visit import NARROW, NARROWEST, WIDE, Visit

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
HUNDRED = 100

# Tags and attributes that stand in what visitors wrote; core.text lets nothing else through.
WRITTEN = """() => [...new Set([...document.querySelectorAll(".say *")].flatMap(each => [
    each.localName, ...each.getAttributeNames().map(name => `${each.localName}.${name}`)]))]"""
MAY_BE_WRITTEN = {
    *(
        "p",
        "br",
        "em",
        "strong",
        "s",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "hr",
        "a",
        "sup",
        "sub",
    ),
    *("a.href", "a.rel", "ol.start", "p.class"),
}


@pytest.fixture(scope="module")
def film(lively: Lively) -> str:
    """A film about which everything has been said that strains a page."""
    slug = lively.film()
    post(
        lively.data,
        [
            Saying(
                slug,
                "It begins at *3:20*:\n\n> the maps\n\n- one\n- two\n\n`code` [words](https://films.example/)",
                "Bela",
            ),
            Saying(slug, "هنا بُني نصف البيت فقط، ليدخل الضوء إلى العدسة.", "قارئ", answers=0),
            Saying(slug, LONG_WORD, "Donaudampfschifffahrt", answers=1),
            Saying(slug, "Deeper", "Vera", answers=2),
            Saying(slug, "Deeper still", "", answers=3),
            Saying(slug, "As deep as it gets indented", "Dziga", answers=4),
            Saying(slug, LONG_WORD, "Elizaveta", answers=5),
            Saying(slug, "All that can be said. " * 400, "Somebody with a rather long name"),
        ],
    )
    return slug


def look(visit: Visit, what: str) -> None:
    for width in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            visit.look(width=width, scheme=scheme)
            assert not visit.accessibility_faults(), f"{what}, at {width} px, {scheme}"
    for width in (WIDE, NARROW, NARROWEST):
        visit.look(width=width)
        assert not visit.scrolls_sideways(), f"{what}, at {width} px"
    visit.look(width=WIDE)


def below(page: Page, act: str) -> None:
    """Open one of the forms below the first comment."""
    page.locator(f"#discussion .thread > .c > .acts a[href$='/{act}/']").first.click()
    expect(page.locator(f".c > [id^={act}-]")).to_be_visible()


@pytest.mark.parametrize("path", ["/films/{}/", "/films/{}/discussion/", "/films/{}/discussion/write/"])
def test_everybody_can_read_and_write(lively: Lively, film: str, path: str) -> None:
    with lively.visit() as visit:
        visit.to(path.format(film))
        look(visit, path)


def test_everybody_can_use_what_opens_in_place(lively: Lively, film: str) -> None:
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/")
        below(page, "reply")
        look(visit, "a reply")
        page.keyboard.press("Escape")
        page.get_by_role("radio", name="8", exact=True).check(force=True)
        page.get_by_role("button", name="Save my rating").click()
        visit.hears("Your rating is saved.")
        page.locator("#write").get_by_label("Your comment").fill("Mine")
        page.locator("#write").get_by_role("button", name="Post comment").click()
        expect(page.locator(".thread > .c").first).to_be_focused()
        helpful = page.locator(".thread > .c").nth(1).locator("> .acts button").first
        helpful.click()
        expect(helpful).to_have_attribute("aria-pressed", "true")
        below(page, "edit")
        below(page, "delete")
        look(visit, "changing, deleting, rated, voted")


def test_everybody_can_use_the_pages_of_one_comment(lively: Lively, film: str) -> None:
    with lively.visit(script=True) as visit:
        page = visit.to(f"/films/{film}/discussion/")
        page.locator("#write").get_by_label("Your comment").fill("Mine again")
        page.locator("#write").get_by_role("button", name="Post comment").click()
        own = page.locator(".thread > .c").first
        expect(own).to_be_focused()
        here = own.locator("> header a:has(time)").get_attribute("href") or ""
        for path in (here, f"{here}reply/", f"{here}edit/", f"{here}delete/", "/me/"):
            visit.to(path)
            look(visit, path)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_everybody_can_mend_what_was_refused(lively: Lively, film: str, script: bool) -> None:
    with lively.visit() as visit:
        page = visit.to(f"/films/{film}/discussion/" + ("" if script else "write/"))
        visit.refusals.add(422)
        form = page.locator("#write")
        form.get_by_label("Your comment").fill("\u0301 \u200b")
        form.get_by_label("Name").fill("\u202e")
        form.get_by_role("button", name="Post comment").click()
        expect(page.get_by_role("alert")).to_be_visible()
        look(visit, "refused")


def payloads(shared_data: Path) -> Iterator[str]:
    """Every hostile string that we know, the most dangerous ones first."""
    folder = shared_data / "hostile"
    for name in ("sanitizer_vectors_html5lib", "sanitizer_vectors_bleach"):
        yield from (each["input"] for each in json.loads((folder / f"{name}.json").read_text("utf-8")))
    yield from gzip.decompress((folder / "xss_payloads.txt.gz").read_bytes()).decode("utf-8").splitlines()
    yield from filter(str.strip, json.loads((folder / "naughty_strings.json").read_text("utf-8")))


def test_nothing_that_visitors_write_runs(lively: Lively, shared_data: Path) -> None:
    """All hostile strings in a hundred comments, some of which answer others."""
    slug, known = lively.film(), list(payloads(shared_data))
    each = [known[number::HUNDRED] for number in range(HUNDRED)]
    answered = cycle([None, 0, 1, 1, 0])
    ids = post(
        lively.data,
        [
            Saying(slug, "\n\n".join(some), answers=None if above is None else number - number % 5 + above)
            for (number, some), above in zip(enumerate(each), islice(answered, HUNDRED), strict=True)
        ],
    )
    assert all(ids)
    see_nothing_run(lively, f"/films/{slug}/discussion/", HUNDRED)


def test_nothing_that_visitors_call_themselves_runs(lively: Lively, shared_data: Path) -> None:
    slug, known = lively.film(), [each for each in payloads(shared_data) if "<" in each and len(each) < 60]
    names = known[:: len(known) // 190][:190]
    others = [Saying(slug, f"Number {number}", name, answers=0) for number, name in enumerate(names)]
    ids = post(lively.data, [Saying(slug, "Who are you all?"), *others])
    taken = sum(each is not None for each in ids)
    assert taken > HUNDRED, "too few of these are taken for a name"
    see_nothing_run(lively, f"/films/{slug}/discussion/", taken)


def see_nothing_run(lively: Lively, path: str, comments: int) -> None:
    # A dialog, a message of the policy, a request elsewhere or an error fails the visit itself.
    with lively.visit() as visit:
        visit.page.add_init_script(
            """for (const way of ["alert", "confirm", "prompt", "print", "open"])
                window[way] = () => { window.ran = way }"""
        )
        page = visit.to(path)
        page.wait_for_load_state("networkidle")
        assert page.locator(".thread .c").count() == comments
        assert set(page.evaluate(WRITTEN)) <= MAY_BE_WRITTEN
        for target in ("a", "button", ".say", ".c > header"):
            page.locator(".thread").locator(target).evaluate_all(
                """all => all.forEach(each => ["mouseover", "focus", "pointerenter", "animationend"].forEach(
                    kind => each.dispatchEvent(new Event(kind, { bubbles: true }))))"""
            )
        assert page.evaluate("window.ran") is None
        assert (
            page.locator(".thread :is(script, style, iframe, img, svg, object, embed, form form)").count()
            == 0
        )
        assert not visit.scrolls_sideways()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_whoever_is_called_is_named_in_every_width(lively: Lively, width: int) -> None:
    film = lively.film()
    _bela, answer = post(
        lively.data,
        [Saying(film, "Who filmed the maps?", "Bela"), Saying(film, "Ask @Bela, not me.", answers=0)],
    )
    with lively.visit(width=width) as visit:
        said = visit.to(f"/films/{film}/").locator(f"#comment-{answer} > .say")

        # What a style sheet hides is not among the words that are seen.
        assert said.inner_text() == "Ask @Bela, not me."
