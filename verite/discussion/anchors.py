"""Where a note on a review's words stands: found when it is posted, and again whenever the review is edited.

A note keeps its words, the 32 characters on either side, the key of its paragraph and its offset there. After an
edit they are looked for in the text as one line, in which splitting and merging paragraphs changes nothing, and
the likeness of words and surroundings says how surely a place is the one. What was measured behind each number
is in ``docs/decisions/0014-anchors.md``.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from django.utils.translation import gettext as _
from markupsafe import Markup
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from verite.core.text.cleaning import legible, normalised
from verite.discussion.refusals import TalkRefused

State: TypeAlias = Literal["exact", "moved", "uncertain", "orphan"]

# The scores from which words are found, and perhaps found.
FOUND: Final = 0.70
PERHAPS: Final = 0.55

# Characters that are kept on either side of a quote.
CONTEXT: Final = 32

# What is said about more than this is said about the paragraph, and its beginning finds it as well.
MOST_CHARACTERS: Final = 10_000

# By how much of what it lacks a place in the note's own paragraph is raised, and one elsewhere lowered.
OWN: Final = 0.25
AWAY: Final = 0.25

# A place in its own paragraph that is as good as this ends the search.
ENOUGH: Final = 0.80

# A longer quote is looked for by its two ends: searching takes time with the square of what is looked for.
PIECE: Final = 160


class NotThere(TalkRefused):
    """The words to note are not in the review."""

    field = "anchor"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the review as it is now; ``text`` is what ``plain_text`` makes of its HTML."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a note is about, as they were when it was posted.

    Attributes:
        prefix: up to 32 characters before them in their paragraph; ``suffix`` those after.
        paragraph: the key of their paragraph.
        start: their offset in its plain text, in characters (code points).
    """

    exact: str
    prefix: str
    suffix: str
    paragraph: str
    start: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a quote stands now.

    Attributes:
        state: ``exact``, the same words between the same words in the same paragraph; ``moved``, found elsewhere
            or altered; ``uncertain``, perhaps this is the place; ``orphan``, not found.
        score: how surely, from 0 to 1.
        paragraph: the key of the paragraph; None for an orphan, as are ``start`` and ``end``.
        start: offset in characters of the paragraph's plain text; its words are ``text[start:end]``.
        exact_now: the words as they are now; for an orphan, as they were.
    """

    state: State
    score: float
    paragraph: str | None
    start: int | None
    end: int | None
    exact_now: str


def plain_text(html: str) -> str:
    """The words of a paragraph's sanitised HTML on one line, as a browser's selection gives them."""
    return _one_line(Markup(html).striptags())  # noqa: S704 (it ends as plain text)


def quoted(
    paragraphs: Iterable[Paragraph],
    exact: str,
    prefix: str = "",
    suffix: str = "",
    paragraph: str | None = None,
    start: int | None = None,
) -> Quote:
    """What somebody selected. Where the words stand more than once, all else that is told decides.

    Words that reach over several paragraphs are cut to the one that holds most of them: paragraphs are moved and
    deleted singly, and a note has one place beside them.

    Raises:
        NotThere: the words are not in the text, or there are none.
    """
    text = _Text(paragraphs)
    words = _one_line(normalised(legible(exact)))
    told = _Wanted(_ending(prefix), words, _beginning(suffix))

    def likeness(place: int) -> tuple[bool, float, int, bool]:
        block, end = text.block_at(place), place + len(words)
        distance = 0 if start is None else abs(place - block.start - start)
        return (
            block.key == paragraph,
            text.likeness_around(told, place, end),
            -distance,
            not (_cuts_a_word(text.line, place) or _cuts_a_word(text.line, end)),
        )

    place = max(_occurrences(words, text.line), key=likeness, default=None)
    if place is None:
        raise NotThere(_("These words are not in the review, or not any more. Please select them again."))
    return text.quote(*text.largest_piece(place, place + len(words)))


def whole_paragraph(paragraphs: Iterable[Paragraph], key: str) -> Quote:
    """All of a paragraph, for a note on it.

    Raises:
        NotThere: there is no such paragraph, or it has no words.
    """
    text = _Text(paragraphs)
    block = text.blocks_by_key.get(key)
    if block is None:
        raise NotThere(_("This paragraph is not in the review, or not any more. Please choose another."))
    return text.quote(block, block.start, block.end)


def place(quote: Quote, paragraphs: Iterable[Paragraph]) -> Placed:
    """Where a quote stands in the text as it is now."""
    return place_all([quote], paragraphs)[0]


def place_all(quotes: Iterable[Quote], paragraphs: Iterable[Paragraph]) -> list[Placed]:
    """Where each quote stands in the text as it is now, in the order in which they were given."""
    text = _Text(paragraphs)
    return [_placed(quote, text) for quote in quotes]


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph's stretch of the whole line."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for, folded."""

    prefix: str
    exact: str
    suffix: str

    @property
    def line(self) -> str:
        return self.prefix + self.exact + self.suffix


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of the whole line, and how surely it is the one."""

    score: float
    start: int
    end: int


NOWHERE: Final = _Found(0.0, 0, 0)


class _Text:
    """The present text as one line, as it is and folded, and where in it each paragraph stands."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        present = [paragraph for paragraph in paragraphs if paragraph.text]
        self.line = " ".join(paragraph.text for paragraph in present)
        self.folded = _folded(self.line)
        self._blocks: list[_Block] = []
        start = 0
        for paragraph in present:
            self._blocks.append(_Block(paragraph.key, start, start + len(paragraph.text)))
            start += len(paragraph.text) + 1
        self._starts = [block.start for block in self._blocks]
        self.blocks_by_key = {block.key: block for block in self._blocks}

    def block_at(self, place: int) -> _Block:
        return self._blocks[bisect_right(self._starts, place) - 1]

    def largest_piece(self, start: int, end: int) -> tuple[_Block, int, int]:
        """What of a stretch lies in the paragraph that holds most of it."""
        reached = self._blocks[bisect_right(self._starts, start) - 1 : bisect_right(self._starts, end - 1)]
        pieces = [(block, max(start, block.start), min(end, block.end)) for block in reached]
        return max(pieces, key=lambda piece: piece[2] - piece[1])

    def quote(self, block: _Block, start: int, end: int) -> Quote:
        end = min(end, start + MOST_CHARACTERS)
        return Quote(
            exact=self.line[start:end],
            prefix=self.line[max(block.start, start - CONTEXT) : start],
            suffix=self.line[end : min(block.end, end + CONTEXT)],
            paragraph=block.key,
            start=start - block.start,
        )

    def likeness_around(self, wanted: _Wanted, start: int, end: int) -> float:
        """How like the surroundings of a stretch are to those wanted, 0 to 1; 1 where none are."""
        before = self.folded[max(0, start - len(wanted.prefix)) : start]
        after = self.folded[end : end + len(wanted.suffix)]
        alike = len(wanted.prefix) * _likeness(wanted.prefix, before)
        alike += len(wanted.suffix) * _likeness(wanted.suffix, after)
        around = len(wanted.prefix) + len(wanted.suffix)
        return alike / around if around else 1.0


