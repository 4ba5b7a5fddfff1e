"""Addresses that people can read."""

from __future__ import annotations

from itertools import islice

import pytest
from django.core.validators import validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from verite.core.slugs import MOST_CHARACTERS, candidates, slugify

SLUGS = st.text(min_size=1).map(lambda title: slugify(title, fallback="film"))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Nanook of the North", "nanook-of-the-north"),
        ("Nuit et brouillard", "nuit-et-brouillard"),
        ("Å forstå — Ærø & Łódź!", "a-forsta-aero-lodz"),
        ("千と千尋の神隠し", "千と千尋の神隠し"),
        ("Человек с киноаппаратом", "человек-с-киноаппаратом"),
        ("1917", "1917"),
        ("snow_white", "snow-white"),
        ("../../etc/passwd", "etc-passwd"),
        ("---", "film"),
        ("?!", "film"),
        ("", "film"),
    ],
)
def test_a_title_becomes_a_readable_address(title: str, slug: str) -> None:
    assert slugify(title, fallback="film") == slug


@given(st.text(max_size=300))
def test_every_title_has_a_valid_address(title: str) -> None:
    slug = slugify(title, fallback="film")

    validate_unicode_slug(slug)
    assert len(slug) <= MOST_CHARACTERS
    assert slug.strip("-") == slug.replace("--", "-")
    assert slugify(slug, fallback="other") == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = slugify("the very long title " * 10, fallback="film")

    assert slug == "-".join(["the-very-long-title"] * 4)


def test_a_word_that_just_fits_is_kept() -> None:
    assert slugify("a" * 40 + " " + "b" * 39 + " c", fallback="film") == "a" * 40 + "-" + "b" * 39


def test_a_long_address_makes_room_for_its_ending() -> None:
    long = "-".join(["word"] * 16)

    assert list(islice(candidates(long, 1922), 3)) == [long, "word-" * 15 + "1922", "word-" * 14 + "1922-2"]


def test_a_word_without_end_is_cut_itself() -> None:
    assert slugify("A " + "千" * 200, fallback="film") == "a-" + "千" * 78


def test_a_taken_address_gets_the_year_then_a_number() -> None:
    assert list(islice(candidates("nanook", 1922), 4)) == [
        "nanook",
        "nanook-1922",
        "nanook-1922-2",
        "nanook-1922-3",
    ]


def test_a_film_without_a_year_gets_a_number() -> None:
    assert list(islice(candidates("nanook", None), 3)) == ["nanook", "nanook-2", "nanook-3"]


@given(SLUGS, st.none() | st.integers(1800, 2100))
def test_every_candidate_is_a_valid_address_and_a_new_one(slug: str, year: int | None) -> None:
    tried = list(islice(candidates(slug, year), 120))

    for candidate in tried:
        validate_unicode_slug(candidate)
        assert len(candidate) <= MOST_CHARACTERS
    assert len(set(tried)) >= 119  # a slug that itself ends in the year is tried twice
