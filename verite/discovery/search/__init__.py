"""Search in titles and names: one interface, an engine for each database."""

from verite.discovery.search.finding import Hits, find, find_people, nearest_films, nearest_people

__all__ = ["Hits", "find", "find_people", "nearest_films", "nearest_people"]
