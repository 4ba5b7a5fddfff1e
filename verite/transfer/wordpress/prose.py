"""HTML as WordPress stores it, as the Markdown that people would have typed here.

nh3 takes the HTML apart and leaves only what can be said in Markdown; markdownify, which walks what is left,
never meets anything else. The result is only Markdown: what reaches a page is decided by ``core.text``.
"""

# ruff: noqa: ARG002 - markdownify hands everything to every method, text by position and parents by name.

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import nh3
from markdownify import MarkdownConverter

from verite.core.text.sanitise import is_web_address

if TYPE_CHECKING:
    from bs4 import Tag

_BLOCK = r"(?:p|div|h[1-6]|ul|ol|blockquote|pre|table|hr|figure|figcaption|section|article|dl|center|address)"
_TAGS = {
    "p", "div", "br", "em", "i", "strong", "b", "a", "blockquote", "ul", "ol", "li", "code", "pre", "hr", "cite", "img",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}

_BLOCK_TAG = re.compile(rf"\s*(</?{_BLOCK}\b[^<>]*>)\s*", re.IGNORECASE)
_OWN_BLOCK = re.compile(rf"</?(?:{_BLOCK}|li|t[rdh]|thead|tbody|d[td])\b", re.IGNORECASE)
_AS_IT_STANDS = re.compile(r"(<pre\b.*?</pre>)", re.IGNORECASE | re.DOTALL)
_GAP = re.compile(r"\n\s*\n")
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
_ROW_END = re.compile(r"</(?:tr|dt|figcaption)>", re.IGNORECASE)
# A break at the end of a block breaks nothing; in Markdown its sign would be seen.
_LAST_BREAK = re.compile(
    r"(?:<br>\s*)+(?=\Z|</?(?:p|div|ul|ol|li|blockquote|h[1-6]|hr|pre)\b)", re.IGNORECASE
)

_ADDRESS = re.compile(r"(https?://[^\s<>\"\[\]`\\]*[^\s<>\"\[\]`\\.,;:!?'*_)])")
_SIGN = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?[0-9A-Za-z]{1,31};)")
_LINE_SIGN = re.compile(r"^(\s*)(?=#{1,6}(?:\s|\Z)|>|[-+](?:\s|\Z)|(?:-\s*)+$|=+\s*$|~~~)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*[0-9]{1,9})(?=[.)](?:\s|\Z))", re.MULTILINE)


def post_markdown(html: str, *, base: str) -> str:
    """The text of a post as Markdown; pictures are left out.

    Args:
        base: the address that relative links start from.
    """
    return _converted(html if "<!-- wp:" in html else with_paragraphs(html), _Posts(base))


def comment_markdown(html: str, *, base: str) -> str:
    """A comment as Markdown; a picture becomes a link to it."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    if "<" not in html and "&" not in html:  # as most are; three hundred times as fast
        return "\n\n".join(
            "\n".join(escaped(line.strip()) for line in block.strip().split("\n"))
            for block in _GAP.split(html)
        ).strip()
    return _converted(with_paragraphs(html), _Comments(base))


def words(html: str) -> str:
    """The words alone, on one line."""
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


def with_paragraphs(html: str) -> str:
    """What the classic editor stores has blank lines where paragraphs are; here they are made, as WordPress does."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        piece if place % 2 else "\n".join(_paragraphs(piece))
        for place, piece in enumerate(_AS_IT_STANDS.split(html))
    )


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is, with web addresses in it as links."""
    return "".join(
        f"<{piece}>" if place % 2 and is_web_address(piece) else _escaped(piece)
        for place, piece in enumerate(_ADDRESS.split(text))
    )


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\", _LINE_SIGN.sub(r"\1\\", _SIGN.sub(r"\\\g<0>", text)))


def _paragraphs(html: str) -> list[str]:
    chunks = (chunk.strip() for chunk in _GAP.split(_BLOCK_TAG.sub(r"\n\n\1\n\n", html)))
    return [
        chunk if _OWN_BLOCK.match(chunk) else f"<p>{chunk.replace(chr(10), '<br>')}</p>"
        for chunk in chunks
        if chunk
    ]


def _converted(html: str, converter: _Converter) -> str:
    html = _ROW_END.sub(r"<br>", _CELL_END.sub(" ", html))
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https"})
    try:
        markdown: str = converter.convert(_LAST_BREAK.sub("", clean))
    except RecursionError:  # thousands of tags inside each other mean nothing but trouble
        markdown = escaped(words(html))
    return markdown.strip()


class _Converter(MarkdownConverter):
    def __init__(self, base: str) -> None:
        super().__init__(
            heading_style="ATX", bullets="-", newline_style="BACKSLASH", bs4_options="html.parser"
        )
        self._base = base

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return _escaped(text) if "a" in parent_tags else escaped(text)

    def convert_a(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        href = str(tag.get("href") or "").strip()
        if tag.get_text().strip() == href and is_web_address(href):
            return f"<{href}>"
        return self._link(href, text)

    def convert_cite(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    def _link(self, href: str, text: str) -> str:
        label = " ".join(text.split())
        href = _joined(self._base, href.strip()) if href else ""
        if not label or not is_web_address(href):
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        target = f"<{href}>" if set(href) & set("()*_[]") else href
        return f"{before and ' '}[{label}]({target}){after and ' '}"


class _Posts(_Converter):
    def convert_img(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        return ""


class _Comments(_Converter):
    def convert_img(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        label = escaped(str(tag.get("alt") or "")) or str(tag.get("src") or "").rpartition("/")[2]
        return label if "a" in parent_tags else self._link(str(tag.get("src") or ""), label)

    def convert_br(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n"


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:  # brackets that are no address of version 6
        return ""
