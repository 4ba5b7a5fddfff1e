"""Comments in an order in which each stands after the one that it answers."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.transfer.belongings import CommentSaid


@dataclass(frozen=True, slots=True)
class Untangled:
    """Comments, answers after what they answer; and, by lines, what was wrong with them."""

    comments: tuple[CommentSaid, ...]
    remarks: tuple[tuple[int, Remark], ...]


def untangled(comments: Sequence[CommentSaid], known: Container[int]) -> Untangled:
    """Put the comments of one film in order.

    An answer to something that is neither among them nor ``known`` from before becomes the head of a thread.
    So does the first comment of a circle in which each answers another. A number given twice counts once.
    """
    remarks: list[tuple[int, Remark]] = []
    by_number: dict[int, CommentSaid] = {}
    for comment in comments:
        if comment.number in by_number:
            remarks.append(
                (comment.line, _remark(comment.number, _("This number was given twice; the first counts.")))
            )
        else:
            by_number[comment.number] = comment
    for number in _first_of_circles(by_number):
        remarks.append(
            (
                by_number[number].line,
                _remark(number, _("It answers one of its own answers, and begins a thread now.")),
            )
        )
        by_number[number] = replace(by_number[number], parent=None)
    placed: dict[int, CommentSaid] = {}
    for number in sorted(by_number):
        for comment in reversed(list(_upward(by_number, number, placed))):
            parent = comment.parent
            if parent is not None and parent not in placed and parent not in known:
                remarks.append(
                    (
                        comment.line,
                        _remark(parent, _("What it answers is missing, so it begins a thread now.")),
                    )
                )
                parent = None
            placed[comment.number] = replace(comment, parent=parent)
    return Untangled(tuple(placed.values()), tuple(remarks))


def _upward(
    by_number: Mapping[int, CommentSaid], number: int | None, end: Container[int]
) -> Iterator[CommentSaid]:
    """A comment, the one it answers, and so on, up to what lies in ``end`` or not among these."""
    while number is not None and number in by_number and number not in end:
        yield by_number[number]
        number = by_number[number].parent


def _first_of_circles(by_number: Mapping[int, CommentSaid]) -> list[int]:
    """Of each circle of answers the lowest number."""
    first, seen = [], set[int]()
    for start in by_number:
        walk: dict[int, None] = {}
        number: int | None = start
        while number is not None and number in by_number and number not in seen and number not in walk:
            walk[number] = None
            number = by_number[number].parent
        if number is not None and number in walk:
            steps = list(walk)
            first.append(min(steps[steps.index(number) :]))
        seen |= walk.keys()
    return first


def _remark(number: int, why: str) -> Remark:
    return Remark("comment", str(number), why)
