"""The comments of a post: who wrote them, whether they were shown, how they were voted on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape

from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.core.text import clean_line, excerpt
from verite.transfer.belongings import CommentSaid, Writer

from .moments import moment
from .prose import comment_markdown
from .readers import votes_said
from .records import Comment, Post
from .serialised import NotSerialised, unserialised

LONGEST_NAME = 80
LONGEST = 1 << 18  # characters of HTML; a comment has room for less than a tenth of it
MOST_VOTES = 1_000_000_000

_STATES = {"1": False, "approve": False, "approved": False, "0": True, "hold": True}
_LEFT_OUT = {"spam": "spam", "trash": "trash", "post-trashed": "trash"}
_STICKY = "wpdiscuz_sticky"
_KINDS = frozenset({"", "comment", "review", _STICKY})
_PINGS = frozenset({"pingback", "trackback"})
_WHOLE = re.compile(r"[+-]?[0-9]{1,10}")
# Read here, or notes that plugins keep for themselves and addresses of people.
_OWN_AFFAIRS = re.compile(
    r"wpdiscuz_(?:votes|votes_seperate|closed|feedback_form_id|last_edited_at|last_edited_by)\Z|_wp_|akismet|is_customer"
)


class Comments:
    """What becomes of the comments of one post."""

    def __init__(self, post: Post, writers: Mapping[int, Writer], base: str) -> None:
        self.tallies: Counter[str] = Counter()
        self.remarks: list[Remark] = []
        self._writers = writers
        self._base = base
        self.said = tuple(said for comment in post.comments if (said := self._said(comment)) is not None)

    def _said(self, comment: Comment) -> CommentSaid | None:
        if left_out := self._why_not(comment):
            self.tallies[left_out] += 1
            return None
        html = comment.content
        if len(html) > LONGEST:
            self._leave_out("comment", excerpt(html, 100), _("The comment is too long; its end is cut off."))
            html = html[:LONGEST]
        helpful, not_helpful = self._votes(comment)
        is_held = _STATES[comment.approved]
        self.tallies["held" if is_held else "shown"] += 1
        self._look_at_others(comment)
        writer = self._writers.get(comment.user)
        return CommentSaid(
            number=comment.number,
            line=comment.line,
            parent=comment.parent or None,
            name=writer.name if writer else clean_line(unescape(comment.author), LONGEST_NAME),
            markdown=comment_markdown(html, base=self._base),
            created_at=moment(comment.date_gmt, comment.date),
            writer=writer,
            edited_at=moment(comment.meta("wpdiscuz_last_edited_at"), ""),
            is_held=is_held,
            helpful=helpful,
            not_helpful=not_helpful,
            is_sticky=comment.kind == _STICKY,
            is_closed=comment.meta("wpdiscuz_closed") == "1",
            passage=_whole(comment.meta("wpdiscuz_feedback_form_id")) or None,
            votes=votes_said(comment),
        )

    def _why_not(self, comment: Comment) -> str:
        if comment.kind in _PINGS:
            return "pingbacks"
        if comment.approved in _LEFT_OUT:
            return _LEFT_OUT[comment.approved]
        if comment.kind not in _KINDS or comment.approved not in _STATES:
            kind = f"{comment.kind}/{comment.approved}"
            self._leave_out("comment", kind[:100], _("Comments of this kind or state are not known."))
            return "unknown"
        if not comment.number:
            self._leave_out("comment", excerpt(comment.content, 100), _("A comment without a number."))
            return "unknown"
        return ""

    def _votes(self, comment: Comment) -> tuple[int, int]:
        """Votes for and against; of a balance alone, as many as it proves; without either, those that are known."""
        if apart := comment.meta("wpdiscuz_votes_seperate"):
            try:
                value = unserialised(apart)
            except NotSerialised:
                value = None
            match value:
                case {"like": int(like), "dislike": int(dislike)} if 0 <= like < MOST_VOTES > dislike >= 0:
                    return like, dislike
            self._leave_out("wpdiscuz_votes_seperate", excerpt(apart, 100), _("These are no votes."))
        if not apart and not comment.meta("wpdiscuz_votes"):
            values = [vote.value for vote in comment.votes]
            return values.count(1), values.count(-1)
        balance = _whole(comment.meta("wpdiscuz_votes"))
        return (balance, 0) if balance > 0 else (0, -balance)

    def _look_at_others(self, comment: Comment) -> None:
        for key, value in comment.metas:
            if value and not _OWN_AFFAIRS.match(key):
                self._leave_out(
                    clean_line(key, 60), excerpt(value, 100), _("Nothing of a comment is called so here.")
                )

    def _leave_out(self, field: str, value: str, why: str) -> None:
        self.remarks.append(Remark(field, value, why))


def _whole(text: str) -> int:
    number = int(text) if _WHOLE.fullmatch(text.strip()) else 0
    return number if abs(number) < MOST_VOTES else 0
