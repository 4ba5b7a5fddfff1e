"""Pages about whoever acts: one's own, a member's, and what a form needs when it is first touched."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verite.accounts.queries import profile
from verite.core import clock, freshness
from verite.core.ids import new_token
from verite.web.acting import actor_of, token_of
from verite.web.wording import instant

KEY_BITS = 128


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What one has done here; a guest has such a page too."""
    return render(request, "me.html", {"actor": actor_of(request)})


@require_safe
@freshness.page()
def member(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile(slug)
    if found is None:
        raise Http404
    return render(request, "member.html", {"member": found})


@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """What a form asks for when it is first touched: an idempotency key and the time.

    A browser that nobody knows gets its cookie here, so that its first acts, should they be sent at the same
    moment, are one guest's.
    """
    if not actor_of(request).is_member:
        token_of(request)
    return JsonResponse(
        {"key": new_token(KEY_BITS), "now": instant(clock.now())}, headers={"Cache-Control": "no-store"}
    )
