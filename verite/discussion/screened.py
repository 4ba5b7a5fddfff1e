"""Whether what somebody wrote about a film may be seen at once; asked alike of a post and of a change to one."""

from __future__ import annotations

from verite.discussion.words import Words
from verite.screening.judging import Submission, should_wait


def has_to_wait(participant_id: int, film_id: int, words: Words, source: str) -> bool:
    """Whether a moderator looks at it first; ``source`` is the address that it gives, if any.

    Rules may take their time, so no transaction is open.
    """
    return should_wait(Submission(participant_id, film_id, words.markdown, (source,) if source else ()))
