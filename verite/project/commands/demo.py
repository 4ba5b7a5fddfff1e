"""``verite demo``."""

from __future__ import annotations

import argparse

from verite.project.commands import serve

HELP = "Fill an empty data folder with sample films and serve it. A folder that has films is served as it is."
EXAMPLES = ("verite demo", "verite demo --port 8080")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    serve.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder

    data_folder.start()
    from django.conf import settings

    with data_folder.only_one(settings.VERITE.data / "serve.lock"):
        data_folder.prepare_database()
        _fill()
        return serve.listen(args)


def _fill() -> None:
    from verite.core import clock
    from verite.transfer.demo import fill_if_empty

    count = fill_if_empty(now=clock.now())
    if count:
        print(f"Filled the empty data folder with {count} sample films.")
