"""What a visitor typed, as words. Whatever was typed gives a query; a query without words finds nothing."""

from __future__ import annotations

from dataclasses import dataclass

from verite.core.text import fold

MOST_CHARACTERS = 200
MOST_WORDS = 12
LONGEST_WORD = 60  # letters; no engine minds, and no title has a longer one


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words that must all be found; the last may be the beginning of one."""

    all: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The words as a document holds them."""
        return " ".join(self.all)

    def __bool__(self) -> bool:
        return bool(self.all)


def words_of(text: str) -> Words:
    """The words of a text in any script, without diacritics, quotes, operators or anything else."""
    found = fold(text[:MOST_CHARACTERS]).split()
    return Words(tuple(word[:LONGEST_WORD] for word in found[:MOST_WORDS]))
