"""WXR, the export of WordPress: its elements as records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

from .blocks import Blocks, head_of
from .elements import ChannelParser, Element, Maker
from .mending import tolerant_elements
from .records import Author, Broken, Comment, Damage, Export, Post, Record, Site, Term

_SIGN = re.compile(rb"<rss\b[^>]*wordpress\.org/export/[0-9.]+/", re.DOTALL)
_COMMENT_NUMBER = re.compile(rb"comment_id>\s*(?:<!\[CDATA\[)?\s*([0-9]{1,18})")
_COMMENT_NUMBER_BYTES = 64
_NUMBER = re.compile(r"[0-9]{1,18}")

# Of each kind of term: taxonomy, and the elements that hold slug, name, parent and description.
_TERMS = {
    "wp:category": ("category", "wp:category_nicename", "wp:cat_name", "wp:category_parent", "wp:category_description"),
    "wp:tag": ("post_tag", "wp:tag_slug", "wp:tag_name", "", "wp:tag_description"),
    "wp:term": ("", "wp:term_slug", "wp:term_name", "wp:term_parent", "wp:term_description"),
}  # fmt: skip
_SITE = ("title", "link", "wp:base_site_url", "wp:base_blog_url")


def is_wxr(head: bytes) -> bool:
    """Whether a file that begins so, compressed or not, is an export of WordPress."""
    return _SIGN.search(head_of(head)) is not None


def open_wxr(path: Path, *, tolerant: bool) -> Export:
    """Open an export.

    Args:
        tolerant: read past damage, and say by ``Damage`` where it was.

    Raises:
        OSError: the file cannot be read.
    """
    with Blocks(path):
        pass
    return Export(
        _("WordPress export (WXR), read tolerantly") if tolerant else _("WordPress export (WXR)"),
        _records(_tolerant(path) if tolerant else _advised(_strict(path))),
        lambda: _highest_comment(path),
    )


def _advised(elements: Iterator[tuple[Element | Damage, int]]) -> Iterator[tuple[Element | Damage, int]]:
    """The same; where they end in damage, it is said how to go on."""
    try:
        yield from elements
    except Broken as error:
        raise Broken(
            _("%s Export the site again, or add --tolerant to read everything that can be read.") % error
        ) from error


def _strict(path: Path) -> Iterator[tuple[Element | Damage, int]]:
    parser = ChannelParser(_MAKERS)
    with Blocks(path) as blocks:
        for block in _with_end(blocks, parser):
            broken = None
            try:
                parser.feed(block, is_last=not block)
            except Unreadable as error:
                broken = error
            # What ends before the damage is good.
            yield from ((element, blocks.position) for element in parser.take())
            if broken:
                raise broken


def _with_end(blocks: Iterable[bytes], parser: ChannelParser) -> Iterator[bytes]:
    try:
        yield from blocks
    except Broken as error:
        raise Broken(_("Line %(line)d: %(why)s") % {"line": parser.line, "why": error}) from error
    yield b""


def _tolerant(path: Path) -> Iterator[tuple[Element | Damage, int]]:
    with Blocks(path) as blocks:
        for element in tolerant_elements(blocks, _MAKERS):
            yield element, blocks.position


def _highest_comment(path: Path) -> int:
    highest, rest = 0, b""
    # Where the file is cut off, nothing follows whose number could be taken.
    with Blocks(path) as blocks, suppress(Broken):
        for block in blocks:
            text = rest + block
            highest = max(highest, *map(int, _COMMENT_NUMBER.findall(text)), 0)
            rest = text[-_COMMENT_NUMBER_BYTES:]
    return highest


def _records(elements: Iterator[tuple[Element | Damage, int]]) -> Iterator[tuple[Record, int]]:
    site: dict[str, str] = {}
    is_site_told = False
    for element, end in elements:
        if isinstance(element, Damage):
            yield element, end
            continue
        if element.name in _SITE:
            site.setdefault(element.name, element.text)
            continue
        record = _record(element)
        if record is None:
            continue
        if not is_site_told:
            yield _site(site), end
            is_site_told = True
        yield record, end


def _site(said: dict[str, str]) -> Site:
    addresses = (said.get(name, "") for name in ("wp:base_blog_url", "wp:base_site_url", "link"))
    return Site(said.get("title", ""), next(filter(None, addresses), ""))


def _record(element: Element) -> Record | None:
    if element.name == "item":
        return _post(element)
    if element.name == "wp:author":
        return Author(
            element.of("wp:author_login"),
            _number(element.of("wp:author_id")),
            element.of("wp:author_display_name"),
            element.of("wp:author_email"),
        )
    if told := _TERMS.get(element.name):
        taxonomy, slug, name, parent, description = told
        return Term(
            taxonomy=taxonomy or element.of("wp:term_taxonomy"),
            slug=element.of(slug),
            name=element.of(name),
            parent=element.of(parent) if parent else "",
            description=element.of(description),
            number=_number(element.of("wp:term_id")),
        )
    return None


def _post(item: Element) -> Post:
    return Post(
        number=_number(item.of("wp:post_id")),
        line=item.line,
        kind=item.of("wp:post_type"),
        status=item.of("wp:status"),
        title=item.of("title"),
        slug=item.of("wp:post_name"),
        link=item.of("link"),
        author=item.of("dc:creator"),
        content=item.of("content:encoded"),
        excerpt=item.of("excerpt:encoded"),
        date=item.of("wp:post_date"),
        date_gmt=item.of("wp:post_date_gmt"),
        password=item.of("wp:post_password"),
        is_open=item.of("wp:comment_status") != "closed",
        terms=tuple(_terms_of(item)),
        metas=tuple(made for made in item.made if isinstance(made, tuple)),
        comments=tuple(made for made in item.made if isinstance(made, Comment)),
    )


def _terms_of(item: Element) -> Iterator[Term]:
    """The terms of a post. WXR 1.0 says each twice, once without its slug."""
    for child in item.children:
        if child.name == "category" and (slug := child.attributes.get("nicename")):
            domain = child.attributes.get("domain", "category")
            yield Term("post_tag" if domain == "tag" else domain, slug, child.text)


def _comment(element: Element) -> Comment:
    return Comment(
        number=_number(element.of("wp:comment_id")),
        line=element.line,
        parent=_number(element.of("wp:comment_parent")),
        author=element.of("wp:comment_author"),
        user=_number(element.of("wp:comment_user_id")),
        date=element.of("wp:comment_date"),
        date_gmt=element.of("wp:comment_date_gmt"),
        content=element.of("wp:comment_content"),
        approved=element.of("wp:comment_approved"),
        kind=element.of("wp:comment_type"),
        metas=tuple(element.made),
    )


def _meta(element: Element) -> tuple[str, str]:
    return element.of("wp:meta_key"), element.of("wp:meta_value")


_MAKERS: dict[str, Maker] = {"wp:comment": _comment, "wp:postmeta": _meta, "wp:commentmeta": _meta}


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
