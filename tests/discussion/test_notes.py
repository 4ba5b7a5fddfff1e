"""Notes on words of a review and on moments of a film, and what becomes of them when the review is edited."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talking import NOON, a_film, a_guest, a_member, after, others
from verite.catalogue.actions.first_reviews import FirstReview, save_first_reviews
from verite.catalogue.actions.reviews import save_review
from verite.catalogue.models import Part, ReviewParagraph
from verite.catalogue.review_texts import review_text
from verite.core import db
from verite.discussion import actions, anchoring
from verite.discussion.actions import ForeignPassage
from verite.discussion.anchors import NotThere, plain_text
from verite.discussion.counting import hold_talk
from verite.discussion.models import Anchor, FilmTalk
from verite.discussion.notes import Beside, Moment, On, Passage
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, recount, thread
from verite.discussion.queries.filtered import Only, notes_on, picked
from verite.discussion.queries.places import NotedPlace, noted_places
from verite.discussion.refusals import AnchorRefused, TextRefused

pytestmark = pytest.mark.django_db

MAPS = "Then come the *maps*. Made at the studio, they spill ink over Europe and close pincers around cities."
METHOD = "The method is set out in the first ten minutes: the enemy is made to testify against himself."
SEA = "Far from all this a herring boat leaves the harbour at four, and nobody on it has slept or will."


def reviewed(*paragraphs: str) -> tuple[int, int]:
    """A film with a review, and its curator."""
    film, curator = a_film(), a_member()
    save_review(film, curator, "\n\n".join(paragraphs), now=NOON)
    return film, curator


def noted(film: int, on: On, words: str = "Says who?", *, minute: int = 1) -> int:
    return actions.post_comment(film, a_guest(), words, now=after(minute), on=on).comment_id


def place(film: int) -> NotedPlace:
    (found,) = noted_places(film)
    return found


def words_at(found: NotedPlace | Anchor) -> str:
    text = plain_text(ReviewParagraph.objects.get(key=found.paragraph).html)
    return text[found.start_char : found.end_char]


def test_a_note_stands_at_the_words_it_is_about() -> None:
    film, _curator = reviewed(METHOD, MAPS)

    note = noted(film, Passage("the maps. Made"))

    (line,) = thread(film, Sort.NEWEST).items
    assert isinstance(line, CommentLine)
    assert line.anchor is not None
    assert (line.id, line.anchor.exact, line.anchor.state) == (note, "the maps. Made", "exact")
    assert words_at(place(film)) == "the maps. Made"
    assert not recount(film)


def test_notes_on_the_very_same_words_stand_together() -> None:
    film, _curator = reviewed(METHOD, MAPS)
    first = noted(film, Passage("spill ink"), minute=1)
    second = noted(film, Passage("spill ink", prefix="they "), minute=2)
    noted(film, Passage("spill ink over"), minute=3)

    shared, other = noted_places(film)

    assert (shared.note_count, other.note_count) == (2, 1)
    assert [line.id for line in notes_on(film, shared.id).items] == [second, first]
    actions.hold_comment(first)
    assert [found.note_count for found in noted_places(film)] == [1, 1]
    assert not recount(film)


def test_a_note_can_be_on_a_whole_paragraph() -> None:
    film, _curator = reviewed(METHOD, MAPS)
    key = ReviewParagraph.objects.get(position=1).key

    noted(film, Passage(paragraph=key))

    assert words_at(place(film)) == METHOD


def test_an_edit_elsewhere_leaves_a_note_where_it_is() -> None:
    film, curator = reviewed(METHOD, MAPS)
    noted(film, Passage("close pincers around cities"))

    save_review(film, curator, "\n\n".join(["A new beginning.", METHOD, MAPS]), now=after(5))

    found = place(film)
    assert (found.state, words_at(found)) == ("exact", "close pincers around cities")


def test_a_note_follows_its_words_when_they_are_edited() -> None:
    film, curator = reviewed(METHOD, MAPS)
    noted(film, Passage("close pincers around cities"))

    save_review(film, curator, f"{METHOD}\n\n{MAPS.replace('pincers', 'red pincers')}", now=after(5))

    found = place(film)
    assert (found.state, words_at(found)) == ("moved", "close red pincers around cities")
    assert found.exact == "close pincers around cities"


def test_a_note_whose_words_are_gone_says_so_and_finds_them_when_they_return() -> None:
    film, curator = reviewed(METHOD, MAPS)
    noted(film, Passage("they spill ink over Europe and close pincers around cities"))

    save_review(film, curator, f"{METHOD}\n\n{SEA}", now=after(5))
    lost = place(film)
    assert (lost.state, lost.is_lost, lost.start_char) == ("orphan", True, None)
    assert lost.exact == "they spill ink over Europe and close pincers around cities"

    save_review(film, curator, f"{METHOD}\n\n{MAPS}", now=after(6))
    found = place(film)
    assert (found.is_lost, words_at(found)) == (False, found.exact)


def test_a_review_that_was_saved_in_between_is_searched_again() -> None:
    film, curator = reviewed(METHOD, MAPS)
    found = anchoring.find(film, Passage("spill ink"))
    save_review(film, curator, f"{METHOD}\n\nAt last: {MAPS}", now=after(5))

    with db.write():
        anchoring.hold(film, found, now=after(6))

    assert words_at(Anchor.objects.get()) == "spill ink"


def with_parts(film: int) -> None:
    Part.objects.create(film_id=film, position=1, title="One", length_seconds=600)
    Part.objects.create(film_id=film, position=2, title="Two")


def test_a_note_can_be_on_a_second_or_a_stretch_of_a_part() -> None:
    film = a_film()
    with_parts(film)

    noted(film, Moment(1, 34, 40), minute=1)
    noted(film, Moment(2, 7_000), minute=2)
    noted(film, Moment(1, 34, 40), minute=3)

    told = [
        (found.part, found.start_seconds, found.end_seconds, found.note_count) for found in noted_places(film)
    ]
    assert told == [(1, 34, 40, 2), (2, 7_000, None, 1)]
    assert FilmTalk.objects.get(film=film).anchor_count == 2
    assert not recount(film)


@pytest.mark.parametrize(
    "on",
    [
        Moment(3, 1),
        Moment(1, 601),
        Moment(1, 10, 601),
        Moment(1, 20, 10),
        Moment(2, 90_000),
        Moment(1, -1),
        Beside(7),
    ],
)
def test_a_place_that_is_not_there_is_refused_and_nothing_is_posted(on: On) -> None:
    film = a_film()
    with_parts(film)

    with pytest.raises(AnchorRefused):
        noted(film, on)

    assert not thread(film, Sort.NEWEST).items


@pytest.mark.parametrize("on", [Passage("a word it lacks entirely"), Passage(paragraph="nothing"), Passage()])
def test_words_that_are_not_there_are_refused(on: On) -> None:
    film, _curator = reviewed(METHOD, MAPS)

    with pytest.raises(NotThere):
        noted(film, on)


def test_a_place_of_another_film_is_refused() -> None:
    film, _curator = reviewed(METHOD)
    noted(film, Passage("the enemy"))
    other = a_film("Rain")

    with pytest.raises(AnchorRefused):
        noted(other, Beside(place(film).id))


def test_a_curator_asks_and_readers_answer_until_it_is_closed() -> None:
    film, curator = reviewed(METHOD, MAPS)
    asked = actions.ask(film, curator, Passage("maps"), "Do they  calm you?", now=after(1))
    assert (place(film).question, place(film).asker) == ("Do they calm you?", "Agnès")

    answer = noted(film, Beside(asked), "They frighten me.")
    assert [line.id for line in notes_on(film, asked).items] == [answer]

    actions.close_question(asked)
    with pytest.raises(AnchorRefused):
        noted(film, Beside(asked))
    actions.reopen_question(asked)
    noted(film, Beside(asked), "Me too.")
    actions.withdraw_question(asked)
    assert (place(film).question, place(film).note_count) == ("", 2)
    with pytest.raises(AnchorRefused):
        actions.close_question(asked)


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 501])
def test_a_question_is_one(question: str) -> None:
    film, curator = reviewed(METHOD)

    with pytest.raises(TextRefused):
        actions.ask(film, curator, Passage("method"), question, now=NOON)


def test_lists_of_one_kind_go_on_without_repeating_anything() -> None:
    film, _curator = reviewed(METHOD, MAPS)
    with_parts(film)
    on_words = [noted(film, Passage("maps"), f"Number {number}", minute=number // 3) for number in range(7)]
    on_film = [noted(film, Moment(1, number)) for number in range(3)]

    def walked(only: Only) -> list[int]:
        page = picked(film, only, limit=2)
        met = [line.id for line in page.items]
        while page.next:
            page = picked(film, only, limit=2, after=page.next)
            met += [line.id for line in page.items]
        return met

    assert walked(Only.REVIEW_NOTES) == on_words[::-1]
    assert walked(Only.FILM_NOTES) == on_film[::-1]
    assert walked(Only.QUESTIONS) == []


def test_however_many_notes_move_others_do_not_wait_for_more_statements() -> None:
    counts = []
    for notes in (2, 250):
        film, curator = reviewed(METHOD, MAPS)
        second = ReviewParagraph.objects.get(review__film=film, position=2)
        start = plain_text(second.html).index("spill")
        Anchor.objects.bulk_create(
            Anchor(
                film_id=film,
                target="review",
                exact="spill ink",
                paragraph=second.key,
                start_char=start,
                end_char=start + len("spill ink"),
                created_at=NOON,
            )
            for _ in range(notes)
        )
        with CaptureQueriesContext(connection) as asked:
            save_review(film, curator, f"{METHOD}\n\nAt last: {MAPS}", now=after(5))
        counts.append(len(asked))
        assert {words_at(anchor) for anchor in Anchor.objects.filter(film=film)} == {"spill ink"}

    assert counts[0] == counts[1]


def moved_in_before_the_review(curator: int, words: str = METHOD) -> int:
    """A film without a review, where a passage moved in of which nobody knows yet where it is."""
    film = a_film()
    actions.import_passages(
        film, [ForeignPassage(words, "Says who?", is_open=True)], asked_by=curator, now=NOON
    )
    assert Anchor.objects.get(film=film).state == "orphan"
    return film


def test_passages_that_moved_in_before_there_was_a_review_are_looked_for_in_the_first_one() -> None:
    curator = a_member()
    film = moved_in_before_the_review(curator)

    save_review(film, curator, f"{MAPS}\n\n{METHOD}", now=after(1))

    found = place(film)
    assert words_at(found) == METHOD
    assert found.state != "orphan"


def test_first_reviews_that_move_in_later_get_the_passages_that_were_there_before() -> None:
    curator = a_member()
    films = [moved_in_before_the_review(curator, words) for words in (METHOD, MAPS.replace("*", ""), SEA)]
    text = review_text(f"{METHOD}\n\n{MAPS}")

    save_first_reviews([FirstReview(film, curator, text, after(1)) for film in films])

    method, maps, sea = (Anchor.objects.get(film=film) for film in films)
    assert (words_at(method), words_at(maps)) == (METHOD, MAPS.replace("*", ""))
    assert sea.state == "orphan"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Writers of an SQLite file come one after the other."
)
def test_passages_that_move_in_while_the_review_is_saved_stand_in_its_new_text() -> None:
    film, curator = reviewed(METHOD, MAPS)
    passage = ForeignPassage("spill ink", "Which ink?", is_open=True)

    with others() as meanwhile:
        with db.write():
            hold_talk(film)
            meanwhile.begin(lambda: actions.import_passages(film, [passage], asked_by=curator, now=after(5)))
            save_review(film, curator, f"{METHOD}\n\nAt last: {MAPS}", now=after(5))
        meanwhile.results()

    assert words_at(Anchor.objects.get()) == "spill ink"
