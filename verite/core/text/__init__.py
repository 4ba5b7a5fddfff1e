"""Words from outside, made safe to show, to compare and to store. Every visitor's text goes through here."""

from .cleaning import TextTooLong, clean_line, clean_text, excerpt
from .folding import fold, sort_key_title
from .markdown import mention_candidates, paragraphs, plain, render
from .pointing import Pointers
from .quoting import own_words, quoted_markdown
from .sanitise import SANITISER_VERSION, Html, Profile, as_stored, sanitise_html

__all__ = [
    "SANITISER_VERSION",
    "Html",
    "Pointers",
    "Profile",
    "TextTooLong",
    "as_stored",
    "clean_line",
    "clean_text",
    "excerpt",
    "fold",
    "mention_candidates",
    "own_words",
    "paragraphs",
    "plain",
    "quoted_markdown",
    "render",
    "sanitise_html",
    "sort_key_title",
]
