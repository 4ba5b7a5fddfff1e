"""Making and changing films: one mechanism, for one film or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from verite.catalogue.facts import FilmFacts, FilmRefused, Remark
from verite.catalogue.facts.cleaning import clean
from verite.catalogue.facts.matching import Index
from verite.catalogue.facts.merging import merge
from verite.catalogue.storing.records import Record, films_meant, hold_films, read_records
from verite.catalogue.storing.rows import write_records
from verite.core import db


class Outcome(StrEnum):
    """What became of one film's facts."""

    MADE = "made"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one film's facts. ``film_id`` and ``slug`` are empty when refused, or when only planned.

    ``remarks`` name what was said and did not reach the catalogue; ``refusal`` says why nothing did.
    """

    outcome: Outcome
    film_id: int | None = None
    slug: str = ""
    remarks: tuple[Remark, ...] = ()
    refusal: str = ""


@db.once_more_if_outrun
def store_films(facts: Sequence[FilmFacts], *, now: datetime, said_wins: bool = False) -> list[Stored]:
    """Make the films that are new and add to those that are known what is said about them.

    Which film is meant says ``facts.matching.Index.find``; what is then taken over says ``facts.merging.merge``
    (with ``said_wins`` the facts replace what is known). Facts that speak of the same film are taken in one
    after the other, so a batch leaves what its films one by one would leave. Only what changes is written and
    touched: storing the same again writes nothing.

    One transaction; a number of statements that does not depend on the batch, except that a statement with more
    parameters than the database takes is split. A few hundred films are a good batch.

    Returns:
        One answer for each of ``facts``, in order. What is refused does not hinder the others.
    """
    cleaned = [_clean(said) for said in facts]
    with db.write():
        taken = Plan(said_wins=said_wins, is_for_writing=True).take_in(cleaned)
        write_records(_changed(taken), now=now)
    return [one.answer() for one in taken]


def add_film(facts: FilmFacts, *, now: datetime, said_wins: bool = False) -> Stored:
    """Store one film, as ``store_films`` does.

    Raises:
        FilmRefused: it cannot be stored; the text says why.
    """
    (stored,) = store_films([facts], now=now, said_wins=said_wins)
    if stored.outcome is Outcome.REFUSED:
        raise FilmRefused(stored.refusal)
    return stored


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of one film's facts, and the film that they were taken into."""

    outcome: Outcome
    said: FilmFacts
    remarks: tuple[Remark, ...] = ()
    refusal: str = ""
    record: Record | None = None

    def answer(self) -> Stored:
        film_id, slug = (self.record.film_id, self.record.slug) if self.record else (0, "")
        return Stored(self.outcome, film_id or None, slug, self.remarks, self.refusal)


class Plan:
    """Finds out what would be stored, batch after batch, without storing it.

    It keeps in memory what it has met, so that a later batch finds the films of an earlier one. Where the plan
    ``is_for_writing``, nobody else changes those films until the transaction ends.
    """

    def __init__(self, *, said_wins: bool = False, is_for_writing: bool = False) -> None:
        self._said_wins = said_wins
        self._is_for_writing = is_for_writing
        self._known: Index[Record] = Index()
        self._read: set[int] = set()

    def store(self, facts: Sequence[FilmFacts]) -> list[Stored]:
        """What ``store_films`` would answer after everything planned so far."""
        return [one.answer() for one in self.take_in([_clean(said) for said in facts])]

    def take_in(self, cleaned: Sequence[_Taken]) -> list[_Taken]:
        meant = films_meant([one.said for one in cleaned if one.outcome is not Outcome.REFUSED])
        if self._is_for_writing:
            hold_films(meant)
        for record in read_records(meant - self._read):
            self._known.add(record)
        self._read |= meant
        return [one if one.outcome is Outcome.REFUSED else self._take(one) for one in cleaned]

    def _take(self, one: _Taken) -> _Taken:
        try:
            record = self._known.find(one.said)
            if record is None and not one.said.title:
                raise FilmRefused(_("There is no title, and no film here has these ids."))
        except FilmRefused as refused:
            return replace(one, outcome=Outcome.REFUSED, refusal=str(refused))
        outcome = Outcome.UNCHANGED if record else Outcome.MADE
        record = record or Record(FilmFacts())
        merged, remarks = merge(record.facts, one.said, said_wins=self._said_wins)
        if merged != record.facts:
            outcome = Outcome.CHANGED if outcome is Outcome.UNCHANGED else outcome
            record.facts = merged
            self._known.add(record)
        return replace(one, outcome=outcome, remarks=(*one.remarks, *remarks), record=record)


def _clean(said: FilmFacts) -> _Taken:
    try:
        cleaned, remarks = clean(said)
    except FilmRefused as refused:
        return _Taken(Outcome.REFUSED, said, refusal=str(refused))
    return _Taken(Outcome.UNCHANGED, cleaned, tuple(remarks))


def _changed(taken: Sequence[_Taken]) -> list[Record]:
    """The films to write, each once."""
    records = {one.record: None for one in taken if one.record is not None and one.record.is_changed}
    return list(records)
