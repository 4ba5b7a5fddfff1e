"""``verite migrate``."""

from __future__ import annotations

import argparse

HELP = "Bring the database up to date. An embedded one is also prepared by whichever command meets it first."
EXAMPLES = (
    "verite migrate",
    "VERITE_DATABASE_URL=postgresql://verite:secret@db.example/verite verite migrate",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when changes are waiting"
    )


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder

    data_folder.start()
    waiting = data_folder.pending_migrations()
    if args.check:
        print("\n".join(waiting) or "The database is up to date.")
        return 1 if waiting else 0
    data_folder.migrate()
    print(f"{len(waiting)} changes made." if waiting else "The database was up to date.")
    return 0
