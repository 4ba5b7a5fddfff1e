"""Comments as HTML: each told once in a language and a day, and joined into threads.

What is told of a comment holds nothing of whoever reads, nor of where it stands: it is kept and used again.
Only what readers wrote or voted on themselves is told anew, for their eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.template import engines
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from verite.accounts.actors import Actor, Role
from verite.accounts.permissions import Act, may
from verite.core.fragments import Versioned
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, Lineage, Thread
from verite.discussion.time_to_edit import may_still_edit
from verite.web import note_words
from verite.web.talk.kinds import host_of, kind_of, label_of, to_do
from verite.web.talk.times import ago, exact
from verite.web.wording import number

KEPT_CHARACTERS = 16_000_000  # some ten thousand comments
MOST_INDENTS = 4
PUBLISHED, HELD = "published", "held"


class Told(NamedTuple):
    """The pieces of one comment.

    Attributes:
        head, said, acts, end: in this order they are the comment.
        reply: the link that stands before the end where something can be answered.
        to, in_reply_to: what replies to it say after their ``head``, indented or not.
    """

    head: str
    said: str
    acts: str
    reply: str
    end: str
    to: str
    in_reply_to: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, when, and what.

    Attributes:
        sort: the order in which the branches go on that are not shown whole.
        is_closed: whether nothing more can be answered, in no branch.
        film_path: where the film's page is; the places that notes are on are seen there.
        new_after: the comment after which those of others are marked as new; None where nothing is.
        indent_from: the depth that stands at the edge of the page.
        language: the one that is spoken, asked once for all comments of a page.
    """

    actor: Actor
    now: datetime
    sort: Sort
    is_closed: bool = False
    new_after: int | None = None
    indent_from: int = 0
    film_path: str = ""
    language: str | None = field(default_factory=get_language)

    def indented_from(self, depth: int) -> Reading:
        """The same, with what is this deep at the edge of the page."""
        return replace(self, indent_from=depth)

    def is_own(self, line: CommentLine) -> bool:
        """Whether the reader wrote it."""
        reader = self.actor.participant_id
        return reader is not None and line.author is not None and line.author.participant_id == reader

    def is_new(self, line: CommentLine) -> bool:
        """Whether the reader has not seen it yet, as far as anybody knows."""
        return self.new_after is not None and line.id > self.new_after and not self.is_own(line)


_kept: Versioned[Told] = Versioned(KEPT_CHARACTERS, lambda told: sum(map(len, told)))


def root_of(found: Lineage) -> CommentLine:
    """The comment at the head of a branch."""
    return found.ancestors[0] if found.ancestors else found.comment


def thread_html(
    items: Iterable[CommentLine], reading: Reading, *, above: Sequence[CommentLine] = ()
) -> Markup:
    """Comments, each right before its replies, as nested ``<article>``.

    Args:
        above: comments that are answered here, and shown elsewhere on the page.
    """
    known = {line.id: line for line in above}
    pieces: list[str] = []
    branch: list[_Open] = []
    for line in items:
        while branch and branch[-1].line.depth >= line.depth:
            pieces.append(branch.pop().closing(reading))
        if branch:
            pieces.append(branch[-1].opening())
        known[line.id] = line
        pieces += _article(line, reading, known.get(line.parent_id or 0))
        is_flat = line.depth - reading.indent_from >= MOST_INDENTS
        if is_flat:
            pieces.append("</article>\n")
        branch.append(_Open(line, is_flat))
    pieces.extend(each.closing(reading) for each in reversed(branch))
    return Markup("".join(pieces))  # noqa: S704 (macros escaped every piece)


def branch_html(
    line: CommentLine,
    replies: Thread,
    reading: Reading,
    *,
    answered: CommentLine | None = None,
    is_continued: bool = False,
) -> Markup:
    """One comment with some of the replies to it, and the link to those that follow.

    Args:
        is_continued: whether these are not the first, so that nobody knows how many are left.
    """
    below = replies_html(line, replies, reading, left=0 if is_continued else _left(line, replies))
    inside = f'<div class="re">{below}</div>' if below else ""
    return Markup("".join([*_article(line, reading, answered), inside, "</article>\n"]))  # noqa: S704


