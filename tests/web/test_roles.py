"""Every route with every role: who may read it, who may send something to it, who is asked to sign in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.conf import LazySettings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.accounts.people import a_browser, signed_in, somebody
from tests.web.talk_pages import browser_of_guest
from verite.accounts.actors import Role

ROLES = ("anonymous", "guest", "member", "moderator", "curator")
EVERYBODY = frozenset(ROLES)
KEEPERS, CURATORS = frozenset({"moderator", "curator"}), frozenset({"curator"})
MEMBERS = EVERYBODY - {"anonymous", "guest"}

NOBODY: frozenset[str] = frozenset()

# Pages that some are not shown, but asked to sign in → who is shown them.
READERS: Mapping[str, frozenset[str]] = {
    "account": MEMBERS,
    "account_change_password": MEMBERS,
    "account_set_password": MEMBERS,
    # Where a code is typed; nobody has asked for one here.
    "account_confirm_password_reset_code": NOBODY,
    "account_email_verification_sent": MEMBERS,
}

# Routes to which something can be sent → who may. A new one must be put here.
WRITERS: Mapping[str, frozenset[str]] = {
    "account_change_password": MEMBERS,
    "account_complete_password_reset": EVERYBODY,
    "account_confirm_login_code": EVERYBODY,
    "account_confirm_password_reset_code": NOBODY,
    "account_email_verification_sent": MEMBERS,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_request_login_code": EVERYBODY,
    "account_reset_password": EVERYBODY,
    "account_set_password": MEMBERS,
    "account_signup": EVERYBODY,
    "api_comments": EVERYBODY,  # see tests/api/v1/test_permissions.py
    "confirm_following": EVERYBODY,  # whose token is the proof
    "delete_comment": EVERYBODY,  # of one's own; see test_writing.py
    "edit_comment": EVERYBODY,  # likewise
    "end_session": MEMBERS,
    "first_curator": EVERYBODY,  # whose token is the proof
    "follow": EVERYBODY,
    "following_link": EVERYBODY,
    "manage_following": EVERYBODY,  # whose token is the proof
    "my_following": EVERYBODY,
    "note": EVERYBODY,
    "question": frozenset({"curator"}),
    "rate": EVERYBODY,
    "reply": EVERYBODY,
    "rename": MEMBERS,
    "sign_in_once": EVERYBODY,  # whose token is the proof
    "unsubscribe": EVERYBODY,  # whose token is the proof
    "know_person": CURATORS,
    "seen": EVERYBODY - {"anonymous"},
    "tend_comment": KEEPERS,
    "tend_thread": KEEPERS,
    "vote": EVERYBODY,
    "write": EVERYBODY,
}

# Those to which other sites may send: see tests/house/test_freshness.py.
FROM_ANYWHERE = frozenset({"unsubscribe"})

# What stands in an address for a part of it.
SAMPLES: Mapping[str, Any] = {
    "anchor_id": 1,
    "comment_id": 1,
    "name": "nothing",
    "piece": 1,
    "slug": "nothing",
    "token": "nothing",
    "year": 1950,
}

SIGN_IN = "/accounts/login/"

pytestmark = pytest.mark.django_db


def routes(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    """Name and address of every route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern} has no name"
            parts = {part: SAMPLES[part] for part in pattern.pattern.converters}
            yield pattern.name, reverse(pattern.name, kwargs=parts)


ALL = dict(routes(get_resolver().url_patterns))


def browser_of(role: str) -> Client:
    if role in MEMBERS:
        return signed_in(somebody(role=Role(role)))
    return browser_of_guest()[0] if role == "guest" else a_browser()


def is_turned_away(answer: HttpResponseBase) -> bool:
    """Refused, or asked to sign in."""
    return answer.status_code == 403 or answer.headers.get("Location", "").partition("?")[0] == SIGN_IN


@pytest.fixture(autouse=True)
def no_limits(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_read_by_whom_it_is_for(role: str) -> None:
    browser = browser_of(role)

    turned_away = {name for name, address in ALL.items() if is_turned_away(browser.get(address))}

    assert turned_away == {name for name in ALL if role not in READERS.get(name, EVERYBODY)}


@pytest.mark.parametrize("role", ROLES)
def test_a_route_takes_something_from_whom_it_may(role: str) -> None:
    answers = {name: browser_of(role).post(ALL[name]) for name in WRITERS}

    turned_away = {name for name, answer in answers.items() if is_turned_away(answer)}
    assert turned_away == {name for name in WRITERS if role not in WRITERS[name]}


@pytest.mark.parametrize("role", ROLES)
def test_a_route_that_says_nothing_of_it_takes_nothing(role: str) -> None:
    browser = browser_of(role)

    takers = {name for name in ALL.keys() - WRITERS.keys() if browser.post(ALL[name]).status_code != 405}

    assert not takers, "Say on WRITERS who may"


@pytest.mark.parametrize("name", sorted(WRITERS.keys() - FROM_ANYWHERE))
def test_nothing_is_taken_that_another_site_sends_in_a_members_name(name: str) -> None:
    answer = browser_of("curator").post(ALL[name], headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_no_list_outlives_its_routes() -> None:
    assert READERS.keys() | WRITERS.keys() <= ALL.keys()
