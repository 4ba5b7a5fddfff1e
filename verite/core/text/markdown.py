"""CommonMark as people write it here: no HTML, no pictures, no reference links.

Without reference links every paragraph means the same wherever it stands (notes hold on to single
paragraphs), and a short text cannot unfold into a very long page. What a kind of text does not allow is
not read as a sign at all: it stays on the page as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .cleaning import clean_text
from .pointing import NOWHERE, Pointers, called
from .sanitise import Html, Profile, allowed_only, is_web_address

# Deeper quotes and lists are cut off: time and memory would grow with the square of the depth.
MOST_LEVELS = 20

_MAKES = {"heading": "h2", "lheading": "h2", "hr": "hr", "code": "pre", "fence": "pre", "backticks": "code"}
_NEVER = ["image", "reference", "html_block", "html_inline"]


def render(markdown: str, *, kind: Profile, pointers: Pointers = NOWHERE) -> Html:
    """A text as safe HTML, in which moments of a film and calls of people are linked as ``pointers`` says.

    In comments each line typed is a line shown. Headings lie between h2 and h4, below the page's own title.

    Raises:
        TextTooLong: the text is longer than ``kind`` allows.
    """
    return pointers.put_into(allowed_only(_PARSERS[kind].render(_source(markdown, kind)), kind))


def mention_candidates(markdown: str) -> tuple[str, ...]:
    """Whom a comment may mean: what follows each ``@``, as names of one to five words, folded (``fold``).

    Code, addresses and quotes call nobody, and only the first twenty calls are looked at.

    Raises:
        TextTooLong: the text is longer than a comment may be.
    """
    return called(render(markdown, kind=Profile.COMMENT)) if "@" in markdown else ()


def paragraphs(markdown: str) -> list[str]:
    """The blocks of a review (paragraphs, headings, lists, quotes …) in order, each as Markdown of its own.

    Rendering them one by one gives what rendering the whole gives.

    Raises:
        TextTooLong: the text is longer than a review may be.
    """
    source = _source(markdown, Profile.REVIEW)
    lines = source.split("\n")
    return ["\n".join(lines[start:end]).rstrip("\n") for start, end in _blocks(source)]


def plain(markdown: str) -> str:
    """The words alone, a line per block: for descriptions, feeds and JSON-LD. Not escaped for HTML.

    Raises:
        TextTooLong: the text is longer than a review may be.
    """
    tokens = _PARSERS[Profile.REVIEW].parse(_source(markdown, Profile.REVIEW))
    blocks = (_words(token).strip() for token in tokens)
    return "\n".join(words for words in blocks if words)


def _source(markdown: str, kind: Profile) -> str:
    # An open block of code reads otherwise where the last line has no end.
    return clean_text(markdown, kind.value.most_characters).rstrip("\n") + "\n"


def _blocks(source: str) -> Iterator[tuple[int, int]]:
    for token in _PARSERS[Profile.REVIEW].parse(source):
        if token.level == 0 and token.map and token.nesting >= 0:
            start, end = token.map
            yield start, end


def _words(token: Token) -> str:
    if token.children is not None:
        return "".join(map(_words, token.children))
    return " " if token.type in ("softbreak", "hardbreak") else token.content


class _Parser(MarkdownIt):
    def __init__(self, kind: Profile) -> None:
        super().__init__(
            "commonmark",
            {"html": False, "breaks": kind is Profile.COMMENT, "maxNesting": MOST_LEVELS},
        )
        self.disable(_NEVER + [rule for rule, tag in _MAKES.items() if tag not in kind.value.tags])
        self.core.ruler.push("headings", _below_the_title)

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        return is_web_address(url)


def _below_the_title(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"


_PARSERS = {kind: _Parser(kind) for kind in Profile}
