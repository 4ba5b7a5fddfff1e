"""WordPress sites: films with reviews, ratings, comments and addresses.

``wxr`` reads an export into the records of ``records``; ``mapping`` makes films of records and knows no file.
"""

from __future__ import annotations

from pathlib import Path

from verite.transfer.formats import Reading
from verite.transfer.options import Options

from .mapping import entries
from .wxr import is_wxr, open_wxr


class WordPressExport:
    """What WordPress writes under Tools → Export."""

    name = "wordpress"

    def recognise(self, head: bytes) -> bool:
        return is_wxr(head)

    def read(self, path: Path, options: Options) -> Reading:
        export = open_wxr(path, tolerant=options.tolerant)
        return Reading(
            export.understood,
            unmapped=(),
            entries=entries(export, options),
            highest_comment=export.highest_comment,
        )
