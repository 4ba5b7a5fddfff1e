"""Every error of the API is a problem document, whoever makes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from tests.accounts.people import a_browser
from tests.api.v1.calling import API, JSON, Script, told
from tests.web.films_on_show import show
from verite.api.v1 import films

pytestmark = pytest.mark.django_db

RATING = f"{API}/films/why-we-fight/rating"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/nothing",
        "/films/",
        "/films/a/b/c",
        "/films/%00",
        "/comments/0",
        "/comments/x",
        "/comments/-1",
    ],
)
def test_what_is_no_call_is_not_found(path: str) -> None:
    for method in ("get", "post", "put", "delete"):
        said = told(getattr(a_browser(), method)(f"{API}{path}"), 404)
        assert "/api/v1/docs" in said["detail"]


def test_another_version_is_not_found() -> None:
    told(Client().get("/api/v2/films"), 404)
    told(Client().get("/api/"), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("post", "/films", "GET, HEAD"),
        ("delete", "/films/a", "GET, HEAD"),
        ("patch", "/films/a/comments", "GET, POST, HEAD"),
        ("get", "/films/a/rating", "PUT"),
        ("post", "/comments/1/vote", "PUT"),
        ("options", "/films", "GET, HEAD"),
    ],
)
def test_what_cannot_be_done_here_says_what_can(method: str, path: str, allowed: str) -> None:
    answer = getattr(a_browser(), method)(f"{API}{path}")

    told(answer, 405)
    assert {each.strip() for each in answer.headers["Allow"].split(",")} == set(allowed.split(", "))


@pytest.mark.parametrize("body", ["{", "{value: 7}", "value=7", "[" * 100_000, b"\xff"])
def test_a_body_that_is_no_json_is_not_understood(body: Any) -> None:
    show()

    told(a_browser().put(RATING, body, content_type=JSON), 400)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/xml", ""])
def test_a_body_in_another_format_is_refused(kind: str) -> None:
    show()

    told(a_browser().put(RATING, '{"value": 7}', content_type=kind), 415)


def test_a_body_is_taken_in_json_of_any_spelling_of_its_name() -> None:
    show()

    told(a_browser().put(RATING, '{"value": 7}', content_type="Application/JSON; charset=utf-8"), 200)


def test_a_body_in_another_charset_is_not_understood() -> None:
    show()

    told(a_browser().put(RATING, '{"value": 7}', content_type=f"{JSON}; charset=utf-7"), 400)


def test_a_body_larger_than_the_site_takes_is_refused() -> None:
    show()
    long = json.dumps({"value": 7, "words": "x" * 1_100_000})

    told(a_browser().put(RATING, long, content_type=JSON), 413)


@pytest.mark.parametrize(("failure", "status"), [(RuntimeError, 500), (DatabaseError, 500)])
def test_what_breaks_is_a_problem_too(
    monkeypatch: pytest.MonkeyPatch, failure: type[Exception], status: int
) -> None:
    def fail(_slug: str) -> None:
        raise failure

    monkeypatch.setattr(films, "film_object", fail)

    told(Client(raise_request_exception=False).get(f"{API}/films/why-we-fight"), status)


def test_a_host_that_is_not_ours_is_a_bad_request() -> None:
    told(Client(headers={"Host": "elsewhere.example"}).get(f"{API}/films"), 400)


def test_an_error_of_a_page_stays_a_page() -> None:
    assert Client().get("/nothing/").headers["Content-Type"].startswith("text/html")


def test_several_faults_are_told_at_once() -> None:
    show()

    said = Script().post("/films/why-we-fight/comments", {"parent": "x", "more": 1}, 422)

    assert {fault["field"] for fault in said["errors"]} == {"body", "parent", "more"}


def test_head_says_what_get_would() -> None:
    show()

    head = Client().head(f"{API}/films/why-we-fight")

    assert head.status_code == 200
    assert not head.content
