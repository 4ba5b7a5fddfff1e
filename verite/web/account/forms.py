"""What somebody tells us who wants to become a member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import SignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from verite.accounts.actions import AddressTaken
from verite.accounts.names import NameRefused, checked_name
from verite.accounts.queries import is_taken

if TYPE_CHECKING:
    from verite.accounts.models import Member


def free_name(name: str) -> str:
    """A name for a new member, as it will be stored. Raises ``ValidationError`` for the field."""
    try:
        name = checked_name(name)
    except NameRefused as error:
        raise ValidationError(str(error)) from error
    if is_taken(name):
        raise ValidationError(_("A member is called so. Please choose another name."))
    return name


class SignUpForm(SignupForm):  # type: ignore[misc]
    """allauth's form, with the name by which others will know the member."""

    account_already_exists: bool  # whether a member has this address; so says ``clean``

    name = forms.CharField()

    def clean_name(self) -> str:
        return free_name(self.cleaned_data["name"])

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        """The new member, or what to answer where there is none; somebody may be quicker by an instant."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])  # whoever waited less would know
        try:
            return super().try_save(request)  # type: ignore[no-any-return]
        except AddressTaken:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[no-any-return]
        except NameRefused as error:
            self.add_error("name", str(error))
            context = {"form": self, "login_url": reverse("account_login")}
            return None, render(request, "account/signup.html", context)


class FirstCuratorForm(forms.Form):
    """Whoever looks after the site; that they hold its console is proof enough of their address."""

    name = forms.CharField()
    email = forms.EmailField()
    password1 = forms.CharField(required=False, strip=False)

    def clean_name(self) -> str:
        return free_name(self.cleaned_data["name"])

    def clean_password1(self) -> Any:
        password = self.cleaned_data["password1"]
        if password:
            validate_password(password)
        return password
