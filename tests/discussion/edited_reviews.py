"""Reviews, quotes out of them, and edits that remember where each word went."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count, islice
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

import verite
from verite.catalogue.paragraphs import carry_keys
from verite.catalogue.review_texts import review_text
from verite.discussion.anchors import Paragraph, Placed, Quote, plain_text, quoted

Verdict: TypeAlias = Literal["right", "unsure, right", "lost", "unsure, wrong", "wrong"]

# How many words a reader selects; None is a whole paragraph.
LENGTHS = (1, 1, 2, 3, 5, 8, 13, 25, None)


@dataclass(frozen=True)
class Word:
    """A word with its punctuation; ``was`` is its number in the text before any edit, None for a new one."""

    text: str
    was: int | None
    is_altered: bool = False


Review: TypeAlias = list[list[Word]]


@dataclass(frozen=True)
class Trial:
    """A quote, the text before and after an edit, and which words of it are the quote's."""

    quote: Quote
    before: Review
    after: Review
    quoted: frozenset[int]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The text after the edit, with the keys that saving it would give."""
        old = list(zip(map(key_of, range(len(self.before))), map(line, self.before), strict=True))
        texts = [line(words) for words in self.after]
        return [Paragraph(key, text) for key, text in zip(carry_keys(old, texts), texts, strict=True)]

    def verdict(self, placed: Placed, paragraphs: Sequence[Paragraph]) -> Verdict:
        """Right is at least half over where the words are now; an orphan is, when less than half of them are."""
        truly = {
            (paragraph.key, place)
            for paragraph, words in zip(paragraphs, self.after, strict=True)
            for place in self._stretch(words)
        }
        if placed.start is None or placed.end is None:
            return "right" if self._kept() < 0.5 else "lost"
        here = {(placed.paragraph, place) for place in range(placed.start, placed.end)}
        is_right = 2 * len(truly & here) >= len(truly | here)
        if placed.state == "uncertain":
            return "unsure, right" if is_right else "unsure, wrong"
        return "right" if is_right else "wrong"

    def _stretch(self, words: list[Word]) -> range:
        start, ends = 0, []
        for word in words:
            if word.was in self.quoted:
                ends += [start, start + len(word.text)]
            start += len(word.text) + 1
        return range(ends[0], ends[-1]) if ends else range(0)

    def _kept(self) -> float:
        before = [word for words in self.before for word in words if word.was in self.quoted]
        after = [
            word for words in self.after for word in words if word.was in self.quoted and not word.is_altered
        ]
        return sum(len(word.text) for word in after) / sum(len(word.text) for word in before)


def key_of(place: int) -> str:
    return f"key{place}"


def line(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


@cache
def english() -> list[list[str]]:
    """The samples' reviews, each alone, and four at a time for reviews of some length."""
    files = sorted((Path(verite.__file__).parent / "transfer" / "demo" / "films").glob("*.toml"))
    films = chain(*(tomllib.loads(file.read_text(encoding="utf-8"))["films"] for file in files))
    reviews = [review_text(film["review"]) for film in films if "review" in film]
    short = [[plain_text(block.html) for block in review.blocks] for review in reviews]
    return short + [list(chain(*short[first : first + 4])) for first in range(0, len(short), 4)]


@cache
def german() -> list[list[str]]:
    """Inflection and long compounds: words that are alike without being the same."""
    text = (Path(__file__).parent / "german_reviews.txt").read_text(encoding="utf-8")
    return [review.strip().split("\n\n") for review in text.split("---")]


