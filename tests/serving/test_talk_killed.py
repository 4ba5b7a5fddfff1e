"""The server is killed while people write: what was answered is there, and what is sent again is there once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from random import Random
from typing import Literal

import pytest

from tests.serving.books import Bookkeeper, Books
from tests.serving.site import until
from tests.verite_process import Served
from tests.visitor import Visitor

WRITERS = 6

What = Literal["comment", "edited comment", "rating", "vote"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a writer sends; ``becomes`` is what there is of it then."""

    path: str
    form: dict[str, str]
    what: What
    becomes: str


@dataclass
class Writer:
    """A guest who keeps sending something, and knows what was answered.

    Attributes:
        first: their first comment, which they edit again and again.
        another: somebody else's, on which they vote again and again.
        answered: what was sent and answered, in this order.
        unanswered: what was on its way when the server died.
    """

    name: str
    film: str
    visitor: Visitor
    first: int = 0
    another: int = 0
    answered: list[Deed] = field(default_factory=list)
    unanswered: Deed | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def introduce(self) -> None:
        """Say something for the first time."""
        self.visitor.ask("/challenge/")
        place = self.send(self._comment("at first", what="edited comment"))
        self.first = int(place.rpartition("#comment-")[2])

    def go_on(self) -> None:
        """Send one thing after another until nobody answers."""
        for deed in self._deeds():
            self.unanswered = deed
            try:
                self.send(deed)
            except (OSError, HTTPException):
                return

    def send_again(self) -> None:
        """Send what was not answered, and once more the latest comment that was."""
        said = next(deed for deed in reversed(self.answered) if deed.what == "comment")
        assert self.send(said) == self.send(said)
        if self.unanswered:
            self.send(self.unanswered)

    def send(self, deed: Deed) -> str:
        """Where the answer leads to."""
        answer = self.visitor.ask(deed.path, deed.form)
        assert answer.status == 303, answer.text
        self.answered.append(deed)
        return answer.headers["location"]

    def _deeds(self) -> Iterator[Deed]:
        for number in self._numbers:
            yield self._comment(f"{number}")
            rating, vote = f"{number % 10 + 1}", f"{number % 2 * 2 - 1}"
            yield Deed(f"/films/{self.film}/rating/", {"rating": rating}, "rating", rating)
            yield Deed(f"/comments/{self.another}/vote/", {"value": vote}, "vote", vote)
            words = f"{self.name} changes it: {number}"
            yield Deed(f"/comments/{self.first}/edit/", {"comment": words}, "edited comment", words)

    def _comment(self, said: str, what: What = "comment") -> Deed:
        words = f"{self.name} says: {said}"
        form = {"comment": words, "key": f"key of {words}", "name": self.name}
        return Deed(f"/films/{self.film}/discussion/write/", form, what, words)


Left = dict[What, list[str]]


def left_by(deeds: Iterable[Deed]) -> Left:
    """What there must be after these deeds, each done once."""
    left: Left = {"comment": [], "edited comment": [], "rating": [], "vote": []}
    for deed in deeds:
        if deed.what in ("rating", "vote"):
            left[deed.what] = [deed.becomes]
        elif deed.becomes not in left[deed.what]:
            left[deed.what].append(deed.becomes)
    return left


def found(writer: Writer, books: Books) -> Left:
    """What there is of a writer; of the edited comment, all that it ever said."""
    me = books.called(writer.name)
    (first,) = (said for said in books.comments if said.id == writer.first)
    return {
        "comment": [said.words for said in books.said(writer.film) if said.by == me and said != first],
        "edited comment": [*first.before, first.words],
        "rating": [str(rated.value) for rated in books.rated(writer.film) if rated.by == me],
        "vote": [str(voted.value) for voted in books.voted(writer.another) if voted.by == me],
    }


def some_writers(site: Served, film: str) -> list[Writer]:
    writers = [Writer(f"Writer {number} of {film}", film, Visitor(site.origin)) for number in range(WRITERS)]
    for writer in writers:
        writer.introduce()
    for writer, other in zip(writers, writers[1:] + writers[:1], strict=True):
        writer.another = other.first
    return writers


def kill_amid(site: Served, writers: list[Writer], acts: int) -> None:
    """Kill the server while all are writing, as soon as so many things more were answered, and start it again."""
    enough = sum(len(writer.answered) for writer in writers) + acts
    with ThreadPoolExecutor(len(writers)) as pool:
        writing = [pool.submit(writer.go_on) for writer in writers]
        try:
            until(
                lambda: (
                    any(each.done() for each in writing)
                    or sum(len(writer.answered) for writer in writers) >= enough
                ),
                "enough was answered",
            )
        finally:
            site.kill()
    site.start()
    for each in writing:
        each.result()


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.proof)])
def test_what_was_answered_is_there_and_what_is_sent_again_is_there_once(
    served: Served, books: Bookkeeper, slug: str, rounds: int
) -> None:
    writers, chance = some_writers(served, slug), Random(slug)
    for _ in range(rounds):
        kill_amid(served, writers, acts=WRITERS * 4 + chance.randrange(WRITERS * 4))
        died = books.read()
        for writer in writers:
            assert writer.unanswered
            done = left_by(writer.answered), left_by([*writer.answered, writer.unanswered])
            assert found(writer, died) in done
        assert died.wrong == []

        for writer in writers:
            writer.send_again()

        again = books.read()
        for writer in writers:
            assert found(writer, again) == left_by(writer.answered)
        assert again.wrong == []
    assert "Traceback" not in served.log
