"""What stands in addresses.

Importing this makes ``<unicode_slug:…>`` and ``<row_id:…>`` known to ``django.urls.path``.
"""

from __future__ import annotations

from django.urls import register_converter


class UnicodeSlug:
    """A name as ``core.slugs`` makes it: letters and digits of any script, and hyphens.

    Whatever else is asked for is no address of ours, and never reaches a database that could choke on it.
    """

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RowId:
    """The number of a row, in its one spelling, and never too large for a database to look for."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(RowId, "row_id")
register_converter(UnicodeSlug, "unicode_slug")
