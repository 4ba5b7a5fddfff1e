"""Texts about the site, as its curators wrote them or as they came with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from verite.core import freshness
from verite.core.text import Html, Profile, as_stored, render
from verite.pages.models import Page

SHIPPED = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Text:
    """A page's title and its HTML."""

    title: str
    html: Html


def page(slug: str, *, language: str) -> Text | None:
    """The text under this name, in one query; None if there is none, neither written nor shipped.

    What curators wrote is shown as it stands; what is shipped, in this language or else in English.
    """
    freshness.depends_on(f"page:{slug}")
    stored = Page.objects.filter(slug=slug).values_list("title", "html").first()
    return Text(stored[0], as_stored(stored[1])) if stored else _shipped(slug, language)


def _shipped(slug: str, language: str) -> Text | None:
    texts = _shipped_texts()
    return texts.get((language, slug)) or texts.get(("en", slug))


@cache
def _shipped_texts() -> dict[tuple[str, str], Text]:
    """By language and name. The first line of each file is its title, as a Markdown heading."""
    texts = {}
    for file in SHIPPED.glob("*/*.md"):
        heading, _, body = file.read_text(encoding="utf-8").partition("\n")
        texts[file.parent.name, file.stem] = Text(
            heading.removeprefix("# "), render(body, kind=Profile.REVIEW)
        )
    return texts
