"""The system's Chromium, and a real site for it to visit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.attendants import attended
from tests.browser.chromium import find_chromium, running_chromium
from tests.browser.running import demo_of_its_own, running_demo
from tests.browser.visit import Visit, visiting
from tests.machine import lacking
from tests.verite_process import migrated, verite

FIXTURES = Path(__file__).parent / "fixtures"

Visitor = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)


# A busy machine is no failure.
expect.set_options(timeout=60_000)


# For these tests only: while Playwright's event loop runs in this thread, Django refuses its database here.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        lacking("Chromium", "apt-get install chromium, or your system's package of it.")
    with running_chromium(program) as running:
        yield running


@pytest.fixture(scope="package")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is that every browser test visits; no test changes it."""
    data = tmp_path_factory.mktemp("site")
    (data / "media").mkdir()
    shutil.copy(FIXTURES / "clip.mp4", data / "media")
    with demo_of_its_own(data) as address:
        # While it serves, as a curator's script would.
        imported = verite("import", str(FIXTURES / "difficult.csv"), data=data)
        assert imported.returncode == 0, imported.stderr
        yield address


@dataclass(frozen=True, slots=True)
class Lively:
    """A site on which visitors write.

    Attributes:
        data: its data folder.
        untouched: slugs of films about which nobody has said anything.
    """

    browser: Browser
    origin: str
    data: Path
    untouched: Iterator[str]

    def film(self) -> str:
        """The slug of a film that no other test uses."""
        return next(self.untouched)

    def visit(self, **how: Any) -> AbstractContextManager[Visit]:
        """Somebody new comes; see ``visiting``."""
        return visiting(self.browser, self.origin, **how)


@contextmanager
def running_lively(browser: Browser, data: Path, settings: Mapping[str, str]) -> Iterator[Lively]:
    titles = [f"Talked about {number}" for number in range(1, 121)]
    films = data / "films.csv"
    films.write_text("title,year,kind\n" + "".join(f"{title},1999,short\n" for title in titles))
    imported = verite("import", str(films), data=migrated(data))
    assert imported.returncode == 0, imported.stderr
    # Which leaves a site alone that has films of its own.
    with running_demo(data, settings) as origin, attended(data):
        yield Lively(browser, origin, data, iter(title.lower().replace(" ", "-") for title in titles))


@pytest.fixture(scope="package")
def lively(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lively]:
    with running_lively(browser, tmp_path_factory.mktemp("lively"), {"VERITE_LIMITS": "off"}) as site:
        yield site


@pytest.fixture
def visitor(browser: Browser, origin: str) -> Iterator[Visitor]:
    """Lets somebody visit the site: ``visitor(width=390, scheme="dark", script=False)``."""
    with ExitStack() as visits:

        def arrive(**how: Any) -> Visit:
            return visits.enter_context(visiting(browser, origin, **how))

        yield arrive
