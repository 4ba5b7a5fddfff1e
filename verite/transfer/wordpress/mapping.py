"""WordPress's records as films with their belongings, whichever reader the records come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.core.text import excerpt
from verite.transfer.formats import Entry, Unreadable
from verite.transfer.options import Options

from .film import NOT_YET, SHOWN, Film
from .prose import words
from .records import Author, Damage, Export, Post, Site, Term
from .site import KnownSite

_FILM_KINDS = frozenset(
    {"post", "film", "films", "movie", "movies", "documentary", "documentaries", "video", "videos"}
)


def entries(export: Export, options: Options) -> Iterator[Entry]:
    """An entry for each post of the export, film or not.

    Raises:
        Unreadable: there is no film in it, or the file is broken (after what came before the damage).
    """
    site = KnownSite(Site(), options)
    films = posts = 0
    for record, end in export.records:
        match record:
            case Site():
                site = KnownSite(record, options)
            case Author():
                site.add_author(record)
            case Term():
                site.terms.add(record)
            case Damage():
                yield Entry(record.line, end, remarks=(Remark(record.field, record.value, record.why),))
            case None:
                yield Entry(0, end)
            case Post():
                entry = _entry(record, site, end)
                posts += record.kind in _FILM_KINDS
                films += entry.is_film
                yield entry
    if not films:
        raise Unreadable(_no_films(posts))


def _entry(post: Post, site: KnownSite, end: int) -> Entry:
    """The film that a post is about; or an entry that says why it is about none."""
    why_not = _why_not(post)
    film = None if why_not else Film(post, site)
    if film is not None and (film.shows_signs or site.options.all_posts):
        return film.entry(end)
    why_not = why_not or _("This post shows no sign of a film. With --all-posts it would be one.")
    called = post.meta("_wp_attached_file") or words(post.title) or post.link
    remark = Remark(post.kind[:60] or "item", excerpt(called, 100), why_not)
    return Entry(post.line, end, remarks=(remark,), tallies=Counter({"left_out": 1}))


def _why_not(post: Post) -> str:
    if post.kind == "attachment":
        return _("Files of the media library are not taken over.")
    if post.kind == "page":
        return _("Pages are not films. Copy what is worth keeping by hand.")
    if post.kind not in _FILM_KINDS:
        return _("What is of this kind does not become a film.")
    if post.status not in (SHOWN, *NOT_YET):
        return _("What is in the bin, or was never saved, is left out.")
    return ""


def _no_films(posts: int) -> str:
    if not posts:
        return _(
            "There is nothing to import: the export holds no posts. In WordPress choose Tools → Export → All content."
        )
    return (
        _(
            "There is nothing to import: none of its %d posts shows a sign of a film: a video, a rating, a year as"
            " category or tag, or a field such as director or length. If they are films all the same, add --all-posts."
        )
        % posts
    )
