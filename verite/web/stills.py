"""A film's drawn card wherever it stands: in lists, on its own screen, and where its address is shared.

The motif follows from the title and the first subject alone, so that a film looks the same everywhere.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from verite.web.cards.drawing import card
from verite.web.cards.shapes import Drawing, beside_title
from verite.web.cards.svg import to_svg

# A card takes as long to draw as the rest of a page's line, and 0.7 KB to keep.
_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def card_svg(slug: str, title: str, subject: str = "") -> Markup:
    """The card as inline SVG; ``subject`` is the name of the film's first, if it has any."""
    return Markup(to_svg(_drawing(slug, title, subject)))  # noqa: S704 (made of our own shapes)


@lru_cache(maxsize=_KEPT // 4)
def still_svg(slug: str, title: str, subject: str = "") -> Markup:
    """The same, with two fifths on the left left dark for words."""
    drawing = beside_title(_drawing(slug, title, subject))
    return Markup(to_svg(drawing, slice_to="xMaxYMid"))  # noqa: S704 (see above)


def card_png(slug: str, title: str, subject: str = "", *, slate: str, site: str) -> bytes:
    """The same as a picture of 1200 × 630 pixels with the title, facts (joined by " · ") and the site's name."""
    from verite.web.cards.png import to_png  # Pillow is slow to load, and most visits need none

    return to_png(_drawing(slug, title, subject), title=title, slate=slate, site=site)


def _drawing(slug: str, title: str, subject: str) -> Drawing:
    return card(slug, [title, subject])
