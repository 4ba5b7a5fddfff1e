"""Words from outside, made safe to show, to compare and to store. Every visitor's text goes through here."""

from .cleaning import TextTooLong, clean_line, clean_text, excerpt
from .folding import fold, sort_key_title
from .markdown import paragraphs, plain, render
from .sanitise import SANITISER_VERSION, Html, Profile, as_stored, sanitise_html

__all__ = [
    "SANITISER_VERSION",
    "Html",
    "Profile",
    "TextTooLong",
    "as_stored",
    "clean_line",
    "clean_text",
    "excerpt",
    "fold",
    "paragraphs",
    "plain",
    "render",
    "sanitise_html",
    "sort_key_title",
]
