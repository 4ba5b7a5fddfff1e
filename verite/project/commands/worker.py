"""``verite worker``."""

from __future__ import annotations

import argparse

HELP = (
    "Do what no visitor waits for: mail, nightly counts, whatever is scheduled. `verite serve` runs one worker"
    " beside the server; any number may share a database, and one that is killed is replaced by the others."
)
EXAMPLES = ("verite worker", "verite worker --data /srv/films")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with-server",
        action="store_true",
        help="stop when standard input ends: how `verite serve` runs it, which has prepared the database",
    )


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder

    data_folder.start()
    from datetime import timedelta

    from django.conf import settings

    from verite.core.jobs.worker import Worker

    if args.with_server:
        _end_with_server()
    else:
        data_folder.prepare_database()
    Worker(lease=timedelta(seconds=settings.VERITE.job_lease_seconds)).run()
    return 0


def _end_with_server() -> None:
    import signal
    from threading import Thread

    # Ctrl+C reaches every process of a terminal; the server then tells us to stop, once it has finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_stop_at_end_of_input, name="server", daemon=True).start()


def _stop_at_end_of_input() -> None:
    import os
    import signal
    import sys

    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
