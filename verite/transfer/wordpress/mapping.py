"""WordPress's records as films with their belongings, whichever reader the records come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape

from django.utils.translation import gettext as _

from verite.catalogue.actions import FilmFacts, Remark
from verite.core.dates import PartialDate
from verite.core.slugs import slugify
from verite.core.text import clean_line, excerpt
from verite.transfer.belongings import Belongings, ReviewSaid, Writer
from verite.transfer.formats import Entry, Unreadable
from verite.transfer.old_addresses import path_within, site_of, spelt
from verite.transfer.options import Options

from .comments import Comments
from .content import Content, read_content
from .fields import Fields
from .moments import moment
from .prose import comment_markdown, words
from .records import Author, Damage, Export, Post, Site, Term
from .terms import Terms

LONGEST_TAGLINE = 300
LONGEST_TITLE = 300
MOST_RATINGS = 100_000_000

_FILM_KINDS = frozenset(
    {"post", "film", "films", "movie", "movies", "documentary", "documentaries", "video", "videos"}
)
_SHOWN, _NOT_YET = "publish", frozenset({"draft", "pending", "private", "future"})
_NUMBER = re.compile(r"[0-9]{1,12}")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")


def entries(export: Export, options: Options) -> Iterator[Entry]:
    """An entry for each post of the export, film or not.

    Raises:
        Unreadable: there is no film in it, or the file is broken (after what came before the damage).
    """
    site = _Site(options)
    films = posts = 0
    for record, end in export.records:
        match record:
            case Site():
                site.begin(record)
            case Author():
                site.know(record)
            case Term():
                site.terms.add(record)
            case Damage():
                yield Entry(record.line, end, remarks=(Remark("xml", "", record.why),))
            case Post():
                entry = site.entry(record, end)
                posts += record.kind in _FILM_KINDS
                films += entry.is_film
                yield entry
    if not films:
        raise Unreadable(_no_films(posts))


def _no_films(posts: int) -> str:
    if not posts:
        return _("There is nothing to import: the export holds no posts.")
    return (
        _(
            "There is nothing to import: none of its %d posts shows a sign of a film, which is a video, a rating, a year"
            " as category or tag, or a field such as director or length. If they are films all the same, add --all-posts."
        )
        % posts
    )


class _Site:
    """What has been read of the site so far."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._by_login: dict[str, Writer] = {}
        self._by_number: dict[int, Writer] = {}
        self.begin(Site())

    def begin(self, said: Site) -> None:
        self._name = site_of(said.address) or slugify(said.title, fallback="wordpress")
        self._base = said.address.rstrip("/") + "/"
        self.terms = Terms(keep_years=self._options.keep_years, base=self._base)

    def know(self, author: Author) -> None:
        name = clean_line(unescape(author.name), 80) or author.login
        paths = [spelt(f"/author/{author.login}"), spelt(f"/author/{slugify(author.login, fallback='')}")]
        if author.number:
            paths.append(f"?author={author.number}")
        writer = Writer(name, author.email.strip(), tuple(dict.fromkeys(paths)))
        self._by_login[author.login] = writer
        if author.number:
            self._by_number[author.number] = writer

    def entry(self, post: Post, end: int) -> Entry:
        """The film that a post is about; or an entry that says why it is about none."""
        why_not = _why_not(post)
        if why_not:
            return _left_out(post, end, why_not)
        fields = Fields(post.metas)
        content = read_content(post.content, base=self._base, more_videos=fields.videos)
        years = self.terms.years_of(post.terms)
        total = self._total(post)
        if not (content.parts or fields.are_of_a_film or years or total or self._options.all_posts):
            return _left_out(
                post, end, _("This post shows no sign of a film. With --all-posts it would be one.")
            )
        comments = Comments(post, self._by_number, self._base)
        branches = tuple(dict.fromkeys(self.terms.branches_of(post.terms)))
        facts = fields.facts()
        released = fields.year or (PartialDate(min(year for year, _paths in years)) if years else None)
        tagline, synopsis = _in_short(post, self._base)
        facts = replace(
            facts,
            title=excerpt(clean_line(words(unescape(post.title)), LONGEST_TITLE), LONGEST_TITLE),
            released=released,
            kind="series" if content.is_series else "",
            tagline=excerpt(facts.tagline or tagline, LONGEST_TAGLINE),
            synopsis=facts.synopsis or synopsis,
            subjects=tuple(branch[-1].name for branch in branches),
            external_ids=(*facts.external_ids, ("own", f"{self._name}/?p={post.number}"[:200])),
            parts=content.parts,
        )
        remarks = (
            *content.remarks,
            *fields.remarks,
            *self.terms.remarks_on(post.terms),
            *_remarks_on_years(years, released),
            *_remarks_on_secrets(post),
            *comments.remarks,
        )
        return Entry(
            post.line,
            end,
            facts,
            remarks,
            belongings=self._belongings(post, content, comments, branches, years, total),
            tallies=comments.tallies,
            mapped=tuple((_("category or tag %s") % year, _("year %s") % year) for year, _paths in years),
        )

    def _belongings(  # noqa: PLR0913
        self,
        post: Post,
        content: Content,
        comments: Comments,
        branches,
        years,
        total,  # type: ignore[no-untyped-def]
    ) -> Belongings:
        published_at = moment(post.date_gmt, post.date)
        return Belongings(
            site=self._name,
            published_at=published_at,
            is_draft=post.status != _SHOWN or bool(post.password),
            review=self._review(post, content, published_at),
            total=total,
            comments=comments.said,
            is_closed=not post.is_open,
            branches=branches,
            year_paths=tuple((year, path) for year, paths in years for path in paths),
            paths=tuple(dict.fromkeys(self._paths(post))),
            passages=tuple(content.passages),
        )

    def _review(self, post: Post, content: Content, saved_at: datetime | None) -> ReviewSaid | None:
        if not content.markdown:
            return None
        writer = self._by_login.get(post.author) or Writer(clean_line(post.author, 80) or self._name)
        return ReviewSaid(writer, content.markdown, saved_at)

    def _paths(self, post: Post) -> Iterator[str]:
        if path := path_within(self._name, post.link):
            yield path
            folder, _slash, last = path.rpartition("/")
            if last and not path.startswith("?"):
                for key, value in post.metas:
                    if key == "_wp_old_slug" and value.strip():
                        yield spelt(f"{folder}/{value.strip()}")
        if post.number:
            yield f"?p={post.number}"

    def _total(self, post: Post) -> tuple[int, int] | None:
        """How many ratings the post had and their sum, on our scale."""
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
        return count, round(total * 10 / self._options.best_rating)


