"""Ids of other catalogues."""

from __future__ import annotations

import pytest

from verite.catalogue.external_ids import external_address, read_external_id


@pytest.mark.parametrize(
    ("scheme", "text", "value"),
    [
        ("imdb", "tt0013427", "tt0013427"),
        ("imdb", " 13427 ", "tt0013427"),
        ("imdb", "https://www.imdb.com/title/tt13427/?ref_=x", "tt0013427"),
        ("imdb", "https://m.imdb.com/de/title/tt24082438", "tt24082438"),
        ("wikidata", "q42", "Q42"),
        ("wikidata", "http://www.wikidata.org/entity/Q42", "Q42"),
        ("wikidata", "https://www.wikidata.org/wiki/Q42#sitelinks", "Q42"),
        ("tmdb", "669", "669"),
        ("tmdb", "https://www.themoviedb.org/movie/669-nanook", "669"),
        ("tmdb", "https://www.themoviedb.org/tv/1396", "tv/1396"),
        ("own", " A 7 ", "A 7"),
    ],
)
def test_an_id_is_read_from_how_people_write_it_and_from_its_own_address(
    scheme: str, text: str, value: str
) -> None:
    assert read_external_id(scheme, text) == value
    assert read_external_id(scheme, external_address(scheme, value) or value) == value


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("imdb", "nm0000001"),
        ("imdb", "https://example.org/title/tt0013427"),
        ("imdb", ""),
        ("wikidata", "P31"),
        ("wikidata", "Q0"),
        ("tmdb", "0"),
        ("tmdb", "person/5"),
        ("own", " "),
    ],
)
def test_anything_else_is_none(scheme: str, text: str) -> None:
    assert read_external_id(scheme, text) is None
