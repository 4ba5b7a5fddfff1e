"""Samples of talk: comments, votes and ratings, by people whose names say that they are samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from random import Random
from typing import cast

from verite.accounts.actions import guest_for, name_author
from verite.accounts.guests import fresh_token
from verite.catalogue.queries.film_names import film_paths
from verite.discussion.actions import ask, cast_vote, delete_comment, post_comment, stick, take_up
from verite.discussion.notes import Moment, On, Passage
from verite.discussion.remarks import remark
from verite.ratings.actions import rate
from verite.ratings.score import LOWEST
from verite.transfer.demo.catalogue import CURATOR
from verite.transfer.demo.files import Table, days_before, read_tables

MEMBERS = tuple(f"Sample reader {number}" for number in range(1, 25))
GUESTS = tuple(f"Sample guest {number}" for number in range(1, 17))
NAMELESS = ""

HELPFUL, NOT_HELPFUL = 1, -1


def store_talk(film_ids: Mapping[str, int], *, now: datetime) -> None:
    """Let the samples be said, voted on and rated, each at its moment before ``now``.

    Args:
        film_ids: the films by title.
    """
    threads = read_tables("threads/*.toml", "threads")
    people = _people(days_before(now, max(comment["days"] for _film, comment in _said(threads))))
    for thread in threads:
        _rate(film_ids[thread["film"]], thread, people.values(), now)
    _ask(film_ids, threads, now)
    comment_ids: dict[tuple[str, str], int] = {}
    paths = film_paths(film_ids.values())
    for film, comment in sorted(_said(threads), key=lambda said: said[1]["days"], reverse=True):
        comment_id = post_comment(
            film_ids[film],
            people[comment["by"]],
            comment["text"],
            parent_id=comment_ids[film, comment["answers"]] if "answers" in comment else None,
            name=comment["by"],
            now=days_before(now, comment["days"]),
            film_path=paths[film_ids[film]],
            remark=remark(comment.get("kind", ""), comment.get("source", "")),
            on=_noted(comment),
        ).comment_id
        comment_ids[film, comment.get("id", "")] = comment_id
        _vote(comment_id, comment, [each for name, each in people.items() if name != comment["by"]], now)
    for film, comment in _said(threads):
        if comment.get("is_deleted", False):
            delete_comment(comment_ids[film, comment["id"]], people[comment["by"]])
        if comment.get("is_sticky", False):
            stick(comment_ids[film, comment["id"]])
        if "taken_up" in comment:
            take_up(comment_ids[film, comment["id"]], now=days_before(now, comment["taken_up"]))


def _said(threads: Iterable[Table]) -> Iterator[tuple[str, Table]]:
    """All comments, each with the title of its film."""
    return ((thread["film"], comment) for thread in threads for comment in thread["comments"])


def _ask(film_ids: Mapping[str, int], threads: Iterable[Table], now: datetime) -> None:
    """Let the curator ask readers something at words of a review."""
    for thread in threads:
        for question in thread.get("questions", ()):
            asked_at = days_before(now, question["days"])
            curator = name_author(CURATOR, now=asked_at)
            words = Passage(question["words"])
            ask(film_ids[thread["film"]], curator, words, question["text"], now=asked_at)


def _noted(comment: Table) -> On | None:
    """What a comment is a note on: ``words`` of the review, or seconds ``from`` (and ``to``) of a ``part``."""
    if "words" in comment:
        return Passage(comment["words"])
    return Moment(comment["part"], comment["from"], comment.get("to")) if "part" in comment else None


def _people(since: datetime) -> dict[str, int]:
    """Who takes part, by name: members, guests who sign, and one who does not."""
    members = {name: name_author(name, now=since) for name in MEMBERS}
    # A token that nobody is given: nobody can act in their names.
    guests = {name: _guest(since) for name in (*GUESTS, NAMELESS)}
    return members | guests


def _guest(since: datetime) -> int:
    return cast("int", guest_for(fresh_token(), now=since).participant_id)


def _rate(film_id: int, thread: Table, people: Iterable[int], now: datetime) -> None:
    """Give the film as many ratings of 1, 2, … 10 as the thread says, over the time of its comments."""
    values = [value for value, given in enumerate(thread["ratings"], LOWEST) for _ in range(given)]
    longest = max(comment["days"] for comment in thread["comments"])
    dice = _dice(thread["film"])
    for participant_id, value in zip(dice.sample(list(people), len(values)), values, strict=True):
        rate(film_id, participant_id, value, now=days_before(now, dice.uniform(0, longest)))


def _vote(comment_id: int, comment: Table, others: list[int], now: datetime) -> None:
    """Let as many others find the comment helpful, and not, as the file says."""
    helpful, not_helpful = comment.get("votes", (0, 0))
    values = [HELPFUL] * helpful + [NOT_HELPFUL] * not_helpful
    dice = _dice(comment["text"])
    for participant_id, value in zip(dice.sample(others, len(values)), values, strict=True):
        cast_vote(comment_id, participant_id, value, now=days_before(now, dice.uniform(0, comment["days"])))


def _dice(seed: str) -> Random:
    """Chance that falls the same every time."""
    return Random(seed)  # noqa: S311 (nothing here is secret)
