"""One batch of films with all that belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from verite.catalogue.actions import (
    FirstReview,
    Outcome,
    Remark,
    ReviewRefused,
    ReviewText,
    Showing,
    Stored,
    review_text,
    save_first_reviews,
    save_review,
    show_films,
    store_films,
)
from verite.catalogue.models import Film, Review
from verite.core import db
from verite.core.text import TextTooLong, excerpt
from verite.discussion.actions import close_thread
from verite.discussion.models import FilmTalk
from verite.transfer.belongings import Belongings, ReviewSaid
from verite.transfer.formats import Entry
from verite.transfer.models import ImportedSite, OldAddress

from .comments import Talk, known_comments
from .passages import remember_passages
from .people import Writers
from .ratings import OfFilm, store_ratings
from .subjects import Subjects
from .subscriptions import remember_subscriptions
from .taking_up import take_up_everything
from .threads import untangled
from .votes import Votes
from .whereabouts import addresses_of, remember


@dataclass(slots=True)
class Done:
    """What became of a batch: an answer for each entry that is a film; and, by lines, what was left out."""

    stored: list[Stored]
    remarks: list[tuple[int, Remark]] = field(default_factory=list)
    tallies: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, number: int = 1) -> None:
        self.tallies[name] = self.tallies.get(name, 0) + number


Kept = tuple[int, Stored, Entry, Belongings]
"""A film with its belongings: its id here (0 for one that is only planned) and what became of it."""


class Store:
    """Stores the entries of one file."""

    def __init__(self, *, now: datetime, said_wins: bool, highest_comment: Callable[[], int]) -> None:
        self._now = now
        self._said_wins = said_wins
        self._highest_comment = highest_comment
        self._above: int | None = None
        self._writers = Writers(now)
        self._subjects = Subjects()
        self._sites: dict[str, int] = {}

    def store(self, entries: Sequence[Entry]) -> Done:
        """Store films in one transaction, then their comments in as many as it takes."""
        texts, remarks = review_texts(entries)
        done, kept = self._store_films(entries, texts)
        done.remarks += remarks
        self._store_comments(kept, done)
        self._take_up(kept, done)
        return done

    @db.once_more_if_outrun
    def _store_films(
        self, entries: Sequence[Entry], texts: Mapping[str, ReviewText]
    ) -> tuple[Done, list[Kept]]:
        films = [entry for entry in entries if entry.facts is not None]
        try:
            with db.write():
                return self._store_in_one(films, texts)
        except DatabaseError:
            # What was made in the transaction is gone, and so is what we know of it.
            self._writers, self._subjects, self._sites = Writers(self._now), Subjects(), {}
            raise

    def _store_in_one(
        self, films: Sequence[Entry], texts: Mapping[str, ReviewText]
    ) -> tuple[Done, list[Kept]]:
        unplaced = [
            (entry.line, name)
            for entry in films
            for branch in (entry.belongings.branches if entry.belongings else ())
            for name in self._subjects.make(branch)
        ]
        stored = store_films(
            [entry.facts for entry in films if entry.facts], now=self._now, said_wins=self._said_wins
        )
        done = Done(stored, [(line, _too_deep(name)) for line, name in unplaced])
        kept = [
            (answer.film_id, answer, entry, entry.belongings)
            for entry, answer in zip(films, stored, strict=True)
            if answer.film_id is not None and entry.belongings is not None
        ]
        if kept:
            self._show(kept)
            kept = without_secrets(kept, done)
            self._save_reviews(kept, texts, done)
            self._store_ratings(kept, done)
            self._close(kept)
            self._remember(kept, done)
        return done, kept

    def _show(self, kept: Sequence[Kept]) -> None:
        new = [
            Showing(film_id, belongings.published_at, belongings.is_draft)
            for film_id, answer, _entry, belongings in kept
            if answer.outcome is Outcome.MADE
        ]
        if new:
            show_films(new)

    def _save_reviews(self, kept: Sequence[Kept], texts: Mapping[str, ReviewText], done: Done) -> None:
        films = [film_id for film_id, *_rest in kept]
        present = dict(Review.objects.filter(film__in=films).values_list("film_id", "markdown"))
        first: dict[int, FirstReview] = {}
        for film_id, _answer, entry, belongings in kept:
            said = belongings.review
            text = texts.get(said.markdown) if said else None
            if said is None or text is None or present.get(film_id) == text.markdown:
                continue
            author_id, saved_at = self._writers.participant_of(said.writer), said.saved_at or self._now
            if film_id not in present:
                first[film_id] = FirstReview(film_id, author_id, text, saved_at)
                present[film_id] = text.markdown
            elif self._said_wins and film_id not in first:
                save_review(film_id, author_id, text.markdown, now=self._now)
                done.count("reviews")
            else:
                done.remarks.append((entry.line, another_review(said)))
        if first:
            done.count("reviews", len(save_first_reviews(list(first.values()))))

    def _store_ratings(self, kept: Sequence[Kept], done: Done) -> None:
        by_site: dict[int, list[OfFilm]] = {}
        for film_id, _answer, entry, belongings in kept:
            if belongings.total is not None or belongings.ratings:
                said = OfFilm(film_id, entry.line, belongings.total, belongings.ratings)
                by_site.setdefault(self._site(belongings.site), []).append(said)
        for site_id, of_films in by_site.items():
            stored = store_ratings(site_id, of_films, now=self._now, said_wins=self._said_wins)
            done.remarks += stored.remarks
            done.count("totals", stored.totals)
            done.count("ratings", stored.ratings)

    def _close(self, kept: Sequence[Kept]) -> None:
        wanted = {
            film_id
            for film_id, answer, _entry, belongings in kept
            if belongings.is_closed and answer.outcome is Outcome.MADE
        }
        closed = set(
            FilmTalk.objects.filter(film__in=wanted, is_closed=True).values_list("film_id", flat=True)
        )
        for film_id in sorted(wanted - closed):
            close_thread(film_id)

    def _remember(self, kept: Sequence[Kept], done: Done) -> None:
        addresses: list[OldAddress] = []
        for film_id, _answer, _entry, belongings in kept:
            site_id = self._site(belongings.site)
            writers = {belongings.review.writer} if belongings.review else set()
            writers |= {comment.writer for comment in belongings.comments if comment.writer}
            addresses += addresses_of(
                site_id,
                film_id,
                belongings,
                {step: self._subjects.id_of(step) for branch in belongings.branches for step in branch},
                {writer: self._writers.participant_of(writer) for writer in writers},
            )
            remember_passages(site_id, film_id, belongings.passages)
            since = belongings.published_at or self._now
            done.count(
                "subscriptions", remember_subscriptions(site_id, film_id, belongings.subscriptions, since)
            )
        remember(addresses)

    def _site(self, address: str) -> int:
        if address not in self._sites:
            site, _made = ImportedSite.objects.get_or_create(address=address)
            self._sites[address] = site.pk
        return self._sites[address]

    def _store_comments(self, kept: Sequence[Kept], done: Done) -> None:
        by_site: dict[str, list[Kept]] = {}
        for one in kept:
            if one[3].comments:
                by_site.setdefault(one[3].site, []).append(one)
        for site, of_site in by_site.items():
            site_id = self._site(site)
            said = [
                number
                for *_film, belongings in of_site
                for comment in belongings.comments
                for number in (comment.number, comment.parent)
                if number is not None
            ]
            known = known_comments(site_id, said)
            new = []
            for film_id, _answer, _entry, belongings in of_site:
                ordered = untangled(belongings.comments, known)
                done.remarks += ordered.remarks
                new += [(film_id, comment) for comment in ordered.comments if comment.number not in known]
            talk = Talk(site_id, self._writers, self._highest, self._now)
            done.count("comments", talk.store(new))
            done.remarks += talk.remarks
            all_said = [comment for *_film, belongings in of_site for comment in belongings.comments]
            done.count("votes", Votes(site_id, self._now).store(all_said))

    def _take_up(self, kept: Sequence[Kept], done: Done) -> None:
        by_site: dict[str, set[int]] = {}
        for film_id, _answer, _entry, belongings in kept:
            by_site.setdefault(belongings.site, set()).add(film_id)
        for site, film_ids in by_site.items():
            done.count("asked", take_up_everything(self._site(site), film_ids, now=self._now))

    def _highest(self) -> int:
        if self._above is None:
            self._above = self._highest_comment()
        return self._above


def without_secrets(kept: Sequence[Kept], done: Done) -> list[Kept]:
    """All but the drafts of films that are public here: nobody has said that their texts may be seen."""
    drafts = {film_id for film_id, _answer, _entry, belongings in kept if belongings.is_draft}
    public = set(Film.objects.public().filter(id__in=drafts).values_list("id", flat=True))
    for film_id, _answer, entry, belongings in kept:
        if film_id in public and belongings.is_draft:
            why = _("A draft of a film that is public here: its text and comments were left out.")
            done.remarks.append((entry.line, Remark("draft", "", why)))
    return [one for one in kept if not (one[0] in public and one[3].is_draft)]


def another_review(said: ReviewSaid) -> Remark:
    return Remark("review", excerpt(said.markdown, 100), _("The film has another review, which was kept."))


def _too_deep(subject: str) -> Remark:
    return Remark("category", subject, _("The tree would become too deep here, so it stands at the top."))


def review_texts(entries: Sequence[Entry]) -> tuple[dict[str, ReviewText], list[tuple[int, Remark]]]:
    """The reviews of a batch, made ready before anything is written; and, by lines, those that cannot be saved."""
    texts: dict[str, ReviewText] = {}
    remarks = []
    for entry in entries:
        if entry.belongings and (said := entry.belongings.review):
            try:
                texts[said.markdown] = review_text(said.markdown)
            except (ReviewRefused, TextTooLong) as error:
                remarks.append((entry.line, Remark("review", excerpt(said.markdown, 100), str(error))))
    return texts, remarks
