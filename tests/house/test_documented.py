"""Every setting and every command is described, where it is made and where it is read."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import cast

from pydantic import BaseModel, Field

from scripts import document_commands, document_settings
from verite.project import command_line
from verite.project.command_line import Command
from verite.project.config import Config

A_SENTENCE = 15  # characters; a shorter text repeats the name


def undescribed_settings(config: type[BaseModel]) -> Iterator[str]:
    for name, field in config.model_fields.items():
        if len(field.description or "") < A_SENTENCE:
            yield (
                f"The setting {name} is not described. Give its Field a description: one sentence for an operator"
                " who has never seen the code."
            )


def undescribed_commands(commands: Mapping[str, Command]) -> Iterator[str]:
    for name, command in commands.items():
        parser = argparse.ArgumentParser(add_help=False)
        command.add_arguments(parser)
        if len(command.HELP) < A_SENTENCE:
            yield f"`verite {name}` does not say what it does. Give its module a HELP of one sentence or two."
        if not command.EXAMPLES or not all(f"verite {name}" in line for line in command.EXAMPLES):
            yield f"`verite {name}` has no examples. Give its module EXAMPLES: whole lines that can be typed."
        for argument in parser._actions:
            if not argument.help:
                yield f"`verite {name}` does not describe {argument.dest}. Give add_argument a help text."


def test_every_setting_is_described() -> None:
    assert not list(undescribed_settings(Config))


def test_docs_settings_says_what_the_settings_say() -> None:
    written = document_settings.PAGE.read_text(encoding="utf-8")

    assert written == document_settings.page(), "Run: .venv/bin/python scripts/document_settings.py"


def test_every_command_has_help_and_examples() -> None:
    assert not list(undescribed_commands({name: command_line.load(name) for name in command_line.COMMANDS}))


def test_docs_commands_says_what_the_commands_say() -> None:
    written = document_commands.PAGE.read_text(encoding="utf-8")

    assert written == document_commands.page(), "Run: .venv/bin/python scripts/document_commands.py"


def test_a_setting_without_a_description_is_caught() -> None:
    class Planted(BaseModel):
        told: int = Field(1, description="How many films a list shows.")
        untold: int = 1

    (fault,) = undescribed_settings(Planted)
    assert "The setting untold is not described" in fault


def test_a_command_that_explains_nothing_is_caught() -> None:
    def add_arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--told", help="a text")
        parser.add_argument("--untold")

    planted = SimpleNamespace(HELP="", EXAMPLES=("verite",), add_arguments=add_arguments)

    no_help, no_examples, no_argument = undescribed_commands({"plant": cast(Command, planted)})
    assert "does not say what it does" in no_help
    assert "has no examples" in no_examples
    assert "does not describe untold" in no_argument
