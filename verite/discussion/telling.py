"""What mails and feeds say of comments: only what everybody may read at that moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from verite.catalogue.models import Film
from verite.core.text import as_stored
from verite.discussion.models import Comment
from verite.notifications.telling import Heading, Told
from verite.notifications.topics import Topic


def tell_comments(object_ids: Sequence[int]) -> Iterator[Told]:
    """The comments among these that are public now, as ``notifications.telling.Teller`` wants them; one query."""
    for comment in _public(object_ids):
        film = comment.film
        yield Told(
            object_id=comment.pk,
            headline=_headline(comment),
            place=film.title,
            path=reverse("comment", kwargs={"comment_id": comment.pk}),
            at=comment.created_at,
            text=comment.markdown,
            html=as_stored(comment.html),
            edited_at=comment.edited_at,
        )


def name_films(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow a film's discussion."""
    return {
        film.pk: Heading(
            _("New comments on %(film)s") % {"film": film.title},
            reverse("discussion", kwargs={"slug": film.slug}),
        )
        for film in Film.objects.filter(pk__in=abouts, state=Film.State.PUBLISHED)
    }


def name_notes(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow the notes on a film's review."""
    return {
        film.pk: Heading(
            _("Notes on the review of %(film)s") % {"film": film.title},
            reverse("film", kwargs={"slug": film.slug}),
        )
        for film in Film.objects.filter(pk__in=abouts, state=Film.State.PUBLISHED, review__isnull=False)
    }


def name_threads(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow the answers below a comment."""
    return {
        comment.pk: Heading(
            _("Answers to %(name)s on %(film)s")
            % {"name": comment.name or _("a comment"), "film": comment.film.title},
            reverse("comment", kwargs={"comment_id": comment.pk}),
        )
        for comment in _public(abouts)
        if comment.parent_id is None
    }


def name_replies(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow the answers to whatever one says."""
    return dict.fromkeys(abouts, Heading(_("Answers to your comments"), reverse("me")))


def name_mentions(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow the comments that call one by name."""
    return dict.fromkeys(abouts, Heading(_("Comments that mention you"), reverse("me")))


NAMERS = {
    Topic.FILM: name_films,
    Topic.THREAD: name_threads,
    Topic.REPLIES: name_replies,
    Topic.MENTIONS: name_mentions,
    Topic.NOTES: name_notes,
}


def _public(comment_ids: Sequence[int]) -> Iterator[Comment]:
    public = Comment.objects.filter(
        pk__in=comment_ids, state=Comment.State.PUBLISHED, film__state=Film.State.PUBLISHED
    )
    return public.select_related("film", "parent", "anchor").order_by("created_at", "pk").iterator()


def _headline(comment: Comment) -> str:
    said = {"name": comment.name or _("Somebody"), "film": comment.film.title}
    if comment.anchor is not None:
        return _("%(name)s made a note on %(film)s") % said
    if comment.parent is None:
        return _("%(name)s on %(film)s") % said
    if comment.parent.name and comment.parent.state == Comment.State.PUBLISHED:
        return _("%(name)s answered %(other)s on %(film)s") % (said | {"other": comment.parent.name})
    return _("%(name)s answered a comment on %(film)s") % said
