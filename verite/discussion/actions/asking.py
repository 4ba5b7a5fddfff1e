"""A curator asks readers something at a passage of the review, or at a moment. Who may, the caller has asked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from verite.core import db, freshness
from verite.core.text import TextTooLong, clean_text
from verite.discussion import anchoring, keys
from verite.discussion.counting import hold_talk
from verite.discussion.models import Anchor
from verite.discussion.notes import On
from verite.discussion.refusals import AnchorRefused, TextRefused

LONGEST_QUESTION = 500


def ask(film_id: int, asked_by: int, on: On, question: str, *, now: datetime) -> int:
    """Pose a question at a place, instead of one that stood there; its notes stay.

    Returns:
        The anchor's id: answers are posted with ``on=Beside(it)``.

    Raises:
        TextRefused: there is no question, or it is too long.
        AnchorRefused, NotThere: there is no such place.
    """
    words = _judged(question)
    found = anchoring.find(film_id, on)
    with db.write():
        hold_talk(film_id)
        anchor_id = anchoring.hold(film_id, found, now=now).id
        Anchor.objects.filter(pk=anchor_id).update(question=words, asked_by=asked_by, is_open=True)
        freshness.touch(keys.talk(film_id))
    return anchor_id


def close_question(anchor_id: int) -> None:
    """Let a question be answered no more; it stays, with its answers.

    Raises:
        AnchorRefused: nobody asks there.
    """
    _change(anchor_id, is_open=False)


def reopen_question(anchor_id: int) -> None:
    """Let a question be answered again.

    Raises:
        AnchorRefused: nobody asks there.
    """
    _change(anchor_id, is_open=True)


def withdraw_question(anchor_id: int) -> None:
    """Take a question away; notes that answered it stay where they are.

    Raises:
        AnchorRefused: nobody asks there.
    """
    _change(anchor_id, question="", asked_by=None, is_open=True)


def _judged(question: str) -> str:
    try:
        words = " ".join(clean_text(question, LONGEST_QUESTION).split())
    except TextTooLong as error:
        raise TextRefused(str(error)) from error
    if not words:
        raise TextRefused(_("There is no question yet. Write one."))
    return words


def _change(anchor_id: int, **to: object) -> None:
    with db.write():
        anchor = Anchor.objects.exclude(question="").filter(pk=anchor_id).first()
        if anchor is None:
            raise AnchorRefused(_("Nobody asks anything at this place any more."))
        hold_talk(anchor.film_id)
        Anchor.objects.filter(pk=anchor_id).update(**to)
        freshness.touch(keys.talk(anchor.film_id))
