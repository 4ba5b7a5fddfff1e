"""Where the house may look at the world outside: the clock, the network, the kind of database."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest

from tests.house.conftest import Plant
from tests.house.source import REPOSITORY, Module, house, modules

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.utils.timezone.now",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}
# Without an argument these are a clock as well.
CLOCKS_WITHOUT_ARGUMENT = {"django.utils.timezone.localtime", "django.utils.timezone.localdate"}
CLOCKS_IN_A_FIELD = {"auto_now", "auto_now_add"}

CALLERS = {
    "aiohttp",
    "asyncio.open_connection",
    "ftplib",
    "http.client",
    "httpcore",
    "httpx",
    "requests",
    "smtplib",
    "socket.create_connection",
    "urllib.request",
    "urllib3",
}

# Modules and packages that may, with the reason → every other one may not.
MAY_READ_THE_CLOCK = {"verite.core.clock": "it is the clock"}
MAY_CALL_OUT = {
    "verite.core.fetch": "it refuses addresses inside our own network",
    "verite.notifications.verdicts": "it reads what a mail server answered, and calls none",
}
MAY_SPEAK_HTTP = {
    "verite.api": "it is a door",
    "verite.core.freshness": "a view declares there what the page cache may keep",
    "verite.project": "it serves",
    "verite.web": "it is a door",
}
MAY_KNOW_THE_DATABASE = {
    "verite.core.db": "connections, transactions and migrations differ",
    "verite.discovery.search": "each database has an index of its own kind",
    "verite.project.server.assembly": "the page cache asks each database in its own cheapest way",
}
MAY_SLEEP = {
    "tests.serving.site": "asks another process, which tells nobody when it is ready, until a deadline"
}


def clock_readers(found: Iterable[Module], may: Collection[str]) -> Iterator[str]:
    for module in _outside(found, may):
        for line in sorted(_clocks_read(module)):
            yield (
                f"{module.at(line)} reads the clock. A test cannot pin it there: take `now` as an argument, and let"
                " the outermost caller ask core.clock."
            )


def _clocks_read(module: Module) -> set[int]:
    lines = {line for line, name in module.mentions() if name in CLOCKS}
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.expr() as called, args=[], keywords=[]):
                if module.dotted(called) in CLOCKS_WITHOUT_ARGUMENT:
                    lines.add(node.lineno)
            case ast.keyword(arg=str() as name) if name in CLOCKS_IN_A_FIELD:
                lines.add(node.value.lineno)
    return lines


def callers(found: Iterable[Module], may: Collection[str]) -> Iterator[str]:
    for module in _outside(found, may):
        named = module.imported | {name for _, name in module.mentions()}
        for library in sorted(CALLERS):
            if any(name == library or name.startswith(f"{library}.") for name in named):
                yield (
                    f"{module.path} uses {library}. Only core.fetch calls other hosts, because it alone refuses"
                    " addresses inside our own network. Use core.fetch, in a job."
                )


def speakers_of_http(found: Iterable[Module], may: Collection[str]) -> Iterator[str]:
    for module in _outside(found, may):
        if any(name == "django.http" or name.startswith("django.http.") for name in module.imported):
            yield (
                f"{module.path} knows requests or answers of HTTP, which only web and api do. Take what it needs of"
                " them (an address, a text, a participant) as an argument."
            )


def vendor_readers(found: Iterable[Module], may: Collection[str]) -> Iterator[str]:
    for module in _outside(found, may):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in ("vendor", "display_name"):
                yield (
                    f"{module.at(node.lineno)} asks which database this is. Differences live in core/db/ and"
                    " discovery/search/: say there what you need, under a name, and call it from here."
                )


def sleepers(tests: Iterable[Module], may: Collection[str]) -> Iterator[str]:
    for module in _outside(tests, may):
        for line, name in module.mentions():
            if name in ("time.sleep", "asyncio.sleep"):
                yield (
                    f"{module.at(line)} sleeps. A test that sleeps is slow where it passes and wrong where the"
                    " machine is slower: wait for the event itself, or pin the clock."
                )


def _outside(found: Iterable[Module], may: Collection[str]) -> Iterator[Module]:
    for module in found:
        if not any(module.name == part or module.name.startswith(f"{part}.") for part in may):
            yield module


def test_only_one_module_reads_the_clock() -> None:
    faults = list(clock_readers(house(), MAY_READ_THE_CLOCK))

    assert not faults, "\n".join(faults)


def test_only_one_module_calls_other_hosts() -> None:
    faults = list(callers(house(), MAY_CALL_OUT))

    assert not faults, "\n".join(faults)


def test_only_web_and_api_speak_http() -> None:
    faults = list(speakers_of_http(house(), MAY_SPEAK_HTTP))

    assert not faults, "\n".join(faults)


def test_only_two_places_know_which_database_it_is() -> None:
    faults = list(vendor_readers(house(), MAY_KNOW_THE_DATABASE))

    assert not faults, "\n".join(faults)


def test_no_test_sleeps() -> None:
    faults = list(sleepers(modules(REPOSITORY / "tests"), MAY_SLEEP))

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "text",
    [
        "import time\nx = time.time()",
        "from time import time\nx = time()",
        "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
        "from datetime import date\nx = date.today()",
        "from django.utils import timezone\nx = dict(default=timezone.now)",
        "from django.utils.timezone import localdate\nx = localdate()",
        "from django.db import models\nx = models.DateTimeField(auto_now_add=True)",
    ],
)
def test_a_module_that_reads_the_clock_is_caught(plant: Plant, text: str) -> None:
    (fault,) = clock_readers(modules(plant("web/films.py", text)), MAY_READ_THE_CLOCK)

    assert "films.py:2 reads the clock" in fault


def test_a_clock_that_is_handed_on_and_a_stop_watch_are_free(plant: Plant) -> None:
    plant("core/clock.py", "from datetime import datetime\nx = datetime.now()")
    package = plant(
        "web/films.py",
        "import time\nfrom django.utils.timezone import localdate\nfrom verite.core import clock\n"
        "x = localdate(clock.now())\ny = time.monotonic()",
    )

    assert not list(clock_readers(modules(package), MAY_READ_THE_CLOCK))


@pytest.mark.parametrize(
    "text",
    [
        "import httpx",
        "import urllib.request",
        "from urllib.request import urlopen",
        "from urllib import request",
        "def later():\n    from http import client",
        "import socket\nx = socket.create_connection",
    ],
)
def test_a_module_that_calls_other_hosts_is_caught(plant: Plant, text: str) -> None:
    (fault,) = callers(modules(plant("catalogue/hosts/vimeo.py", text)), MAY_CALL_OUT)

    assert "vimeo.py uses" in fault


def test_reading_an_address_calls_nobody(plant: Plant) -> None:
    plant("core/fetch.py", "import httpx")
    package = plant(
        "web/films.py", "from urllib.parse import urlsplit\nfrom http import HTTPStatus\nimport socket"
    )

    assert not list(callers(modules(package), MAY_CALL_OUT))


@pytest.mark.parametrize(
    "text",
    [
        "from django.http import HttpRequest",
        "from django.http.response import HttpResponseBase",
        "import django.http",
    ],
)
def test_a_room_that_speaks_http_is_caught(plant: Plant, text: str) -> None:
    plant("web/films.py", text)

    (fault,) = speakers_of_http(modules(plant("accounts/acting.py", text)), MAY_SPEAK_HTTP)

    assert "acting.py knows requests" in fault


def test_a_module_that_asks_for_the_database_is_caught(plant: Plant) -> None:
    plant("core/db/text.py", "from django.db import connection\nx = connection.vendor")
    package = plant(
        "ratings/actions.py", "from django.db import connection\nif connection.vendor == 'sqlite': ..."
    )

    (fault,) = vendor_readers(modules(package), MAY_KNOW_THE_DATABASE)

    assert "actions.py:2 asks which database this is" in fault


def test_a_test_that_sleeps_is_caught(tmp_path: Path) -> None:
    (tmp_path / "test_slow.py").write_text("from time import sleep\n\ndef test_it():\n    sleep(1)\n")

    (fault,) = sleepers(modules(tmp_path), {})

    assert "test_slow.py:4 sleeps" in fault
