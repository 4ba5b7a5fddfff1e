"""Whether something that was written may be seen at once, or waits for a moderator.

What judges is registered at start-up: a rule is whatever says ``True`` of what should wait. Without rules everything
is seen at once. Rules are asked before any transaction is open, so that none holds up other writers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody wants to publish.

    Attributes:
        participant_id: who wrote it.
        about: the id of the film that it is about.
        markdown: its words, cleaned.
        addresses: where it sends readers, beside the links in its words.
    """

    participant_id: int
    about: int
    markdown: str
    addresses: tuple[str, ...] = ()


class Rule(Protocol):
    """Says whether something should wait for a moderator."""

    def __call__(self, submission: Submission) -> bool: ...


_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Ask ``rule`` about everything that is written from now on."""
    _rules.append(rule)


def should_wait(submission: Submission) -> bool:
    """Whether any rule wants a moderator to look at it first."""
    return any(rule(submission) for rule in _rules)
