"""What whoever watches over the server is told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.mark.django_db
def test_a_process_that_lives_says_so_without_the_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert len(queries) == 0
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers() -> None:
    answer = Client().get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_it_is_not_ready_without_its_tables_and_says_why() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_freshness RENAME TO core_elsewhere")

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert answer.content.endswith(b".\n")
    assert answer.headers["Cache-Control"] == "no-store"