def replies_html(parent: CommentLine, replies: Thread, reading: Reading, *, left: int = 0) -> Markup:
    """Replies to a comment, and the link to those that follow: ``left`` of them, 0 where nobody has counted."""
    html = thread_html(replies.items, reading, above=[parent])
    return html + fold_html(parent, reading, after=replies.next, count=left) if replies.next else html


def _left(parent: CommentLine, first: Thread) -> int:
    """How many replies to a comment stand below it, at any depth, after its first ones and what is below these."""
    direct = [line for line in first.items if line.parent_id == parent.id]
    return parent.descendant_count - sum(line.descendant_count + (line.state == PUBLISHED) for line in direct)


def comment_html(line: CommentLine, reading: Reading, *, answered: CommentLine | None = None) -> Markup:
    """One comment without its replies."""
    return Markup("".join([*_article(line, reading, answered), "</article>\n"]))  # noqa: S704


def picked_html(
    items: Iterable[CommentLine], answered: Mapping[int, CommentLine], reading: Reading
) -> Markup:
    """Comments each of which stands alone, far from what it answers, with the way to its place.

    Args:
        answered: what they answer, by its id.
    """
    pieces: list[str] = []
    for line in items:
        told, parent = _told(line, reading), answered.get(line.parent_id or 0)
        to = str(_say().in_reply_to(parent, _address(parent))) if parent else ""
        pieces += (*_opening(line, told, reading), to, told.said, told.acts)
        pieces += (
            _reply(line, told, reading),
            str(_say().in_its_place(_address(line))),
            told.end,
            _tend(line, reading),
            "</article>\n",
        )
    return Markup("".join(pieces))  # noqa: S704 (macros escaped every piece)


def new_html(items: Iterable[CommentLine], answered: Mapping[int, CommentLine], reading: Reading) -> Markup:
    """Comments for a script, which puts each where it belongs: below the one that ``data-to`` names.

    Args:
        answered: what they answer, by its id.
    """
    pieces: list[str] = []
    for line in items:
        told, parent = _told(line, reading), answered.get(line.parent_id or 0)
        to = str(_say().in_reply_to(parent, _address(parent))) if parent else ""
        pieces += (*_opening(line, told, reading, line.parent_id), to, told.said, _acts(line, told, reading))
        pieces += _tend(line, reading), "</article>\n"
    return Markup("".join(pieces))  # noqa: S704 (macros escaped every piece)


def acts_html(line: CommentLine, reading: Reading) -> Markup:
    """What stands below one comment: the votes on it, and what the reader can do."""
    return Markup(_acts(line, _told(line, reading), reading))  # noqa: S704


def fold_html(parent: CommentLine, reading: Reading, *, after: str | None, count: int = 0) -> Markup:
    """The link to replies that are not shown; ``count`` of them, or 0 where nobody has counted."""
    query = f"?sort={reading.sort}" + (f"&after={after}" if after else "")
    if count:
        words = ngettext("%(count)s more reply", "%(count)s more replies", count) % {"count": number(count)}
    else:
        words = _("More replies")
    address = escape(reverse("replies", kwargs={"comment_id": parent.id}) + query)
    return Markup(
        '<p class="fold"><a href="{0}" hx-get="{0}" hx-target="closest .fold" hx-swap="outerHTML">{1}</a></p>\n'
    ).format(address, words)


@dataclass(slots=True)
class _Open:
    """A comment whose replies may still come: inside it, or beside it where there is no room to indent them."""

    line: CommentLine
    is_flat: bool
    has_replies: bool = False

    def opening(self) -> str:
        """What stands before the next reply."""
        if self.is_flat or self.has_replies:
            return ""
        self.has_replies = True
        return '<div class="re">'

    def closing(self, reading: Reading) -> str:
        """What stands after the last one."""
        line = self.line
        fold = ""
        if line.hidden_count > 0:
            link = fold_html(line, reading, after=line.replies_after, count=line.hidden_count)
            fold = f"{self.opening()}{link}"
        return fold + ("</div>" if self.has_replies else "") + ("" if self.is_flat else "</article>\n")


def _article(line: CommentLine, reading: Reading, answered: CommentLine | None) -> tuple[str, ...]:
    told = _told(line, reading)
    to = ""
    if answered is not None:
        is_indented = answered.depth - reading.indent_from < MOST_INDENTS
        to = (
            _for_everybody(answered, reading).to
            if is_indented
            else _for_everybody(answered, reading).in_reply_to
        )
    return (*_opening(line, told, reading), to, told.said, _acts(line, told, reading), _tend(line, reading))


