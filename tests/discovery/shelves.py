"""Shelves of films for tests, of which each has its own catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from verite.discovery import shelf


@pytest.fixture(autouse=True)
def a_shelf_without_rest(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every change shows at once. And tests take their commits back: no shelf of one may serve the next."""
    monkeypatch.setattr(shelf, "REST", 0.0)
    shelf.forget_shelf()
    yield
    shelf.forget_shelf()
