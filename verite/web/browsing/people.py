"""People and their films; curators say there which member somebody is."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verite.accounts.acting import actor_of
from verite.accounts.names import slug_of
from verite.accounts.permissions import Act, may
from verite.accounts.queries import profile
from verite.catalogue.actions.people import PersonRefused, know_as_member
from verite.catalogue.queries.people import PersonPage, member_who_is, person_page
from verite.core import freshness
from verite.core.paging import NoSuchPage, page_number
from verite.core.text.cleaning import legible

MOST_CREDIT_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """Which member somebody is, in the field where a curator says so; ``wrong`` is what is wrong with it."""

    name: str
    wrong: str = ""


@require_safe
@freshness.page(params=("page",))
def person(request: HttpRequest, slug: str) -> HttpResponse:
    number = page_number(request.GET.get("page"), last=MOST_CREDIT_PAGES)
    found = None if isinstance(number, NoSuchPage) else person_page(slug, number)
    if found is None:
        raise Http404
    known = Known(member_who_is(found.id)) if may(actor_of(request), Act.KNOW_PERSON) else None
    return _shown(request, found, known)


@require_POST
def know_person(request: HttpRequest, slug: str) -> HttpResponse:
    """``member`` is called so; empty where none of them is this person."""
    if not may(actor_of(request), Act.KNOW_PERSON):
        raise PermissionDenied
    found = person_page(slug)
    if found is None:
        raise Http404
    name = legible(request.POST.get("member", "")).strip()
    member = profile(slug_of(name)) if name else None
    try:
        if name and member is None:
            raise PersonRefused(
                _("No member is called so. Spell the name as it stands beside their comments.")
            )
        know_as_member(found.id, member.participant_id if member else None)
    except PersonRefused as error:
        return _shown(request, found, Known(name, str(error)), status=422)
    return HttpResponseRedirect(reverse("person", kwargs={"slug": slug}), status=303)


def _shown(
    request: HttpRequest, found: PersonPage, known: Known | None, *, status: int = 200
) -> HttpResponse:
    return render(request, "person.html", {"person": found, "known": known}, status=status)
