"""A site with one film, whose mails lie in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.notifications.site import Site
from tests.web.films_on_show import show
from verite.accounts.pace import forget
from verite.core import clock


@pytest.fixture
def site(data_folder: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The site as it is, with a clock that the test moves, and mails in a folder."""
    made = Site(data_folder, now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    settings.EMAIL_BACKEND = "verite.core.mail.ConsoleAndFolderBackend"
    monkeypatch.setattr(clock, "now", lambda: made.now)
    yield made
    forget()


@pytest.fixture
def film() -> int:
    return show().pk
