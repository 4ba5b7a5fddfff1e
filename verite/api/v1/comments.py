"""Comments: a film's thread, one of them, what goes on below it, posting and voting."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view
from ninja.params.models import Header
from pydantic import Field

from verite.accounts.acting import actor_of
from verite.accounts.permissions import Act
from verite.api.problems import Refusal
from verite.api.v1 import examples, refusals
from verite.api.v1.answers import answer
from verite.api.v1.asked import CommentId, FilmSlug, Limit, Listed, acting, allowed, film_of
from verite.api.v1.bodies import takes_json
from verite.api.v1.comment_objects import comment_list, comment_object, on_of
from verite.api.v1.described import described
from verite.api.v1.objects import Comment, CommentList, Votes
from verite.api.v1.sent import CommentSent, VoteSent
from verite.catalogue.queries.film_names import film_path
from verite.core import clock
from verite.discussion import actions, queries
from verite.discussion.calling import judged_in_thread
from verite.discussion.orders import Sort
from verite.discussion.queries import Lineage
from verite.discussion.queries.threads import PER_PAGE
from verite.discussion.queries.written import as_written
from verite.discussion.remarks import Remark, remark
from verite.discussion.words import Words

router = Router(tags=["Comments"])

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 255

IdempotencyKey: TypeAlias = Annotated[
    str,
    Header(
        "",
        alias=KEY_HEADER,
        description="A text of your own for each comment: sent again with the same one, it is posted once.",
        max_length=LONGEST_KEY,
    ),
]


class ThreadAsked(Listed):
    """The order of a thread, and where it goes on."""

    sort: Annotated[
        Sort, Field(description="`newest`, `oldest`, `most-voted`, `best` or `controversial`, as on pages.")
    ] = Sort.NEWEST
    limit: Limit = PER_PAGE


@router.get(
    "/films/{slug}/comments",
    response=CommentList,
    openapi_extra=described(examples.COMMENT_LIST, refused=[refusals.NO_FILM, refusals.NO_PLACE]),
)
def comments(
    request: HttpRequest,
    slug: FilmSlug,
    asked: Query[ThreadAsked],
) -> HttpResponse:
    """What is said about a film: `limit` comments that answer none, each followed by its first replies."""
    film = film_of(slug)
    talk, viewer_id = queries.talk_of(film.id), actor_of(request).participant_id
    found = queries.thread(
        film.id, asked.sort, after=asked.after, limit=asked.limit, talk=talk, viewer_id=viewer_id
    )
    return answer(comment_list(found, film.slug, total=talk.comment_count))


@router.post(
    "/films/{slug}/comments",
    response={201: Comment},
    openapi_extra=described(
        examples.COMMENT,
        sent=examples.COMMENT_SENT,
        status=201,
        refused=[
            refusals.FROM_ELSEWHERE,
            refusals.NO_FILM,
            refusals.CLOSED,
            refusals.NO_WORDS,
            *refusals.OF_BODIES,
        ],
    ),
)
@decorate_view(takes_json)
def post_comment(
    request: HttpRequest, slug: FilmSlug, sent: CommentSent, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Post a comment, or a reply. One that waits for a moderator is answered with `state` `held`."""
    now = clock.now()
    allowed(request, Act.COMMENT)
    film, path = film_of(slug), film_path(slug)
    words, _called = judged_in_thread(sent.body, film.id, answers=sent.parent, film_path=path)
    said_to_be = remark(sent.kind, sent.source)
    participant_id = acting(request, Act.COMMENT, now=now)
    posted = actions.post_comment(
        film.id,
        participant_id,
        sent.body,
        now=now,
        parent_id=sent.parent,
        name=sent.name,
        remark=said_to_be,
        on=on_of(sent.anchor),
        key=idempotency_key,
        film_path=path,
    )
    found = queries.comment_with_ancestors(posted.comment_id, viewer_id=participant_id)
    if not posted.is_new:
        _must_be_the_same(found, film.id, sent.parent, words, said_to_be, is_note=sent.anchor is not None)
    if found is None:
        raise _gone()
    made = answer(comment_object(found.comment, found.film_slug), status=201)
    made.headers["Location"] = reverse("api_comment", kwargs={"comment_id": posted.comment_id})
    return made


