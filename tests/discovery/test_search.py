"""Search in titles and names, the same on both databases."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.discovery.stock import film, withdraw
from verite.catalogue import keys
from verite.catalogue.actions import FilmFacts, rename_person, store_films
from verite.catalogue.models import Film, Person
from verite.core import db, freshness, paging
from verite.discovery.actions import rebuild
from verite.discovery.models import FilmDocument
from verite.discovery.search import find, find_people, finding, nearest_films, nearest_people
from verite.discovery.search.sqlite import TitlesOnly

pytestmark = pytest.mark.django_db


def titles(text: str, *, limit: int = 24, after: str | None = None) -> list[str]:
    return [card.title for card in find(text, limit=limit, after=after).films]


@pytest.mark.parametrize(
    "text",
    [
        "Łódź Story",
        "lodz",
        "LODZ STORY",
        "stóry lod",
        "  story\t",
        "story, (lodz)!",
        "wajda",
        "Andrzej Wajda's story",
        "historia",
    ],
)
def test_a_film_is_found_by_its_titles_and_its_people_however_they_are_typed(text: str) -> None:
    film("Łódź Story", directors=["Andrzej Wajda", "S"], others=["Historia łódzka"])
    film("Something Else", directors=["Nobody"])

    assert titles(text) == ["Łódź Story"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("नानूक", "नानूक"),
        ("千と千尋の神隠し", "千と千"),
        ("نانوك ابن الشمال", "الشمال"),
        ("Страйк", "страй"),
        ("Ο Άνθρωπος", "ανθρωποσ"),
        ("한국의 겨울", "겨울"),
    ],
)
def test_every_script_can_be_searched(title: str, text: str) -> None:
    film(title)
    film("Another")

    assert titles(text) == [title]


def test_all_words_must_be_there_and_only_the_last_may_be_a_beginning() -> None:
    film("Night Mail")
    film("Nightwatch")

    assert titles("nigh") == titles("night") != []
    assert titles("night ma") == ["Night Mail"]
    assert titles("nigh mail") == []
    assert titles("mail day") == []


def test_the_title_itself_comes_before_longer_ones_and_titles_before_people() -> None:
    film("Nobody", directors=["Food Inc"])
    film("Food and Country and Other Stories", narrators=["A"])
    film("Fast Food Nation")
    film("Food", directors=["A", "B Long Name", "C Longer Name Still", "D Another Person"])

    assert titles("food")[0] == "Food"
    assert titles("food")[-1] == "Nobody"


def test_every_hit_is_met_once_however_many_pages_they_fill() -> None:
    made = {film(f"River {n}").title for n in range(7)}

    met, after = [], None
    while True:
        hits = find("river", limit=2, after=after)
        met += [card.title for card in hits.films]
        assert hits.count == 7
        if hits.following is None:
            break
        after = hits.following

    assert len(met) == 7
    assert set(met) == made


def test_words_that_very_many_films_have_give_the_newest_first_but_the_title_itself_before_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "MOST_JUDGED", 3)
    for title in ["War", "War 1", "War 2", "War 3", "War 4"]:
        film(title)

    first = find("war", limit=3)
    second = find("war", limit=3, after=first.following)

    assert [card.title for card in first.films] == ["War", "War 4", "War 3"]
    assert [card.title for card in second.films] == ["War 2", "War 1"]
    assert first.is_more
    assert first.count == 3
    assert second.following is None


def test_the_index_follows_the_catalogue_inside_the_same_transaction() -> None:
    grass = film("Grass", directors=["Merian Cooper"])
    assert titles("grass") == ["Grass"]

    with db.write():
        Film.objects.filter(pk=grass.pk).update(title="Gras", folded_title="gras")
        freshness.touch(keys.film(grass.pk))
    assert titles("gras") == ["Gras"]
    assert titles("grass") == []

    withdraw(grass)
    assert titles("gras") == []


def test_a_person_who_is_renamed_is_found_by_the_new_name_and_so_are_the_films() -> None:
    film("Grass", directors=["Merian Coper"])

    rename_person(Person.objects.get().pk, "Merian Cooper")

    assert titles("merian cooper") == ["Grass"]
    assert titles("coper") == []
    assert [person.name for person in find_people("cooper", limit=5)] == ["Merian Cooper"]
    assert find_people("coper", limit=5) == []


def test_a_film_that_is_deleted_leaves_no_hit_and_a_sound_index() -> None:
    gone = film("Grass")
    film("Rain")

    with db.write():
        gone.delete()

    assert titles("grass") == []
    assert titles("rain") == ["Rain"]
    _assert_sound()


def test_storing_the_same_again_writes_no_document() -> None:
    grass = film("Grass")
    FilmDocument.objects.filter(film=grass).update(people="a mark that a rewrite would wipe off")

    store_films([FilmFacts(title="Rain")], now=grass.published_at)
    assert FilmDocument.objects.get(film=grass).people.startswith("a mark")

    with db.write():
        freshness.touch(keys.film(grass.pk))
    assert FilmDocument.objects.get(film=grass).people == ""


def test_rebuilding_mends_documents_that_went_astray() -> None:
    grass, rain = film("Grass", directors=["Merian Cooper"]), film("Rain")
    FilmDocument.objects.filter(film=grass).delete()
    FilmDocument.objects.filter(film=rain).update(title="snow")
    assert titles("grass") == titles("rain") == []

    assert rebuild() == 2

    assert titles("grass") == titles("cooper") == ["Grass"]
    assert titles("rain") == ["Rain"]
    assert titles("snow") == []


def test_an_sqlite_without_full_text_search_still_finds_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "engine", TitlesOnly)
    film("Łódź Story", directors=["Andrzej Wajda"])
    film("Lodzia")

    assert titles("lodz") == ["Lodzia", "Łódź Story"]
    assert titles("lodz story") == titles("story lo") == ["Łódź Story"]
    assert titles("tory") == titles("wajda") == titles("%") == titles("_") == []
    assert find("lodz", limit=1).following is not None
    assert titles("lodz", limit=1, after=find("lodz", limit=1).following) == ["Łódź Story"]


def test_people_are_found_apart_from_their_films() -> None:
    film("Grass", directors=["Merian Cooper"], narrators=["Cooper Hewitt", "Somebody"])

    assert {person.name for person in find_people("cooper", limit=5)} == {"Merian Cooper", "Cooper Hewitt"}
    assert [person.name for person in find_people("cooper mer", limit=5)] == ["Merian Cooper"]


def test_of_very_many_people_with_a_name_those_who_came_last_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "MOST_JUDGED", 2)
    for name in ("John Ford", "John Grierson", "John Huston"):
        film(f"By {name}", directors=[name])

    assert [person.name for person in find_people("john", limit=2)] == ["John Huston", "John Grierson"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nanok", "Nanook of the North"),
        ("nanook of the nrth", "Nanook of the North"),
        ("why we figth", "Why We Fight"),
        ("man with a moovie camera", "Man with a Movie Camera"),
    ],
)
def test_a_slip_of_the_pen_leads_to_the_nearest_title(typed: str, meant: str) -> None:
    for title in [
        "Nanook of the North",
        "Why We Fight",
        "Man with a Movie Camera",
        "The Man Who Sold the World",
    ]:
        film(title)

    assert titles(typed) == []
    assert [card.title for card in nearest_films(typed)][:1] == [meant]


def test_nothing_is_near_to_what_resembles_nothing() -> None:
    film("Nanook of the North", directors=["Robert Flaherty"])

    assert nearest_films("xylophone") == nearest_films("") == nearest_films("?!") == []
    assert nearest_people("xylophone") == []
    assert [person.name for person in nearest_people("robrt flaherti")] == ["Robert Flaherty"]


@pytest.mark.parametrize("rank", ["nan", "inf", "-inf", "1e400", "", "x"])
def test_a_cursor_that_nobody_gave_out_has_an_answer(rank: str) -> None:
    film("River")

    find("river", limit=5, after=paging.encode("words", [rank, 2**63 - 1]))


@given(st.text(), st.text() | st.none())
def test_every_text_has_an_answer(text: str, after: str | None) -> None:
    _answers(text, after)


@given(st.text("\"'*():^-+&|!<>{}[]\\%_;:,. \0aANDORNEARtitle", max_size=40))
def test_every_text_of_operators_has_an_answer(text: str) -> None:
    _answers(text)


def test_hostile_texts_are_only_words(shared_data: Path) -> None:
    folder = shared_data / "hostile"
    texts = json.loads((folder / "naughty_strings.json").read_text(encoding="utf-8"))
    for name in ("sqli_genericblind.txt", "sqli_xplatform.txt"):
        texts += (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
    with gzip.open(folder / "xss_payloads.txt.gz", "rt", encoding="utf-8", errors="replace") as lines:
        texts += [line.rstrip("\n") for line in lines]
    film("Select Everything")

    assert len(texts) > 1_000
    for text in texts:
        find(text, limit=5)
    for text in texts[::20]:
        _answers(text)

    assert titles("select everything' OR 1=1") == []
    assert titles("select* everyt") == ["Select Everything"]


def _answers(text: str, after: str | None = None) -> None:
    find(text, limit=5, after=after)
    find_people(text, limit=5)
    nearest_films(text)


def _assert_sound() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:  # raises when the index holds what the documents do not
        cursor.execute(
            "INSERT INTO discovery_film_words (discovery_film_words, rank) VALUES ('integrity-check', 1)"
        )
