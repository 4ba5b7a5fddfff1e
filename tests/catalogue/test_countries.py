"""Names of countries and their codes."""

from __future__ import annotations

import pytest

from verite.catalogue.countries import FORMER, codes, name, read_country


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_country_is_found_by_its_code_and_by_its_english_name(code: str) -> None:
    assert read_country(code) == read_country(code.lower()) == code
    assert read_country(name(code, "en")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("the United States of America", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("GBR", "GB"),
        ("West Germany", "DE"),
        ("East Germany", "DD"),
        ("DDR", "DD"),
        ("USSR", "SU"),
        ("Soviet Union", "SU"),
        ("Czechoslovakia", "CS"),
        ("Yugoslavia", "YU"),
        ("Czech Republic", "CZ"),
        ("Korea, Republic of", "KR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Russian Federation", "RU"),
        ("Hong Kong", "HK"),
        ("Ivory Coast", "CI"),
        ("Saint Lucia", "LC"),
        ("Trinidad and Tobago", "TT"),
        ("États-Unis", "US"),
        ("Frankreich", "FR"),
        ("Burma", "MM"),
    ],
)
def test_a_country_is_found_by_what_people_call_it(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize("text", ["", " ", "Freedonia", "EU", "XX", "ZZ", "United", "US;FR", "x" * 10_000])
def test_what_is_no_country_is_none(text: str) -> None:
    assert read_country(text) is None


def test_names_come_in_the_language_that_was_asked_for() -> None:
    assert name("DE", "fr") == "Allemagne"
    assert name("BR", "pt-BR") == "Brasil"
    assert name("QQ", "en") == "QQ"


def test_former_states_have_names_of_their_own() -> None:
    assert [name(code, "en") for code in FORMER] == [
        "Soviet Union",
        "East Germany",
        "Yugoslavia",
        "Czechoslovakia",
    ]
