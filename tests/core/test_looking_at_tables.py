"""After many rows came at once the database knows how many there are."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.catalogue.sayings import film, stored
from verite.core import db

pytestmark = pytest.mark.django_db


def test_the_database_learns_how_large_its_tables_are() -> None:
    for title in ("Rain", "Snow", "Hail"):
        stored(film(title))

    db.look_at_tables_anew()

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT max(CAST(stat AS integer)) FROM sqlite_stat1 WHERE tbl = 'catalogue_film'")
        else:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'catalogue_film'")
        ((rows,),) = cursor.fetchall()
    assert rows == 3
