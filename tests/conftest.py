"""The ground every test stands on: a data folder of its own, one of two databases, the shared data.

``VERITE_TEST_DATABASE`` chooses the database: ``sqlite`` (a real file; the default) or ``postgresql``
(a server started for this run in a temporary folder, or the one that ``VERITE_TEST_DATABASE_URL`` names).

Settings are read when Django is set up, so all of it is decided here, before any test is imported;
for the same reason pyproject.toml does not name the settings module to pytest.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import LazySettings

from tests.machine import lacking
from tests.prepared import DATABASE
from verite.core import clock

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

closing = ExitStack()
missing: list[BaseException] = []


def _database_url() -> str:
    chosen = os.environ.get("VERITE_TEST_DATABASE", "sqlite")
    if chosen == "sqlite":
        return ""
    if chosen != "postgresql":
        raise pytest.UsageError(f"VERITE_TEST_DATABASE is sqlite or postgresql, not {chosen!r}.")
    if "VERITE_TEST_DATABASE_URL" not in os.environ:
        from tests.postgres import temporary_server

        try:
            # Workers of pytest-xdist inherit the environment, and with it the one server.
            os.environ["VERITE_TEST_DATABASE_URL"] = closing.enter_context(temporary_server())
        except (pytest.skip.Exception, pytest.fail.Exception) as error:
            missing.append(error)
            return ""
    return os.environ["VERITE_TEST_DATABASE_URL"]


def _set_up_django() -> None:
    data = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="verite-test-")))
    for name in [name for name in os.environ if name.startswith("VERITE_")]:
        if not name.startswith(("VERITE_TEST_", "VERITE_SHARED_DATA")):
            del os.environ[name]  # what the developer's own site is set to must not change a test
    os.environ["VERITE_DATA"] = str(data)
    # What is signed, hashed or drawn by the key is the same in every run, and holds no word by chance.
    (data / "secret-key").write_text("always the same, for these tests alone", "ascii")
    # Workers of pytest-xdist inherit this as well; see tests/prepared.py.
    if "VERITE_TEST_PREPARED" not in os.environ:
        os.environ["VERITE_TEST_PREPARED"] = closing.enter_context(
            tempfile.TemporaryDirectory(prefix="verite-prepared-")
        )
    if url := _database_url():
        os.environ["VERITE_DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "verite.project.settings"
    django.setup()

    from django.conf import settings

    if not url:
        # Unnamed it would be a database in memory, which has neither a file nor a second writer.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(data / "verite.sqlite3")


_set_up_django()

# The suite tries the same examples every time; `make proof` looks for new ones. A busy machine is no failure.
patient = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("suite", patient, derandomize=True)
hypothesis.settings.register_profile("proof", patient, max_examples=1000)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tables are not made anew by every process, but copied."""
    from django.conf import settings

    from tests.verite_process import migrated, migrated_postgresql

    database = settings.DATABASES["default"]
    if "VERITE_TEST_DATABASE_URL" in os.environ:
        database.setdefault("TEST", {})["TEMPLATE"] = migrated_postgresql()
    else:
        copied = migrated(Path(closing.enter_context(tempfile.TemporaryDirectory()))) / DATABASE
        copied.rename(database["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was copied is not made anew, and goes with its folder."""
    return "VERITE_TEST_DATABASE_URL" not in os.environ


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Not one test is run on another database than the one that was asked for."""
    for error in missing:
        pytest.exit(str(error), returncode=int(isinstance(error, pytest.fail.Exception)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database would do the very same on PostgreSQL, and is tried where SQLite is."""
    if "VERITE_TEST_DATABASE_URL" in os.environ:
        again = [item for item in items if not _asks_a_database(item)]
        items[:] = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=again)


def _asks_a_database(item: pytest.Item) -> bool:
    """Here, where pytest-django lets nobody else come near it, or in the processes that tests/serving starts."""
    from django.test import TransactionTestCase

    asks = {"db", "transactional_db"} & {*getattr(item, "fixturenames", ())} or item.get_closest_marker(
        "django_db"
    )
    is_a_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(asks) or is_a_case or item.nodeid.startswith("tests/serving/")


def pytest_unconfigure() -> None:
    closing.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that is kept beside the repository, never in it."""
    folder = Path(os.environ.get("VERITE_SHARED_DATA", SHARED_DATA))
    if not folder.is_dir():
        lacking(f"Real data ({folder})", "put it there, or set VERITE_SHARED_DATA to its folder.")
    return folder


@pytest.fixture
def data_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """An empty data folder that the site's settings name during one test."""
    settings.VERITE = settings.VERITE.model_copy(update={"data": tmp_path})
    return tmp_path


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands: what may be done so often a minute is refused then, however slow the machine is."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture(autouse=True)
def no_pieces_of_another_database() -> None:
    """A test's rows are rolled back, so the next one meets their ids and versions again, with other content."""
    from verite.core.fragments import forget_all

    forget_all()


@pytest.fixture(autouse=True)
def nobody_was_answered_in_another_language() -> None:
    """A client asks in the thread of its test, and leaves the language of the last answer behind."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def nobody_has_acted_yet() -> None:
    """All tests come from one address, which would soon have acted too often."""
    from verite.accounts.pace import forget

    forget()
