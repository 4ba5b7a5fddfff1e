"""The tree of subjects."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue.sayings import film, statements, stored, touched, writes
from tests.catalogue.test_store_films import rolled_back
from verite.catalogue import keys
from verite.catalogue.actions import SubjectRefused, place_subject, save_subject
from verite.catalogue.models import Subject
from verite.core.text import TextTooLong

pytestmark = pytest.mark.django_db


def tree(*names: str) -> list[int]:
    """Subjects of these names, each under the one before."""
    ids: list[int] = []
    for name in names:
        ids.append(save_subject(name))
        place_subject(ids[-1], ids[-2] if len(ids) > 1 else None)
    return ids


def path(subject_id: int) -> str | None:
    return Subject.objects.get(pk=subject_id).path


def test_a_subject_that_a_film_made_can_be_described() -> None:
    stored(film(subjects=("Água",)))
    subject = Subject.objects.get()

    with touched(keys.subject(subject.pk)) as stale:
        assert save_subject(" AGUA ", description="*Rivers* and rain.") == subject.pk

    subject.refresh_from_db()
    assert (subject.name, subject.slug, subject.description) == ("Água", "agua", "*Rivers* and rain.")
    assert stale == {keys.subject(subject.pk)}
    with statements() as sql:
        save_subject("Água", description="*Rivers* and rain.")
        save_subject("Água")
    assert writes(sql) == []


def test_a_subject_needs_a_name_and_a_description_of_bearable_length() -> None:
    with pytest.raises(SubjectRefused, match="needs a name"):
        save_subject(" \x00 ")
    with pytest.raises(TextTooLong):
        save_subject("Water", description="x" * 10_001)


def test_a_branch_moves_with_everything_below_it() -> None:
    history, war, propaganda = tree("History", "War", "Propaganda")
    media, press = tree("Media", "Press")

    with touched(*map(keys.subject, (history, war, propaganda, media, press))) as stale:
        place_subject(war, media)

    assert path(war) == f"/{media}/{war}/"
    assert path(propaganda) == f"/{media}/{war}/{propaganda}/"
    assert path(history) == f"/{history}/"
    assert Subject.objects.get(pk=war).parent_id == media
    assert Subject.objects.get(pk=propaganda).parent_id == war
    # Above it lists lose or gain its films, below it pages show the way up.
    assert stale == set(map(keys.subject, (history, war, propaganda, media)))


def test_a_branch_can_become_a_root() -> None:
    history, war, propaganda = tree("History", "War", "Propaganda")

    place_subject(war, None)

    assert (path(war), path(propaganda)) == (f"/{war}/", f"/{war}/{propaganda}/")
    assert Subject.objects.get(pk=war).parent_id is None
    assert path(history) == f"/{history}/"


@pytest.mark.parametrize("parent", [0, 1, 2])
def test_nothing_can_lie_below_itself(parent: int) -> None:
    ids = tree("History", "War", "Propaganda")
    before = list(map(path, ids))

    with pytest.raises(SubjectRefused, match="would lie below itself"):
        place_subject(ids[0], ids[parent])

    assert list(map(path, ids)) == before


def test_placing_a_subject_where_it_is_changes_nothing() -> None:
    history, war = tree("History", "War")

    with statements() as sql:
        place_subject(war, history)
        place_subject(history, None)

    assert writes(sql) == []


def test_a_number_that_begins_like_another_is_another_branch() -> None:
    Subject.objects.bulk_create(
        Subject(id=number, name=str(number), folded_name=str(number), slug=str(number), path=f"/{number}/")
        for number in (1, 11, 111)
    )

    place_subject(1, 11)

    assert [path(number) for number in (1, 11, 111)] == ["/11/1/", "/11/", "/111/"]


def test_subjects_that_are_not_here_are_refused() -> None:
    (history,) = tree("History")

    with pytest.raises(SubjectRefused, match="no longer here"):
        place_subject(history, history + 1)
    with pytest.raises(SubjectRefused, match="no longer here"):
        place_subject(history + 1, None)


def test_a_tree_too_deep_for_its_paths_is_refused_and_left_as_it_was() -> None:
    deep = tree(*(f"Level {level}" for level in range(30)))
    other = tree(*(f"Other {level}" for level in range(40)))

    with pytest.raises(SubjectRefused, match="too deep"):
        place_subject(other[0], deep[-1])

    assert path(other[0]) == f"/{other[0]}/"


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=8))
@settings(max_examples=30)
def test_whatever_is_moved_every_path_tells_the_parents(moves: list[tuple[int, int | None]]) -> None:
    with rolled_back():
        ids = [save_subject(f"Subject {number}") for number in range(6)]
        for subject, parent in moves:
            try:
                place_subject(ids[subject], None if parent is None else ids[parent])
            except SubjectRefused:
                continue
        paths = dict(Subject.objects.values_list("id", "path"))
        for subject in Subject.objects.all():
            assert subject.path == f"{paths[subject.parent_id] if subject.parent_id else '/'}{subject.pk}/"
