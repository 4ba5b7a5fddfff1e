"""What the database of a running site holds of ratings and talk, read by a process of that site."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.verite_process import REPOSITORY, Served


class Said(NamedTuple):
    """A comment; ``before`` is what it said earlier."""

    id: int
    film: str
    by: int
    words: str
    state: str
    before: list[str]


class Voted(NamedTuple):
    comment: int
    by: int
    value: int


class Rated(NamedTuple):
    film: str
    by: int
    value: int


@dataclass(frozen=True, slots=True)
class Books:
    """Every row.

    Attributes:
        wrong: broken pages and references of the database, and what is kept otherwise than it is counted anew.
        participants: names by id.
    """

    wrong: list[str]
    participants: dict[int, str]
    comments: list[Said]
    votes: list[Voted]
    ratings: list[Rated]

    def said(self, film: str) -> list[Said]:
        return [each for each in self.comments if each.film == film]

    def rated(self, film: str) -> list[Rated]:
        return [each for each in self.ratings if each.film == film]

    def voted(self, comment: int) -> list[Voted]:
        return [each for each in self.votes if each.comment == comment]

    def called(self, name: str) -> int:
        """The one participant of a name."""
        (found,) = (by for by, each in self.participants.items() if each == name)
        return found


@dataclass(frozen=True, slots=True)
class Bookkeeper:
    """A process of the site's that reads its database whenever it is asked to."""

    process: subprocess.Popen[str]

    def read(self) -> Books:
        """Everything, at this moment."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        read = json.loads(self.process.stdout.readline())
        return Books(
            wrong=read["wrong"],
            participants=dict(read["participants"]),
            comments=[Said(*row) for row in read["comments"]],
            votes=[Voted(*row) for row in read["votes"]],
            ratings=[Rated(*row) for row in read["ratings"]],
        )


@contextmanager
def bookkeeping(site: Served) -> Iterator[Bookkeeper]:
    command = [sys.executable, "-m", "tests.serving.books"]
    with subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=site.environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        bookkeeper = Bookkeeper(process)
        bookkeeper.read()  # so that it has started, which takes it a while
        yield bookkeeper


def _main() -> None:
    """Write one line for each that comes."""
    import django

    django.setup()
    for _line in sys.stdin:
        print(json.dumps(_everything()), flush=True)  # noqa: T201


def _everything() -> dict[str, Any]:
    from verite.accounts.models import Participant
    from verite.catalogue.models import Film
    from verite.core.db import snapshot
    from verite.core.db.integrity import integrity_faults
    from verite.discussion.models import Comment, CommentRevision, CommentVote
    from verite.discussion.queries import recount as recount_talk
    from verite.ratings.models import Rating
    from verite.ratings.queries import recount as recount_ratings

    with snapshot():
        drifts = [
            str(drift)
            for film in Film.objects.values_list("pk", flat=True)
            for drift in (*recount_talk(film), *recount_ratings(film))
        ]
        before = defaultdict(list)
        for comment, words in CommentRevision.objects.order_by("pk").values_list("comment", "markdown"):
            before[comment].append(words)
        columns = ("pk", "film__slug", "participant", "markdown", "state")
        return {
            "wrong": integrity_faults() + drifts,
            "participants": list(Participant.objects.values_list("pk", "name")),
            "comments": [
                (*row, before[row[0]]) for row in Comment.objects.order_by("pk").values_list(*columns)
            ],
            "votes": list(CommentVote.objects.values_list("comment", "participant", "value")),
            "ratings": list(Rating.objects.values_list("film__slug", "participant", "value")),
        }


if __name__ == "__main__":
    _main()
