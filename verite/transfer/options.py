"""What whoever imports a file can choose. A format ignores what does not concern it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read.

    Attributes:
        tolerant: read past damage.
        keep_years: categories and tags that are years stay subjects, and say nothing of a film's year.
        all_posts: posts that show no sign of a film are films without a source.
        best_rating: the highest rating that the site's readers could give; 0 for what the file says, else 10.
    """

    tolerant: bool = False
    keep_years: bool = False
    all_posts: bool = False
    best_rating: int = 0


AS_USUAL = Options()
