"""Who may do what to whose: one table, for pages and API alike."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from verite.accounts.actors import Actor, Role


class Act(Enum):
    """What can be done here; each page and call asks about one of these."""

    RATE = "rate a film"
    COMMENT = "write a comment or a reply"
    VOTE = "say whether a comment is helpful"
    EDIT_COMMENT = "change the words of a comment"
    REMOVE_COMMENT = "take a comment away"
    READ_HISTORY = "read what a comment said before it was changed"
    ASK = "put a question to readers at a passage or a moment, and end or withdraw it"
    FOLLOW = "be told by mail of what is new"
    KEEP_ON_TOP = "keep a comment before all others, or let it go"
    CLOSE = "close a thread or a branch, or open it again"
    TAKE_UP = "say that what a correction says has been done, or not after all"
    KNOW_PERSON = "say which member a person of the credits is"
    HAVE_ACCOUNT = "see and change one's account and its sessions"


class Whose(Enum):
    """On what an act is allowed: nothing at all, one's own, that of others, anything."""

    NOTHING = 0
    OWN = 1
    OTHERS = 2
    ANY = 3


def _row(guest: Whose, member: Whose, moderator: Whose, curator: Whose) -> Mapping[Role, Whose]:
    return {Role.GUEST: guest, Role.MEMBER: member, Role.MODERATOR: moderator, Role.CURATOR: curator}


_NOTHING, _OWN, _OTHERS, _ANY = Whose.NOTHING, Whose.OWN, Whose.OTHERS, Whose.ANY

TABLE: Mapping[Act, Mapping[Role, Whose]] = {
    #                         guest     member   moderator curator
    Act.RATE:           _row(_ANY,     _ANY,    _ANY,    _ANY),
    Act.COMMENT:        _row(_ANY,     _ANY,    _ANY,    _ANY),
    Act.VOTE:           _row(_OTHERS,  _OTHERS, _OTHERS, _OTHERS),
    Act.EDIT_COMMENT:   _row(_OWN,     _OWN,    _OWN,    _OWN),
    Act.REMOVE_COMMENT: _row(_OWN,     _OWN,    _OWN,    _OWN),
    Act.READ_HISTORY:   _row(_OWN,     _OWN,    _ANY,    _ANY),
    Act.ASK:            _row(_NOTHING, _NOTHING, _NOTHING, _ANY),
    Act.FOLLOW:         _row(_ANY,     _ANY,    _ANY,    _ANY),
    Act.KEEP_ON_TOP:    _row(_NOTHING, _NOTHING, _ANY,   _ANY),
    Act.CLOSE:          _row(_NOTHING, _NOTHING, _ANY,   _ANY),
    Act.TAKE_UP:        _row(_NOTHING, _NOTHING, _NOTHING, _ANY),
    Act.KNOW_PERSON:    _row(_NOTHING, _NOTHING, _NOTHING, _ANY),
    Act.HAVE_ACCOUNT:   _row(_NOTHING, _OWN,    _OWN,    _OWN),
}  # fmt: skip


def may(actor: Actor, act: Act, *, owner_id: int | None = None) -> bool:
    """Whether the actor may do this to what belongs to participant ``owner_id``.

    None stands for what belongs to nobody: a film, or a comment that was imported without an author. It is
    nobody's own, so whoever may act on others' may act on it.
    """
    whose = TABLE[act][actor.role]
    if whose in (Whose.NOTHING, Whose.ANY):
        return whose is Whose.ANY
    is_own = owner_id is not None and owner_id == actor.participant_id
    return is_own is (whose is Whose.OWN)
