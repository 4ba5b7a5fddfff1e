"""No member is called as another looks."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.people import NOON, somebody
from verite.accounts.actions import guest_for, name_author, name_guest, rename
from verite.accounts.guests import fresh_token
from verite.accounts.likeness import likeness
from verite.accounts.names import NameRefused
from verite.accounts.queries import is_taken
from verite.core import db

ALIKE = {
    "the first letter is Cyrillic": ("Ada Lens", "\u0410da Lens"),
    "a letter within is Cyrillic": ("Ada Lens", "Ada L\u0435ns"),
    "all letters are Cyrillic": ("Copa", "\u0421\u043e\u0440\u0430"),
    "all letters are Latin": ("\u0421\u043e\u0440\u0430", "Copa"),
    "letters are Greek": ("Nikos Zorba", "\u039dik\u03bfs Zor\u0392a".replace("\u0392", "b")),
    "letters are Armenian": ("Noah", "N\u0585a\u0570"),
    "letters are Cherokee": ("ACE", "\u13aa\u13df\u13ac"),
    "a capital i for a small l": ("Paul", "PauI"),
    "a figure for a letter": ("Al Otto", "A1 0tto"),
    "no space": ("Ada Lens", "AdaLens"),
    "a letter that cannot be seen": ("Ada Lens", "Ada\u3164Lens"),
    "a letter that cannot be seen at the end": ("Ada Lens", "Ada Lens\u115f"),
    "a joiner within": ("Ada Lens", "Ada\u200dLens"),
    "letters of mathematics": ("Ada Lens", "\U0001d5d4\U0001d5f1\U0001d5ee Lens"),
    "marks upon letters": ("Ada Lens", "\u0410\u0301da Lens\u0336"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "imitated"), ALIKE.values(), ids=ALIKE)
def test_a_name_that_looks_like_a_members_is_taken(name: str, imitated: str) -> None:
    somebody(name)
    other, guest = somebody("Bela").participant_id, guest_for(fresh_token(), now=NOON).participant_id
    assert guest is not None

    with pytest.raises(NameRefused, match="A member is called so"):
        somebody(imitated)
    with pytest.raises(NameRefused, match="A member is called so"):
        rename(other, imitated)
    with pytest.raises(NameRefused, match="A member is called so"), db.write():
        name_guest(guest, imitated)


@pytest.mark.django_db
def test_an_author_whom_a_file_names_is_not_imitated_and_does_not_imitate_themselves() -> None:
    author = name_author("Ada Lens", now=NOON)

    assert is_taken("\u0410da Lens")
    assert name_author("Ada Lens", now=NOON) == author
    assert not is_taken("Ada Lens", by_other_than=author)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ian", "Lan"),
        ("Arno", "Amo"),
        ("Ada", "Ida"),
        ("Vera", "\u0412\u0435\u0440\u0430"),
        ("Anna Mar", "Ann Amar"),
        ("Moderator 1", "Moderator 2"),
        ("\u5343\u3068\u5343\u5c0b", "\u5343\u3068\u5343"),
        ("\u0646\u0627\u0646\u0648\u0643", "\u0646\u0627\u0646\u0648"),
    ],
)
def test_names_that_readers_tell_apart_can_both_be_had(one: str, other: str) -> None:
    somebody(one)

    somebody(other)


@given(st.text(max_size=90))
def test_any_name_looks_like_itself_and_like_nothing_longer(name: str) -> None:
    found = likeness(name)

    assert likeness(name) == found
    assert likeness(f" {name}.\u200b\u3164") == found
    assert likeness(f"{name}x") != found
    assert found is None or (len(found) == 32 and set(found) <= set(string.hexdigits))


def test_names_without_a_letter_look_like_no_other() -> None:
    assert likeness("\u2026") is likeness("") is None
