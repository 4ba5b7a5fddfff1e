"""What stands in addresses. Importing this makes ``<unicode_slug:…>`` known to ``django.urls.path``."""

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


register_converter(UnicodeSlug, "unicode_slug")