@cache
def encyclopedic(shared_data: Path) -> list[list[str]]:
    """Five articles at a time that all begin "… is a 2008 American documentary film directed by …"."""
    with gzip.open(
        shared_data / "films" / "wikipedia_documentaries.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        articles = dict.fromkeys(" ".join(json.loads(row).get("extract", "").split()) for row in file)
    long = iter(article for article in articles if len(article) > 80)
    return [five for five in iter(lambda: list(islice(long, 5)), []) if len(five) == 5]


Edit: TypeAlias = Callable[["Drawn"], Review]


@dataclass(frozen=True)
class Drawn:
    """What an edit has to go by: the text, which words are quoted, and paragraphs of other reviews."""

    random: Random
    review: Review
    quoted: frozenset[int]
    foreign: Sequence[str]

    def strange(self) -> list[Word]:
        """A paragraph of another review."""
        return [Word(text, None, is_altered=True) for text in self.random.choice(self.foreign).split()]


def trials(reviews: Sequence[list[str]], edits: Sequence[Edit], number: int, seed: str) -> list[Trial]:
    random = Random(seed)
    others = [
        [text for other in reviews if not set(other) & set(texts) for text in other] for texts in reviews
    ]
    return [
        _trial(random, *random.choice(list(zip(reviews, others, strict=True))), edits) for _ in range(number)
    ]


def _trial(random: Random, texts: list[str], foreign: list[str], edits: Sequence[Edit]) -> Trial:
    numbers = count()
    review = [[Word(text, next(numbers)) for text in paragraph.split()] for paragraph in texts]
    quote, words = _selected(random, review)
    edited = review
    for edit in edits:
        edited = edit(Drawn(random, edited, words, foreign))
    return Trial(quote, review, [words for words in edited if words], words)


def _selected(random: Random, review: Review) -> tuple[Quote, frozenset[int]]:
    place = random.randrange(len(review))
    words = review[place]
    length = min(random.choice(LENGTHS) or len(words), len(words))
    first = random.randrange(len(words) - length + 1)
    selected = words[first : first + length]
    paragraphs = [Paragraph(key_of(number), line(each)) for number, each in enumerate(review)]
    start = len(line([*words[:first], Word("", None)]))
    quote = quoted(paragraphs, line(selected), paragraph=key_of(place), start=start)
    return quote, frozenset(word.was for word in selected if word.was is not None)


def nothing(drawn: Drawn) -> Review:
    return drawn.review


def a_tenth_of_the_words(drawn: Drawn) -> Review:
    return _changed(drawn, 0.1)


def a_fifth_of_the_words(drawn: Drawn) -> Review:
    return _changed(drawn, 0.2)


def order_of_paragraphs(drawn: Drawn) -> Review:
    return drawn.random.sample(drawn.review, len(drawn.review))


def every_paragraph_in_two(drawn: Drawn) -> Review:
    halves: Review = []
    for words in drawn.review:
        cut = drawn.random.randrange(4, len(words) - 4) if len(words) > 8 else len(words)
        halves += [words[:cut], words[cut:]]
    return halves


def two_paragraphs_into_one(drawn: Drawn) -> Review:
    first = drawn.random.randrange(max(1, len(drawn.review) - 1))
    return [*drawn.review[:first], [*chain(*drawn.review[first : first + 2])], *drawn.review[first + 2 :]]


def new_text_before(drawn: Drawn) -> Review:
    new = [drawn.strange() for _ in range(drawn.random.randrange(1, 4))]
    begun = [drawn.strange()[: drawn.random.choice((0, 5, 30))] + words for words in drawn.review]
    return new + begun


def without_the_paragraph(drawn: Drawn) -> Review:
    return [words for words in drawn.review if not _quoted(drawn, words)]


def another_paragraph_instead(drawn: Drawn) -> Review:
    return [drawn.strange() if _quoted(drawn, words) else words for words in drawn.review]


def without_the_sentences(drawn: Drawn) -> Review:
    """Without the quote, from the beginning of its first sentence to the end of its last."""
    return [_without_sentences(drawn, words) if _quoted(drawn, words) else words for words in drawn.review]


def _quoted(drawn: Drawn, words: list[Word]) -> bool:
    return any(word.was in drawn.quoted for word in words)


def _without_sentences(drawn: Drawn, words: list[Word]) -> list[Word]:
    ends = [0, *(place + 1 for place, word in enumerate(words) if word.text[-1] in ".?!"), len(words)]
    quoted = [place for place, word in enumerate(words) if word.was in drawn.quoted]
    begin = max(end for end in ends if end <= quoted[0])
    return words[:begin] + words[min(end for end in ends if end > quoted[-1]) :]


def _changed(drawn: Drawn, share: float) -> Review:
    """Words replaced, inserted, deleted, swapped with the next, or with other capitals or punctuation."""
    return [_changed_words(drawn, words, share) for words in drawn.review]


def _changed_words(drawn: Drawn, words: list[Word], share: float) -> list[Word]:
    random, changed, left = drawn.random, list[Word](), list(words)
    while left:
        word = left.pop(0)
        if random.random() >= share:
            changed.append(word)
            continue
        match random.choice(("replace", "insert", "delete", "swap", "retouch")):
            case "replace":
                changed.append(replace(random.choice(drawn.strange()), was=word.was))
            case "insert":
                changed += [random.choice(drawn.strange()), word]
            case "delete":
                pass
            case "swap":
                changed += [*left[:1], word]
                del left[:1]
            case "retouch":
                changed.append(replace(word, text=_retouched(random, word.text)))
    return changed


def _retouched(random: Random, text: str) -> str:
    capital = text[0].swapcase() + text[1:]
    bare = text.rstrip(".,;:") or text
    return random.choice((capital, text.upper(), bare if bare != text else text + random.choice(",.;")))
