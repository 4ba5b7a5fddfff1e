"""What was done, said on the page that somebody is brought to: ``?said=posted``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verite.accounts.acting import actor_of
from verite.web.talk import wishes


def _posted() -> str:
    minutes = settings.VERITE.edit_minutes
    if not minutes:
        return _("Your comment is on the page.")
    return ngettext(
        "Your comment is on the page. You can change it for %(minutes)d minute.",
        "Your comment is on the page. You can change it for %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


_WORDS: Mapping[str, Callable[[], str]] = {
    "posted": _posted,
    "held": lambda: _("Your comment waits for a moderator. Until then only you see it."),
    "edited": lambda: _("Your comment is changed."),
    "deleted": lambda: _("Your comment is deleted."),
    "voted": lambda: _("Your vote is counted."),
    "asked": lambda: _("Your question stands here now."),
    "question_closed": lambda: _("The question takes no more answers."),
    "question_reopened": lambda: _("The question takes answers again."),
    "question_withdrawn": lambda: _("The question is withdrawn; its notes stay."),
    "stuck": lambda: _("This comment stays on top now."),
    "unstuck": lambda: _("This comment stands where it belongs again."),
    "branch_closed": lambda: _("Nobody can answer in this branch any more."),
    "branch_reopened": lambda: _("This branch can be answered again."),
    "taken_up": lambda: _("This correction is marked as taken up."),
    "put_back": lambda: _("This correction waits to be taken up again."),
    "thread_closed": lambda: _("The discussion is closed."),
    "thread_reopened": lambda: _("The discussion is open again."),
    "read": lambda: _("Everything up to here is marked as read."),
    "unvoted": lambda: _("Your vote is taken back."),
}


def words(code: str) -> str:
    """What is told of something that was done; empty for what is none of it."""
    return _WORDS[code]() if code in _WORDS else ""


def said(request: HttpRequest) -> str:
    """What the page tells of what its reader has just done. Whoever never did anything is told nothing."""
    told = words(request.GET.get("said", ""))
    if not told or actor_of(request).participant_id is None:
        return ""
    return " ".join(filter(None, [told, wishes.told(request.GET.get("follow", ""))]))
