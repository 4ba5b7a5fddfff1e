"""`python -m bench.notifications`: a burst of comments, ten thousand readers; exit status 1 when a goal is missed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.report import publish

REMARKS = (
    "Readers who want mail instantly, a mail server on the same machine that takes what it is given, one worker.",
    "Half of the kills come after the server has the mail and before it says so, half right after it has said so.",
    "A killed worker's job is taken up when its lease of one second has run out; a site's lease is a minute.",
    "An interval is ten minutes; all of it happens within one, so a reader gets one mail, whatever the kills.",
)


def run(data: Path, *, readers: int, things: int, kills: int) -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    os.environ |= {"VERITE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "verite.project.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from bench.notifications import announcing, killing

    call_command("migrate", verbosity=0)
    found = [
        announcing.figure(),
        *killing.figures(data, readers=readers, things=things, kills=kills),
        announcing.idle_figure(),
    ]
    return publish("notifications", "Notifications", found, REMARKS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.notifications", description=__doc__)
    parser.add_argument(
        "--readers", type=int, default=10_000, help="subscribers to the film (default: 10000)"
    )
    parser.add_argument("--things", type=int, default=50, help="comments in the burst (default: 50)")
    parser.add_argument("--kills", type=int, default=10, help="how often the worker is killed (default: 10)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as name:
        sys.exit(0 if run(Path(name), readers=args.readers, things=args.things, kills=args.kills) else 1)
