from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.notifications.site import KIND, Site
from verite.core import clock
from verite.notifications import mailserver, telling
from verite.notifications.topics import Topic


@pytest.fixture
def site(data_folder: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with two films, whose clock the test moves."""
    made = Site(data_folder)
    settings.EMAIL_BACKEND = "verite.core.mail.ConsoleAndFolderBackend"
    monkeypatch.setattr(clock, "now", lambda: made.now)
    monkeypatch.setattr(mailserver, "_away_until", None)
    monkeypatch.setattr(telling, "_tellers", {})
    monkeypatch.setattr(telling, "_namers", {})
    telling.register(KIND, made.tell)
    telling.name_topic(Topic.FILM, made.name_films)
    telling.name_topic(Topic.THREAD, made.name_films)
    for topic in (Topic.REPLIES, Topic.MENTIONS):
        telling.name_topic(topic, made.name_people)
    return made
