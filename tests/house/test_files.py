"""Files: named for their subject, and short."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.house.source import REPOSITORY

NO_SUBJECT = {
    "base",
    "common",
    "helper",
    "helpers",
    "misc",
    "service",
    "services",
    "util",
    "utilities",
    "utils",
}
LONGEST = 400
WRITTEN_BY_HAND = {".css", ".html", ".js", ".py", ".xml"}

# Files that must be called so → why.
MUST_BE_CALLED_SO: dict[str, str] = {
    "verite/core/db/sqlite/base.py": "Django looks for a database engine's DatabaseWrapper in base.py",
    "verite/web/templates/base.html": "the base of every page is its subject",
}

# Files that are longer for a good reason → the reason.
LONG_FOR_A_REASON: dict[str, str] = {}


def subjectless(files: Iterable[Path], excused: Mapping[str, str]) -> Iterator[str]:
    for file in files:
        named = {part.partition(".")[0].strip("_").lower() for part in file.parts}
        if named & NO_SUBJECT and file.as_posix() not in excused:
            yield (
                f"{file}: a file is named for its subject, and {', '.join(sorted(named & NO_SUBJECT))} is none. Ask"
                " what the things in it are about; if they are about several things, they are several files."
            )


def too_long(root: Path, files: Iterable[Path], excused: Mapping[str, str]) -> Iterator[str]:
    for file in files:
        if (
            file.suffix in WRITTEN_BY_HAND
            and "migrations" not in file.parts
            and file.as_posix() not in excused
        ):
            lines = len((root / file).read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                yield f"{file} has {lines} lines, and {LONGEST} are the limit: it is asking to be two."


def our_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (REPOSITORY / name).is_file()]


def test_files_are_named_for_their_subject() -> None:
    faults = list(subjectless(our_files(), MUST_BE_CALLED_SO))

    assert not faults, "\n".join(faults)


def test_files_are_short() -> None:
    faults = list(too_long(REPOSITORY, our_files(), LONG_FOR_A_REASON))

    assert not faults, "\n".join(faults)


def test_no_list_of_files_outlives_the_file() -> None:
    assert all((REPOSITORY / name).is_file() for name in [*MUST_BE_CALLED_SO, *LONG_FOR_A_REASON])


def test_a_file_without_a_subject_is_caught() -> None:
    planted = [
        Path("web/films.py"),
        Path("web/utils.py"),
        Path("core/helpers/text.py"),
        Path("core/_base.py"),
    ]

    faults = list(subjectless(planted, {"core/_base.py": "a test"}))

    assert [fault.split(":")[0] for fault in faults] == ["web/utils.py", "core/helpers/text.py"]


def test_a_long_file_is_caught(tmp_path: Path) -> None:
    (tmp_path / "longest.py").write_text("x = 1\n" * 400)
    (tmp_path / "longer.py").write_text("x = 1\n" * 401)

    (fault,) = too_long(tmp_path, [Path("longest.py"), Path("longer.py")], {})

    assert "longer.py has 401 lines" in fault
