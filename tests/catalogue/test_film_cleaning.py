"""Checking what is said about a film before any database is asked."""

from __future__ import annotations

import pytest

from tests.catalogue.sayings import film
from verite.catalogue.facts import FilmFacts, FilmRefused, PartFacts
from verite.catalogue.facts.cleaning import clean
from verite.core.dates import PartialDate, YearRange

ARCHIVE = "https://archive.org/details/"


def test_words_are_tidied_and_each_name_stands_once() -> None:
    cleaned, remarks = clean(
        film(
            "  The \n River\x00 ",
            other_titles=("the river", "Le Fleuve", "LE FLEUVE", ""),
            credits={"director": ("Ann  Lee", "Ben", "ann lee"), "writer": ("  ",)},
            subjects=("Água", "agua", "Cities"),
            external_ids=(("imdb", "https://www.imdb.com/title/tt29490/"), ("imdb", "tt0029490")),
            synopsis="One.\r\nTwo.\n",
        )
    )

    assert (cleaned.title, cleaned.other_titles) == ("The River", ("Le Fleuve",))
    assert cleaned.credits == {"director": ("Ann Lee", "Ben")}
    assert cleaned.subjects == ("Água", "Cities")
    assert cleaned.external_ids == (("imdb", "tt0029490"),)
    assert cleaned.synopsis == "One.\nTwo."
    assert remarks == []


def test_a_range_of_one_year_is_that_year() -> None:
    cleaned, _remarks = clean(FilmFacts(title="Rain", released=YearRange(1929, 1929)))

    assert cleaned.released == PartialDate(1929)


def test_what_is_said_of_one_part_in_two_places_comes_together() -> None:
    cleaned, remarks = clean(
        film(
            parts=(
                PartFacts(position=2, addresses=(f"{ARCHIVE}two",)),
                PartFacts(position=1, title="Prologue", addresses=(f"{ARCHIVE}one", "ftp://one")),
                PartFacts(position=2, length_seconds=60, addresses=(f"{ARCHIVE}two", f"{ARCHIVE}zwei")),
            )
        )
    )

    assert [(part.position, part.title, part.length_seconds) for part in cleaned.parts] == [
        (1, "Prologue", None),
        (2, "", 60),
    ]
    assert [[source.ref for source in part.sources] for part in cleaned.parts] == [["one"], ["two", "zwei"]]
    assert [remark.value for remark in remarks] == ["ftp://one"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (FilmFacts(), "There is no title"),
        (film("x" * 301), "title: This text has 301 characters"),
        (film(synopsis="x" * 10_001), "synopsis: This text has 10001 characters"),
        (film(credits={"director": ("x" * 201,)}), "director: This text has 201 characters"),
        (film(credits={"gaffer": ("Ann",)}), "credits: gaffer is not known"),
        (film(subjects=tuple(map(str, range(201)))), "subjects: there are 201"),
        (film(kind="opera"), "kind: opera is not known"),
        (film(countries=("ZZ",)), "countries: ZZ is not known"),
        (film(languages=("english",)), "english is no language tag in its usual form"),
        (film(external_ids=(("imdb", "nm0000001"),)), "imdb: nm0000001 is no id of that catalogue"),
        (film(external_ids=(("isan", "1"),)), "external_ids: isan is not known"),
        (film(length_seconds=0), "A length of 0 seconds is none"),
        (film(parts=(PartFacts(position=0),)), "parts 1 to 2000, not 0"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_reason(facts: FilmFacts, message: str) -> None:
    with pytest.raises(FilmRefused, match=message):
        clean(facts)