def _placed(quote: Quote, text: _Text) -> Placed:
    start = _unchanged(quote, text)
    if start is not None:
        return Placed("exact", 1.0, quote.paragraph, start, start + len(quote.exact), quote.exact)
    found = _best(quote, text)
    if found.score < PERHAPS:
        return Placed("orphan", found.score, None, None, None, quote.exact)
    state: State = "moved" if found.score >= FOUND else "uncertain"
    block, start, end = text.largest_piece(found.start, found.end)
    words = text.line[start:end]
    return Placed(state, found.score, block.key, start - block.start, end - block.start, words)


def _unchanged(quote: Quote, text: _Text) -> int | None:
    """The offset, nearest to the old one, of the same words between the same words in the same paragraph."""
    own = text.blocks_by_key.get(quote.paragraph)
    if own is None or not quote.exact:
        return None
    line = quote.prefix + quote.exact + quote.suffix
    first, last = max(0, own.start - len(quote.prefix)), own.end + len(quote.suffix)
    was = own.start + max(0, quote.start) - len(quote.prefix)
    found = (
        text.line.rfind(line, first, min(was + len(line), last)),
        text.line.find(line, max(was, first), last),
    )
    starts = [place + len(quote.prefix) - own.start for place in found if place >= 0]
    return min(starts, key=lambda start: abs(start - quote.start), default=None)


def _best(quote: Quote, text: _Text) -> _Found:
    """The likeliest place, with a score of 0 where there is none."""
    wanted = _Wanted(_folded(quote.prefix), _folded(quote.exact), _folded(quote.suffix))
    own = text.blocks_by_key.get(quote.paragraph)
    here = NOWHERE
    if own is not None:
        # Where its paragraph was split, the rest of it stands before or after.
        beyond = CONTEXT + len(quote.exact)
        here = _candidate(wanted, text, max(0, own.start - beyond), own.end + beyond, own)
        if here.score >= ENOUGH:
            return here
    return max(here, _candidate(wanted, text, 0, len(text.line), own), key=lambda found: found.score)


