"""More than anybody means to send: it is refused, or bounded, and costs no more than the usual."""

from __future__ import annotations

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.accounts.models import Participant
from verite.accounts.names import slug_of
from verite.core.text.pointing import MOST_CALLS
from verite.discussion.actions import post_comment
from verite.discussion.actions.posting import MOST_DEPTH
from verite.discussion.calling import called_in
from verite.discussion.models import Comment, FilmTalk
from verite.discussion.orders import Sort
from verite.discussion.queries import comment_with_ancestors, recount, replies, thread
from verite.discussion.refusals import ParentRefused, TextRefused
from verite.notifications.models import Announcement

pytestmark = pytest.mark.django_db

LATER = 5_000  # minutes


def chained(film: int, guest: int, depth: int) -> list[int]:
    """Comments each of which answers the one before, the last as deep as this."""
    post_comment(film, guest, "The first.", now=NOON)
    first = Comment.objects.get(film=film)
    FilmTalk.objects.filter(film=film).update(comment_count=depth + 1)
    ids = [first.pk + number for number in range(depth + 1)]
    path, chain = "/", []
    for number, above in enumerate(ids[:-1], start=1):
        path += f"{above}/"
        chain.append(
            Comment(
                pk=above + 1,
                film_id=film,
                participant_id=guest,
                parent_id=above,
                root_id=first.pk,
                depth=number,
                path=path,
                is_shown=True,
                created_at=after(number),
                sanitiser_version=first.sanitiser_version,
                reply_count=1 if number < depth else 0,
                descendant_count=depth - number,
                html="<p>And on.</p>",
                markdown="And on.",
            )
        )
    Comment.objects.filter(pk=first.pk).update(reply_count=1, descendant_count=depth)
    Comment.objects.bulk_create(chain, batch_size=100)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
    return ids


def test_who_answers_themselves_for_ever_is_refused_calmly() -> None:
    film, guest = a_film(), a_guest()
    chain = chained(film, guest, MOST_DEPTH - 1)
    deepest = post_comment(film, guest, "The last.", parent_id=chain[-1], now=after(LATER)).comment_id

    for number in range(20):
        with pytest.raises(ParentRefused, match="too long to go on here"):
            post_comment(film, guest, f"{number}", parent_id=deepest, now=after(LATER))

    assert Comment.objects.latest("depth").depth == MOST_DEPTH
    assert post_comment(film, guest, "Elsewhere.", parent_id=chain[500], now=after(LATER)).is_new
    assert not recount(film)


def test_an_answer_far_down_takes_no_more_statements_and_is_read_in_as_few() -> None:
    film, guest = a_film(), a_guest()
    chain = chained(film, guest, MOST_DEPTH - 1)
    taken = []
    for above in (chain[1], chain[-1]):
        with CaptureQueriesContext(connection) as asked:
            post_comment(film, guest, f"To {above}.", parent_id=above, now=after(LATER))
        taken.append(len(asked))
    assert taken[0] == taken[1]

    with CaptureQueriesContext(connection) as asked:
        found = comment_with_ancestors(chain[-1])
        page = replies(chain[0], Sort.OLDEST)
        first = thread(film, Sort.NEWEST)
    assert len(asked) <= 2 + 1 + 2
    assert found is not None
    assert (len(found.ancestors), found.left_out) == (21, MOST_DEPTH - 1 - 21)
    assert len(page.items) < 50
    assert len(first.items) < 50


def test_two_hundred_calls_are_refused_and_cost_no_more_than_one() -> None:
    film = a_film()
    for name in ("Ann", "Béla"):
        member = a_member(name)
        Participant.objects.filter(pk=member).update(slug=slug_of(name))
        post_comment(film, member, "I was there.", now=NOON)
    taken = []
    for words in ("@Ann, look!", " ".join(f"@Member {number}," for number in range(200))):
        with CaptureQueriesContext(connection) as asked:
            called_in(words, film)
        taken.append(len(asked))
    assert taken[0] == taken[1]

    with pytest.raises(TextRefused, match="calls 200 people, and may call 20"):
        post_comment(film, a_guest(), "@Ann " * 200, now=after(1))
    assert Comment.objects.count() == 2
    assert not Announcement.objects.filter(topics__contains="mention").exists()
    assert post_comment(film, a_guest(), "@Ann " * MOST_CALLS, now=after(1)).is_new
    assert not recount(film)
