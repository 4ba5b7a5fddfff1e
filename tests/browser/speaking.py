"""Comments of others, posted by a process of the site's own: the browser's thread may not touch a database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.verite_process import PATIENCE_SECONDS, REPOSITORY, environment


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
    process = subprocess.run(
        [sys.executable, "-m", "tests.browser.speaking"],
        cwd=REPOSITORY,
        env=environment(data, {"DJANGO_SETTINGS_MODULE": "verite.project.settings"}),
        input=json.dumps([asdict(saying) for saying in sayings]),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert process.returncode == 0, process.stderr
    ids: list[int | None] = json.loads(process.stdout)
    return ids


def _main() -> None:
    import django

    django.setup()
    from verite.accounts.actions import guest_for
    from verite.accounts.guests import fresh_token
    from verite.catalogue.models import Film
    from verite.catalogue.queries.film_names import film_path
    from verite.core import clock
    from verite.discussion.actions import post_comment
    from verite.discussion.refusals import TalkRefused

    films = dict(Film.objects.values_list("slug", "pk"))
    ids: list[int | None] = []
    for saying in json.load(sys.stdin):
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
    json.dump(ids, sys.stdout)


if __name__ == "__main__":
    _main()
