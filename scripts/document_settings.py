"""Writes docs/settings.md from the descriptions in ``verite.project.config.Config``."""

from __future__ import annotations

from pathlib import Path

from pydantic.fields import FieldInfo

from verite.project.config import Config

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

HEAD = """\
# Settings

<!-- Written by scripts/document_settings.py from verite/project/config.py. Change it there. -->

A setting stands in the environment (the second column) or in `verite.toml` in the data folder (the first); the
environment wins. Lists are separated by commas in the environment and are lists in `verite.toml`. An unknown or
unusable setting stops the start, with one line that names it.

| setting | environment | default | what it does |
|---|---|---|---|
"""


def page() -> str:
    """The whole text of docs/settings.md."""
    return HEAD + "".join(_row(name, field) for name, field in Config.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    return f"| `{name}` | `VERITE_{name.upper()}` | {_default(field.default)} | {field.description} |\n"


def _default(value: object) -> str:
    if value in ("", ()):
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
