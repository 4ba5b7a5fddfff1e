"""The ``verite`` command: finds the data folder, then hands over to one module in ``commands/``.

A command module has ``HELP`` (one line), ``EXAMPLES`` (lines that can be typed), ``add_arguments(parser)``
and ``run(args) -> int``. It is imported only when it is asked for, so that ``verite --help`` stays quick.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import Protocol, cast

from verite import __version__

# Command → (its module in commands/, one line for `verite --help`).
COMMANDS = {
    "demo": ("demo", "fill an empty data folder with sample films and serve it"),
    "serve": ("serve", "serve the site"),
    "worker": ("worker", "do what no visitor waits for: mail, schedules"),
    "jobs": ("jobs", "list jobs, bring back those that were given up"),
    "migrate": ("migrate", "bring the database up to date"),
    "import": ("import_", "take films in from a file"),
    "member": ("member", "add a member, moderator or curator"),
    "doctor": ("doctor", "check versions, settings, folder and database"),
}

DONE, FAILED, WRONG_USAGE = 0, 1, 2


class Command(Protocol):
    """What a module in ``commands/`` offers."""

    HELP: str
    EXAMPLES: tuple[str, ...]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


class Refused(Exception):
    """A command cannot do what it was asked. The text says what is wrong and how to mend it."""


def load(name: str) -> Command:
    module, _ = COMMANDS[name]
    return cast(Command, importlib.import_module(f"verite.project.commands.{module}"))


def run(argv: list[str]) -> int:
    """Carry out one command line.

    Returns:
        0 done; 1 refused or failed, with one clear line on standard error; 2 wrong usage.
    """
    if not argv or argv[0] in ("-h", "--help"):
        print(overview())  # noqa: T201
        return DONE if argv else WRONG_USAGE
    if argv[0] == "--version":
        print(f"verite {__version__}")  # noqa: T201
        return DONE
    name = argv[0]
    if name not in COMMANDS:
        complain(f"There is no command {name!r}. `verite --help` lists them all.")
        return WRONG_USAGE
    command = load(name)
    args = _parser(name, command).parse_args(argv[1:])
    if args.data is not None:
        os.environ["VERITE_DATA"] = str(args.data)
    return _carry_out(command, args)


def _carry_out(command: Command, args: argparse.Namespace) -> int:
    from verite.core.db import DatabaseTrouble
    from verite.project.config import BadConfig
    from verite.project.data_folder import BadDataFolder

    try:
        return command.run(args)
    except (Refused, BadConfig, BadDataFolder, DatabaseTrouble) as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        complain("Stopped. Run the same command again to go on.")
        return FAILED


def complain(text: str) -> None:
    print(f"verite: {text}", file=sys.stderr)  # noqa: T201


def overview() -> str:
    rows = "\n".join(f"  {name:<10} {summary}" for name, (_, summary) in COMMANDS.items())
    return (
        f"verite {__version__}: a self-hosted home for documentary films\n\n"
        f"usage: verite COMMAND [--data DIR] …\n\n{rows}\n\n"
        "`verite COMMAND --help` tells more and gives examples."
    )


def _parser(name: str, command: Command) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"verite {name}",
        description=command.HELP,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in command.EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="data folder (default: VERITE_DATA, or ./verite-data)"
    )
    command.add_arguments(parser)
    return parser
