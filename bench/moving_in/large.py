"""``python -m bench.moving_in.large``: imports 3 GB, as an export and as a dump, each packed into 18 MB.

A hundred films lie among long pages, or before a long table of a plugin: what is measured is that reading past them
costs time, and neither memory nor disk.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.imports.measured import measured_apart
from bench.moving_in.dump import write_dump
from bench.moving_in.site import HEAD, TAIL, write_post
from bench.report import Figure, publish

FILMS, COMMENTS = 100, 20
PIECES, PIECE = 3_200, "It rains, and the river carries the boats of the night towards the sea. " * 14_000
MOST_MB = 160


def main() -> bool:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as folder:
        for name, write in (("site.xml.gz", _write_site), ("site.sql.gz", _write_dump)):
            source = Path(folder) / name
            write(source)
            figures += _figures(name, measured_apart(source, FILMS // 10)["first"])
            (Path(folder) / "data").rename(Path(folder) / f"data-{name}")
    return publish("moving_in_large", "3 GB move in", figures)


def _figures(name: str, first: dict[str, Any]) -> Iterator[Figure]:
    size = PIECES * len(PIECE) / 1024**3
    yield Figure(
        f"{name}: {size:.1f} GB unpacked, {FILMS} films (by processor time)",
        "",
        f"{first['seconds']:,.0f} s ({first['processor_seconds']:,.0f} s)",
    )
    late = first["late_mb"]
    yield Figure(
        "the most memory (RSS) after any batch", f"≤ {MOST_MB} MB", f"{late:.0f} MB", late <= MOST_MB
    )


def _write_site(path: Path) -> None:
    chance = random.Random(1)
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(HEAD)
        for place in range(PIECES):
            if place % (PIECES // FILMS) == 0:
                file.writelines(write_post(place, 1_000 + place * COMMENTS, COMMENTS, chance))
            file.write(
                f"<item><title>Long page</title><wp:post_id>{100_000 + place}</wp:post_id>"
                f"<wp:post_type>page</wp:post_type><wp:status>publish</wp:status><content:encoded><![CDATA[{PIECE}]]></content:encoded></item>\n"
            )
        file.write(TAIL)


def _write_dump(path: Path) -> None:
    plain = path.with_suffix("")
    write_dump(plain, FILMS, FILMS * COMMENTS)
    tables, end, trailer = plain.read_text(encoding="utf-8").partition("-- Dump completed")
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(f"{tables}CREATE TABLE `wp_statistics` (\n `id` int,\n `said` longtext\n);\n")
        for place in range(PIECES):
            file.write(f"INSERT INTO `wp_statistics` VALUES ({place},'{PIECE}');\n")
        file.write(end + trailer)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
