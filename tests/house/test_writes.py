"""A table is written by its own room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.house.conftest import Plant
from tests.house.source import Module, house, modules

MANAGER_WRITES = {
    "abulk_create",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "update",
    "update_or_create",
}
ROW_WRITES = {"save", "delete"}
SQL_WRITES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?([a-z]+)_[a-z_]+", re.IGNORECASE)


def foreign_writes(found: Iterable[Module]) -> Iterator[str]:
    """Statements that change a table of another room."""
    found = list(found)
    rooms = {module.room for module in found}
    for module in found:
        yield from _through_models(module)
        for line, room in _through_sql(module):
            if room in rooms and room != module.room:
                yield _fault(module, line, room)


def _through_models(module: Module) -> Iterator[str]:
    rows: dict[str, str] = {}
    for node in _in_order(module.tree):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.For(target=ast.Name(id=name), iter=value)
            ):
                if room := _foreign_room(module, value, rows):
                    rows[name] = room
            case ast.Call(func=ast.Attribute(value=owner, attr=verb)) if verb in MANAGER_WRITES | ROW_WRITES:
                if room := _foreign_room(module, owner, rows):
                    yield _fault(module, node.lineno, room)


def _in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node, in the order of the text, so that a name is known before it is used."""
    for node in ast.iter_child_nodes(tree):
        yield node
        yield from _in_order(node)


def _foreign_room(module: Module, expression: ast.expr, rows: dict[str, str]) -> str | None:
    """The other room whose table an expression such as ``Film.objects.filter(…)[0]`` begins at."""
    while isinstance(expression, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(expression, ast.Attribute) and _model_room(module, expression):
            break
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    room = _model_room(module, expression)
    if room is None and isinstance(expression, ast.Name):
        room = rows.get(expression.id)
    return room if room != module.room else None


def _model_room(module: Module, expression: ast.expr) -> str | None:
    match (module.dotted(expression) or "").split("."):
        case ["verite", room, "models", *_, name] if name[0].isupper():
            return room
    return None


def _through_sql(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for found in SQL_WRITES.finditer(node.value):
                yield node.lineno, found[1].lower()


def _fault(module: Module, line: int, room: str) -> str:
    return (
        f"{module.at(line)}: {module.room} writes a table of {room}. Only {room} knows what must stay true there"
        f" and what becomes stale: call an action of {room}, or add one."
    )


def test_a_table_is_written_by_its_own_room() -> None:
    faults = list(foreign_writes(house()))

    assert not faults, "\n".join(faults)


def test_every_way_to_write_a_foreign_table_is_caught(plant: Plant) -> None:
    plant("catalogue/models.py", "class Film: ...\n")
    package = plant(
        "transfer/films.py",
        """
from verite.catalogue import models
from verite.catalogue.models import Film

def all_of_them(connection):
    Film.objects.create(title="x")
    Film.objects.filter(id=1).update(title="x")
    models.Film.objects.all().delete()
    film = Film.objects.get(id=1)
    film.save()
    for row in Film.objects.all():
        row.delete()
    connection.execute("INSERT INTO catalogue_film VALUES (1)")
    connection.execute(f"update catalogue_film_text set x = {1}")
""",
    )

    faults = list(foreign_writes(modules(package)))

    assert [fault.split(":")[1] for fault in faults] == ["6", "7", "8", "10", "12", "13", "14"]
    assert "call an action of catalogue" in faults[0]


def test_reading_another_room_and_writing_ones_own_is_free(plant: Plant) -> None:
    plant("catalogue/models.py", "class Film: ...\n")
    package = plant(
        "discovery/actions.py",
        """
from verite.catalogue.models import Film
from verite.discovery.models import Shelf

def fill(seen, connection):
    seen.update(Film.objects.values_list("id"))
    shelf = Shelf.objects.create(count=Film.objects.count())
    shelf.save()
    connection.execute("DELETE FROM discovery_shelf")
""",
    )

    assert not list(foreign_writes(modules(package)))
