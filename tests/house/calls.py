"""Which function of the house reaches which, as far as their text tells."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.house.source import Module

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Calls:
    """A graph of all top-level functions and classes. Naming one counts as calling it, and making an object
    counts as calling all of its methods: a graph that reaches too much is better here than one that
    does not see a callback."""

    def __init__(self, house: Iterable[Module]) -> None:
        self._modules = {module.name: module for module in house}
        self._definitions: dict[str, tuple[Module, Definition]] = {
            f"{module.name}.{node.name}": (module, node)
            for module in self._modules.values()
            for node in module.tree.body
            if isinstance(node, Definition)
        }

    def public_functions(self, found: Iterable[Module]) -> Iterator[str]:
        for module in found:
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{module.name}.{node.name}"

    def reach(self, start: str) -> set[str]:
        """Full names of everything that a function calls, directly or through what it calls."""
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            name = waiting.pop()
            if name in reached or name not in self._definitions:
                continue
            reached.add(name)
            module, node = self._definitions[name]
            waiting.extend(self._home(mentioned) for _, mentioned in module.mentions(node))
        return reached

    def _home(self, name: str) -> str:
        """Where a name is defined, when a package hands it on: ``rooms.actions.add`` → ``rooms.actions.films.add``."""
        owner, _, last = name.rpartition(".")
        package = self._modules.get(owner)
        if (
            name not in self._definitions
            and package
            and last in package.names
            and package.names[last] != name
        ):
            return self._home(package.names[last])
        return name
