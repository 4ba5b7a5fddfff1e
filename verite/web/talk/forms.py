"""The form in which a comment is written or changed, as it stands on a page: ``_composer.html``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from verite.accounts.actors import Actor
from verite.core.text import Html
from verite.core.text.cleaning import legible
from verite.discussion.notes import On
from verite.discussion.queries.written import Written
from verite.discussion.remarks import Kind
from verite.discussion.time_to_edit import editable_until
from verite.discussion.words import MOST_CHARACTERS
from verite.web.film_place import FilmPlace
from verite.web.talk import kinds, wishes
from verite.web.talk.refused import Refusal
from verite.web.templating import address


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed.

    Attributes:
        name: None where nobody was asked for it.
        key: an idempotency key; empty without a script.
        notify, email: of what mail is wanted, and where.
        is_members: whether the form was a member's, who was told so.
        kind: what the comment is besides words; ``source`` is the address that one of kind ``source`` gives.
    """

    comment: str = ""
    name: str | None = None
    key: str = ""
    kind: str = Kind.COMMENT.value
    source: str = ""
    notify: str = ""
    email: str = ""
    is_to_be_previewed: bool = False
    is_members: bool = False


def draft_of(request: HttpRequest) -> Draft:
    """What was sent, with nothing in it that a page could not show again."""
    typed = request.POST
    return Draft(
        comment=legible(typed.get("comment", "")),
        name=legible(typed["name"]) if "name" in typed else None,
        key=legible(typed.get("key", "")),
        kind=legible(typed.get("kind", "")) or Kind.COMMENT.value,
        source=legible(typed.get("source", "")),
        notify=legible(typed.get("notify", "")),
        email=legible(typed.get("email", "")),
        is_to_be_previewed="preview" in typed,
        is_members=typed.get("as") == "member",
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where words can still be sent that are not taken here."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Composer:
    """The form.

    Attributes:
        id: of the element, and the beginning of all ids in it: a page may hold several.
        view, about: where it is sent to.
        actor: who writes, as far as the page may know.
        until: when words that stand already can be changed no more; None for new ones.
        minutes_left: until then.
        preview: the words as others will see them.
    """

    id: str
    view: str
    about: Mapping[str, int | str]
    actor: Actor
    draft: Draft
    until: datetime | None = None
    minutes_left: int = 0
    refusal: Refusal | None = None
    elsewhere: Elsewhere | None = None
    preview: Html | None = None

    @property
    def address(self) -> str:
        return address(self.view, **self.about)

    @property
    def is_note(self) -> bool:
        return False

    @property
    def on(self) -> On | None:
        """What of the film or its review the words are on; AnchorRefused if nothing can be meant."""
        return None

    @property
    def most_characters(self) -> int:
        return MOST_CHARACTERS

    @property
    def kinds(self) -> Iterable[tuple[str, str]]:
        """What a comment can be, and what that is called; nothing where its kind stands already."""
        return () if self.is_change else kinds.to_choose_from()

    @property
    def wishes(self) -> Iterable[tuple[str, str]]:
        """Of what mail can be wanted, and what that is called; nothing where the comment stands already."""
        return () if self.is_change else wishes.to_choose_from()

    @property
    def asks_email(self) -> bool:
        """Whether an address is asked for: a member's own is known, unless it turned out that it is not."""
        return not self.actor.is_member or bool(self.wrong_with("email"))

    @property
    def minutes(self) -> int:
        """How long a comment can be changed."""
        return settings.VERITE.edit_minutes

    @property
    def is_change(self) -> bool:
        return self.until is not None

    @property
    def until_words(self) -> str:
        """As a clock shows it: "15:42 UTC"."""
        return f"{self.until.astimezone(UTC):%H:%M} UTC" if self.until else ""

    @property
    def asks_name(self) -> bool:
        return not self.is_change and not self.actor.is_member

    @property
    def name(self) -> str:
        """What stands in the field: what was typed last, or how a guest signed before."""
        return self.actor.name if self.draft.name is None else self.draft.name

    def wrong_with(self, field: str) -> str:
        """What is said at a field; empty where nothing is wrong with it."""
        return self.refusal.message if self.refusal and self.refusal.field == field else ""

    def holding(self, draft: Draft) -> Self:
        """The form with what was typed in it."""
        return replace(self, draft=draft)

    def refused(self, refusal: Refusal, elsewhere: Elsewhere | None = None) -> Self:
        return replace(self, refusal=refusal, elsewhere=elsewhere)

    def previewing(self, html: Html) -> Self:
        return replace(self, preview=html)


def to_write(film: FilmPlace, actor: Actor) -> Composer:
    """The form for a comment on a film."""
    return Composer("write", "write", {"slug": film.slug}, actor, Draft())


def to_reply(comment_id: int, actor: Actor, *, begun: str = "") -> Composer:
    """The form for a reply to a comment, perhaps ``begun`` with a quote of it."""
    return Composer(f"reply-{comment_id}", "reply", {"comment_id": comment_id}, actor, Draft(begun))


def to_change(written: Written, actor: Actor, *, now: datetime) -> Composer:
    """The form in which an author changes a comment."""
    until = editable_until(written.created_at)
    minutes = max(0, math.ceil((until - now) / timedelta(minutes=1)))
    return Composer(
        f"edit-{written.id}",
        "edit_comment",
        {"comment_id": written.id},
        actor,
        Draft(written.markdown),
        until=until,
        minutes_left=minutes,
    )


def as_a_comment_of_its_own(film: FilmPlace) -> Elsewhere:
    """For a reply to what cannot be answered."""
    return Elsewhere(address("write", slug=film.slug), _("Post it as a comment of its own"))


def as_a_reply(comment_id: int) -> Elsewhere:
    """For a change that comes too late."""
    return Elsewhere(address("reply", comment_id=comment_id), _("Post it as a reply"))
