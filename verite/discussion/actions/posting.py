"""Saying something about a film, or to somebody who did."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verite.accounts.actions import name_guest
from verite.accounts.keys import participant
from verite.accounts.models import Participant
from verite.accounts.names import NameRefused
from verite.core import db, freshness
from verite.core.idempotency import first_answer, remember, sending
from verite.core.text import SANITISER_VERSION
from verite.discussion import anchoring, keys
from verite.discussion.announcing import announce_comment
from verite.discussion.calling import judged_in_thread
from verite.discussion.counting import PUBLISHED, count
from verite.discussion.models import Comment
from verite.discussion.notes import On
from verite.discussion.refusals import NoSuchFilm, ParentRefused, SignatureRefused, ThreadClosed
from verite.discussion.remarks import JUST_A_COMMENT, Remark
from verite.discussion.screened import has_to_wait

# Nobody reads so deep; a program that answers itself for ever must end somewhere.
MOST_DEPTH = 1000

# Who posts, and as whom they signed last. Whoever else renames or claims them waits here until our commit.
_AUTHOR = "SELECT kind, name FROM accounts_participant AS author WHERE id = %s"
# Is the film public and its thread open? Whoever else changes the thread waits here until our commit.
_TALK = """
SELECT talk.is_closed FROM discussion_film_talk AS talk JOIN catalogue_film AS film ON film.id = talk.film_id
WHERE film.id = %s AND film.state = 'published'
"""
_FIRST_TALK = """
INSERT INTO discussion_film_talk (film_id, comment_count, root_count, participant_count, is_closed)
SELECT id, 0, 0, 0, FALSE FROM catalogue_film WHERE id = %s AND state = 'published'
ON CONFLICT (film_id) DO NOTHING
"""
# Whether the author takes part already, and what the new comment answers, if anything.
_COMPANY = """
SELECT
    EXISTS (
        SELECT 1 FROM discussion_comment AS own
        WHERE own.participant_id = %s AND own.film_id = %s AND own.state = 'published'
    ),
    parent.id, parent.state, parent.root_id, parent.depth, parent.path, head.is_closed, parent.participant_id
