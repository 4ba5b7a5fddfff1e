"""Reviews saved and notes posted by a process of the site's own, as ``speaking`` posts comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.attendants import answer_all, ask


@dataclass(frozen=True, slots=True)
class Review:
    """A film's review is saved."""

    film: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Note:
    """Somebody new notes on words of the review, or on a moment of the first part; a question if it is asked."""

    film: str
    words: str
    exact: str = ""
    start: int = 0
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A film comes in so many parts of ten minutes each."""

    film: str
    count: int


def do(data: Path, *acts: Review | Note | Parts) -> list[int]:
    """Do each in turn; gives the ids of the places of notes."""
    told = [{"act": type(act).__name__, **asdict(act)} for act in acts]
    places: list[int] = ask("tests.browser.reviewing", data, told)
    return places


def _done(acts: Iterable[dict[str, object]]) -> list[int]:
    from verite.accounts.actions import guest_for
    from verite.accounts.guests import fresh_token
    from verite.accounts.models import Participant
    from verite.catalogue.actions.reviews import save_review
    from verite.catalogue.models import Film, Part, Source
    from verite.core import clock, db, freshness
    from verite.discussion import actions
    from verite.discussion.models import Comment
    from verite.discussion.notes import Moment, Passage

    def curator() -> int:
        found = Participant.objects.filter(slug="curator-of-notes").first() or Participant.objects.create(
            kind=Participant.Kind.MEMBER, name="Agnès", slug="curator-of-notes", created_at=clock.now()
        )
        return found.pk

    places: list[int] = []
    for told in acts:
        film, now = Film.objects.get(slug=told["film"]), clock.now()
        if told["act"] == "Review":
            save_review(film.pk, curator(), str(told["markdown"]), now=now)
        elif told["act"] == "Parts":
            with db.write():
                for position in range(1, int(str(told["count"])) + 1):
                    part = Part.objects.create(
                        film=film, position=position, title=f"Part the {position}th", length_seconds=600
                    )
                    Source.objects.create(
                        part=part, position=0, host="internet-archive", kind="video", ref=f"x/{position}.mp4"
                    )
                freshness.touch(f"film:{film.pk}")
        else:
            exact = str(told["exact"])
            on = Passage(exact) if exact else Moment(1, int(str(told["start"])))
            if told["is_question"]:
                places.append(actions.ask(film.pk, curator(), on, str(told["words"]), now=now))
                continue
            guest = guest_for(fresh_token(), now=now).participant_id
            assert guest is not None
            posted = actions.post_comment(film.pk, guest, str(told["words"]), now=now, on=on, name="Reader")
            places.append(Comment.objects.values_list("anchor_id", flat=True).get(pk=posted.comment_id) or 0)
    return places


if __name__ == "__main__":
    import django

    django.setup()
    answer_all(_done)
