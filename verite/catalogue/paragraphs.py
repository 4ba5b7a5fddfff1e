"""Which paragraph of an edited review is which of the old one, so that a note can hold on to its paragraph."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

# In percent. Two unrelated paragraphs of English reach 55; one half of a paragraph that was split reaches 66.
ALIKE = 62.0


def carry_keys(old: Sequence[tuple[str, str]], new: Sequence[str]) -> list[str]:
    """A key for each paragraph of the new text: that of the old paragraph it is, else one never used here.

    A paragraph is the same one when its text is unchanged, wherever it stands now (of several with the same
    text, first those that kept their order); else when it is more alike than any other, the nearest first.

    Args:
        old: key and text of each paragraph so far, in order; keys are unique.
        new: the texts now, in order.
    """
    was: dict[int, int] = dict(_in_order(old, new))
    was |= _paired(_moved(old, new, was))
    was |= _paired(_edited(old, new, was))
    taken = {key for key, _ in old}
    return [old[was[place]][0] if place in was else _fresh(taken) for place in range(len(new))]


def _in_order(old: Sequence[tuple[str, str]], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    for step in Indel.opcodes([text for _, text in old], new):
        if step.tag == "equal":
            yield from zip(
                range(step.dest_start, step.dest_end), range(step.src_start, step.src_end), strict=True
            )


def _moved(
    old: Sequence[tuple[str, str]], new: Sequence[str], was: dict[int, int]
) -> Iterator[tuple[int, int]]:
    left_over = defaultdict(list)
    for place in sorted(set(range(len(old))) - set(was.values()), reverse=True):
        left_over[old[place][1]].append(place)
    for place, text in enumerate(new):
        if place not in was and left_over[text]:
            yield place, left_over[text].pop()


def _edited(
    old: Sequence[tuple[str, str]], new: Sequence[str], was: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Pairs that are alike, the best first."""
    unclaimed = set(range(len(old))) - set(was.values())
    pairs = [
        (-score, abs(place - before), place, before)
        for place, text in enumerate(new)
        if place not in was
        for before in unclaimed
        if (score := fuzz.ratio(old[before][1], text, score_cutoff=ALIKE))
    ]
    for _, _, place, before in sorted(pairs):
        yield place, before


def _paired(candidates: Iterator[tuple[int, int]]) -> dict[int, int]:
    """Each paragraph once on either side, first come first served."""
    pairs: dict[int, int] = {}
    claimed = set()
    for place, before in candidates:
        if place not in pairs and before not in claimed:
            pairs[place] = before
            claimed.add(before)
    return pairs


def _fresh(taken: set[str]) -> str:
    while (key := secrets.token_hex(6)) in taken:
        pass
    taken.add(key)
    return key
