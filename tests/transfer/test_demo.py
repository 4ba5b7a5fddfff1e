"""The sample films."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verite.catalogue.models import Film, Source
from verite.transfer.demo import fill_if_empty

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_an_empty_site_is_filled_with_films_that_can_be_played() -> None:
    made = fill_if_empty(now=NOW)
    assert made == Film.objects.count() >= 20
    assert Film.objects.filter(counts__playable_count__gt=0).count() >= made - 1
    assert set(Source.objects.values_list("host", flat=True)) == {"internet-archive"}


def test_one_work_in_seven_parts_says_which_of_them_have_no_source_yet() -> None:
    fill_if_empty(now=NOW)
    parts = Film.objects.get(title="Why We Fight").parts.order_by("position")
    assert [part.title for part in parts if not part.sources.exists()] == [
        "The Battle of Britain",
        "The Battle of China",
    ]
    assert len(parts) == 7


def test_a_site_with_films_of_its_own_is_left_alone() -> None:
    fill_if_empty(now=NOW)
    Film.objects.exclude(title="Rain").delete()
    assert fill_if_empty(now=NOW) == 0
    assert Film.objects.count() == 1
