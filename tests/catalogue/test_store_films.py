"""Making and changing films."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue.sayings import NANOOK, NOW, film, film_id, statements, stored, touched, writes
from verite.catalogue import keys
from verite.catalogue.actions import FilmFacts, FilmRefused, Outcome, PartFacts, Plan, add_film
from verite.catalogue.facts import ROLES, SCHEMES
from verite.catalogue.models import Credit, ExternalId, Film, FilmCounts, Part, Person, Source, Subject
from verite.catalogue.storing.records import read_records
from verite.core.dates import PartialDate, YearRange

pytestmark = pytest.mark.django_db

ARCHIVE = "https://archive.org/details/"


def test_a_new_film_is_stored_with_everything_that_is_said_of_it() -> None:
    (made,) = stored(NANOOK)

    assert (made.outcome, made.slug, made.remarks) == (Outcome.MADE, "nanook-of-the-north", ())
    (record,) = read_records([made.film_id or 0])
    parts = tuple(replace(part, addresses=()) for part in NANOOK.parts)
    assert replace(record.facts, parts=()) == replace(NANOOK, parts=())
    assert [replace(part, sources=()) for part in record.facts.parts] == list(parts)
    assert [source.ref for source in record.facts.parts[0].sources] == ["nanookOfTheNorth1922"]


@pytest.mark.parametrize(
    "released", [PartialDate(1999, 5), YearRange(2016, 2019), YearRange(2016, None), None]
)
def test_every_kind_of_date_comes_back_as_it_was_said(released: PartialDate | YearRange | None) -> None:
    (record,) = read_records([film_id(FilmFacts(title="Dated", released=released))])

    assert record.facts.released == released


def test_the_same_again_writes_nothing_and_touches_nothing() -> None:
    found = film_id(NANOOK)
    everything = [
        keys.film(found),
        keys.year(1922),
        *map(keys.person, Person.objects.values_list("id", flat=True)),
        *map(keys.subject, Subject.objects.values_list("id", flat=True)),
    ]

    with touched(*everything) as again, statements() as sql:
        answers = stored(NANOOK, NANOOK)

    assert [answer.outcome for answer in answers] == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert writes(sql) == []
    assert again == set()


@pytest.mark.parametrize("count", [2, 60])
def test_the_number_of_statements_does_not_depend_on_the_number_of_known_films(count: int) -> None:
    films = [film(f"Film {number}", external_ids=(("own", str(number)),)) for number in range(count)]
    stored(*films)

    with statements() as sql:
        stored(*films)

    assert len([each for each in sql if "SELECT" in each]) == 13


def test_a_larger_batch_takes_hardly_more_statements() -> None:
    def many(start: int, count: int) -> list[FilmFacts]:
        return [
            replace(
                NANOOK,
                title=f"Film {number}",
                external_ids=(("imdb", f"tt{number:07}"),),
                credits={"director": (f"Person {number}", f"Person {number + 1}")},
            )
            for number in range(start, start + count)
        ]

    with statements() as few:
        stored(*many(1, 4))
    with statements() as many_more:
        stored(*many(1000, 40))

    # SQLite takes 999 parameters at most, so that the widest table needs two statements more for ten times as much.
    assert len(many_more) <= len(few) + 6


names = st.sampled_from(["Ann", "Ben", "Cid"])
facts = st.builds(
    FilmFacts,
    title=st.sampled_from(["Rain", "Regen", "RAIN!"]),
    released=st.sampled_from(
        [None, PartialDate(1929), PartialDate(1929, 5), PartialDate(1930), YearRange(1929, None)]
    ),
    kind=st.sampled_from(["", "film", "short", "series"]),
    tagline=st.sampled_from(["", "A shower", "A storm"]),
    countries=st.lists(st.sampled_from(["NL", "FR"]), max_size=2).map(tuple),
    subjects=st.lists(st.sampled_from(["Cities", "Water"]), max_size=2).map(tuple),
    credits=st.dictionaries(
        st.sampled_from(["director", "writer"]), st.lists(names, max_size=2).map(tuple), max_size=2
    ),
    external_ids=st.lists(
        st.sampled_from([("imdb", "tt0000001"), ("imdb", "tt0000002"), ("wikidata", "Q1"), ("own", "7")]),
        max_size=2,
    ).map(tuple),
    parts=st.lists(
        st.builds(
            PartFacts,
            position=st.integers(1, 2),
            title=st.sampled_from(["", "Prologue"]),
            addresses=st.lists(st.sampled_from([f"{ARCHIVE}one", f"{ARCHIVE}two"]), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)


@given(st.lists(facts, max_size=6))
@settings(max_examples=25)
def test_a_batch_leaves_what_its_films_leave_one_by_one_and_again_it_changes_nothing(
    said: list[FilmFacts],
) -> None:
    with rolled_back():
        answers = [answer for each in said for answer in stored(each)]
        one_by_one = catalogue()
    with rolled_back():
        together = stored(*said)
        assert catalogue() == one_by_one
        assert [answer.outcome for answer in together] == [answer.outcome for answer in answers]
        with statements() as sql:
            again = stored(*said)
        assert writes(sql) == []
        assert {answer.outcome for answer in again} <= {Outcome.UNCHANGED, Outcome.REFUSED}


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def catalogue() -> list[FilmFacts]:
    return [record.facts for record in read_records(Film.objects.values_list("id", flat=True))]


def test_a_plan_writes_nothing_and_answers_like_the_real_thing_batch_after_batch() -> None:
    batches = [[NANOOK, film("Rain", 1929)], [film("Rain", 1929, tagline="A shower"), NANOOK]]
    plan = Plan()

    with statements() as sql:
        planned = [answer.outcome for batch in batches for answer in plan.store(batch)]

    assert writes(sql) == []
    assert planned == [answer.outcome for batch in batches for answer in stored(*batch)]


def test_what_is_refused_does_not_hinder_the_others() -> None:
    first, broken, last = stored(film("One"), film("x" * 301), film("Two"))

    assert (first.outcome, last.outcome) == (Outcome.MADE, Outcome.MADE)
    assert broken.outcome is Outcome.REFUSED
    assert broken.refusal == (
        "title: This text has 301 characters, and there is room for 300. Please shorten it."
    )
    with pytest.raises(FilmRefused, match="There is no title"):
        add_film(FilmFacts(title="  "), now=NOW)


def test_ids_alone_find_a_film_but_make_none() -> None:
    found = film_id(NANOOK)

    known, unknown = stored(
        FilmFacts(external_ids=(("imdb", "tt0013427"), ("tmdb", "669"))),
        FilmFacts(external_ids=(("imdb", "tt9999999"),)),
    )

    assert (known.outcome, known.film_id) == (Outcome.CHANGED, found)
    assert unknown.refusal == "There is no title, and no film here has these ids."
    assert ExternalId.objects.get(scheme="tmdb").film_id == found


def test_films_of_one_title_get_addresses_of_their_own() -> None:
    films = [film("Rain", 1929), film("Rain", 1930), film("Rain!", 1930, external_ids=(("imdb", "tt1"),))]
    films.append(replace(films[2], external_ids=(("imdb", "tt2"),)))

    assert [answer.slug for answer in stored(*films[:2])] == ["rain", "rain-1930"]
    assert [answer.slug for answer in stored(*films[1:])] == ["rain-1930", "rain-1930", "rain-1930-2"]


def test_a_hundred_films_of_one_title_and_year_get_addresses_in_few_rounds() -> None:
    films = [film("Home", 2009, external_ids=(("own", str(number)),)) for number in range(100)]

    with statements() as sql:
        answers = stored(*films)

    assert len({answer.slug for answer in answers}) == 100
    assert (
        len([each for each in sql if '"catalogue_film"."slug" IN' in each]) <= 6
    )  # the last one reads the new ids


def test_people_and_subjects_are_found_by_name_whatever_its_accents() -> None:
    stored(film("One", credits={"director": ("José Núñez",)}, subjects=("Música",)))
    stored(
        film("Two", credits={"writer": ("JOSE NUNEZ",), "director": ("Jose Nunez",)}, subjects=("musica",))
    )

    assert [person.name for person in Person.objects.all()] == ["José Núñez"]
    assert [(subject.name, subject.path) for subject in Subject.objects.all()] == [
        ("Música", f"/{Subject.objects.get().pk}/")
    ]


def test_of_two_people_of_one_name_the_one_credited_stays() -> None:
    found = film_id(film(credits={"director": ("Jane Roe",)}))
    namesake = Person.objects.create(name="Jane Roe", slug="jane-roe-2", folded_name="jane roe")
    Credit.objects.filter(film=found).update(person=namesake)

    stored(film(credits={"director": ("Jane Roe", "John Doe")}), said_wins=True)

    assert list(Credit.objects.order_by("position").values_list("person__slug", flat=True)) == [
        "jane-roe-2",
        "john-doe",
    ]


def test_an_address_that_no_host_plays_is_reported_and_makes_no_part() -> None:
    page, both = stored(
        film("One", parts=(PartFacts(position=1, addresses=("https://example.org/about",)),)),
        film("Two", parts=(PartFacts(position=2, addresses=("no address", f"{ARCHIVE}two")),)),
    )

    assert [(remark.field, remark.value) for remark in page.remarks] == [
        ("address", "https://example.org/about")
    ]
    assert [remark.value for remark in both.remarks] == ["no address"]
    assert not Part.objects.filter(film=page.film_id).exists()
    assert list(Source.objects.values_list("part__film", "part__position", "ref")) == [
        (both.film_id, 2, "two")
    ]


def test_further_sources_come_after_those_that_are_there() -> None:
    found = film_id(film(parts=(PartFacts(position=1, addresses=(f"{ARCHIVE}one",)), PartFacts(position=2))))
    Source.objects.update(position=7, state="plays")

    stored(film(parts=(PartFacts(position=1, addresses=(f"{ARCHIVE}two", f"{ARCHIVE}one")),)))
    stored(film(parts=(PartFacts(position=2, addresses=(f"{ARCHIVE}one", f"{ARCHIVE}three")),)))

    sources = Source.objects.order_by("part__position", "position").values_list(
        "part__position", "ref", "state"
    )
    assert list(sources) == [(1, "one", "plays"), (1, "two", "unchecked"), (2, "three", "unchecked")]
    assert model_to_dict(FilmCounts.objects.get(film=found), exclude=["film"]) == {
        "part_count": 2,
        "playable_count": 2,
        "has_captions": False,
    }


def test_counts_leave_out_sources_that_are_gone() -> None:
    found = film_id(film(parts=(PartFacts(position=1, addresses=(f"{ARCHIVE}one",)), PartFacts(position=2))))
    Source.objects.update(state="gone", captions="en")

    stored(film(parts=(PartFacts(position=3, title="Epilogue"),)))

    counts = FilmCounts.objects.get(film=found)
    assert (counts.part_count, counts.playable_count, counts.has_captions) == (3, 0, False)


def test_a_part_learns_its_title_and_length() -> None:
    film_id(film(parts=(PartFacts(position=1, addresses=(f"{ARCHIVE}one",)),)))

    stored(film(parts=(PartFacts(position=1, title="Prologue", length_seconds=60),)))

    assert list(Part.objects.values_list("title", "length_seconds")) == [("Prologue", 60)]


def test_what_the_catalogue_says_is_kept_unless_the_facts_shall_win() -> None:
    found = film_id(film("Nanook", 1922, countries=("US",), length_seconds=60, subjects=("Arctic",)))
    other = film("Nanuk", 1923, countries=("CA",), length_seconds=90, subjects=("Peoples",))
    known = film("Nanook", 1922, external_ids=(("imdb", "tt1"),))
    said = replace(other, external_ids=(("imdb", "tt1"),))
    stored(known)

    (kept,) = stored(said)
    assert [(remark.field, remark.value, remark.kept) for remark in kept.remarks] == [
        ("year", "1923", "1922"),
        ("length", "90", "60"),
        ("countries", "CA", "US"),
    ]
    (before,) = read_records([found])
    assert (before.facts.title, before.facts.other_titles) == ("Nanook", ("Nanuk",))
    assert before.facts.subjects == ("Arctic", "Peoples")

    (won,) = stored(said, said_wins=True)
    assert won.remarks == ()
    (after,) = read_records([found])
    assert (after.facts.title, after.facts.other_titles) == ("Nanuk", ("Nanook",))
    assert (after.facts.year, after.facts.countries, after.facts.length_seconds) == (1923, ("CA",), 90)
    assert after.facts.subjects == ("Peoples",)
    assert after.slug == "nanook"
    assert Film.objects.get().published_at == NOW
    with statements() as sql:
        stored(said, said_wins=True)
    assert writes(sql) == []


def test_a_draft_stays_a_draft() -> None:
    found = film_id(film())
    Film.objects.update(state=Film.State.DRAFT)

    (answer,) = stored(film(tagline="From source to flood"))

    assert (answer.film_id, answer.outcome) == (found, Outcome.CHANGED)
    assert Film.objects.get().state == Film.State.DRAFT


def test_every_list_that_gains_or_loses_a_film_is_touched_and_no_other() -> None:
    found = film_id(film(credits={"director": ("Ann", "Ben")}, subjects=("Old", "Same")))
    stored(film("Other", credits={"director": ("Cid",)}, subjects=("New", "Elsewhere")))
    people = {person.name: keys.person(person.pk) for person in Person.objects.all()}
    subjects = {subject.name: keys.subject(subject.pk) for subject in Subject.objects.all()}
    years = [keys.year(1938), keys.year(1939)]
    said = film(credits={"director": ("Ann", "Cid")}, subjects=("Same", "New"))

    with touched(*people.values(), *subjects.values(), *years, keys.film(found)) as stale:
        stored(said, said_wins=True)
    assert stale == {people["Ben"], people["Cid"], subjects["Old"], subjects["New"], keys.film(found)}

    stored(replace(said, external_ids=(("imdb", "tt1"),)))
    with touched(*people.values(), *subjects.values(), *years, keys.film(found)) as stale:
        stored(replace(film(year=1939), external_ids=(("imdb", "tt1"),)), said_wins=True)
    placed_anew = {people["Ann"], people["Cid"], subjects["Same"], subjects["New"]}
    assert stale == {*placed_anew, *years, keys.film(found)}


def test_roles_and_schemes_are_those_of_the_tables() -> None:
    assert set(ROLES) == set(Credit.Role.values)
    assert set(SCHEMES) == set(ExternalId.Scheme.values)


def test_the_longest_names_fit_their_columns() -> None:
    (answer,) = stored(
        FilmFacts(
            title="ﷺ" * 300,
            other_titles=("ß" * 300,),
            credits={"director": ("ﷺ" * 200,)},
            subjects=("ﷺ" * 120,),
            external_ids=(("own", "x" * 200),),
            tagline="y" * 300,
        )
    )

    assert answer.outcome is Outcome.MADE


def test_an_address_that_is_taken_is_not_taken_over() -> None:
    Film.objects.create(slug="rain", title="x", sort_title="x", folded_title="x", published_at=NOW)

    assert [answer.slug for answer in stored(film("Rain", 1929))] == ["rain-1929"]
