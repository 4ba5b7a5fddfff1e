"""Sites to talk to. One server serves a whole file of tests; each test takes addresses of its own.

They run on the database that the suite was started for (see ``tests/conftest.py``).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.serving.books import Bookkeeper, bookkeeping
from tests.serving.site import Site, running_site
from tests.verite_process import Served, migrated, migrated_postgresql, serving, verite

FILMS = 120

_numbers = count(1)
_films = iter(range(1, FILMS + 1))


def new_database(template: str = "template1") -> str:
    """The address of a copy of a database, usually of an empty one; "" for a file in the data folder."""
    server = os.environ.get("VERITE_TEST_DATABASE_URL")
    if server is None:
        return ""
    name = f"serving_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return f"{server.rpartition('/')[0]}/{name}"


def new_migrated_database(data: Path) -> str:
    """The address of a database with all its tables; "" for a file, which lies in the data folder then."""
    if "VERITE_TEST_DATABASE_URL" in os.environ:
        return new_database(migrated_postgresql())
    migrated(data)
    return ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One worker."""
    with running_site(tmp_path_factory.mktemp("site"), database_url=new_database()) as site:
        yield site


@pytest.fixture
def film() -> int:
    """The number of a film that no other test touches."""
    return next(_numbers)


@pytest.fixture
def database_url() -> str:
    """The address of an empty database; "" for a file in the data folder."""
    return new_database()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """``verite serve`` with two workers, on which visitors write as often as they like about ``film-1``, ….

    Every answer tells its worker. Whoever kills it starts it again.
    """
    data = tmp_path_factory.mktemp("served")
    films = data / "films.csv"
    films.write_text("title\n" + "".join(f"Film {number}\n" for number in range(1, FILMS + 1)), "utf-8")
    more = {
        "DJANGO_SETTINGS_MODULE": "tests.serving.telling_settings",
        "VERITE_DATABASE_URL": new_migrated_database(data),
        "VERITE_LIMITS": "off",
    }
    imported = verite("import", str(films), data=data, more=more)
    assert imported.returncode == 0, imported.stderr
    with serving(data, more) as site:
        yield site


@pytest.fixture(scope="package")
def books(served: Served) -> Iterator[Bookkeeper]:
    with bookkeeping(served) as bookkeeper:
        yield bookkeeper


@pytest.fixture
def slug() -> str:
    """A film on ``served`` that no other test touches."""
    return f"film-{next(_films)}"
