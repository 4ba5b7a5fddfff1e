"""Addresses of signing in. The names that begin with ``account_`` are those that allauth asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path

from verite.web.account import views


def of_allauth(name: str) -> Callable[..., HttpResponseBase]:
    """A view of ``allauth.account.views``, which is imported when somebody first signs in: it takes a while."""

    def view(request: HttpRequest) -> HttpResponseBase:
        from allauth.account import views as theirs

        answer: HttpResponseBase = getattr(theirs, name)(request)
        if isinstance(answer, TemplateResponse) and answer.context_data is not None:
            answer.context_data.pop("site", None)  # a host name; in our templates it is the name of the site
        return answer

    view.__name__ = view.__qualname__ = name
    return view


urlpatterns = [
    path("", views.account, name="account"),
    path("sessions/end/", views.end_session, name="end_session"),
    path("once/<str:token>/", views.once, name="sign_in_once"),
    path("first/<str:token>/", views.first_curator, name="first_curator"),
    path("email/", views.address, name="account_email"),
    path("signup/", of_allauth("signup"), name="account_signup"),
    path("login/", of_allauth("login"), name="account_login"),
    path("login/code/", of_allauth("request_login_code"), name="account_request_login_code"),
    path("login/code/confirm/", of_allauth("confirm_login_code"), name="account_confirm_login_code"),
    path("confirm-email/", of_allauth("email_verification_sent"), name="account_email_verification_sent"),
    path("logout/", of_allauth("logout"), name="account_logout"),
    path("inactive/", of_allauth("account_inactive"), name="account_inactive"),
    path("password/change/", of_allauth("password_change"), name="account_change_password"),
    path("password/set/", of_allauth("password_set"), name="account_set_password"),
    path("password/reset/", of_allauth("password_reset"), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        of_allauth("confirm_password_reset_code"),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        of_allauth("complete_password_reset"),
        name="account_complete_password_reset",
    ),
    path(
        "password/reset/done/",
        of_allauth("password_reset_from_key_done"),
        name="account_password_reset_completed",
    ),
]
