"""What a visitor reads when there is no page."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from tests.browsing.visiting import links, visit
from tests.discovery.stock import film
from tests.web.markup import read
from verite.core.db.errors import DiskFull

pytestmark = pytest.mark.django_db

FAULTS: dict[str, Exception] = {
    "mistake": RuntimeError("a secret of the server"),
    "full": DiskFull("The disk that holds the database is full."),
    "away": OperationalError("connection to server failed"),
    "damaged": SuspiciousOperation("a secret of the server"),
    "closed": PermissionDenied("Only its curator may do this."),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAULTS[how]


urlpatterns = [path("fail/<str:how>/", fail), path("", include("verite.project.urls"))]
handler400 = "verite.web.browsing.errors.bad_request"
handler403 = "verite.web.browsing.errors.forbidden"
handler404 = "verite.web.browsing.errors.not_found"
handler500 = "verite.web.browsing.errors.broken"

with_faults = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/films/why-we-figth/", "/films/why-we-fight/"),
        ("/films/why_we_fight/", "/films/why-we-fight/"),
        ("/films/Why%20We%20Fight%20film/", "/films/why-we-fight/"),
        ("/films/why-we-figth/card.png", "/films/why-we-fight/"),
        ("/people/frank-cappra/", "/people/frank-capra/"),
    ],
)
def test_an_address_that_is_nearly_right_leads_to_what_was_meant(address: str, meant: str) -> None:
    film("Why We Fight", directors=["Frank Capra"])

    page = visit(address, 404)

    assert "Did you mean" in page.text
    assert meant in links(page)


@pytest.mark.parametrize(
    "address", ["/nothing/here", "/films/xyzzy/", "/films/%00%F0%9F%8E%AC/", "/wp-login.php", "/films//"]
)
def test_an_address_that_means_nothing_gets_a_search_box_and_no_guess(address: str) -> None:
    film("Why We Fight")

    page = visit(address, 404)

    assert "Did you mean" not in page.text
    assert page.all("form", role="search", action="/search/")
    assert {"/films/", "/subjects/"} <= links(page)


def test_nothing_of_an_address_becomes_markup() -> None:
    answer = Client().get('/films/"><img src=x onerror=alert(1)>/')

    assert answer.status_code == 404
    assert b"<img" not in answer.content


@with_faults
@pytest.mark.parametrize(
    ("how", "status"), [("mistake", 500), ("full", 503), ("away", 503), ("damaged", 400), ("closed", 403)]
)
def test_every_failure_has_its_status_and_a_page_without_the_database(how: str, status: int) -> None:
    client = Client(raise_request_exception=False)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/fail/{how}/")

    page = read(answer.content.decode())
    assert answer.status_code == status
    assert len(queries) == 0
    assert page.one("h1").text
    assert "/" in links(page)
    assert "secret" not in page.text
    assert "provenance" not in vars(answer)


@with_faults
def test_a_refusal_says_its_reason_and_an_absent_database_when_to_come_back() -> None:
    client = Client(raise_request_exception=False)

    assert "Only its curator may do this." in read(client.get("/fail/closed/").content.decode()).text
    assert client.get("/fail/away/").headers["Retry-After"] == "5"
    assert "Retry-After" not in client.get("/fail/mistake/").headers


def test_a_page_that_can_only_be_read_says_so() -> None:
    answer = Client(headers={"sec-fetch-site": "same-origin"}).post("/films/")

    page = read(answer.content.decode())
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert page.one("h1").text == "Not in this way"
