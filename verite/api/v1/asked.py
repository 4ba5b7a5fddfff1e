"""What can be asked of lists, and what refuses a call before anything is done."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.params.models import Path
from pydantic import Field

from verite.accounts.acting import act, actor_of
from verite.accounts.actors import Actor
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act, may
from verite.api.problems import Refusal
from verite.api.v1.sent import LARGEST_ID
from verite.catalogue.queries.film_names import FilmName, film_name
from verite.core.paging import MOST_CURSOR_CHARACTERS

MOST_AT_ONCE = 100

After: TypeAlias = Annotated[
    str,
    Field(
        description="The `next` of the list before; empty, the list begins.",
        max_length=MOST_CURSOR_CHARACTERS,
    ),
]
Limit: TypeAlias = Annotated[int, Field(description="How many at once.", ge=1, le=MOST_AT_ONCE)]
# The address has been matched before a call is made: these only tell.
_SLUG: TypeAlias = Annotated[str, Field(json_schema_extra={"pattern": r"^[-\w]+$"})]
FilmSlug: TypeAlias = Annotated[
    _SLUG, Path(..., description="As lists of films say it.", example="why-we-fight")
]
PersonSlug: TypeAlias = Annotated[
    _SLUG, Path(..., description="As the address of their page says it.", example="frank-capra")
]
CollectionSlug: TypeAlias = Annotated[
    _SLUG, Path(..., description="As the address of its page says it.", example="filmed-for-the-state")
]
_ID: TypeAlias = Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": LARGEST_ID})]
CommentId: TypeAlias = Annotated[_ID, Path(..., description="As threads say it.")]


class FromCursor(Schema):
    """Where a list goes on."""

    cursor: After = ""

    @property
    def after(self) -> str | None:
        return self.cursor or None


class Listed(FromCursor):
    """Where a list goes on, and for how long."""

    limit: Limit = MOST_AT_ONCE


def film_of(slug: str) -> FilmName:
    """The film that is meant, in one query.

    Raises:
        Http404: there is none in public.
    """
    found = film_name(slug)
    if found is None:
        raise no_such_film()
    return found


def no_such_film() -> Http404:
    return Http404(_("There is no such film here."))


def allowed(request: HttpRequest, what: Act) -> Actor:
    """Whoever asks, if they may do this at all; they may be nobody yet.

    Raises:
        PermissionDenied: they may not.
    """
    actor = actor_of(request)
    if not may(actor, what):
        raise PermissionDenied
    return actor


def acting(request: HttpRequest, what: Act, *, now: datetime) -> int:
    """The participant who does this now; whoever is none yet becomes one. It is counted.

    Raises:
        Refusal: they do it too often.
        PermissionDenied: they may not.
    """
    if refused := paced(what, allowed(request, what), address=request.META["REMOTE_ADDR"], now=now):
        raise Refusal(429, too_often(refused), retry_after=refused.retry_after)
    actor = act(request, now=now)
    if actor.participant_id is None:
        raise PermissionDenied
    return actor.participant_id