FROM (SELECT 1) AS here
LEFT JOIN discussion_comment AS parent ON parent.id = %s AND parent.film_id = %s
LEFT JOIN discussion_comment AS head ON head.id = COALESCE(parent.root_id, parent.id)
"""
_POST = """
INSERT INTO discussion_comment (
    film_id, participant_id, parent_id, root_id, depth, path, state, is_shown, created_at, name,
    kind, source, anchor_id, is_announced, sanitiser_version, html, markdown, version, helpful, not_helpful,
    imported_helpful, imported_not_helpful, score, best, controversial, reply_count, descendant_count
) VALUES (
    %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
    %s, %s, %s, %s, %s, %s, %s, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a comment.

    Attributes:
        is_new: False when this very comment had been sent before, and nothing was done now.
    """

    comment_id: int
    state: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: below what it answers, or at the root."""

    parent_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    path: str = "/"


@dataclass(frozen=True, slots=True)
class Company:
    """What a comment comes to.

    Attributes:
        takes_part: whether its author has published something about the film before.
        answered_id: the participant whom it answers, if it answers one.
    """

    takes_part: bool
    answered_id: int | None
    place: Place


def post_comment(
    film_id: int,
    participant_id: int,
    markdown: str,
    *,
    now: datetime,
    parent_id: int | None = None,
    name: str | None = None,
    key: str = "",
    hold: bool = False,
    remark: Remark = JUST_A_COMMENT,
    on: On | None = None,
    film_path: str = "",
) -> Posted:
    """Publish a comment on a film, or a reply; sent twice, it is posted once (see ``core.idempotency``).

    Args:
        markdown: the subset of Markdown that ``Profile.COMMENT`` allows.
        parent_id: the comment that is answered.
        name: how a guest signs; "" is nameless, None as last time. Members sign with their name.
        key: an idempotency key; without one, the same words to the same place stand for it.
        hold: let it wait for a moderator, unseen, whatever ``screening`` says.
        remark: what it is besides words.
        on: the passage or moment that it is a note on.
        film_path: the path of the film's page, to which moments in the words lead.

    Raises:
        TextRefused: the words cannot be posted.
        SignatureRefused: a guest cannot sign so.
        ParentRefused: the comment to be answered is not there, or cannot be answered.
        AnchorRefused, NotThere: there is no such passage or moment.
        ThreadClosed: the film's thread, or the branch, is closed.
        NoSuchFilm: there is no such film in public.
    """
    words, called_ids = judged_in_thread(markdown, film_id, answers=parent_id, film_path=film_path)
    found = None if on is None else anchoring.find(film_id, on)
    sent = sending(
        participant_id,
        "comment",
        key,
        str(film_id),
        str(parent_id),
        *astuple(remark),
        str(on),
        words.markdown,
    )
    is_public = not (hold or has_to_wait(participant_id, film_id, words, remark.source))
    state = PUBLISHED if is_public else Comment.State.HELD
    with db.write():
        if (answer := first_answer(sent, now=now)) is not None:
            return _posted_before(int(answer))
        is_member, signature = _author(participant_id, name)
        _hold_open(film_id)
        company = _company(film_id, participant_id, parent_id)
        anchor = None if found is None else anchoring.hold(film_id, found, now=now)
        (comment_id,) = db.one(
            _POST,
            [
                *(film_id, participant_id, *astuple(company.place)),
                *(state.value, is_public, db.moment(now), signature),
                *(remark.kind.value, remark.source, anchor and anchor.id, is_public),
                *(SANITISER_VERSION, words.html, words.markdown),
            ],
        )
        if is_public:
            _count_and_announce(comment_id, film_id, participant_id, company, remark, anchor, called_ids, now)
        remember(sent, str(comment_id), now=now)
        freshness.touch(keys.talk(film_id))
        if is_member:
            freshness.touch(participant(participant_id))
    return Posted(comment_id, state.value, is_new=True)


def _count_and_announce(
    comment_id: int,
    film_id: int,
    author_id: int,
    company: Company,
    remark: Remark,
    anchor: anchoring.Held | None,
    called_ids: tuple[int, ...],
    now: datetime,
) -> None:
    path, is_only_one = company.place.path, not company.takes_part
    anchor_id = None if anchor is None else anchor.id
    count(film_id, path, 1, is_only_one=is_only_one, kind=remark.kind, anchor_id=anchor_id)
    announce_comment(
        comment_id,
        film_id,
        author_id=author_id,
        root_id=company.place.root_id,
        answered_id=company.answered_id,
        called_ids=called_ids,
        is_on_review=anchor is not None and anchor.is_on_review,
        now=now,
    )


def _author(participant_id: int, name: str | None) -> tuple[bool, str]:
    """Whether a member posts, and how they sign; a guest's ``name`` is remembered."""
    row = db.held_row(_AUTHOR, [participant_id], of="author")
    if row is None:
        raise Participant.DoesNotExist(participant_id)
    kind, signed_last = row
    is_member = kind == Participant.Kind.MEMBER
    if name is None or is_member or name.strip() == signed_last == "":
        return is_member, signed_last
    try:
        return is_member, name_guest(participant_id, name)
    except NameRefused as error:
        raise SignatureRefused(str(error)) from error


def _hold_open(film_id: int) -> None:
    """Hold the film's thread until the commit; it is made when nobody has said anything yet."""
    talk = db.held_row(_TALK, [film_id], of="talk")
    if talk is None:
        db.run(_FIRST_TALK, [film_id])
        talk = db.held_row(_TALK, [film_id], of="talk")
    if talk is None:
        raise NoSuchFilm(
            _("This film is no longer here, so nothing can be posted. Keep a copy of your words.")
        )
    (is_closed,) = talk
    if is_closed:
        raise ThreadClosed(
            _(
                "This discussion is closed. It can be read, but nothing more can be posted. Keep a copy of your words."
            )
        )


def _company(film_id: int, participant_id: int, parent_id: int | None) -> Company:
    takes_part, *parent, answered_id = db.one(_COMPANY, [participant_id, film_id, parent_id, film_id])
    return Company(bool(takes_part), answered_id, Place() if parent_id is None else _below(*parent))


def _below(
    parent_id: int | None, state: str, root_id: int | None, depth: int, path: str, is_closed: bool
) -> Place:
    if parent_id is None:
        raise ParentRefused(
            _("The comment you answer does not stand under this film. Post yours as a comment of its own.")
        )
    if state == Comment.State.HELD:
        raise ParentRefused(
            _("The comment you answer waits for a moderator. Try again later, or post a comment of its own.")
        )
    if state != PUBLISHED:
        raise ParentRefused(
            _(
                "The comment you answer has been removed. Answer another, or post yours as a comment of its own."
            )
        )
    if is_closed:
        raise ThreadClosed(
            _(
                "This branch of the discussion is closed: nothing more can be posted in it. Keep a copy of your"
                " words, or post them as a comment of their own."
            )
        )
    if depth >= MOST_DEPTH:
        raise ParentRefused(_("This exchange is too long to go on here. Answer an earlier comment of it."))
    return Place(parent_id, root_id or parent_id, depth + 1, f"{path}{parent_id}/")


def _posted_before(comment_id: int) -> Posted:
    return Posted(
        comment_id, Comment.objects.values_list("state", flat=True).get(pk=comment_id), is_new=False
    )
