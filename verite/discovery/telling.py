"""What mails say of new films, and what it is called to follow them: only what everybody may see at that moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from verite.accounts.models import Member, Participant
from verite.catalogue.models import Film, FilmText, Review, Subject
from verite.core.text import Profile, plain, render
from verite.notifications.telling import Heading, Told
from verite.notifications.topics import Topic


def tell_films(object_ids: Sequence[int]) -> Iterator[Told]:
    """The films among these that are public now, as ``notifications.telling.Teller`` wants them; two queries."""
    films = list(Film.objects.public().filter(pk__in=object_ids).order_by("published_at", "pk"))
    synopses = dict(FilmText.objects.filter(film__in=films).values_list("film_id", "synopsis"))
    for film in films:
        words = synopses.get(film.pk) or film.tagline
        html = render(words, kind=Profile.SYNOPSIS)
        yield Told(
            object_id=film.pk,
            headline=_("New film: %(film)s") % {"film": film.title},
            place=settings.VERITE.site_name,
            path=reverse("film", kwargs={"slug": film.slug}),
            at=film.published_at,
            text=plain(words),
            html=html,
        )


def name_site(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow all new films; the one number there is stands for the site."""
    return {0: Heading(_("All new films"), reverse("browse"))} if 0 in abouts else {}


def name_subjects(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow new films about a subject."""
    return {
        subject.pk: Heading(
            _("New films about %(subject)s") % {"subject": subject.name},
            reverse("subject", kwargs={"slug": subject.slug}),
        )
        for subject in Subject.objects.filter(pk__in=abouts)
    }


def name_curators(abouts: Sequence[int]) -> Mapping[int, Heading]:
    """What it is called to follow the new films of those who choose them, or have reviewed some."""
    members = Participant.objects.filter(pk__in=abouts, slug__isnull=False)
    curators = set(
        Member.objects.filter(participant__in=abouts, role=Member.Role.CURATOR).values_list(
            "participant_id", flat=True
        )
    )
    curators.update(Review.objects.filter(author__in=abouts).values_list("author_id", flat=True).distinct())
    return {
        member.pk: Heading(
            _("New films reviewed by %(name)s") % {"name": member.name},
            reverse("member", kwargs={"slug": member.slug}),
        )
        for member in members
        if member.pk in curators
    }


NAMERS = {Topic.FILMS: name_site, Topic.SUBJECT: name_subjects, Topic.CURATOR: name_curators}
