"""Every call that does something, with every role: the answer is the permission table's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.accounts.people import a_browser, signed_in, somebody
from tests.api.v1.calling import Script
from tests.web.films_on_show import show
from tests.web.talk_pages import browser_of_guest, say
from verite.accounts import permissions
from verite.accounts.actors import Role
from verite.accounts.permissions import Act, Whose
from verite.api.v1.description import document

pytestmark = pytest.mark.django_db

# Method and path of each call that does something → the act, and what is sent.
WRITES: Mapping[tuple[str, str], tuple[Act, Any]] = {
    ("post", "/films/{slug}/comments"): (Act.COMMENT, {"body": "The maps."}),
    ("put", "/films/{slug}/rating"): (Act.RATE, {"value": 7}),
    ("put", "/comments/{comment_id}/vote"): (Act.VOTE, {"value": 1}),
}
ROLES = ["nobody yet", *Role]


def script_of(role: str) -> tuple[Script, int | None]:
    """A script in a role, and its participant's id."""
    if role in (Role.MEMBER, Role.MODERATOR, Role.CURATOR):
        member = somebody(role=Role(role))
        return Script(signed_in(member)), member.participant_id
    if role == "nobody yet":
        return Script(a_browser()), None
    browser, participant_id = browser_of_guest()
    browser.defaults["HTTP_ORIGIN"] = "http://testserver"
    return Script(browser), participant_id


def status_of(script: Script, call: tuple[str, str], comment_id: int) -> int:
    method, path = call
    address = "/api/v1" + path.format(slug="why-we-fight", comment_id=comment_id)
    answer = getattr(script.client, method)(address, WRITES[call][1], content_type="application/json")
    return int(answer.status_code)


def is_allowed(act: Act, role: str, *, is_own: bool) -> bool:
    whose = permissions.TABLE[act][Role.GUEST if role == "nobody yet" else Role(role)]
    return whose is Whose.ANY or whose is (Whose.OWN if is_own else Whose.OTHERS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("call", WRITES)
def test_a_call_is_open_to_whom_the_table_opens_it(call: tuple[str, str], role: str) -> None:
    script, _ = script_of(role)
    others = say(show().pk)

    allowed = status_of(script, call, others) < 400

    assert allowed is is_allowed(WRITES[call][0], role, is_own=False)


@pytest.mark.parametrize("role", Role)
def test_on_ones_own_comment_a_vote_is_what_the_table_says(role: str) -> None:
    script, participant_id = script_of(role)
    own = say(show().pk, by=participant_id)

    allowed = status_of(script, ("put", "/comments/{comment_id}/vote"), own) < 400

    assert allowed is is_allowed(Act.VOTE, role, is_own=True)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("call", WRITES)
def test_a_call_is_closed_to_whom_the_table_closes_it(
    call: tuple[str, str], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = WRITES[call][0]
    script, _ = script_of(role)
    others = say(show().pk)
    monkeypatch.setitem(permissions.TABLE, act, dict.fromkeys(Role, Whose.NOTHING))  # type: ignore[arg-type]

    assert status_of(script, call, others) == 403


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_read_everything(role: str) -> None:
    script, _ = script_of(role)
    said = say(show().pk)

    for path, methods in document()["paths"].items():
        if "get" in methods and "people" not in path and "collections" not in path:
            address = path.removeprefix("/api/v1").format(slug="why-we-fight", comment_id=said)
            script.get(address)


def test_every_call_that_does_something_is_on_the_list() -> None:
    listed = {
        (method, path.removeprefix("/api/v1"))
        for path, methods in document()["paths"].items()
        for method in methods
        if method != "get"
    }

    assert listed == WRITES.keys()
