"""Answers 301 where an address is one of a site that moved in."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from verite.transfer.moved import ASKED, Kind, Place, comment_numbered, comment_on, place_of

__all__ = ["ASKED", "moved", "moved_comment"]

# Of a film, where it is a script that asks: what else has the number is another comment.
_COMMENT = re.compile(r"(?:/films/([^/]+))?/comments/([0-9]{1,18})/?")
_VIEWS = {Kind.FILM: "film", Kind.SUBJECT: "subject", Kind.MEMBER: "member"}


def moved(request: HttpRequest) -> HttpResponse | None:
    """The way to where the page that was asked for stands now; None where nothing is known of it."""
    if request.method not in ("GET", "HEAD"):
        return None
    place = place_of(request.get_host(), request.path, request.GET.dict())
    return HttpResponsePermanentRedirect(_address(place)) if place else None


def moved_comment(request: HttpRequest) -> HttpResponse | None:
    """The way to a comment that had this number elsewhere: on a film, or where no comment has it here."""
    asked = _COMMENT.fullmatch(request.path)
    if asked is None:
        return None
    film, number = asked[1], int(asked[2])
    found = comment_on(film, number) if film else comment_numbered(number)
    if found is None or (found == number and not film):
        return None
    return HttpResponsePermanentRedirect(f"/comments/{found}/")


def _address(place: Place) -> str:
    match place.kind:
        case Kind.FILM if place.is_feed:  # WordPress tells in it what is said about the post
            return reverse("talk_feed", kwargs={"slug": place.name})
        case Kind.YEAR if place.is_feed:
            return f"{reverse('films_feed')}?year={place.name}"
        case Kind.YEAR:
            return reverse("year", kwargs={"year": int(place.name)})
        case Kind.FILMS:
            return reverse("browse")
        case Kind.NEWS:
            return reverse("site_feed")
        case Kind.TALK:
            return reverse("comments_feed")
        case Kind.SUBJECT if place.is_feed:
            return reverse("subject_feed", kwargs={"slug": place.name})
    return reverse(_VIEWS[place.kind], kwargs={"slug": place.name})
