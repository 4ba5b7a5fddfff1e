"""One site of a dump as records: the rows that belong together, found and put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from verite.transfer.wordpress.records import (
    ANSWERS_TO_ONE,
    ANSWERS_TO_OWN,
    Author,
    Broken,
    Comment,
    Damage,
    Form,
    Metas,
    Post,
    Rating,
    Record,
    Site,
    Subscription,
    Term,
    Vote,
)

from .gathered import Gathered
from .permalinks import Permalinks

MOST_WEIGHT = 256 << 20  # bytes of one post's comments
MOST_STEPS = 20

_SCALE = re.compile(r"[0-9]{1,3}")


class DumpedSite:
    """A site whose rows have been gathered under a number."""

    def __init__(self, rows: Gathered, number: int, users_of: int) -> None:
        self._rows = rows
        self._number = number
        self._users_of = users_of
        self._options = dict(self._ask("SELECT option_name, option_value FROM options WHERE site = :site"))
        self._home = (self._options.get("home") or self._options.get("siteurl", "")).strip()
        self._permalinks = Permalinks(self._home, self._options.get("permalink_structure", "").strip())

    def records(self) -> Iterator[Record]:
        """The site, its authors and terms, then its posts, each with all that belongs to it.

        Raises:
            Broken: a post has more comments than can be held.
        """
        best = self._options.get("postratings_max", "").strip()
        yield Site(
            self._options.get("blogname", "").strip(), self._home, int(best) if _SCALE.fullmatch(best) else 0
        )
        yield from self._authors.values()
        yield from self._terms.values()
        for row in self._ask("SELECT * FROM posts WHERE site = :site ORDER BY id"):
            yield self._post(*row[1:])
        yield from self._left_alone()

    @property
    def post_count(self) -> int:
        return int(next(self._ask("SELECT count(*) FROM posts WHERE site = :site"))[0])

    @cached_property
    def _authors(self) -> dict[int, Author]:
        """Those who wrote posts, which is whom an export names; readers who signed up are nobody here."""
        question = (
            "SELECT id, user_login, user_nicename, display_name, user_email FROM users WHERE site = :users"
            " AND id IN (SELECT post_author FROM posts WHERE site = :site) ORDER BY id"
        )
        return {
            number: Author(login.strip(), number, name.strip(), email.strip(), slug.strip())
            for number, login, slug, name, email in self._ask(question, users=self._users_of)
            if isinstance(number, int)
        }

    @cached_property
    def _terms(self) -> dict[int, Term]:
        """Terms by the number under which posts have them."""
        rows = list(
            self._ask(
                "SELECT x.term_taxonomy_id, x.taxonomy, x.term_id, x.parent, x.description, t.slug, t.name"
                " FROM term_taxonomy x JOIN terms t ON t.site = x.site AND t.term_id = x.term_id"
                " WHERE x.site = :site ORDER BY x.taxonomy, t.name"
            )
        )
        slugs = {(taxonomy, number): slug for _id, taxonomy, number, _parent, _said, slug, _name in rows}
        return {
            term_id: Term(
                taxonomy,
                slug.strip(),
                name.strip(),
                slugs.get((taxonomy, parent), ""),
                said.strip(),
                _number(number),
            )
            for term_id, taxonomy, number, parent, said, slug, name in rows
        }

    def _post(self, line: int, number: int, author: int, *texts: str) -> Post:
        date, date_gmt, content, title, excerpt, status, is_open, password, slug, kind = map(str.strip, texts)
        writer = self._authors.get(author)
        terms = self._terms_of(number)
        return Post(
            number=_number(number),
            line=line,
            kind=kind,
            status=status,
            title=title,
            slug=slug,
            link=self._permalinks.of(
                number=number,
                kind=kind,
                status=status,
                slug=slug,
                date=date,
                author=writer.slug if writer else "",
                category=lambda: self._category_path(terms),
            ),
            author=writer.login if writer else "",
            content=content,
            excerpt=excerpt,
            date=date,
            date_gmt=date_gmt,
            password=password,
            is_open=is_open != "closed",
            terms=terms,
            metas=self._metas(number),
            comments=tuple(self._comments(number, line)),
            ratings=tuple(self._ratings(number)),
            subscriptions=tuple(self._subscriptions(number)),
            forms=tuple(self._forms(number)),
        )

    def _terms_of(self, post: int) -> tuple[Term, ...]:
        """In the order of an export: by name."""
        question = "SELECT term_taxonomy_id FROM term_relationships WHERE site = :site AND object_id = :post"
        terms = (self._terms.get(number) for (number,) in self._ask(question, post=post))
        return tuple(sorted((term for term in terms if term), key=lambda term: term.name.casefold()))

    def _category_path(self, terms: tuple[Term, ...]) -> str:
        """The path of the category with the lowest number, below those above it."""
        categories = {term.slug: term for term in self._terms.values() if term.taxonomy == "category"}
        first = min(
            (term for term in terms if term.slug in categories), key=lambda term: term.number, default=None
        )
        steps: list[str] = []
        while first is not None and first.slug not in steps and len(steps) < MOST_STEPS:
            steps.append(first.slug)
            first = categories.get(first.parent)
        return "/".join(reversed(steps)) or "uncategorized"

    def _metas(self, post: int) -> Metas:
        question = (
            "SELECT meta_key, meta_value FROM postmeta WHERE site = :site AND post_id = :post ORDER BY rowid"
        )
        return tuple((key.strip(), value.strip()) for key, value in self._ask(question, post=post))

    def _comments(self, post: int, line: int) -> Iterator[Comment]:
        weigh = "SELECT sum(length(comment_content) + 500) FROM comments WHERE site = :site AND comment_post_id = :post"
        ((weight,),) = self._ask(weigh, post=post)
        if (weight or 0) > MOST_WEIGHT:
            raise Broken(
                _("Line %d: this post has more comments than any can have, so reading stops here.") % line
            )
        metas, votes = self._metas_of_comments(post), self._votes(post)
        question = "SELECT * FROM comments WHERE site = :site AND comment_post_id = :post ORDER BY comment_id"
        for _site, at, number, _post, parent, user, *texts in self._ask(question, post=post):
            author, date, date_gmt, content, approved, kind, _email = map(str.strip, texts)
            yield Comment(
                number=_number(number),
                line=at,
                parent=_number(parent),
                author=author,
                user=_number(user),
                date=date,
                date_gmt=date_gmt,
                content=content,
                approved=approved,
                kind=kind,
                metas=tuple(metas.get(number, ())),
                votes=tuple(votes.get(number, ())),
            )

    # SQLite takes the tables of a CROSS JOIN in the order in which they stand: first the few comments of a post.

    def _metas_of_comments(self, post: int) -> dict[int, list[tuple[str, str]]]:
        question = (
            "SELECT m.comment_id, m.meta_key, m.meta_value FROM comments c CROSS JOIN commentmeta m"
            " ON m.site = c.site AND m.comment_id = c.comment_id"
            " WHERE c.site = :site AND c.comment_post_id = :post ORDER BY c.comment_id, m.rowid"
        )
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for comment, key, value in self._ask(question, post=post):
            found[comment].append((key.strip(), value.strip()))
        return found

    def _votes(self, post: int) -> dict[int, list[Vote]]:
        question = (
            "SELECT v.comment_id, v.user_id, v.vote_type, v.date FROM comments c CROSS JOIN wc_users_voted v"
            " ON v.site = c.site AND v.comment_id = c.comment_id"
            " WHERE c.site = :site AND c.comment_post_id = :post ORDER BY c.comment_id, v.id"
        )
        found: dict[int, list[Vote]] = defaultdict(list)
        for comment, voter, value, stamp in self._ask(question, post=post):
            found[comment].append(Vote(voter, _number(value), stamp))
        return found

    def _ratings(self, post: int) -> Iterator[Rating]:
        question = (
            "SELECT line, rating_ip, rating_rating, rating_timestamp FROM ratings"
            " WHERE site = :site AND rating_postid = :post ORDER BY rating_id"
        )
        for line, voter, value, stamp in self._ask(question, post=post):
            yield Rating(line, voter, _number(value), stamp)

    def _subscriptions(self, post: int) -> Iterator[Subscription]:
        question = (
            "SELECT line, email, subscribtion_type, subscribtion_id, confirm, subscription_date"
            " FROM wc_comments_subscription WHERE site = :site AND post_id = :post ORDER BY id"
        )
        for line, email, kind, about, confirmed, date in self._ask(question, post=post):
            said = Subscription(line, email.strip(), kind.strip(), _number(about), confirmed == "1", date)
            yield said
            if said.kind == ANSWERS_TO_OWN:
                for own in self._comments_by(said.email, post):
                    yield replace(said, kind=ANSWERS_TO_ONE, about=own)

    def _comments_by(self, email: str, post: int) -> list[int]:
        question = (
            "SELECT comment_id FROM comments WHERE site = :site AND comment_post_id = :post"
            " AND lower(trim(comment_author_email)) = :email AND comment_approved = '1' ORDER BY comment_id"
        )
        return [number for (number,) in self._ask(question, post=post, email=email.lower())]

    def _forms(self, post: int) -> Iterator[Form]:
        question = (
            "SELECT id, unique_id, question, opened, content FROM wc_feedback_forms"
            " WHERE site = :site AND post_id = :post ORDER BY id"
        )
        for number, key, asked, opened, content in self._ask(question, post=post):
            yield Form(_number(number), key.strip(), asked, opened == "1", content)

    def _left_alone(self) -> Iterator[Damage]:
        """What belongs to posts that are not in the dump."""
        for table, about, why in (
            ("comments", "comment_post_id", _("Comments on posts that are not in the dump: %d.")),
            ("ratings", "rating_postid", _("Ratings of posts that are not in the dump: %d.")),
            (
                "wc_comments_subscription",
                "post_id",
                _("Subscriptions to posts that are not in the dump: %d."),
            ),
            ("wc_feedback_forms", "post_id", _("Passages of posts that are not in the dump: %d.")),
        ):
            question = (
                f"SELECT count(*), min(line) FROM {table} WHERE site = :site"  # noqa: S608 (our own names)
                f" AND {about} NOT IN (SELECT id FROM posts WHERE site = :site)"
            )
            for count, line in self._ask(question):
                if count:
                    yield Damage(line, why % count, table)

    def _ask(self, question: str, **values: Any) -> Iterator[tuple[Any, ...]]:
        return self._rows.ask(question, site=self._number, **values)


def _number(value: Any) -> int:
    """A number of a row; 0 for what is none, or too large to be one."""
    return value if isinstance(value, int) else 0
