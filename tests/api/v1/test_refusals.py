"""Every way in which a call may be refused is described in the very words in which it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.accounts.people import a_browser
from tests.api.v1.calling import JSON, PROBLEM, told
from tests.web.films_on_show import show
from tests.web.talk_pages import browser_of_guest, say
from verite.api.v1.description import document
from verite.discussion.actions import close_thread, remove_comment

pytestmark = pytest.mark.django_db

MORE_THAN_A_MINUTE_ALLOWS = 70
A_WHILE = re.compile(r"\d+ (second|minute)s?")
WRONG: Mapping[str, object] = {"body": "", "value": 11}

REFUSALS = [
    pytest.param(method, path, int(status), answer, id=f"{method} {path} {status}")
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
    for status, answer in operation["responses"].items()
    if PROBLEM in answer["content"]
]


def is_refused(send: Callable[..., HttpResponse], status: int, film_id: int, comment_id: int) -> HttpResponse:
    """Whatever is sent by ``send``, refused with a status."""
    match status:
        case 400:
            return send(body="{", parameters=201)
        case 403:
            return send(by=Client())
        case 404:
            return send(slug="nothing", comment_id=10**17)
        case 409:
            close_thread(film_id)
            return send()
        case 410:
            remove_comment(comment_id)
            return send()
        case 413:
            return send(body=json.dumps("x" * 1_100_000))
        case 415:
            return send(kind="text/plain")
        case 422:
            return send(wrong=True)
    answers = (send(again=number) for number in range(MORE_THAN_A_MINUTE_ALLOWS))
    return next(answer for answer in answers if answer.status_code == status)


@pytest.mark.usefixtures("no_time_passes")
@pytest.mark.parametrize(("method", "path", "status", "described"), REFUSALS)
def test_a_refusal_is_said_as_it_is_described(
    method: str, path: str, status: int, described: dict[str, Any]
) -> None:
    film, (browser, guest) = show(), browser_of_guest()
    browser.defaults["HTTP_ORIGIN"] = "http://testserver"
    is_about_ones_own = status == 403 and "own" in described["content"][PROBLEM]["example"]["detail"]
    said = say(film.pk, by=guest if is_about_ones_own else None)
    operation = document()["paths"][path][method]
    example = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("example", {})

    def send(
        *,
        slug: str = "why-we-fight",
        comment_id: int = said,
        body: str | None = None,
        kind: str = JSON,
        by: Client = browser,
        wrong: bool = False,
        parameters: int = 0,
        again: int = 0,
    ) -> HttpResponse:
        address = path.format(slug=slug, comment_id=comment_id)
        if method == "get":
            return by.get(address, {"cursor": "made-up"} if wrong else {"year": ["1942"] * parameters})
        sent = {name: WRONG[name] if wrong else value for name, value in example.items() if name in WRONG}
        if again and "body" in sent:
            sent["body"] = f"Words {again}."
        by = browser if is_about_ones_own else by
        answer: HttpResponse = getattr(by, method)(address, body or json.dumps(sent), content_type=kind)
        return answer

    refused = is_refused(send, status, film.pk, said)

    for name, header in described.get("headers", {}).items():
        assert header["schema"]["type"] == "integer"
        assert int(refused.headers[name]) > 0
    real, shown = told(refused, status), dict(described["content"][PROBLEM]["example"])
    assert A_WHILE.sub("…", real.pop("detail")) == A_WHILE.sub("…", shown.pop("detail"))
    assert real == shown


def test_a_script_that_says_nothing_of_itself_is_told_to_say_origin() -> None:
    answer = Client().put(f"/api/v1/comments/{say(show().pk)}/vote", '{"value": 1}', content_type=JSON)

    assert "Origin" in told(answer, 403)["detail"]


def test_what_is_asked_for_by_a_version_that_is_gone_is_refused_with_what_to_do() -> None:
    show()
    browser, _ = browser_of_guest()

    answer = browser.get("/api/v1/films/why-we-fight", headers={"If-Match": '"old"'})

    assert "If-Match" in told(answer, 412)["detail"]


def test_words_of_a_refusal_are_readable_in_a_terminal() -> None:
    assert "“Allow”" in a_browser().delete("/api/v1/films").content.decode()
