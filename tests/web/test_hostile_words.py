"""Nothing that was made to break pages becomes a part of one, whichever way it is sent.

Every text goes through every way of writing, several in one comment. Of the pages that come back, what stands
in ``.say`` must be on the allow-list of the sanitiser, and all the rest built as if the words had been harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.accounts.people import a_browser
from tests.core.test_text_sanitising import CORPORA, INVISIBLE, AllowList
from tests.web.films_on_show import show
from tests.web.markup import VOID
from tests.web.writing_desk import WRITE, posted
from verite.core.text import Profile
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db

HARMLESS = "Words without any harm."
MOST_TOGETHER = 200  # texts in one comment
ROOM = {"://": 15, "@": 15, "": 15_000}  # what one comment has room for: links, mentions, characters
SHORT = 60  # characters of a text that may be tried as a name
NAMES = 200


class Built(HTMLParser):
    """How a page is built (elements and names of attributes) but for what visitors said, and what is wrong there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.faults: list[str] = []
        self._said: AllowList | None = None
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._said is not None:
            self._said.handle_starttag(tag, attrs)
            self._inside += tag not in VOID
            return
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.faults += [f"{tag} {name}={value}" for name, value in attrs if _runs(name, value or "")]
        if ("class", "say") in attrs:
            self._said, self._inside = AllowList(Profile.COMMENT), 1

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser calls it so)
        if self._said is not None:
            self._inside -= 1
            if not self._inside:
                self.faults += self._said.faults
                self._said = None

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")


def _runs(name: str, value: str) -> bool:
    return (
        name.startswith("on")
        or name in ("style", "srcdoc")
        or value.strip().lower().startswith("javascript:")
    )


def built(html: str) -> list[tuple[str, ...]]:
    reader = Built()
    reader.feed(html)
    reader.close()
    assert not reader.faults
    assert not INVISIBLE & set(html)
    return reader.elements


def together(texts: Iterable[str]) -> Iterator[str]:
    """Many texts as few comments, none of which is too much for one."""
    batch: list[str] = []
    for text in texts:
        if all(_amount(what, text) <= most for what, most in ROOM.items()):
            whole = "\n\n".join([*batch, text])
            if len(batch) == MOST_TOGETHER or any(_amount(what, whole) > most for what, most in ROOM.items()):
                yield "\n\n".join(batch)
                batch = []
            batch.append(text)
    yield "\n\n".join(batch)


def _amount(what: str, text: str) -> int:
    return text.count(what) if what else len(text)


@pytest.fixture(scope="module")
def texts(shared_data: Path) -> list[str]:
    # As a form sends them, which is UTF-8.
    every = [text for _, read in CORPORA.values() for text in read(shared_data / "hostile")]
    return [text.encode("utf-8", "replace").decode() for text in every]


@pytest.fixture
def browser(settings: LazySettings) -> Client:
    settings.VERITE = settings.VERITE.model_copy(update={"limits": "off"})
    show()
    return a_browser()


# What opens a comment that is too long to be shown whole.
FOLD = [("details", "class"), ("summary",)]


def page(browser: Client, address: str) -> list[tuple[str, ...]]:
    return [element for element in built(browser.get(address).content.decode()) if element not in FOLD]


def sent(browser: Client, address: str, words: str) -> str:
    """Send words that can be posted, and answer with the address of the comment."""
    answer = browser.post(address, {"comment": words})
    assert answer.status_code == 303, words
    return f"/comments/{Comment.objects.order_by('-pk').values_list('pk', flat=True)[0]}/"


def test_no_comment_breaks_out_of_its_place(browser: Client, texts: list[str]) -> None:
    harmless = page(browser, sent(browser, WRITE, HARMLESS))
    count = 0

    for words in together(texts):
        count += 1
        assert page(browser, sent(browser, WRITE, words)) == harmless, words

    assert count > len(texts) // MOST_TOGETHER
    assert built(browser.get("/films/why-we-fight/discussion/").content.decode())


def test_no_reply_breaks_out_of_its_place(browser: Client, texts: list[str]) -> None:
    above = sent(browser, WRITE, HARMLESS)
    harmless = page(browser, sent(browser, f"{above}reply/", HARMLESS))

    for words in together(texts):
        reply = sent(browser, f"{above}reply/", words)
        assert page(browser, reply) == harmless, words


def test_no_change_breaks_out_of_its_place_or_of_its_form(browser: Client, texts: list[str]) -> None:
    comment = posted(browser)
    here = f"/comments/{comment}/"
    browser.post(f"{here}edit/", {"comment": HARMLESS})
    harmless, form = page(browser, here), page(browser, f"{here}edit/")

    for words in together(texts):
        assert browser.post(f"{here}edit/", {"comment": words}).status_code == 303, words
        assert page(browser, here) == harmless, words
        assert page(browser, f"{here}edit/") == form, words


def test_no_preview_breaks_out_of_its_place_or_of_its_form(browser: Client, texts: list[str]) -> None:
    def preview(words: str) -> list[tuple[str, ...]]:
        answer = browser.post(WRITE, {"comment": words, "name": words, "key": words, "preview": words})
        assert answer.status_code == 200, words
        return built(answer.content.decode())

    harmless = preview(HARMLESS)

    for words in together(texts):
        assert preview(words) == harmless, words


def test_no_name_becomes_markup_where_it_is_signed_with_or_refused(browser: Client, texts: list[str]) -> None:
    """Refused ones come back in their field; the others stand with the comment, and with the reply to it."""
    short = [text for text in texts if 0 < len(text.strip()) <= SHORT]
    built_so: dict[str, set[tuple[tuple[str, ...], ...]]] = {
        "signed": set(),
        "answered": set(),
        "refused": set(),
    }

    for number, name in enumerate(short[:: len(short) // NAMES]):
        answer = browser.post(WRITE, {"comment": f"{HARMLESS} {number}", "name": name})
        if answer.status_code == 303:
            comment = f"/comments/{Comment.objects.latest('pk').pk}/"
            if Comment.objects.latest("pk").name:
                built_so["signed"].add(tuple(page(browser, comment)))
                built_so["answered"].add(tuple(page(browser, f"{comment}reply/")))
        else:
            assert answer.status_code == 422, name
            built_so["refused"].add(tuple(built(answer.content.decode())))

    assert {how: len(pages) for how, pages in built_so.items()} == {"signed": 1, "answered": 1, "refused": 1}
