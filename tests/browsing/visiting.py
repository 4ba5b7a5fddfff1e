"""Pages as a visitor's browser would fetch them."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.test import Client

from tests.discovery.stock import FIRST_DAY
from tests.web.markup import Page, read
from verite.accounts.models import Participant
from verite.core.freshness import provenance_of, versions


def visit(address: str, status: int = 200) -> Page:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return read(answer.content.decode())


def links(page: Page) -> set[str]:
    return {link.attributes["href"] for link in page.all("a") if "href" in link.attributes}


def headings(page: Page) -> list[str]:
    """Titles of the films that a page lists."""
    return [heading.text for heading in page.all("h3")]


def curator() -> int:
    return Participant.objects.create(kind="member", name="Ada Lens", slug="ada", created_at=FIRST_DAY).pk


def stands(answer: HttpResponseBase) -> bool:
    """Whether a page cache may still give out this answer, its age aside."""
    provenance = provenance_of(answer)
    assert provenance is not None
    return dict(provenance.versions) == versions(provenance.versions)
