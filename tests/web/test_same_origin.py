"""Who may act here: every combination of what a browser says, and the page for those that say nothing."""

from __future__ import annotations

import html
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import include, path
from hypothesis import given
from hypothesis import strategies as st

from verite.web.same_origin import from_anywhere


def act(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"done: {request.POST.get('words', '')}")


@from_anywhere(because="it does nothing")
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


# The confirm page has the site's head, which links into it.
urlpatterns = [
    path("act/", act),
    path("open/", open_to_all),
    path("api/v1/act", act),
    path("", include("verite.web.urls")),
]

pytestmark = pytest.mark.urls(__name__)

OURS, OTHER = "http://testserver", "http://other.example"

# Sec-Fetch-Site, Origin, Referer → done, refused, or asked to confirm.
MATRIX = [
    ("same-origin", None, None, "done"),
    ("same-origin", OURS, None, "done"),
    ("none", None, None, "done"),
    ("none", OTHER, OTHER, "done"),
    ("same-site", None, None, "refused"),
    ("same-site", OURS, OURS, "refused"),
    ("cross-site", None, None, "refused"),
    ("cross-site", OURS, OURS, "refused"),
    ("something-new", OURS, OURS, "refused"),
    ("", OURS, OURS, "refused"),
    ("same-origin", "null", None, "refused"),
    ("none", "null", OURS, "refused"),
    (None, "null", None, "refused"),
    (None, "null", OURS, "refused"),
    (None, OURS, None, "done"),
    (None, OURS, OTHER, "done"),
    (None, "http://testserver:80", None, "done"),
    (None, "http://TESTSERVER", None, "done"),
    (None, OTHER, None, "refused"),
    (None, OTHER, OURS, "refused"),
    (None, "http://testserver:8000", None, "refused"),
    (None, "http://testserver.other.example", None, "refused"),
    (None, "http://other.example/testserver", None, "refused"),
    (None, "http://testserver@other.example", None, "refused"),
    (None, "testserver", None, "refused"),
    (None, "http://testserver:port", None, "refused"),
    (None, "http://[", None, "refused"),
    (None, "", None, "refused"),
    (None, None, OURS + "/films/", "done"),
    (None, None, OTHER + "/testserver/", "refused"),
    (None, None, "", "refused"),
    (None, None, None, "asked"),
]


def said(site: str | None, origin: str | None, referer: str | None) -> dict[str, str]:
    headers = {"Sec-Fetch-Site": site, "Origin": origin, "Referer": referer}
    return {name: value for name, value in headers.items() if value is not None}


def outcome(response: HttpResponseBase) -> str:
    if response.status_code == 200:
        return "done"
    assert response.status_code == 403
    return "asked" if b"Yes, send it" in response.getvalue() else "refused"


@pytest.mark.parametrize(("site", "origin", "referer", "expected"), MATRIX)
@pytest.mark.parametrize("cookies", [{}, {"verite-confirm": "stolen"}])
def test_a_form_is_taken_from_our_own_pages_only(
    client: Client,
    site: str | None,
    origin: str | None,
    referer: str | None,
    expected: str,
    cookies: dict[str, str],
) -> None:
    client.cookies.load(cookies)

    response = client.post("/act/", {"words": "hello"}, headers=said(site, origin, referer))

    assert outcome(response) == expected


@pytest.mark.parametrize(("site", "origin", "referer", "expected"), MATRIX)
def test_the_api_follows_the_same_rule_and_never_asks(
    client: Client, site: str | None, origin: str | None, referer: str | None, expected: str
) -> None:
    response = client.post("/api/v1/act", {}, "application/json", headers=said(site, origin, referer))

    assert outcome(response) == ("done" if expected == "done" else "refused")
    if expected != "done":
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 403
        assert "Origin" in response.json()["detail"]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_every_unsafe_method_is_held_to_it(client: Client, method: str) -> None:
    assert (
        outcome(client.generic(method.upper(), "/act/", headers=said("cross-site", None, None))) == "refused"
    )
    assert outcome(client.generic(method.upper(), "/act/")) == "refused"
    assert outcome(client.generic(method.upper(), "/act/", headers=said("same-origin", None, None))) == "done"


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_is_free_for_everybody(client: Client, method: str) -> None:
    assert outcome(getattr(client, method)("/act/", headers=said("cross-site", OTHER, OTHER))) == "done"


def test_a_view_on_the_list_is_open_to_other_sites(client: Client) -> None:
    assert outcome(client.post("/open/", headers=said("cross-site", "null", None))) == "done"


