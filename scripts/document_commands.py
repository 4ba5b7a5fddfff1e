"""Writes docs/commands.md from what the modules in ``verite.project.commands`` say of themselves."""

from __future__ import annotations

import argparse
from pathlib import Path

from verite.project import command_line

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"

HEAD = """\
# Commands

<!-- Written by scripts/document_commands.py from verite/project/commands/. Change it there. -->

`verite COMMAND --help` says the same. Every command takes `--data DIR`, the folder of the site (default: `VERITE_DATA`,
or `./verite-data`). Exit status: 0 done; 1 refused or failed, with one line on standard error that says how to mend it;
2 wrong usage.
"""


def page() -> str:
    """The whole text of docs/commands.md."""
    return HEAD + "".join(_section(name) for name in command_line.COMMANDS)


def _section(name: str) -> str:
    command = command_line.load(name)
    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)
    options = "".join(_option(action) for action in parser._actions)
    table = f"\n| argument | |\n|---|---|\n{options}" if options else ""
    examples = "\n".join(command.EXAMPLES)
    return f"\n## verite {name}\n\n{command.HELP}\n{table}\n```sh\n{examples}\n```\n"


def _option(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    shown = f"{', '.join(action.option_strings)}{value}" if action.option_strings else value.strip()
    return f"| `{shown}` | {action.help} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
