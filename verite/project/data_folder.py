"""The data folder: made, checked and, for the embedded database, brought up to date before use."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BadDataFolder(Exception):
    """The data folder or its database cannot be used. The text says why and how to mend it."""


def start() -> None:
    """Set Django up for a command that speaks English, with a data folder that can be used.

    Raises:
        BadDataFolder: the folder cannot be made, read or written.
        BadConfig: a setting cannot be used.
    """
    from verite.project.config import read_config

    _be_writable(read_config().data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verite.project.settings")
    import django

    django.setup()
    from django.utils import translation

    # Operators read English; visitors choose, each in a thread that serves them.
    translation.activate("en")


def prepare_database() -> bool:
    """Bring the embedded database up to date; of PostgreSQL only ask that it is.

    Returns:
        Whether tables were changed.

    Raises:
        BadDataFolder: the database is newer than this program, away, or PostgreSQL waits for ``verite migrate``.
    """
    from django.conf import settings

    waiting = pending_migrations()
    if not waiting:
        return False
    if settings.VERITE.database_url:
        raise BadDataFolder(f"The database lacks {len(waiting)} changes. Run `verite migrate` first.")
    migrate()
    return True


def migrate() -> None:
    """Apply all pending migrations, one process at a time.

    Raises:
        DatabaseTrouble: the disk is full, or the database away; the migrations that were finished stay.
    """
    from django.conf import settings
    from django.core.management import call_command

    from verite.core.db.errors import readable_errors

    with only_one(settings.VERITE.data / "migrate.lock", wait=True), readable_errors():
        call_command("migrate", verbosity=0, interactive=False)


def pending_migrations() -> list[str]:
    """Names of migrations that the database still lacks.

    Raises:
        BadDataFolder: the database has migrations that this program does not know, or cannot be reached.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
    except DatabaseError as error:
        raise BadDataFolder(f"The database cannot be used: {error}".strip()) from error
    unknown = applied - set(executor.loader.disk_migrations)
    if unknown:
        first = ".".join(min(unknown))
        raise BadDataFolder(
            f"This data folder was written by a newer version of Vérité (it knows {first}, this one does not)."
            " Install that version or a later one; nothing was changed."
        )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _be_writable(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BadDataFolder(
            f"The data folder {data} cannot be written ({error.strerror})."
            " Give this user the right to write there, or name another with --data DIR."
        ) from error


@contextmanager
def only_one(file: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold ``file`` for this process alone; the kernel lets go when the process ends, however it ends.

    Raises:
        BadDataFolder: another process holds it and ``wait`` is false.
    """
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise BadDataFolder(
                f"Another `verite serve` is already using {file.parent}."
                " Stop it first, or start with more --workers instead of a second server."
            ) from error
        yield
