"""A guest signs in: what they said and how they voted becomes the member's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from verite.accounts.models import Participant
from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.counting import PUBLISHED, Tally, hold_talks, weigh
from verite.discussion.models import Comment, CommentVote, FilmTalk

# Whoever has read further is right.
_JOIN_VISITS = """
INSERT INTO discussion_visit (participant_id, film_id, seen_id, seen_at)
SELECT %s, film_id, seen_id, seen_at FROM discussion_visit WHERE participant_id = %s
ON CONFLICT (participant_id, film_id) DO UPDATE SET seen_id = excluded.seen_id, seen_at = excluded.seen_at
WHERE discussion_visit.seen_id < excluded.seen_id
"""
_FORGET_VISITS = "DELETE FROM discussion_visit WHERE participant_id = %s"


def claim_talk(*, guest_id: int, member_id: int) -> None:
    """Make a guest's comments, votes and visits those of the member who signed in.

    Comments carry the member's name from then on: beside a guest's old one, without its mark, they could pass
    for somebody else's. Of two votes on one comment the later stands; votes on what became one's own go.
    """
    with db.write():
        mine = Q(participant=guest_id)
        voted = Q(pk__in=CommentVote.objects.filter(participant=guest_id).values("comment"))
        hold_talks(set(Comment.objects.filter(mine | voted).values_list("film", flat=True)))
        held = {
            comment.pk: comment
            for comment in Comment.objects.select_for_update()
            .defer("html", "markdown")
            .filter(mine | voted)
            .order_by("pk")
        }
        _move_comments([each for each in held.values() if each.participant_id == guest_id], member_id)
        _move_votes(held, guest_id, member_id)
        db.run(_JOIN_VISITS, [member_id, guest_id])
        db.run(_FORGET_VISITS, [guest_id])


def _move_comments(comments: list[Comment], member_id: int) -> None:
    films = {comment.film_id for comment in comments}
    told = {comment.film_id for comment in comments if comment.state == PUBLISHED}
    both = Comment.objects.filter(participant=member_id, film__in=told, state=PUBLISHED).values("film")
    FilmTalk.objects.filter(film__in=list(both.values_list("film", flat=True).distinct())).update(
        participant_count=F("participant_count") - 1
    )
    name = Participant.objects.values_list("name", flat=True).get(pk=member_id)
    Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(
        participant=member_id, name=name, version=F("version") + 1
    )
    for comment in comments:
        comment.participant_id = member_id
    freshness.touch(*map(keys.talk, films))


def _move_votes(held: dict[int, Comment], guest_id: int, member_id: int) -> None:
    """``held`` are all comments that the guest wrote or voted on."""
    votes = CommentVote.objects.filter(comment__in=held, participant__in=[guest_id, member_id])
    latest: dict[int, CommentVote] = {}
    gone = []
    for vote in votes.order_by("cast_at", "pk"):
        if held[vote.comment_id].participant_id == member_id:
            gone.append(vote)
        else:
            if vote.comment_id in latest:
                gone.append(latest[vote.comment_id])
            latest[vote.comment_id] = vote
    _take_back(gone, held)
    CommentVote.objects.filter(pk__in=[vote.pk for vote in latest.values()]).update(participant=member_id)


def _take_back(votes: Iterable[CommentVote], held: dict[int, Comment]) -> None:
    tallies: dict[int, Tally] = {}
    for vote in votes:
        vote.delete()
        weigh(
            tallies.setdefault(vote.comment_id, _tally(held[vote.comment_id])),
            helpful=-1 if vote.value == 1 else 0,
            not_helpful=-1 if vote.value == -1 else 0,
        )


def _tally(comment: Comment) -> Tally:
    return Tally(
        comment.pk,
        comment.film_id,
        comment.helpful,
        comment.not_helpful,
        comment.imported_helpful,
        comment.imported_not_helpful,
    )
