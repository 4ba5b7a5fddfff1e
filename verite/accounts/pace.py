"""How often somebody may act, by who they are and by where they come from.

Counted in the memory of each worker, where an address only ever is a keyed hash. ``VERITE_LIMITS=off`` lets
everything through, for checks and benchmarks on a loopback address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verite.accounts.actors import Actor
from verite.accounts.permissions import Act
from verite.core.limits import MemoryStore, Refused, Rule, address_key, check

MINUTE, HOUR = 60, 60 * 60


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one thing may be done by one participant, and from one address (IPv6: one /64)."""

    participant: Rule
    address: Rule


def _pace(name: str, *, participant: int, address: int) -> Pace:
    """So many times a minute."""
    return Pace(
        Rule(f"{name} of a participant", participant, MINUTE), Rule(f"{name} of an address", address, MINUTE)
    )


# An address may be a whole school's, so it has room for several people.
RULES: Mapping[Act, Pace] = {
    Act.RATE: _pace("ratings", participant=30, address=60),
    Act.COMMENT: _pace("comments", participant=4, address=20),
    Act.VOTE: _pace("votes", participant=60, address=120),
    Act.EDIT_COMMENT: _pace("changes of comments", participant=10, address=30),
    Act.REMOVE_COMMENT: _pace("deletions of comments", participant=10, address=30),
    Act.FOLLOW: _pace("wishes to follow", participant=10, address=20),
    Act.HAVE_ACCOUNT: _pace("changes of accounts", participant=10, address=30),
}
COMMENTS_IN_AN_HOUR = Rule("comments of a participant in an hour", 30, HOUR)
NEW_GUESTS = Rule("new guests of an address", 30, HOUR)

_store = MemoryStore()


def paced(act: Act, actor: Actor, *, address: str, now: datetime) -> Refused | None:
    """Whether an act from an address (IP) comes too soon after others of its kind; if not, it is counted.

    Ask it before ``acting.act``: whoever is nobody yet counts as a new guest of their address as well.
    """
    if settings.VERITE.limits == "off":
        return None
    for rule, key in _counted(act, actor, address):
        answer = check(rule, key, now, store=_store)
        if isinstance(answer, Refused):
            return answer
    return None


def too_often(refused: Refused) -> str:
    """What somebody reads whose act came too soon."""
    return _("That was too often in a short time. Nothing is lost: send it again in %(wait)s.") % {
        "wait": wait(refused.retry_after)
    }


def wait(seconds: int) -> str:
    """A short time in words: "40 seconds", "2 minutes"."""
    if seconds < MINUTE:
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    minutes = -(-seconds // MINUTE)
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


def forget() -> None:
    """Forget who did what: for tests, which all come from one address."""
    _store.forget()


def _counted(act: Act, actor: Actor, address: str) -> Iterator[tuple[Rule, str]]:
    pace = RULES[act]
    if actor.participant_id is not None:
        yield pace.participant, str(actor.participant_id)
        if act is Act.COMMENT:
            yield COMMENTS_IN_AN_HOUR, str(actor.participant_id)
    try:
        key = address_key(address, settings.SECRET_KEY)
    except ValueError:
        return  # a server behind a socket of its own that trusts no proxy: everybody would be one
    yield pace.address, key
    # Whoever only gives an address stays nobody.
    if actor.participant_id is None and act is not Act.FOLLOW:
        yield NEW_GUESTS, key
