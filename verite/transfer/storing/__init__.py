"""Stores what belongs to films, batch by batch. All of it twice is all of it once."""

from .batch import Done, Store
from .planning import plan_belongings

__all__ = ["Done", "Store", "plan_belongings"]