def _opening(line: CommentLine, told: Told, reading: Reading, to: int | None = None) -> tuple[str, ...]:
    answers = f' data-to="{to}"' if to else ""
    new = str(_say().new()) if reading.is_new(line) else ""
    return f'<article class="c" id="comment-{line.id}"{answers}>', told.head, new


def _acts(line: CommentLine, told: Told, reading: Reading) -> str:
    return f"{told.acts}{_reply(line, told, reading)}{told.end}"


def _reply(line: CommentLine, told: Told, reading: Reading) -> str:
    return "" if reading.is_closed or line.is_closed else told.reply


def _told(line: CommentLine, reading: Reading) -> Told:
    """What a reader reads: what everybody does, but for what is theirs to read, to do, or to take back."""
    history = _history(line, reading)
    told = _tell(line, reading, history) if history else _for_everybody(line, reading)
    if reading.is_own(line):
        acts, end = _own_acts(line, reading)
        return told._replace(acts=acts, end=end)
    return told._replace(acts=_votes(line, line.own_vote)) if line.own_vote else told


def _for_everybody(line: CommentLine, reading: Reading) -> Told:
    today = reading.now.date()
    if line.state == HELD and line.author is not None:
        return _tell(line, reading)  # for one reader alone, and never to be kept
    # Of what its author is, and what became of what it is on, the version of a comment knows nothing.
    name = (line.id, line.version, line.label, line.anchor, reading.language, today)
    return _kept.get(name) or _kept.keep(name, _tell(line, reading))


def _tell(line: CommentLine, reading: Reading, history: str = "") -> Told:
    say, here, today = _say(), _address(line), reading.now.date()
    on = note_words.address(reading.film_path, line.anchor, line.anchor.id) if line.anchor else ""
    edited = exact(line.edited_at) if line.edited_at else ""
    is_published = line.state == PUBLISHED
    return Told(
        head=str(say.head(line.author, label_of(line))),
        said=str(
            say.said(
                line,
                here,
                ago(line.created_at, today),
                exact(line.created_at),
                edited,
                kind_of(line),
                host_of(line.source),
                on,
                history,
            )
        ),
        acts=_votes(line, 0) if is_published else "",
        reply=str(say.reply(line, here)) if is_published else "",
        end="</form>\n" if is_published else "",
        to=str(say.to(line)),
        in_reply_to=str(say.in_reply_to(line, f"#comment-{line.id}")),
    )


def _history(line: CommentLine, reading: Reading) -> str:
    """Where a reader can see what a comment said before; empty where there is nothing, or nothing for them."""
    if line.edited_at is None or line.author is None:
        return ""
    is_theirs = may(reading.actor, Act.READ_HISTORY, owner_id=line.author.participant_id)
    return f"{_address(line)}history/" if is_theirs else ""


def _tend(line: CommentLine, reading: Reading) -> str:
    """The buttons of curators and moderators."""
    if reading.actor.role not in (Role.CURATOR, Role.MODERATOR):
        return ""
    buttons = list(to_do(line, reading.actor))
    return str(_say().tend(line, _address(line), buttons)) if buttons else ""


def _votes(line: CommentLine, own_vote: int) -> str:
    there = f"{_address(line)}vote/"
    form = f'<form class="acts" method="post" action="{there}" hx-post="{there}">'
    return f"{form}{_say().votes(line, own_vote)}"


def _own_acts(line: CommentLine, reading: Reading) -> tuple[str, str]:
    actor, owner = reading.actor, reading.actor.participant_id
    has_time = may_still_edit(line.created_at, now=reading.now)
    may_edit = has_time and may(actor, Act.EDIT_COMMENT, owner_id=owner)
    may_remove = may(actor, Act.REMOVE_COMMENT, owner_id=owner)
    acts = _say().own_acts(line, _address(line), may_edit, may_remove)
    return f'<div class="acts">{acts}', "</div>\n"


def _address(line: CommentLine) -> str:
    return reverse("comment", kwargs={"comment_id": line.id})


def _say() -> Any:
    """The macros of the template in which a comment's pieces are written."""
    return engines["jinja2"].env.get_template("_comment.html").module  # type: ignore[attr-defined]
