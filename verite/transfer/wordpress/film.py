"""A post as a film."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from verite.catalogue.actions import FilmFacts, Remark
from verite.core.dates import PartialDate
from verite.core.text import excerpt
from verite.transfer.belongings import Belongings, ReviewSaid
from verite.transfer.formats import Entry
from verite.transfer.old_addresses import path_within, spelt

from .comments import Comments
from .content import read_content
from .fields import Fields
from .moments import moment
from .prose import comment_markdown, words
from .readers import Readers, passages_of
from .records import Post
from .site import KnownSite

SHOWN, NOT_YET = "publish", ("draft", "pending", "private", "future")

LONGEST_LINE = 300  # characters of a title, and of a tagline
LONGEST_SYNOPSIS = 10_000
LONGEST_ID = 200
MOST_RATINGS = 100_000_000

_NUMBER = re.compile(r"[0-9]{1,12}")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")


class Film:
    """What a post says of a film."""

    def __init__(self, post: Post, site: KnownSite) -> None:
        self._post = post
        self._site = site
        self._fields = Fields(post.metas)
        self._content = read_content(post.content, base=site.base, more_videos=self._fields.videos)
        self._years = site.terms.years_of(post.terms)
        self._total = _total(post, site.best_rating)

    @property
    def shows_signs(self) -> bool:
        """Whether anything about the post says that it is about a film."""
        return bool(
            self._content.parts
            or self._fields.are_of_a_film
            or self._years
            or self._total
            or self._post.ratings
        )

    def entry(self, end: int) -> Entry:
        """The film with all that belongs to it. ``end`` is how far the file has been read."""
        comments = Comments(self._post, self._site.by_number, self._site.base)
        readers = Readers(self._post, self._site.best_rating)
        branches = tuple(dict.fromkeys(self._site.terms.branches_of(self._post.terms)))
        published_at = moment(self._post.date_gmt, self._post.date)
        markdown = self._content.markdown
        belongings = Belongings(
            site=self._site.name,
            published_at=published_at,
            is_draft=self._post.status != SHOWN or bool(self._post.password),
            review=ReviewSaid(self._site.writer(self._post.author), markdown, published_at)
            if markdown
            else None,
            total=self._total,
            ratings=readers.ratings,
            subscriptions=readers.subscriptions,
            comments=comments.said,
            is_closed=not self._post.is_open,
            branches=branches,
            year_paths=tuple((year, path) for year, paths in self._years for path in paths),
            paths=tuple(dict.fromkeys(self._paths())),
            passages=tuple(passages_of(self._post, self._content.passages)),
        )
        facts = self._facts(tuple(branch[-1].name for branch in branches))
        return Entry(
            self._post.line,
            end,
            facts,
            remarks=(*self._remarks(facts.year), *comments.remarks, *readers.remarks),
            belongings=belongings,
            tallies=Counter(drafts=int(belongings.is_draft), passages=len(belongings.passages))
            + comments.tallies
            + readers.tallies,
            mapped=tuple(self._mapped()),
        )

    def _mapped(self) -> Iterator[tuple[str, str]]:
        """What people may want to be understood otherwise: years, and who becomes a member."""
        for year, _paths in self._years:
            yield _("category or tag %s") % year, _("year %s") % year
        if login := self._post.author:
            writer = self._site.writer(login)
            meant = (
                _("member %s, without a password") if writer.email else _("the name %s, without an account")
            )
            yield _("author %s") % login, meant % writer.name

    def _facts(self, subjects: tuple[str, ...]) -> FilmFacts:
        said = self._fields.facts()
        earliest = min((year for year, _paths in self._years), default=None)
        in_short = comment_markdown(self._post.excerpt, base=self._site.base)
        plain = words(self._post.excerpt)
        is_one_line = len(plain) <= LONGEST_LINE and "\n" not in in_short
        own_id = f"{self._site.name}/?p={self._post.number}"
        return replace(
            said,
            title=excerpt(words(self._post.title), LONGEST_LINE),
            released=self._fields.year or (PartialDate(earliest) if earliest else None),
            kind="series" if self._content.is_series else "",
            tagline=excerpt(said.tagline or (plain if is_one_line else ""), LONGEST_LINE),
            synopsis=(said.synopsis or ("" if is_one_line else in_short))[:LONGEST_SYNOPSIS],
            subjects=subjects,
            external_ids=(
                *said.external_ids,
                *([("own", own_id)] if self._post.number and len(own_id) <= LONGEST_ID else ()),
            ),
            parts=self._content.parts,
        )

    def _remarks(self, year_that_counts: int | None) -> Iterator[Remark]:
        for field, text, longest in (
            ("title", words(self._post.title), LONGEST_LINE),
            ("excerpt", comment_markdown(self._post.excerpt, base=self._site.base), LONGEST_SYNOPSIS),
        ):
            if len(text) > longest:
                yield Remark(field, excerpt(text, 100), _("It is too long; its end is cut off."))
        if self._post.status == SHOWN and moment(self._post.date_gmt, self._post.date) is None:
            yield Remark("date", "", _("It has no date, so it gets that of the import."))
        yield from self._content.remarks
        yield from self._fields.remarks
        yield from self._site.terms.remarks_on(self._post.terms)
        for year, _paths in self._years:
            if year != year_that_counts:
                why = _("Another year of the same post counts.")
                yield Remark("year", str(year), why, str(year_that_counts))
        if self._post.password:
            yield Remark("password", "", _("Behind a password: it stays a draft."))

    def _paths(self) -> Iterator[str]:
        """Where the post stood: under its name, under earlier names, and by its number."""
        path = path_within(self._site.name, self._post.link)
        if path:
            yield path
        if path and not path.startswith("?"):
            folder = path.rpartition("/")[0]
            for key, value in self._post.metas:
                if key == "_wp_old_slug" and value.strip():
                    yield spelt(f"{folder}/{value.strip()}")
        if self._post.number:
            yield f"?p={self._post.number}"


def _total(post: Post, best_rating: int) -> tuple[int, int] | None:
    """How many ratings a post had and their sum, on a scale to 10; None without any."""
    users, score, average = (post.meta(f"ratings_{name}") for name in ("users", "score", "average"))
    count = int(users) if _NUMBER.fullmatch(users) else 0
    if not 0 < count < MOST_RATINGS:
        return None
    if _AMOUNT.fullmatch(score):
        total = float(score)
    elif _AMOUNT.fullmatch(average):
        total = float(average) * count
    else:
        return None
    return count, round(total * 10 / best_rating)
