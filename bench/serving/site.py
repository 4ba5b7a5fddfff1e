"""The process that `bench.serving` measures: `verite serve` on a folder with the demo catalogue.

With "trusting" for its second argument it believes every kept page, to show what validation costs.
"""

from __future__ import annotations

import sys

from verite.project import data_folder
from verite.project.pagecache.entries import Entry
from verite.project.pagecache.validators import Validator


class Trusting:
    """Finds every page true."""

    def stamp(self) -> int:
        return 0

    def stands_now(self, entry: Entry) -> bool:  # noqa: ARG002
        return True

    async def stands(self, entry: Entry) -> bool:  # noqa: ARG002
        return True

    async def close(self) -> None:
        pass


def trusting() -> Validator:
    return Trusting()


def main(port: int, trust: str) -> None:
    data_folder.start()
    data_folder.prepare_database()
    from verite.core import clock
    from verite.project.server import assembly, serve
    from verite.transfer.demo import fill_if_empty

    fill_if_empty(now=clock.now())
    if trust == "trusting":
        assembly.validator = trusting
    serve(host="127.0.0.1", port=port, workers=1)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
