"""Sessions in the database, told whose they are.

Django's own engine, named by ``SESSION_ENGINE``. No address is kept: a member recognises a session by its
browser and by when it began.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from verite.core import db

if TYPE_CHECKING:
    from verite.accounts.models import Session

BROWSER = "browser"
BEGUN_AT = "begun_at"


class SessionStore(DatabaseStore):
    """What ``request.session`` is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        from verite.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.member_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.begun_at = datetime.fromisoformat(data[BEGUN_AT]) if BEGUN_AT in data else None
        row.browser = data.get(BROWSER, "")
        return row

    def save(self, must_create: bool = False) -> None:
        # It queues for the database with every other writer.
        with db.write():
            super().save(must_create)

    @classmethod
    def clear_expired(cls) -> None:
        with db.write():
            super().clear_expired()

    def delete(self, session_key: str | None = None) -> None:
        # While a page is read, nothing is written: a session that is found to be over, as after a new password,
        # keeps its row, which lets nobody in, until it expires.
        with suppress(db.WriteRefused), db.write():
            super().delete(session_key)
