"""Atom documents (RFC 4287).

Their ids name the thing itself and not its address, so that a reader meets nothing twice when a slug or the
site's scheme changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from verite.api.addresses import origin
from verite.core.text import clean_line

LONGEST = 500  # characters of a title or a summary

# The day from which a site's ids are its own (RFC 4151); any constant will do.
ID_DATE = "2026-01-01"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # what a feed without entries says of its last change


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new.

    Attributes:
        id: its kind and number.
        summary: plain words, cut where they are long.
        html: all of it, through the sanitiser, instead of ``summary``; links in it may be paths of this site.
    """

    id: str
    title: str
    address: str
    summary: str
    authors: str
    published_at: datetime
    updated_at: datetime
    html: str = ""


class _Feed(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        """Paths in entries are paths of the site that the feed is of."""
        return {**super().root_attributes(), "xml:base": self.feed["feed_url"]}

    def latest_post_date(self) -> datetime:
        """When the newest entry changed; without entries always the same, for nothing has changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


def answer(
    request: HttpRequest, identity: str, title: str, page: str, entries: Iterable[Entry]
) -> HttpResponse:
    """A feed.

    Args:
        identity: what it is of, the same for ever: ``subject/12``.
        page: the address of the page that it stands for.
        entries: the newest first.
    """
    authority = f"tag:{urlsplit(origin(request)).hostname},{ID_DATE}:"
    name = settings.VERITE.site_name
    feed = _Feed(
        title=_one_line(title if title == name else f"{title} · {name}"),
        link=page,
        description=None,
        author_name=name,
        feed_url=origin(request) + request.get_full_path(),
        feed_guid=authority + identity,
    )
    for entry in entries:
        feed.add_item(
            title=_one_line(entry.title),
            link=entry.address,
            description=entry.html or _one_line(entry.summary),
            author_name=_one_line(entry.authors) or None,
            unique_id=authority + entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _one_line(text: str) -> str:
    # XML can hold no control characters, and one in a title must not cost the whole feed.
    return clean_line(text, LONGEST)
