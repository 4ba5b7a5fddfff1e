"""One's account, its sessions, and the addresses that let somebody in once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verite.accounts import actions, one_time
from verite.accounts.acting import actor_of
from verite.accounts.actors import Role
from verite.accounts.permissions import Act, may
from verite.accounts.queries import has_curator
from verite.core import clock

if TYPE_CHECKING:
    from verite.accounts.models import Member

RETRY_SECONDS = 300
EVERY_OTHER = "others"  # what is sent for a session's mark to end all but one's own

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def needs(act: Act) -> Callable[[View[P]], View[P]]:
    """Ask whoever may not do this with what is theirs to sign in."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def allowed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if not may(actor, act, owner_id=actor.participant_id):
                return _to_sign_in(request)
            return view(request, *args, **kwargs)

        return allowed

    return decorate


@require_safe
@needs(Act.HAVE_ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """Address and password."""
    member = _member(request)
    context = {"email": member.email, "has_password": member.has_usable_password()}
    return render(request, "account/account.html", context)


@require_POST
@needs(Act.HAVE_ACCOUNT)
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out of one browser; of this one too, if it is meant; or of all but this one."""
    member, mark = _member(request), request.POST.get("session", "")
    if mark == EVERY_OTHER:
        actions.end_other_sessions(member.pk, session_key=request.session.session_key)
    else:
        actions.end_session(member.pk, mark=mark)
    back = reverse("me", query={"said": "ended"}, fragment="sessions")
    return HttpResponseRedirect(back, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def once(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by an address that an operator handed out. Reading it does nothing, for mail scanners read too."""
    if request.method == "POST":
        try:
            member = one_time.use(token, now=clock.now())
        except one_time.UsedUp:
            return _used_up(request)
        _sign_in(request, member)
        return redirect("me")
    if not one_time.is_good(token):
        return _used_up(request)
    return _private(render(request, "account/once.html"))


@require_http_methods(["GET", "HEAD", "POST"])
def first_curator(request: HttpRequest, token: str) -> HttpResponse:
    """Where whoever started the site becomes its first curator, unless somebody looks after it already."""
    from verite.web.account.forms import FirstCuratorForm

    if not one_time.is_first_curators(token) or has_curator():
        return _used_up(request)
    form = FirstCuratorForm(request.POST or None)
    if form.is_valid():
        try:
            with one_time.using_first_curators(token):
                member = actions.add_member(
                    name=form.cleaned_data["name"],
                    email=form.cleaned_data["email"],
                    role=Role.CURATOR,
                    password=form.cleaned_data["password1"],
                    is_proved=True,
                    now=clock.now(),
                )
        except one_time.UsedUp:
            return _used_up(request)
        except actions.AddressTaken as error:
            form.add_error("email", str(error))
        else:
            _sign_in(request, member)
            return redirect("me")
    return _private(render(request, "account/first_curator.html", {"form": form}))


@require_safe
def address(request: HttpRequest) -> HttpResponseRedirect:  # noqa: ARG001 (every view gets it)
    """allauth sends here whoever asks for its page of addresses, which this site does without."""
    return HttpResponseRedirect("..")


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    next_page = {"next": request.get_full_path()} if request.method in ("GET", "HEAD") else None
    return HttpResponseRedirect(reverse("account_login", query=next_page))


def _member(request: HttpRequest) -> Member:
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def _sign_in(request: HttpRequest, member: Member) -> None:
    from allauth.account.adapter import get_adapter

    get_adapter(request).login(request, member)


def _used_up(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "account/used_up.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """429: allauth counts tries by address and by account."""
    response = render(request, "account/too_many.html", status=429)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