@router.get(
    "/comments/{comment_id}",
    response=Comment,
    openapi_extra=described(examples.COMMENT, refused=[refusals.NO_COMMENT, refusals.REMOVED]),
)
def comment(request: HttpRequest, comment_id: CommentId) -> HttpResponse:
    """One comment."""
    found = _found(request, comment_id)
    return answer(comment_object(found.comment, found.film_slug))


@router.get(
    "/comments/{comment_id}/replies",
    response=CommentList,
    openapi_extra=described(
        examples.REPLY_LIST, refused=[refusals.NO_COMMENT, refusals.REMOVED, refusals.NO_PLACE]
    ),
)
def replies(
    request: HttpRequest,
    comment_id: CommentId,
    asked: Query[ThreadAsked],
) -> HttpResponse:
    """What goes on below a comment: `limit` direct replies, each followed by its own first ones."""
    found, viewer_id = _found(request, comment_id), actor_of(request).participant_id
    below = queries.replies(comment_id, asked.sort, after=asked.after, limit=asked.limit, viewer_id=viewer_id)
    return answer(comment_list(below, found.film_slug, total=found.comment.descendant_count))


@router.put(
    "/comments/{comment_id}/vote",
    response=Votes,
    openapi_extra=described(
        examples.VOTES,
        sent=examples.VOTE_SENT,
        refused=[refusals.OWN_COMMENT, refusals.NO_COMMENT, refusals.NO_VOTE, *refusals.OF_BODIES],
    ),
)
@decorate_view(takes_json)
def vote(request: HttpRequest, comment_id: CommentId, sent: VoteSent) -> HttpResponse:
    """Say that a comment is helpful or not, or take that back."""
    now = clock.now()
    allowed(request, Act.VOTE)
    if as_written(comment_id) is None:
        raise _no_such_comment()
    votes = actions.cast_vote(comment_id, acting(request, Act.VOTE, now=now), sent.value, now=now)
    return answer(Votes(sent.value, votes.helpful, votes.not_helpful))


def _found(request: HttpRequest, comment_id: int) -> Lineage:
    """A comment as whoever asks may see it.

    Raises:
        Refusal: it was taken away.
        Http404: it never was, or nobody but its author may see it.
    """
    found = queries.comment_with_ancestors(comment_id, viewer_id=actor_of(request).participant_id)
    if found is not None:
        return found
    written = as_written(comment_id)
    if written is not None and written.is_removed:
        raise Refusal(410, _("This comment has been removed."))
    raise _no_such_comment()


def _must_be_the_same(
    found: Lineage | None,
    film_id: int,
    parent_id: int | None,
    words: Words,
    said_to_be: Remark,
    *,
    is_note: bool,
) -> None:
    """Whoever sends a comment again gets it again; but not for other words, nor once it was removed.

    Raises:
        Refusal: the key stands for another comment, or the comment is gone.
    """
    if found is None or found.comment.author is None:
        raise _gone()
    line = found.comment
    has_its_words = line.html == words.html or line.edited_at is not None
    is_as_said = (line.kind, line.source) == (said_to_be.kind, said_to_be.source)
    is_as_said = is_as_said and is_note == (line.anchor is not None)
    if not (has_its_words and is_as_said and line.film_id == film_id and line.parent_id == parent_id):
        raise Refusal(
            422, _("Another comment was posted with this key. Take a new one for each."), field=KEY_HEADER
        )


def _gone() -> Refusal:
    return Refusal(
        409,
        _("You posted these very words a few minutes ago, and they were removed. Please change them."),
        field="body",
    )


def _no_such_comment() -> Http404:
    return Http404(_("There is no such comment here."))
