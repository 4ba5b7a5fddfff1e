"""While the database cannot be asked, no page is given out as if it were true."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.postgres import running_server
from tests.serving.site import running_site

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="An SQLite file does not go away.")


def test_a_kept_page_is_not_shown_until_postgresql_is_back(data: Path) -> None:
    with running_server() as server, running_site(data, database_url=server.url) as site:
        assert site.get("/films/1/").status == site.get("/").status == 200
        server.stop()
        answer = site.get("/films/1/")
        assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
        assert "cannot reach its database" in answer.text
        assert site.get("/").status == 200  # made of the whole site, and allowed to be a minute old
        server.start()
        assert site.get("/films/1/change").text == "1"
        assert "said=1 " in site.get("/films/1/").text


def test_a_restart_of_postgresql_goes_unnoticed(data: Path) -> None:
    with running_server() as server, running_site(data, database_url=server.url) as site:
        site.get("/films/1/")
        server.stop()
        server.start()
        assert site.get("/films/1/").status == 200
        assert site.renderings("film-1") == 1
