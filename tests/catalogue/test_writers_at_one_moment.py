"""Writers who are in each other's way, on the database that lets them be: nobody is turned away, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.db import connection, transaction

from tests.catalogue.sayings import NOW, curator, film, stored
from tests.serving.site import until
from tests.talking import waiting_writers
from verite.catalogue.actions import FilmFacts, Outcome, save_collection, save_subject
from verite.catalogue.models import Collection, Film, Person, Subject

T = TypeVar("T")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="Writers of an SQLite file come one after the other."
    ),
]


def at_one_moment(actions: Sequence[Callable[[], T]], *, behind: Callable[[], object]) -> list[T]:
    """What comes of actions, each in a thread of its own, that all wait for a change which is then undone."""

    def act(action: Callable[[], T]) -> T:
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(actions)) as pool:
        with transaction.atomic():
            behind()
            acting = [pool.submit(act, action) for action in actions]
            until(lambda: waiting_writers() == len(actions), "all of them wait")
            transaction.set_rollback(True)
        return [one.result() for one in acting]


def outcome_of(facts: FilmFacts) -> Outcome:
    return stored(facts)[0].outcome


def test_two_who_name_the_same_people_in_other_orders_both_come_through() -> None:
    said = [
        film("One", credits={"director": names}) for names in (("Ann", "Mia", "Zoe"), ("Zoe", "Mia", "Ann"))
    ]

    # Each of them has made one person when it comes to Mia, and then wants to make the other's.
    outcomes = at_one_moment(
        [partial(outcome_of, facts) for facts in said],
        behind=lambda: Person.objects.create(slug="mia", name="Mia", folded_name="mia"),
    )

    assert sorted(outcomes) == [Outcome.MADE, Outcome.UNCHANGED]
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ann", "Mia", "Zoe"]


def test_what_two_learn_of_one_film_is_all_kept() -> None:
    stored(film("One"))
    said = [film("One", tagline="The first."), film("One", length_seconds=600)]

    outcomes = at_one_moment(
        [partial(outcome_of, facts) for facts in said],
        behind=lambda: Film.objects.update(kind="film"),
    )

    assert outcomes == [Outcome.CHANGED, Outcome.CHANGED]
    assert Film.objects.values_list("tagline", "length_seconds").get() == ("The first.", 600)


def test_two_who_make_a_subject_of_one_name_make_one() -> None:
    made = at_one_moment(
        [lambda: save_subject("War"), lambda: save_subject("War")],
        behind=lambda: Subject.objects.create(slug="war", name="War", folded_name="war"),
    )

    assert set(made) == set(Subject.objects.values_list("id", flat=True))
    assert len(set(made)) == 1


def test_two_who_make_collections_of_one_title_make_two() -> None:
    ours = curator()

    def save() -> str:
        return save_collection(title="Firsts", curator_id=ours, entries=[], now=NOW).slug

    made = at_one_moment(
        [save, save],
        behind=lambda: Collection.objects.create(
            slug="firsts",
            title="Firsts",
            curator_id=ours,
            sanitiser_version=1,
            published_at=NOW,
            revised_at=NOW,
        ),
    )

    assert sorted(made) == ["firsts", "firsts-2"]