def _why_not(post: Post) -> str:
    if post.kind == "attachment":
        return _("Files of the media library are not taken over.")
    if post.kind == "page":
        return _("Pages are not films. Copy what is worth keeping by hand.")
    if post.kind not in _FILM_KINDS:
        return _("What is of this kind does not become a film.")
    if post.status not in (_SHOWN, *_NOT_YET):
        return _("What is in the bin, or was never saved, is left out.")
    return ""


def _left_out(post: Post, end: int, why: str) -> Entry:
    shown = post.title or post.link
    remark = Remark(post.kind[:60] or "item", excerpt(unescape(shown), 100), why)
    return Entry(post.line, end, remarks=(remark,), tallies=Counter({"left_out": 1}))


def _in_short(post: Post, base: str) -> tuple[str, str]:
    """The hand-written excerpt: a tagline where it is one line, else a synopsis."""
    text = comment_markdown(post.excerpt, base=base)
    plain = words(post.excerpt)
    if len(plain) <= LONGEST_TAGLINE and "\n" not in text:
        return plain, ""
    return "", text[:10_000]


def _remarks_on_years(
    years: list[tuple[int, tuple[str, ...]]], released: PartialDate | None
) -> Iterator[Remark]:
    for year, _paths in years:
        if released is not None and year != released.year:
            yield Remark("year", str(year), _("Another year of the same post counts."), str(released.year))


def _remarks_on_secrets(post: Post) -> Iterator[Remark]:
    if post.password:
        yield Remark("password", "", _("Behind a password: it stays a draft."))
