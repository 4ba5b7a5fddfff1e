"""What somebody does is on the next page that anybody is shown, by either worker, and nothing of them with it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.serving.site import until
from tests.serving.telling_settings import WORKER
from tests.verite_process import Served, verite
from tests.visitor import Answer, Visitor
from tests.web.markup import Page, read

WORDS, OTHER_WORDS = "It loses me at the maps.", "It wins me back with the fires."
CLOSED = "This discussion is closed."


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages of a film that show what visitors add."""

    film: str

    @property
    def discussion(self) -> str:
        return f"{self.film}discussion/"

    @property
    def write(self) -> str:
        return f"{self.discussion}write/"

    @property
    def rating(self) -> str:
        return f"{self.film}rating/"

    @property
    def both(self) -> tuple[str, str]:
        return self.film, self.discussion


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who does everything at one worker."""

    visitor: Visitor
    worker: str

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        stranger = Visitor(self.visitor.origin)
        with ExitStack() as opened:
            lines: list[HTTPConnection] = []

            def leads_there() -> bool:
                lines.append(stranger.line())
                opened.callback(lines[-1].close)
                return stranger.ask("/challenge/", over=lines[-1]).headers[WORKER] == self.worker

            until(leads_there, "a line to the worker")
            return self.visitor.ask(path, form, over=lines[-1])

    def send(self, path: str, **form: str) -> str:
        """Where the answer leads to."""
        answer = self.ask(path, form)
        assert answer.status in (302, 303), answer.text
        return answer.headers["location"]

    def say(self, path: str, words: str, **more: str) -> int:
        """Post a comment, or a reply; gives its id."""
        place = urlsplit(self.send(path, comment=words, **more))
        if place.fragment:
            return int(place.fragment.removeprefix("comment-"))
        return int(place.path.removeprefix("/comments/").removesuffix("/"))


@dataclass(frozen=True, slots=True)
class Strangers:
    """People without a cookie, who ask until each worker has answered one of them."""

    origin: str
    workers: list[str]

    def see(self, path: str, status: int = 200) -> Page:
        return read(self.bytes_of(path, status))

    def bytes_of(self, path: str, status: int = 200) -> str:
        """The one page that all of them are shown, and that sets no cookie."""
        answers: list[Answer] = []

        def all_workers_answer() -> bool:
            answers.append(Visitor(self.origin).ask(path))
            return {answer.headers[WORKER] for answer in answers} == {*self.workers}

        until(all_workers_answer, "both workers answer")
        for answer in answers:
            assert answer.status == status
            assert answer.text == answers[0].text
            assert "set-cookie" not in answer.headers
        return answers[0].text


@pytest.fixture
def workers(served: Served) -> list[str]:
    found: set[str] = set()

    def both_answer() -> bool:
        found.add(Visitor(served.origin).ask("/challenge/").headers[WORKER])
        return len(found) == served.workers

    until(both_answer, "both workers answer")
    return sorted(found)


@pytest.fixture
def at(slug: str) -> Addresses:
    return Addresses(f"/films/{slug}/")


@pytest.fixture
def strangers(served: Served, workers: list[str]) -> Strangers:
    return Strangers(served.origin, workers)


@pytest.fixture(params=[0, 1], ids=["by one worker", "by the other"])
def writer(request: pytest.FixtureRequest, served: Served, workers: list[str]) -> Writer:
    return Writer(Visitor(served.origin), workers[request.param])


def test_a_comment_and_a_reply_are_on_the_next_pages(
    writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    for path in at.both:
        assert WORDS not in strangers.see(path).text

    comment = writer.say(at.write, WORDS)

    for path in (*at.both, f"/comments/{comment}/"):
        page = strangers.see(path)
        assert WORDS in page.one("article", id=f"comment-{comment}").text
        assert OTHER_WORDS not in page.text

    reply = writer.say(f"/comments/{comment}/reply/", OTHER_WORDS)

    for path in (*at.both, f"/comments/{comment}/", f"/comments/{comment}/replies/", f"/comments/{reply}/"):
        assert OTHER_WORDS in strangers.see(path).one("article", id=f"comment-{reply}").text
    assert "2 comments" in strangers.see(at.film).text


def test_changed_words_are_on_the_next_pages_and_the_old_ones_on_none(
    writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    comment = writer.say(at.write, WORDS)
    pages = (*at.both, f"/comments/{comment}/", f"/comments/{comment}/reply/")
    for path in pages:
        assert WORDS in strangers.see(path).text

    writer.send(f"/comments/{comment}/edit/", comment=OTHER_WORDS)

    for path in pages:
        page = strangers.see(path).text
        assert (OTHER_WORDS in page, WORDS in page) == (True, False)


def test_a_vote_is_on_the_next_pages_whatever_becomes_of_it(
    served: Served, writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    comment = Writer(Visitor(served.origin), writer.worker).say(at.write, WORDS)
    for value, shown in (("0", ["0", "0"]), ("1", ["1", "0"]), ("-1", ["0", "1"]), ("0", ["0", "0"])):
        writer.send(f"/comments/{comment}/vote/", value=value)

        for path in (*at.both, f"/comments/{comment}/"):
            assert [count.text for count in strangers.see(path).all("output")] == shown


def test_a_deleted_comment_is_on_no_page_any_more(
    writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    comment = writer.say(at.write, WORDS)
    for path in (*at.both, f"/comments/{comment}/"):
        assert WORDS in strangers.see(path).text

    writer.send(f"/comments/{comment}/delete/")

    for path in at.both:
        assert WORDS not in strangers.see(path).text
    strangers.see(f"/comments/{comment}/", 410)
    strangers.see(f"/comments/{comment}/reply/", 404)


def test_of_a_deleted_comment_that_was_answered_the_place_remains(
    writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    comment = writer.say(at.write, WORDS)
    reply = writer.say(f"/comments/{comment}/reply/", OTHER_WORDS)
    pages = (*at.both, f"/comments/{comment}/", f"/comments/{reply}/")
    for path in pages:
        assert WORDS in strangers.see(path).text

    writer.send(f"/comments/{comment}/delete/")

    for path in pages:
        page = strangers.see(path).text
        assert ("[removed by its author]" in page, OTHER_WORDS in page, WORDS in page) == (True, True, False)


def test_a_rating_is_on_the_next_page_whatever_becomes_of_it(
    writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    assert "No ratings yet" in strangers.see(at.film).text
    for rating in ("3", "9"):
        writer.send(at.rating, rating=rating)

        page = strangers.see(at.film)
        assert page.one(class_="mean").text == f"{rating}.00 /10 from 1 rating"
        assert page.linked_data["aggregateRating"]["ratingCount"] == 1

    writer.send(at.rating, rating="")

    assert "No ratings yet" in strangers.see(at.film).text


def test_a_members_new_name_is_on_the_next_pages_and_the_old_one_on_none(
    served: Served, writer: Writer, strangers: Strangers, at: Addresses, slug: str
) -> None:
    old, new = f"Agnès of {slug}", f"Béla of {slug}"
    done = verite(
        "member", "add", "--name", old, f"{slug}@films.example", data=served.data, more=served.environment
    )
    writer.send(urlsplit(done.stdout.split()[-1]).path)
    comment = writer.say(at.write, WORDS)
    pages = (*at.both, f"/comments/{comment}/", f"/comments/{comment}/reply/")
    for path in pages:
        assert old in strangers.see(path).text

    writer.send("/me/name/", name=new)

    for path in pages:
        page = strangers.see(path).text
        assert (new in page, old in page) == (True, False)


def test_a_discussion_that_is_closed_says_so_on_the_next_pages_and_asks_for_nothing(
    served: Served, writer: Writer, strangers: Strangers, at: Addresses, slug: str
) -> None:
    comment = writer.say(at.write, WORDS)
    pages = (*at.both, at.write, f"/comments/{comment}/", f"/comments/{comment}/reply/")

    def invitations() -> list[bool]:
        found = []
        for path in pages:
            page = strangers.see(path)
            found.append(
                bool(
                    page.all("textarea", name="comment") or page.all("a", href=f"/comments/{comment}/reply/")
                )
            )
        return found

    assert all(invitations())

    moderate(served, slug, "close_thread")

    assert not any(invitations())
    for path in (*at.both, at.write, f"/comments/{comment}/reply/"):
        assert CLOSED in strangers.see(path).text

    moderate(served, slug, "reopen_thread")

    assert all(invitations())


def moderate(site: Served, slug: str, action: str) -> None:
    """Let another process of the site do something to a film's discussion, which has no page of its own yet."""
    site.run(
        "from verite.catalogue.models import Film\n"
        f"from verite.discussion.actions import {action}\n"
        f"{action}(Film.objects.get(slug={slug!r}).pk)"
    )


