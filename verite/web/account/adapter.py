"""What this site does otherwise than django-allauth, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from verite.accounts import acting, actions
from verite.accounts.actors import Role
from verite.accounts.sessions import BEGUN_AT, BROWSER
from verite.core import clock
from verite.web.account.browsers import browser_name
from verite.web.templating import origin

if TYPE_CHECKING:
    from verite.accounts.models import Member
    from verite.web.account.forms import SignUpForm


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Members are made and signed in by the actions of ``accounts``."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together. Check both."),
        "incorrect_code": _("This is not the code that was sent. Look at the newest mail and try again."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": _("That was wrong too often. Wait five minutes and try again."),
        "rate_limited": _("That was too often. Wait a few minutes and try again."),
    }

    def save_user(
        self,
        request: HttpRequest,  # noqa: ARG002 (allauth calls it so)
        user: Member,  # noqa: ARG002
        form: SignUpForm,
        commit: bool = True,  # noqa: ARG002
    ) -> Member:
        """The new member; ``user`` is an empty one that Django's way would have filled."""
        given = form.cleaned_data
        return actions.add_member(
            name=given["name"],
            email=given["email"],
            role=Role.MEMBER,
            password=given.get("password1"),
            now=clock.now(),
        )

    def login(self, request: HttpRequest, user: Member) -> None:
        """Sign somebody in; what this browser did as a guest is theirs from now on."""
        super().login(request, user)
        request.session[BEGUN_AT] = clock.now().isoformat()
        request.session[BROWSER] = browser_name(request.headers.get("User-Agent", ""))
        acting.claim_for(request, user)

    def set_password(self, user: Member, password: str) -> None:
        """A new password ends every session but the one in which it is chosen."""
        super().set_password(user, password)
        actions.end_other_sessions(user.pk, session_key=self.request.session.session_key)

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be led there: to our own pages; the site's other names are not known to be ours."""
        here = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, here, require_https=self.request.is_secure())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail names the site as visitors know it."""
        request = context.get("request") or self.request
        super().send_mail(template_prefix, email, {"where": origin(request), **context})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Somebody wants to sign up with the address of a member: the answer on the page is the usual one."""
        address = origin(self.request) + reverse("account_request_login_code")
        self.send_mail("account/email/account_already_exists", email, {"sign_in": address})

    def get_from_email(self) -> str:
        """Whom mail comes from."""
        return settings.DEFAULT_FROM_EMAIL

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Where somebody goes who has a new password."""
        return reverse("account")
