"""Statements written by hand, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.talking import NOON, a_guest, at_once
from verite.core import db
from verite.core.models import GivenAnswer

INSERT = "INSERT INTO core_freshness (key, version) VALUES (%s, %s)"
VERSION = "SELECT version FROM core_freshness WHERE key = %s"


@pytest.mark.django_db
def test_the_row_that_is_there_is_found_and_none_that_is_not() -> None:
    with db.write():
        db.run(INSERT, ["100 % of it?", 7])

    assert db.row(VERSION, ["100 % of it?"]) == (7,)
    assert db.row(VERSION, ["something else"]) is None
    assert db.row("SELECT key FROM core_freshness WHERE version = %s", [2**64]) is None
    assert db.one(VERSION, ["100 % of it?"]) == (7,)
    with pytest.raises(LookupError):
        db.one(VERSION, ["something else"])


@pytest.mark.django_db
def test_rows_are_changed_and_held_in_a_write_transaction_alone() -> None:
    with pytest.raises(db.WriteRefused):
        db.run(INSERT, ["film:1", 1])
    with pytest.raises(db.WriteRefused):
        db.held_row(VERSION, ["film:1"], of="core_freshness")


@pytest.mark.django_db
def test_a_moment_is_stored_as_the_models_store_it() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    with db.write():
        db.run(
            "INSERT INTO core_given_answer (participant_id, action, digest, reference, expires_at)"
            " VALUES (%s, 'comment', '', '', %s)",
            [a_guest(), db.moment(elsewhere)],
        )

    assert GivenAnswer.objects.get(expires_at=NOON).expires_at == datetime.fromisoformat("2026-03-01T12:00Z")


@pytest.mark.django_db
def test_whoever_listens_hears_of_each_statement() -> None:
    heard = []

    def listen(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        heard.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(listen):
        db.row(VERSION, ["film:1"])
    with CaptureQueriesContext(connection) as captured:
        db.row(VERSION, ["film:1"])

    assert heard == [VERSION]
    assert len(captured) == 1


@pytest.mark.django_db
def test_a_change_that_cannot_be_made_is_an_error_of_djangos() -> None:
    with db.write():
        db.run(INSERT, ["film:1", 1])

    with pytest.raises(IntegrityError), db.write():
        db.run(INSERT, ["film:1", 2])
    with pytest.raises((DataError, OverflowError)), db.write():
        db.run(INSERT, ["film:2", 2**64])

    assert db.row(VERSION, ["film:1"]) == (1,)


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_a_held_row_waits_for_what_its_holder_commits() -> None:
    with db.write():
        db.run(INSERT, ["film:1", 0])

    def count_up(_number: int) -> None:
        with db.write():
            (version,) = db.held_row(VERSION, ["film:1"], of="core_freshness") or (0,)
            db.run("UPDATE core_freshness SET version = %s WHERE key = %s", [version + 1, "film:1"])

    at_once(20, count_up)

    assert db.row(VERSION, ["film:1"]) == (20,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's driver has no such limit.")
def test_statements_that_come_again_stay_prepared_among_hundreds() -> None:
    connection.close()  # this one has prepared all migrations
    for number in range(200):
        db.row(f"SELECT {number}", [])
    statements = [f"SELECT version, {number} FROM core_freshness WHERE key = %s" for number in range(10)]
    prepared = []

    def note(*_what: object) -> int:
        prepared.append(1)
        return 0

    for statement in statements:
        db.row(statement, ["film:1"])
    connection.connection.set_authorizer(note)  # SQLite asks it while it prepares a statement
    for _again in range(2):
        prepared.clear()
        for statement in statements:
            db.row(statement, ["film:1"])
    connection.connection.set_authorizer(None)

    assert prepared == []