def test_pages_for_everybody_hold_nothing_of_whoever_has_just_written(
    served: Served, writer: Writer, strangers: Strangers, at: Addresses
) -> None:
    somebody = Writer(Visitor(served.origin), writer.worker)
    answered = somebody.say(at.write, "Seen twice.")
    key: str = json.loads(writer.ask("/challenge/").text)["key"]
    comment = writer.say(at.write, WORDS, name="Chantal of Brussels", key=key)
    writer.send(f"/comments/{answered}/vote/", value="1")
    writer.send(at.rating, rating="7")
    pages = (*at.both, at.write, f"/comments/{answered}/reply/", f"/comments/{comment}/")
    everybodys = {path: strangers.bytes_of(path) for path in pages}

    for path, before in everybodys.items():
        assert writer.ask(path).text != before
        assert strangers.bytes_of(path) == strangers.bytes_of(f"{path}?said=posted") == before
        page = read(before)
        for typed in ("name", "key"):
            assert {each.attributes["value"] for each in page.all("input", name=typed)} <= {""}
        assert {each.text for each in page.all("textarea", name="comment")} <= {""}
        assert {each.attributes["value"] for each in page.all(checked="")} <= {"comment"}
        assert not page.all(aria_pressed="true") + page.all(role="status")
        assert f"/comments/{comment}/edit/" not in before
        assert writer.visitor.cookies["verite-guest"] not in before
        assert key not in before
