"""Where something stands now that stood elsewhere on a site that moved in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from verite.catalogue.models import Film
from verite.discussion.models import Comment
from verite.transfer.models import ImportedComment, ImportedSite, OldAddress
from verite.transfer.old_addresses import spelt

ASKED = ("p", "page_id", "cat", "tag", "tag_id", "author", "author_name", "feed", "paged")
"""Parameters by which WordPress's front page names other pages."""

# What WordPress adds to the address of a page: its feed, its later pages, other forms of it.
_TAIL = re.compile(
    r"/(?:(feed)(?:/(?:atom|rss2?|rdf))?|page/[0-9]{1,6}|comment-page-[0-9]{1,6}|amp|embed|trackback)\Z"
)
_NUMBER = re.compile(r"[0-9]{1,18}")
_MOST_TAILS = 3
_FRONT = ("", "/index.php")


class Kind(Enum):
    """What kind of page it is now."""

    FILM = "film"
    SUBJECT = "subject"
    MEMBER = "member"
    YEAR = "year"
    FILMS = "films"
    NEWS = "news"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Place:
    """A page here. ``name`` is its slug or year; ``is_feed`` says that its feed was asked for."""

    kind: Kind
    name: str = ""
    is_feed: bool = False


def place_of(host: str, path: str, query: Mapping[str, str]) -> Place | None:
    """Where the page is now that had this address, in at most two queries; None where nothing is known of it.

    Of several sites that moved in, the one that had this host is asked first.
    """
    for site_id, inside in _sites(host, path):
        found = _place_on(site_id, inside, query)
        if found is not None:
            return found
    return None


def comment_numbered(number: int) -> int | None:
    """The comment here that had this number elsewhere, where that number is no comment's here."""
    return (
        ImportedComment.objects.filter(number=number)
        .order_by("site")
        .values_list("comment_id", flat=True)
        .first()
    )


def comment_on(film: str, number: int) -> int | None:
    """The comment that has this number on a film with this slug, or had it elsewhere; one of ours comes first."""
    its = Comment.objects.filter(film__slug=film)
    if its.filter(pk=number).exists():
        return number
    elsewhere = ImportedComment.objects.filter(number=number, comment__film__slug=film).order_by("site")
    return elsewhere.values_list("comment_id", flat=True).first()


def _sites(host: str, path: str) -> Iterator[tuple[int, str]]:
    """The sites on which the path may have been, with the path as seen from each."""
    asked = host.partition(":")[0].lower().removeprefix("www.")
    sites = [
        (address.partition("/"), pk) for pk, address in ImportedSite.objects.order_by("id").values_list()
    ]
    for (_host, _slash, folder), site_id in sorted(sites, key=lambda site: site[0][0] != asked):
        spelt_path = spelt(path)
        if not folder:
            yield site_id, spelt_path
        elif f"{spelt_path}/".startswith(f"/{folder}/"):
            yield site_id, spelt_path.removeprefix(f"/{folder}")


def _place_on(site_id: int, inside: str, query: Mapping[str, str]) -> Place | None:
    is_feed = "feed" in query
    path = inside
    for _tail in range(_MOST_TAILS):
        tail = _TAIL.search(path)
        if tail is None:
            break
        is_feed = is_feed or tail[1] is not None
        path = path[: tail.start()]
    asked = list(_asked_by_number(query)) if path in _FRONT else list(_names(path))
    rows = OldAddress.objects.filter(site=site_id, path__in=asked).select_related(
        "film", "subject", "participant"
    )
    by_path = {row.path: row for row in rows}
    for name in asked:
        if name in by_path and (place := _place(by_path[name], is_feed=is_feed)):
            return place
    if path in _FRONT or path == "/comments":
        if is_feed:
            is_talk = path == "/comments" or query.get("feed", "").startswith("comments")
            return Place(Kind.TALK if is_talk else Kind.NEWS)
        if path != inside or "paged" in query:
            return Place(Kind.FILMS)
    return None


def _asked_by_number(query: Mapping[str, str]) -> Iterator[str]:
    for name in ("p", "page_id", "cat", "tag_id", "author"):
        if _NUMBER.fullmatch(query.get(name, "")):
            yield f"?{'p' if name == 'page_id' else name}={int(query[name])}"
    if query.get("tag"):
        yield spelt(f"/tag/{query['tag']}")
    if query.get("author_name"):
        yield spelt(f"/author/{query['author_name']}")


def _names(path: str) -> Iterator[str]:
    """A path, and what it may be remembered as: a category stands below its parent, and below any word at all."""
    yield path
    last = path.rpartition("/")[2]
    yield f"/category/{last}"
    yield f"/tag/{last}"


def _place(row: OldAddress, *, is_feed: bool) -> Place | None:
    if row.film is not None:
        return Place(Kind.FILM, row.film.slug, is_feed) if row.film.state == Film.State.PUBLISHED else None
    if row.subject is not None:
        return Place(Kind.SUBJECT, row.subject.slug, is_feed)
    if row.participant is not None:
        return Place(Kind.MEMBER, row.participant.slug or "")
    return Place(Kind.YEAR, str(row.year), is_feed)
