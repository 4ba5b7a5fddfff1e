"""Reads of the catalogue, one file for what each kind of page shows.

Everything that comes from here is a frozen dataclass made in a bounded number of queries, and names by
``freshness.depends_on`` what it shows.
"""
