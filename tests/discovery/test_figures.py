"""The figures beside a film: what is rated, said and given by the reader, in one statement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.core.freshness import recording
from verite.discovery.figures import Figures, figures_of
from verite.discussion.actions import close_thread, post_comment, seen
from verite.discussion.queries import Talk, talk_of
from verite.discussion.queries.newest import Latest
from verite.ratings.actions import import_total, rate
from verite.ratings.queries import OwnRating, own_rating, score_of
from verite.ratings.score import Score

pytestmark = pytest.mark.django_db


def test_a_film_of_which_nobody_has_said_anything_has_no_figures() -> None:
    nothing = Figures(Score((0,) * 10), Talk(), None, Latest())

    assert figures_of(a_film()) == nothing
    assert figures_of(a_film(), a_guest()) == nothing


def test_they_are_what_each_room_says() -> None:
    film, other, reader = a_film(), a_film(), a_member()
    import_total(film, 336, 2548)
    rate(film, reader, 9, now=after(7))
    rate(film, a_guest(), 2, now=NOON)
    rate(other, reader, 1, now=NOON)
    first = post_comment(film, a_guest(), "First.", now=NOON).comment_id
    second = post_comment(film, reader, "Second.", parent_id=first, now=NOON).comment_id
    close_thread(film)

    theirs = figures_of(film, reader)

    assert theirs == Figures(score_of(film), talk_of(film), own_rating(reader, film), Latest(second))
    assert theirs.own_rating == OwnRating(9, after(7))
    assert theirs.talk == Talk(comment_count=2, root_count=1, participant_count=2, is_closed=True)
    assert theirs.score.count == 338
    assert (
        figures_of(film)
        == figures_of(film, a_guest())
        == Figures(theirs.score, theirs.talk, None, Latest(second))
    )


def test_what_is_new_is_what_others_said_since_one_was_here() -> None:
    film, reader = a_film(), a_guest()
    ids = [
        post_comment(film, author, f"Words {minute}.", now=after(minute)).comment_id
        for minute, author in enumerate([a_guest(), a_guest(), reader, a_guest()])
    ]
    assert figures_of(film, reader).latest == Latest(ids[-1])

    seen(film, reader, ids[0], now=NOON)

    assert figures_of(film, reader).latest == Latest(ids[-1], ids[0], new_count=2, first_new_id=ids[1])
    assert figures_of(film, a_guest()).latest == Latest(ids[-1])


def test_they_cost_one_statement_and_depend_on_ratings_and_talk() -> None:
    film, reader = a_film(), a_guest()
    rate(film, reader, 9, now=NOON)

    with CaptureQueriesContext(connection) as asked, recording() as shown:
        figures_of(film, reader)

    assert len(asked) == 1
    assert shown.keys == {f"score:{film}", f"talk:{film}"}
