"""A review's words, made ready to be stored before any transaction is open."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from verite.core.text import Html, Profile, clean_text, paragraphs, render


class ReviewRefused(Exception):
    """A review cannot be saved. The message says why, for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list or quote, as Markdown and as safe HTML."""

    markdown: str
    html: Html


@dataclass(frozen=True, slots=True)
class ReviewText:
    """A review's Markdown, cleaned, and its blocks."""

    markdown: str
    blocks: tuple[Block, ...]


def review_text(markdown: str) -> ReviewText:
    """A review made ready to be saved.

    Raises:
        ReviewRefused: there is nothing in it.
        TextTooLong: the text is longer than a review may be.
    """
    text = clean_text(markdown, Profile.REVIEW.value.most_characters).strip()
    blocks = tuple(Block(block, render(block, kind=Profile.REVIEW)) for block in paragraphs(text))
    if not blocks:
        raise ReviewRefused(_("There is nothing to save yet. Write a paragraph first."))
    return ReviewText(text, blocks)
