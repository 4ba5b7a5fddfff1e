"""Categories and tags: which are years, which are subjects, and where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.core.text import clean_line
from verite.transfer.belongings import SubjectSaid
from verite.transfer.old_addresses import spelt

from .prose import comment_markdown
from .records import Term

MOST_STEPS = 20
LONGEST_NAME = 120

# The first films were shown in 1888; a category "2199" is none.
_YEAR = re.compile(r"1(?:88[89]|89[0-9]|9[0-9]{2})|20[0-9]{2}")
_BASES = {"category": "category", "post_tag": "tag"}
_NUMBERED = {"category": "cat", "post_tag": "tag_id"}
# What WordPress files a post under when nobody has said anything.
_SAYS_NOTHING = frozenset({"uncategorized", "uncategorised", "allgemein", "non-classe", "sin-categoria"})

_Key = tuple[str, str]


class Terms:
    """The terms of a site, as far as they have been read."""

    def __init__(self, *, keep_years: bool, base: str) -> None:
        self._keep_years = keep_years
        self._base = base
        self._known: dict[_Key, Term] = {}

    def add(self, term: Term) -> None:
        self._known.setdefault((term.taxonomy, term.slug), term)

    def years_of(self, terms: Iterable[Term]) -> list[tuple[int, tuple[str, ...]]]:
        """The years among a post's terms, each with its old addresses, in order."""
        return [(int(term.name), self._paths(term)) for term in terms if self._is_year(term)]

    def branches_of(self, terms: Iterable[Term]) -> Iterator[tuple[SubjectSaid, ...]]:
        """The subjects among a post's terms, categories first, each with those above it, from the root down."""
        for term in sorted(terms, key=lambda term: term.taxonomy != "category"):
            if term.taxonomy in _BASES and not self._is_year(term) and term.slug not in _SAYS_NOTHING:
                steps = [self._subject(step) for step in self._upward(term)]
                if all(step.name for step in steps):
                    yield tuple(reversed(steps))

    def remarks_on(self, terms: Iterable[Term]) -> Iterator[Remark]:
        """What has no place here: terms of other kinds."""
        for term in terms:
            if term.taxonomy not in _BASES:
                yield Remark(
                    term.taxonomy[:60], term.name[:100], _("Only categories and tags become subjects.")
                )

    def _is_year(self, term: Term) -> bool:
        is_of_ours = term.taxonomy in _BASES
        return is_of_ours and not self._keep_years and _YEAR.fullmatch(term.name.strip()) is not None

    def _upward(self, term: Term) -> Iterator[Term]:
        seen: set[str] = set()
        while term.slug not in seen and len(seen) < MOST_STEPS:
            known = self._known.get((term.taxonomy, term.slug), term)
            seen.add(term.slug)
            yield known
            above = self._known.get((term.taxonomy, known.parent)) if known.parent else None
            if above is None:
                return
            term = above

    def _subject(self, term: Term) -> SubjectSaid:
        return SubjectSaid(
            clean_line(unescape(unescape(term.name)), LONGEST_NAME),
            comment_markdown(term.description, base=self._base)[:10_000],
            self._paths(term),
        )

    def _paths(self, term: Term) -> tuple[str, ...]:
        number = self._known.get((term.taxonomy, term.slug), term).number
        paths = [spelt(f"/{_BASES[term.taxonomy]}/{term.slug}")]
        if number:
            paths.append(f"?{_NUMBERED[term.taxonomy]}={number}")
        return tuple(paths)
