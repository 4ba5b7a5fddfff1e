"""Names of languages and their tags."""

from __future__ import annotations

import pytest

from verite.catalogue.languages import name, read_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("EN", "en"),
        ("eng", "en"),
        ("en_us", "en-US"),
        ("Portuguese (Brazil)", "pt-BR"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Deutsch", "de"),
        ("ger", "de"),
        ("Mandarin", "cmn"),
        ("Cantonese", "yue"),
        ("Farsi", "fa"),
        ("iw", "he"),
        ("zh-hant", "zh-Hant"),
        ("American Sign Language", "ase"),
        ("Ewe", "ee"),
        ("silent", "zxx"),
        ("No dialogue", "zxx"),
        ("zxx", "zxx"),
        ("Multiple languages", "mul"),
    ],
)
def test_a_language_is_found_by_what_people_call_it(text: str, tag: str) -> None:
    assert read_language(text) == tag
    assert read_language(tag) == tag


@pytest.mark.parametrize(
    "text", ["", "Elvish of sorts", "und", "Unknown language", "xx", "en-", "en;de", "e" * 9999]
)
def test_what_is_no_language_is_none(text: str) -> None:
    assert read_language(text) is None


@pytest.mark.parametrize(
    ("tag", "locale", "expected"),
    [
        ("de", "en", "German"),
        ("de", "fr", "allemand"),
        ("zxx", "en", "No dialogue"),
        ("cmn", "en", "Mandarin"),
        ("fr-CA", "en", "Canadian French"),
        ("sr-Latn", "en", "Serbian (Latin)"),
        ("es-PE", "en", "Spanish (Peru)"),
        ("qaa", "en", "qaa"),
    ],
)
def test_a_tag_has_a_name_for_people(tag: str, locale: str, expected: str) -> None:
    assert name(tag, locale) == expected
