"""How a session becomes a member, in one statement."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from verite.accounts.models import Member


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Passwords by e-mail address, as allauth checks them; a member comes with its participant."""

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session; None if there is none any more, or it may not sign in."""
        return Member.objects.select_related("participant").filter(pk=user_id, is_active=True).first()