def test_a_bearer_token_speaks_for_itself(client: Client) -> None:
    headers = said("cross-site", OTHER, None)

    assert outcome(client.post("/api/v1/act", headers=headers | {"Authorization": "Bearer abc"})) == "done"
    assert outcome(client.post("/api/v1/act", headers=headers | {"Authorization": "Basic abc"})) == "refused"


def test_a_script_is_told_what_to_send_in_words_that_a_terminal_shows(client: Client) -> None:
    said = client.post("/api/v1/act").content.decode()

    assert "“Origin”" in said
    assert "token" not in said  # there are none yet


def test_a_plain_http_page_cannot_act_on_the_https_site(client: Client) -> None:
    assert outcome(client.post("/act/", secure=True, headers={"Origin": "http://testserver"})) == "refused"
    assert outcome(client.post("/act/", secure=True, headers={"Origin": "https://testserver"})) == "done"


def test_a_proxy_that_ends_https_unknown_to_us_does_not_break_forms(client: Client) -> None:
    assert outcome(client.post("/act/", headers={"Origin": "https://testserver"})) == "done"


def filled_form(page: HttpResponseBase) -> list[tuple[str, str]]:
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.getvalue().decode())
    return [(html.unescape(name), html.unescape(value)) for name, value in inputs]


def sent(form: list[tuple[str, str]]) -> dict[str, list[str]]:
    """A form as a browser sends it: line ends become CR LF."""
    lines = [(name, re.sub("\r\n|\r|\n", "\r\n", value)) for name, value in form]
    return {name: [value for other, value in lines if other == name] for name, _ in lines}


WORDS = 'A "quoted" <b>line</b> & two\r\n\r\nparagraphs, ünïcode'


def test_what_was_typed_comes_back_and_is_done_once_confirmed(client: Client) -> None:
    asked = client.post("/act/?part=2", {"words": WORDS, "kinds": ["a", "b"]})
    form = filled_form(asked)

    assert ("kinds", "a") in form
    assert ("kinds", "b") in form
    assert 'action="/act/?part=2"' in asked.content.decode()
    assert asked.headers["Cache-Control"] == "no-store"
    confirmed = client.post("/act/?part=2", sent(form))
    assert confirmed.content.decode() == f"done: {WORDS}"


def test_a_password_is_sent_again_but_not_read_out(client: Client) -> None:
    asked = client.post("/act/", {"words": "hello", "password1": "three cameras"}).content.decode()

    assert asked.count("three cameras") == 1
    assert ("password1", "three cameras") in filled_form(client.post("/act/", {"password1": "three cameras"}))
    assert asked.count("hello") == 2


@given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_any_text_survives_the_confirmation(words: str) -> None:
    client = Client()

    form = sent(filled_form(client.post("/act/", {"words": words})))

    assert outcome(client.post("/act/", form)) == "done"


def test_a_token_serves_its_own_words_address_and_browser_only(client: Client) -> None:
    form = dict(filled_form(client.post("/act/", {"words": "hello"})))

    assert outcome(client.post("/act/", form | {"words": "buy"})) == "asked"
    assert outcome(client.post("/act/", form | {"more": "buy"})) == "asked"
    assert outcome(client.post("/act/?part=2", form)) == "asked"
    assert outcome(client.post("/act/", form | {"confirmed": form["confirmed"][:-1]})) == "asked"


def test_a_token_that_another_fetched_for_the_same_words_is_worth_nothing(client: Client) -> None:
    attacker = Client()
    form = dict(filled_form(attacker.post("/act/", {"words": "hello"})))
    client.post("/act/", {"words": "hello"})  # the visitor has a cookie of their own

    assert outcome(client.post("/act/", form)) == "asked"
    assert outcome(Client().post("/act/", form)) == "asked"


def test_a_token_is_worth_nothing_after_ten_minutes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    form = dict(filled_form(client.post("/act/", {"words": "hello"})))
    start = time.time()

    monkeypatch.setattr(time, "time", lambda: start + 595)
    assert outcome(client.post("/act/", form)) == "done"
    monkeypatch.setattr(time, "time", lambda: start + 605)
    assert outcome(client.post("/act/", form)) == "asked"


@pytest.mark.parametrize(("secure", "name"), [(True, "__Host-verite-confirm"), (False, "verite-confirm")])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: Client, secure: bool, name: str
) -> None:
    cookie = client.post("/act/", {"words": "hello"}, secure=secure).cookies[name]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert bool(cookie["secure"]) is secure


def test_what_a_page_cannot_give_back_is_refused_with_a_reason(client: Client) -> None:
    upload = SimpleUploadedFile("poster.png", b"bytes")

    assert outcome(client.post("/act/", {"words": "hello", "poster": upload})) == "refused"
    assert outcome(client.post("/act/", {"words": "hello"}, "application/json")) == "refused"
