"""A review is saved: every note on its words is placed anew, or told to have lost them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection

from verite.core import freshness
from verite.discussion import keys
from verite.discussion.anchors import Paragraph, Placed, Quote, place_all, plain_text
from verite.discussion.counting import hold_talk
from verite.discussion.models import Anchor

_PLACED = ("state", "score", "paragraph", "start_char", "end_char")
# Thousands may move at once while nobody else writes; ``bulk_update`` takes sixty times as long.
_PUT = """
UPDATE discussion_anchor SET state = %s, score = %s, paragraph = %s, start_char = %s, end_char = %s WHERE id = %s
"""


def place_anew(film_id: int, paragraphs: Sequence[tuple[str, str]]) -> Callable[[], None]:
    """Find every anchor on a film's review in its new text, be it the first; what is returned writes where they stand.

    A follower of ``catalogue.review_changes``. Notes that are posted in between are placed by what it returns.

    Args:
        paragraphs: key and HTML of each paragraph of the new text.
    """
    text = [Paragraph(key, plain_text(html)) for key, html in paragraphs]
    placed = _placed(_on_review(film_id), text)

    def write() -> None:
        hold_talk(film_id)
        present = _on_review(film_id)
        late = [anchor for anchor in present if anchor.pk not in placed]
        places = placed | _placed(late, text)
        moved = [anchor for anchor in present if _put(anchor, places[anchor.pk])]
        if moved:
            with connection.cursor() as cursor:
                cursor.executemany(_PUT, [(*_place_of(anchor), anchor.pk) for anchor in moved])
            freshness.touch(keys.talk(film_id))

    return write


def _on_review(film_id: int) -> list[Anchor]:
    return list(Anchor.objects.filter(film=film_id, target=Anchor.Target.REVIEW).order_by("pk"))


def _placed(anchors: Sequence[Anchor], text: Iterable[Paragraph]) -> dict[int, Placed]:
    found = place_all([_quote(anchor) for anchor in anchors], text)
    return {anchor.pk: each for anchor, each in zip(anchors, found, strict=True)}


def _quote(anchor: Anchor) -> Quote:
    return Quote(anchor.exact, anchor.prefix, anchor.suffix, anchor.paragraph, anchor.start_char or 0)


def _put(anchor: Anchor, placed: Placed) -> bool:
    """Let an anchor stand where it was found.

    Returns:
        Whether that is anything new.
    """
    before = _place_of(anchor)
    anchor.state, anchor.score = placed.state, placed.score
    anchor.paragraph = placed.paragraph or anchor.paragraph  # an orphan's words may come back
    anchor.start_char, anchor.end_char = placed.start, placed.end
    return _place_of(anchor) != before


def _place_of(anchor: Anchor) -> tuple[Any, ...]:
    return tuple(getattr(anchor, name) for name in _PLACED)
