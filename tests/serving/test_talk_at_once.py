"""What fifty requests of one moment leave behind, of one browser or of fifty."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.serving.books import Bookkeeper, Books, Rated, Said, Voted
from tests.verite_process import Served
from tests.visitor import Answer, Visitor

TIMES = 50
WORDS = "The maps, and the fires of London."
TROUBLE = ("Traceback", "locked", "ERROR")


@dataclass(frozen=True, slots=True)
class Place:
    """A film that nobody has rated, and somebody's comment on it."""

    slug: str
    comment: int

    def address(self, field: str) -> str:
        """Where a form with this field goes."""
        return {
            "comment": f"/films/{self.slug}/discussion/write/",
            "rating": f"/films/{self.slug}/rating/",
            "value": f"/comments/{self.comment}/vote/",
        }[field]

    def rows(self, field: str, books: Books) -> list[Said] | list[Rated] | list[Voted]:
        """What came of such forms."""
        if field == "comment":
            return [said for said in books.said(self.slug) if said.id != self.comment]
        return books.rated(self.slug) if field == "rating" else books.voted(self.comment)


@pytest.fixture
def place(served: Served, slug: str) -> Place:
    answer = Visitor(served.origin).ask(f"/films/{slug}/discussion/write/", {"comment": "Seen twice."})
    return Place(slug, int(answer.headers["location"].rpartition("#comment-")[2]))


def at_once(visitors: list[Visitor], path: str, forms: list[dict[str, str]]) -> list[Answer]:
    """What each visitor is answered, when all of them send the last byte of their form together."""
    with ExitStack() as lines:
        sendings = []
        for visitor, form in zip(visitors, forms, strict=True):
            line = visitor.line()
            lines.callback(line.close)
            sendings.append(visitor.begin(path, form, over=line, held_back=1))
        for sending in sendings:
            sending.finish()
        return [sending.answer() for sending in sendings]


@pytest.mark.parametrize(
    "forms",
    [
        [{"comment": WORDS}],
        [{"comment": WORDS, "key": "one key", "name": "Somebody"}],
        [{"rating": str(value)} for value in range(1, 11)],
        [{"value": "1"}, {"value": "-1"}],
    ],
    ids=["comment", "comment with a key", "rating", "vote"],
)
def test_fifty_first_acts_of_one_browser_leave_one_row_of_one_guest(
    served: Served, books: Bookkeeper, place: Place, forms: list[dict[str, str]]
) -> None:
    before, browser, field = books.read(), Visitor(served.origin), next(iter(forms[0]))
    browser.ask("/challenge/")

    answers = at_once([browser] * TIMES, place.address(field), [*(forms * TIMES)][:TIMES])

    after = books.read()
    assert {(answer.status, answer.headers["location"]) for answer in answers} == {
        (303, answers[0].headers["location"])
    }
    assert len(place.rows(field, after)) == 1
    assert len(after.participants) == len(before.participants) + 1
    assert after.wrong == []
    assert not any(word in served.log for word in TROUBLE)


@pytest.mark.parametrize(
    "form", [{"comment": WORDS}, {"rating": "7"}, {"value": "1"}], ids=["comment", "rating", "vote"]
)
def test_fifty_browsers_that_nobody_knows_are_fifty_guests_whose_acts_all_count(
    served: Served, books: Bookkeeper, place: Place, form: dict[str, str]
) -> None:
    before, strangers, (field,) = books.read(), [Visitor(served.origin) for _ in range(TIMES)], form

    answers = at_once(strangers, place.address(field), [form] * TIMES)

    after = books.read()
    rows = place.rows(field, after)
    assert {answer.status for answer in answers} == {303}
    assert len({stranger.cookies["verite-guest"] for stranger in strangers}) == TIMES
    assert len(after.participants) == len(before.participants) + TIMES
    assert len({row.by for row in rows}) == len(rows) == TIMES
    assert after.wrong == []
    assert not any(word in served.log for word in TROUBLE)
