"""What the headers let a page do, and what a source's address can never make them do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from verite.web.security import SecurityHeaders, allow_frames, allow_media

Prepare = Callable[[HttpResponse], object]


def answer(prepare: Prepare = lambda _: None, *, secure: bool = False) -> HttpResponseBase:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        prepare(response)
        return response

    return SecurityHeaders(view)(RequestFactory().get("/", secure=secure))


def policy(response: HttpResponseBase) -> dict[str, list[str]]:
    directives = response.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (directive.split(" ") for directive in directives)}


def test_a_page_may_load_nothing_that_is_not_ours() -> None:
    allowed = policy(answer())

    assert allowed["default-src"] == ["'none'"]
    assert {value for values in allowed.values() for value in values} == {"'none'", "'self'"}
    assert allowed["base-uri"] == ["'none'"]
    assert {"form-action", "frame-ancestors"} <= allowed.keys()  # these two do not fall back to default-src


def test_frames_are_open_to_the_hosts_of_this_page_alone() -> None:
    opened = answer(lambda response: allow_frames(response, ["https://b.example", "https://a.example:8443"]))

    assert policy(opened)["frame-src"] == ["https://a.example:8443", "https://b.example"]
    assert "frame-src" not in policy(answer())


def test_media_of_another_host_plays_beside_our_own() -> None:
    opened = policy(answer(lambda response: allow_media(response, ["https://files.example"])))

    assert opened["media-src"] == ["'self'", "https://files.example"]
    assert opened["connect-src"] == ["'self'"]


def test_a_star_may_stand_for_the_machines_of_one_domain() -> None:
    opened = answer(lambda response: allow_media(response, ["https://*.files.example"]))

    assert policy(opened)["media-src"] == ["'self'", "https://*.files.example"]


def test_hosts_of_one_page_do_not_leak_into_the_next() -> None:
    answer(lambda response: allow_media(response, ["https://files.example"]))

    assert policy(answer())["media-src"] == ["'self'"]


@pytest.mark.parametrize("allow", [allow_frames, allow_media])
@pytest.mark.parametrize(
    "origin",
    [
        "https://a.example; script-src *",
        "https://a.example 'unsafe-inline'",
        "https://a.example,https://b.example",
        "https://a.example/path",
        "https://*.example",
        "https://*",
        "https://a.*.example",
        "https://user@a.example",
        "https://a.example\n",
        "HTTPS://A.EXAMPLE",
        "javascript:alert(1)",
        "data:",
        "*",
        "",
    ],
)
def test_an_address_cannot_write_a_policy_of_its_own(
    allow: Callable[[HttpResponse, list[str]], None], origin: str
) -> None:
    with pytest.raises(ValueError, match="Not an origin"):
        answer(lambda response: allow(response, [origin]))


@given(origin=st.text())
def test_whatever_is_let_through_stays_one_word_of_one_directive(origin: str) -> None:
    try:
        opened = answer(lambda response: allow_frames(response, [origin]))
    except ValueError:
        return
    assert policy(opened) == {**policy(answer()), "frame-src": [origin]}


def test_https_is_remembered_and_plain_http_never_claims_it() -> None:
    assert answer(secure=True).headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in answer().headers


def test_a_header_that_a_view_sets_stands() -> None:
    def set_own(response: HttpResponse) -> None:
        response.headers["Referrer-Policy"] = "no-referrer"

    response = answer(set_own)

    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_an_embedded_player_keeps_what_it_needs_and_gets_no_camera() -> None:
    denied = answer().headers["Permissions-Policy"]

    assert "camera=()" in denied
    assert "microphone=()" in denied
    assert not any(feature in denied for feature in ("fullscreen", "autoplay", "picture-in-picture"))
