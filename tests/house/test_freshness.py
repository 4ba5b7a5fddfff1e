"""Every action says what it made stale, and every page says whether it may be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern, RoutePattern

from tests.house.calls import Calls
from tests.house.conftest import Plant
from tests.house.source import Module, house, modules
from verite.core.freshness import page, page_of

TOUCH = "verite.core.freshness.touch"

NOTIFYING = (
    *("announcing.announce", "claiming.claim_subscriptions", "confirming.block", "confirming.confirm"),
    *(f"ending.{name}" for name in ("change_interval", "end", "end_all", "unsubscribe")),
    *("forgetting.forget_old", "moving.call_readers", "moving.move_outbox", "moving.take_turn"),
    *("opening.call_bundle", "opening.open_subscription", "taking_up.take_up"),
    *(f"preparing.{name}" for name in ("hand_over_kept", "prepare_mails", "reclaim_mails")),
    *(f"subscribing.{name}" for name in ("ask_to_manage", "send_unasked", "held_address", "subscribe")),
)

# Actions after which no kept page is stale → why.
TOUCHES_NOTHING: dict[str, str] = {
    "verite.accounts.actions.name_author": "a new author has written nothing yet, a known one stays as it is",
    "verite.accounts.actions.add_member": "a new member has done nothing yet",
    "verite.accounts.actions.end_session": "no kept page shows sessions",
    "verite.accounts.actions.end_other_sessions": "no kept page shows sessions",
    "verite.accounts.actions.guest_for": "a new guest has done nothing yet",
    "verite.accounts.actions.guests_for": "a new guest has done nothing yet",
    "verite.discussion.actions.visiting.seen": "no kept page shows how far somebody has read",
    "verite.discussion.actions.importing_votes.import_votes": "what comments show stays",
    **{f"verite.notifications.actions.{name}": "no kept page shows who follows what" for name in NOTIFYING},
    "verite.accounts.actions.name_guest": "what a guest wrote keeps the name it was signed with",
}

ABOUT_ONE_VISITOR = (
    *(f"views.{name}" for name in ("account", "address", "end_session", "first_curator", "once")),
    *(
        f"urls.{name}"
        for name in ("account_inactive", "login", "logout", "password_change", "password_set", "signup")
    ),
    *(f"urls.{name}" for name in ("confirm_login_code", "email_verification_sent", "request_login_code")),
    *(
        f"urls.{name}"
        for name in ("complete_password_reset", "confirm_password_reset_code", "password_reset")
    ),
    "urls.password_reset_from_key_done",
)

# Views whose answers are made anew for every visitor → why.
NEVER_KEPT: dict[str, str] = {
    "verite.api.health.healthz": "it says how things are at this moment",
    "verite.api.health.readyz": "it says how things are at this moment",
    "verite.api.v1.urls.rate": "it takes a rating, and shows nothing",
    "verite.api.v1.urls.vote": "it takes a vote, and shows nothing",
    **{f"verite.web.account.{name}": "it is about one visitor" for name in ABOUT_ONE_VISITOR},
    "verite.web.following.links.confirm_following": "it is about one address",
    "verite.web.following.links.following_link": "it takes an address, and shows what was typed",
    "verite.web.following.links.unsubscribe": "it is about one address",
    "verite.web.following.mailboxes.manage_following": "it is about one address",
    "verite.web.following.mailboxes.my_following": "it is about one visitor",
    "verite.web.following.offering.follow": "it is about one visitor",
    "verite.web.participants.challenge": "it says what is good once",
    "verite.web.participants.me": "it is about one visitor",
    "verite.web.participants.rename": "it is about one visitor",
    "verite.web.rating.rate": "it takes a rating, and shows nothing",
    "verite.web.talk.changing.delete_comment": "it is about one visitor",
    "verite.web.talk.changing.edit_comment": "it is about one visitor",
    "verite.web.talk.history.history": "few may read it",
    "verite.web.browsing.people.know_person": "it takes what a curator says, and shows nothing",
    **{
        f"verite.web.talk.tending.{name}": "it is about one visitor"
        for name in ("tend_comment", "tend_thread")
    },
    "verite.web.talk.notes.question": "it takes what a curator says, and shows nothing",
    "verite.web.talk.living.seen": "it is about one visitor",
    "verite.web.talk.voting.vote": "it is about one visitor",
    "verite.web.assets.serve": "its answers never change: browsers keep them for ever",
}

# Views that take a form from other sites → the proof they ask for.
FROM_ANYWHERE: dict[str, str] = {
    "verite.web.following.links.unsubscribe": "a signed token, which only mails to that address hold",
}

View = Any  # what a URLconf holds: any callable that Django can call with a request


def silent_actions(found: Iterable[Module], excused: Mapping[str, str]) -> Iterator[str]:
    found = list(found)
    calls = Calls(found)
    for name in calls.public_functions(
        module for module in found if "actions" in module.name.split(".")[2:3]
    ):
        if name not in excused and TOUCH not in calls.reach(name):
            yield (
                f"{name} changes something, and says nothing of it: pages that show it stay as they were. Call"
                " freshness.touch(…) inside its write transaction, or put it on TOUCHES_NOTHING with the reason."
            )


def undeclared_views(views: Iterable[View], excused: Mapping[str, str]) -> Iterator[str]:
    for view in views:
        if page_of(view) is None and _name(view) not in excused:
            yield (
                f"{_name(view)} does not say whether its answer may be kept. Declare @freshness.page(params=…),"
                " or put it on NEVER_KEPT with the reason."
            )


def open_views(views: Iterable[View], listed: Mapping[str, str]) -> Iterator[str]:
    for view in views:
        if hasattr(view, "from_anywhere") and _name(view) not in listed:
            yield (
                f"{_name(view)} can be posted to by any site in a visitor's name. Take @from_anywhere away, or"
                " put the view on FROM_ANYWHERE with the proof that it asks for."
            )


def views_of(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[View]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern.url_patterns)
        else:
            yield pattern.callback


def _name(view: View) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def test_every_action_says_what_it_made_stale() -> None:
    faults = list(silent_actions(house(), TOUCHES_NOTHING))

    assert not faults, "\n".join(faults)


def test_every_page_says_whether_it_may_be_kept() -> None:
    faults = list(undeclared_views(views_of(get_resolver().url_patterns), NEVER_KEPT))

    assert not faults, "\n".join(faults)


def test_no_other_site_may_post_to_us_but_where_a_list_says_so() -> None:
    faults = list(open_views(views_of(get_resolver().url_patterns), FROM_ANYWHERE))

    assert not faults, "\n".join(faults)


def test_no_list_outlives_what_it_excuses() -> None:
    views = {_name(view) for view in views_of(get_resolver().url_patterns)}

    assert TOUCHES_NOTHING.keys() <= set(Calls(house()).public_functions(house()))
    assert NEVER_KEPT.keys() <= views
    assert FROM_ANYWHERE.keys() <= views


def test_a_silent_action_is_caught(plant: Plant) -> None:
    plant("core/freshness.py", "def touch(*keys): ...\n")
    plant(
        "catalogue/actions/sources.py",
        """
from verite.catalogue.marking import mark

class Drive:
    def run(self):
        mark()

def add(): mark()
def drive(): Drive().run()
def each(found): return map(mark, found)
def rename(): _quietly()
def _quietly(): ...
def move(): ...
""",
    )
    package = plant(
        "catalogue/marking.py",
        "from verite.core import freshness\n\ndef mark():\n    freshness.touch('film:1')\n",
    )

    faults = list(silent_actions(modules(package), {"verite.catalogue.actions.sources.move": "a test"}))

    assert [fault.split(" ")[0] for fault in faults] == ["verite.catalogue.actions.sources.rename"]


def test_a_page_that_says_nothing_and_a_view_open_to_all_are_caught() -> None:
    @page(max_age=60)
    def kept(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def careless(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    careless.from_anywhere = "it is convenient"  # type: ignore[attr-defined]
    inner = URLResolver(RegexPattern(r"^films/"), [path("kept", kept)])
    found = list(views_of([inner, URLPattern(RoutePattern("careless"), careless)]))

    (undeclared,) = undeclared_views(found, {})
    (opened,) = open_views(found, {})
    assert "careless does not say" in undeclared
    assert "careless can be posted to by any site" in opened
