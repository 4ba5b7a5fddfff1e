"""Readers who follow something, by the forms of the site."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.accounts.people import a_browser
from tests.notifications.site import Site
from tests.web.markup import Page
from tests.web.writing_desk import page_of
from verite.notifications import actions, tokens
from verite.notifications.models import Address, Subscription

ADA = "ada@example.org"


def follow(browser: Client, what: str, **more: str) -> Page:
    """Follow, and the page that says so."""
    address = f"/follow/?what={what}"
    answer = browser.post(address, {"what": what, "interval": "instantly", **more})
    assert answer.status_code == 303, answer.content.decode()
    return page_of(browser.get(answer.headers["Location"]))


def ticks(page: Page) -> list[str]:
    return [box.attributes["value"] for box in page.all("input", name="wanted")]


def rows() -> list[Any]:
    return [*Subscription.objects.order_by("pk").values(), *Address.objects.order_by("pk").values()]


def an_open_one(site: Site, email: str = ADA, what: str = "films:0") -> Subscription:
    """Somebody who asked and confirmed."""
    follow(a_browser(), what, email=email)
    address = Address.objects.get(email=email)
    row = Subscription.objects.filter(address=address).latest("pk")
    actions.confirm(tokens.to_confirm(address.pk, now=site.now), [row.pk], participant_id=None, now=site.now)
    return row


def managing(site: Site, email: str = ADA) -> str:
    token = tokens.to_manage(Address.objects.get(email=email).pk, now=site.now)
    return f"/notify/manage/{token}/"
