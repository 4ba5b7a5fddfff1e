"""Comments of others, posted by a process of the site's own: the browser's thread may not touch a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.attendants import answer_all, ask


@dataclass(frozen=True, slots=True)
class Saying:
    """A comment on a film.

    Attributes:
        answers: which of the sayings before it is answered, by its place among them.
    """

    film: str
    words: str
    name: str = ""
    answers: int | None = None


def post(data: Path, sayings: Iterable[Saying]) -> list[int | None]:
    """Post each as another guest; gives their ids, None for what the site refused."""
    ids: list[int | None] = ask("tests.browser.speaking", data, [asdict(saying) for saying in sayings])
    return ids


def _posted(sayings: Iterable[dict[str, Any]]) -> list[int | None]:
    from verite.accounts.actions import guest_for
    from verite.accounts.guests import fresh_token
    from verite.catalogue.models import Film
    from verite.catalogue.queries.film_names import film_path
    from verite.core import clock
    from verite.discussion.actions import post_comment
    from verite.discussion.refusals import TalkRefused

    films = dict(Film.objects.values_list("slug", "pk"))
    ids: list[int | None] = []
    for saying in sayings:
        guest = guest_for(fresh_token(), now=clock.now())
        assert guest.participant_id is not None
        above = ids[saying["answers"]] if saying["answers"] is not None else None
        try:
            posted = post_comment(
                films[saying["film"]],
                guest.participant_id,
                saying["words"],
                now=clock.now(),
                parent_id=above,
                name=saying["name"],
                film_path=film_path(saying["film"]),
            )
        except TalkRefused:
            ids.append(None)
        else:
            ids.append(posted.comment_id)
    return ids


if __name__ == "__main__":
    import django

    django.setup()
    answer_all(_posted)
