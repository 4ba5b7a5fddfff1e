"""WordPress sites: films with reviews, ratings, comments and addresses.

``wxr`` reads an export and ``dump`` a dump of the database into the records of ``records``; ``mapping`` makes films of
records and knows no file.
"""

from __future__ import annotations

from pathlib import Path

from verite.transfer.formats import Reading
from verite.transfer.options import Options

from .dump import is_dump, open_dump
from .mapping import entries
from .records import Export
from .wxr import is_wxr, open_wxr


class WordPressExport:
    """What WordPress writes under Tools → Export."""

    name = "wordpress"

    def recognise(self, head: bytes) -> bool:
        return is_wxr(head)

    def read(self, path: Path, options: Options) -> Reading:
        return _reading(open_wxr(path, tolerant=options.tolerant), options)


class WordPressDump:
    """What mysqldump, mariadb-dump and phpMyAdmin write of a WordPress site's database."""

    name = "wordpress-sql"

    def recognise(self, head: bytes) -> bool:
        return is_dump(head)

    def read(self, path: Path, options: Options) -> Reading:
        return _reading(open_dump(path, tolerant=options.tolerant), options)


def _reading(export: Export, options: Options) -> Reading:
    return Reading(
        export.understood,
        unmapped=(),
        entries=entries(export, options),
        highest_comment=export.highest_comment,
    )
