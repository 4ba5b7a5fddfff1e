"""A real worker in a process of its own, which can tell the things of a test: ``python -m tests.notifications.worker``.

It looks into the outbox itself; what the clock would enqueue, a test does not wait for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Long enough for a heart to beat on a machine that has much else to do: whoever oversleeps is taken for killed.
LEASE_SECONDS = 3
KIND = "thing"
# Names the SQLite file of a test, which is not the data folder's own where several processes run tests.
DATABASE_FILE = "TEST_DATABASE_FILE"


def start(data: Path, mail_url: str, more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Begin to work on the site whose data folder this is."""
    from tests.verite_process import REPOSITORY, environment

    with (data / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.notifications.worker"],
            cwd=REPOSITORY,
            env=environment(data, {"VERITE_EMAIL_URL": mail_url, **(more or {})}),
            stdin=subprocess.DEVNULL,
            stderr=log,
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it at once, with whatever it is about to do."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verite.project.settings")
    import django

    django.setup()
    from django.db import connection

    if file := os.environ.get(DATABASE_FILE):
        connection.settings_dict["NAME"] = file
    from verite.core.jobs.worker import Worker
    from verite.core.text import Profile, render
    from verite.notifications import telling
    from verite.notifications.telling import Heading, Told
    from verite.notifications.topics import Topic

    def tell(object_ids: Sequence[int]) -> list[Told]:
        html = render("Well *observed*.", kind=Profile.COMMENT)
        at = datetime(2026, 3, 1, 12, tzinfo=UTC)
        return [
            Told(each, f"Ada on thing {each}", "Night Mail", f"/films/5/#{each}", at, "Well observed.", html)
            for each in object_ids
        ]

    def name(abouts: Sequence[int]) -> dict[int, Heading]:
        return {about: Heading("New comments on Night Mail", "/films/5/") for about in abouts}

    telling.register(KIND, tell)
    telling.name_topic(Topic.FILM, name)
    Worker(lease=timedelta(seconds=LEASE_SECONDS)).run()


if __name__ == "__main__":
    main()
