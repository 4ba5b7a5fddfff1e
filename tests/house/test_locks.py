"""The locked dependencies: whole for every Python we run on, and open to any index."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import REPOSITORY

LOCKS = {"run.lock": (), "development.lock": ("dev",)}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in PINNED.findall(lock)}


def addresses(lock: str) -> Iterator[str]:
    for line in lock.splitlines():
        if "://" in line or line.lstrip().startswith(
            ("--index", "--extra-index", "--find-links", "--trusted")
        ):
            yield f"{line.strip()!r} names an index. A lock says what, not from where: run `make lock`."


def unlocked(requirements: list[Requirement], pinned: dict[str, str], python: str) -> Iterator[str]:
    """What one Python version would need and the lock does not hold, however deep."""
    waiting = list(requirements)
    seen = set()
    while waiting:
        needed = waiting.pop()
        name = canonicalize_name(needed.name)
        if (name, extras := frozenset(needed.extras)) in seen:
            continue
        seen.add((name, extras))
        if name not in pinned:
            yield f"Python {python} needs {needed.name}, which is not locked: run `make lock`."
        elif not needed.specifier.contains(pinned[name], prereleases=True):
            yield f"Python {python} needs {needed}, and {pinned[name]} is locked: run `make lock`."
        else:
            waiting += _asked_by(name, needed.extras, python)


def _asked_by(name: str, extras: set[str], python: str) -> list[Requirement]:
    try:
        found = distribution(name).requires or []
    except PackageNotFoundError:
        return []  # locked for another kind of machine
    return [asked for asked in map(Requirement, found) if _applies(asked, extras, python)]


def _applies(asked: Requirement, extras: set[str], python: str) -> bool:
    here = {"python_version": python, "python_full_version": f"{python}.0"}  # the rest is as on this machine
    return asked.marker is None or any(
        asked.marker.evaluate({**here, "extra": extra}) for extra in {"", *extras}
    )


def read(lock: str) -> str:
    return (REPOSITORY / "requirements" / lock).read_text(encoding="utf-8")


def declared(pyproject: Path, extras: tuple[str, ...]) -> list[Requirement]:
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"] + project["build-system"]["requires"]
    for extra in extras:
        lines += project["project"]["optional-dependencies"][extra]
    return [asked for asked in map(Requirement, lines) if _applies(asked, set(), PYTHONS[0])]


def test_the_locks_hold_all_that_every_python_needs() -> None:
    for lock, extras in LOCKS.items():
        for python in PYTHONS:
            faults = list(unlocked(declared(REPOSITORY / "pyproject.toml", extras), pins(read(lock)), python))

            assert not faults, "\n".join(faults)


def test_both_locks_agree() -> None:
    assert pins(read("run.lock")).items() <= pins(read("development.lock")).items()


def test_the_locks_name_no_index() -> None:
    for lock in LOCKS:
        assert not list(addresses(read(lock)))


def test_everything_locked_has_a_hash() -> None:
    for lock in LOCKS:
        entries = re.split(r"^(?=[a-z0-9.-]+==)", read(lock), flags=re.MULTILINE)[1:]

        assert entries
        assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_a_lock_that_names_an_index_or_lacks_something_is_caught() -> None:
    planted = "--extra-index-url file:///opt/pypi/simple\npytest==9.2.0 \\\n    --hash=sha256:00\n"

    (named,) = addresses(planted)
    lacking = list(unlocked([Requirement("pytest>=9"), Requirement("rich")], pins(planted), "3.11"))
    (old,) = unlocked([Requirement("pytest>=10")], pins(planted), "3.11")
    assert "names an index" in named
    assert "Python 3.11 needs rich, which is not locked: run `make lock`." in lacking
    assert "Python 3.11 needs pluggy" in " ".join(lacking)
    assert "9.2.0 is locked" in old