def _candidate(wanted: _Wanted, text: _Text, first: int, last: int, own: _Block | None) -> _Found:
    """The likeliest place between two offsets of the line."""
    best = NOWHERE
    if not wanted.exact:
        return best
    for begin, end in _windows(wanted.line, text.folded[first:last]):
        for start, stop in _stretches(wanted, text.folded, max(0, first + begin), max(0, first + end)):
            is_own = own is not None and own.start <= (start + stop) // 2 < own.end
            score = _score(wanted, text, start, stop, is_own=is_own)
            best = max(best, _Found(score, start, stop), key=lambda found: found.score)
    return best


def _windows(wanted: str, within: str) -> Iterator[tuple[int, int]]:
    """From where to where a text may reach, told from its two ends; offsets may lie outside ``within``."""
    length = len(wanted)
    begin, end = _aligned(wanted[:PIECE], within)
    if length <= PIECE:
        yield begin, end
        return
    end = _aligned(wanted[-PIECE:], within)[1]
    yield begin, begin + length
    yield end - length, end
    if length // 2 < end - begin < 2 * length:
        yield begin, end


def _aligned(piece: str, within: str) -> tuple[int, int]:
    found = fuzz.partial_ratio_alignment(piece, within)
    if found is None:
        return 0, 0
    # Of a piece that is longer than the text a part was found.
    return found.dest_start - found.src_start, found.dest_end + len(piece) - found.src_end


def _stretches(wanted: _Wanted, line: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """What in a window of the line may be the quote: what became of it as a whole, and its very words."""
    window = line[begin:end]
    first, last = len(wanted.prefix), len(wanted.prefix) + len(wanted.exact)
    begins_whole, ends_whole = not _cuts_a_word(wanted.line, first), not _cuts_a_word(wanted.line, last)
    steps = Levenshtein.opcodes(wanted.line, window)
    start = begin + next(
        min(step.dest_start + first - step.src_start, step.dest_end)
        for step in steps
        if step.src_start <= first < step.src_end
    )
    stop = begin + next(
        min(step.dest_start + last - step.src_start, step.dest_end)
        for step in steps
        if step.src_start < last <= step.src_end
    )
    while begins_whole and _cuts_a_word(line, start):
        start -= 1
    while ends_whole and _cuts_a_word(line, stop):
        stop += 1
    words = line[start:stop]
    yield start + len(words) - len(words.lstrip()), stop - len(words) + len(words.rstrip())
    for place in _occurrences(wanted.exact, window) if len(wanted.exact) <= CONTEXT else ():
        start, stop = begin + place, begin + place + len(wanted.exact)
        cuts = (begins_whole and _cuts_a_word(line, start)) or (ends_whole and _cuts_a_word(line, stop))
        if not cuts:
            yield start, stop


def _score(wanted: _Wanted, text: _Text, start: int, end: int, *, is_own: bool) -> float:
    """How surely this is the place: by the words with their surroundings, and by the words alone."""
    words = _likeness(wanted.exact, text.folded[start:end])
    around = text.likeness_around(wanted, start, end)
    length, context = len(wanted.exact), len(wanted.prefix) + len(wanted.suffix)
    both = (words * length + around * context) / (length + context)
    if is_own:
        both += OWN * (1 - both)
    else:
        # A heading of one word, without its paragraph, could be any such word.
        both = (both - AWAY * (1 - both)) * min(1.0, (length + context) / CONTEXT)
    return max(0.0, min(both, (both + words) / 2))


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; two texts that have nothing to do with each other reach a quarter, in Indel's measure a half."""
    return Levenshtein.normalized_similarity(one, other)


def _occurrences(words: str, line: str) -> Iterator[int]:
    place = line.find(words) if words else -1
    while place >= 0:
        yield place
        place = line.find(words, place + 1)


def _cuts_a_word(line: str, place: int) -> bool:
    return 0 < place < len(line) and _is_in_word(line[place - 1]) and _is_in_word(line[place])


def _is_in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _folded(text: str) -> str:
    """In small letters, and as long as before: the Turkish capital is the one that would become two characters."""
    return text.replace("İ", "i").lower()


def _ending(text: str) -> str:
    """The last of what stands before some words, on one line; the space before them stays."""
    return _folded(_one_line(f"{text}|"))[-CONTEXT - 1 : -1]


def _beginning(text: str) -> str:
    return _folded(_one_line(f"|{text}"))[1 : CONTEXT + 1]


def _one_line(text: str) -> str:
    return " ".join(text.split())
