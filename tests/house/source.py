"""The house as text: its modules, and what the names in them stand for."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
HOUSE = REPOSITORY / "verite"


@dataclass(frozen=True)
class Module:
    """One Python file of a package."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """``web`` for ``verite.web.films``; empty for the package itself."""
        return self.name.split(".")[1] if "." in self.name else ""

    @cached_property
    def names(self) -> dict[str, str]:
        """What an imported name stands for: ``timezone`` → ``django.utils.timezone``, wherever it is imported."""
        found: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.partition(".")[0]
                    found[alias.asname or whole] = whole
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{self._source(node)}.{alias.name}"
        return found

    @cached_property
    def imported(self) -> set[str]:
        """Full names of everything that is imported, wherever in the module."""
        whole = {
            alias.name for node in ast.walk(self.tree) if isinstance(node, ast.Import) for alias in node.names
        }
        return whole | set(self.names.values())

    def _source(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.stem == "__init__" else self.name.split(".")[:-1]
        return ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])

    def dotted(self, node: ast.expr) -> str | None:
        """The full name behind ``a.b.c``; None for what is not a plain chain of names."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, f"{self.name}.{node.id}")
        if isinstance(node, ast.Attribute):
            owner = self.dotted(node.value)
            return owner and f"{owner}.{node.attr}"
        return None

    def mentions(self, tree: ast.AST | None = None) -> Iterator[tuple[int, str]]:
        """Line and full name of everything that is named in a tree (the whole module by default)."""
        for node in ast.walk(tree or self.tree):
            if isinstance(node, ast.Name | ast.Attribute) and (name := self.dotted(node)):
                yield node.lineno, name

    def at(self, line: int) -> str:
        return f"{self.path}:{line}"


def modules(package: Path) -> list[Module]:
    """Every module of a package folder but its migrations, which Django writes."""
    return [
        Module(_name(package, path), path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(package.rglob("*.py"))
        if "migrations" not in path.parts
    ]


@cache
def house() -> tuple[Module, ...]:
    """Our own package, read once."""
    return tuple(modules(HOUSE))


def _name(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floors() -> dict[str, int]:
    """Each room's floor, core lowest, as the import linter knows them."""
    contracts = configparser.ConfigParser()
    contracts.read(REPOSITORY / ".importlinter", encoding="utf-8")
    layers = contracts["importlinter:contract:floors"]["layers"].split("\n")
    rows = [row for row in layers if row.strip()]
    return {
        room.strip(): floor
        for floor, row in enumerate(reversed(rows))
        for room in row.split("|")
        if room.strip()
    }
