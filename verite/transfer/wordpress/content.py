"""What stands in a post: videos, words, pictures, and passages that readers were asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from django.utils.translation import gettext as _

from verite.catalogue.actions import PartFacts, Remark
from verite.catalogue.hosts import Found, recognise
from verite.core.text import excerpt
from verite.transfer.belongings import Passage

from .prose import post_markdown, words
from .shortcodes import Shortcode, acted_upon

LONGEST = 1 << 20  # characters; a review has room for a tenth of it

_MARK = re.compile(
    r"""<(?P<end>/?)(?P<tag>video|object|iframe|embed|source|param|img|script|form|a)\b(?P<attributes>[^<>]*)>"""
    r"""|(?:^|(?<=<p>)|(?<=wrapper">))[ \t]*(?P<line>https?://[^\s<>"\[\]]+)[ \t]*(?=$|</p>|</div>|<br)""",
    re.IGNORECASE | re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SOURCES = ("src", "data-src", "data-lazy-src", "data", "movie")
_FILES = ("src", "mp4", "m4v", "webm", "ogv", "flv", "url")
_NAMES_A_PART = re.compile(
    r"\A\W*(?:(?:part|episode|ep|chapter|teil|folge|partie|parte|episodio|volume|vol)\b|[0-9ivx]{1,4}\W*\Z)",
    re.IGNORECASE,
)
_LONGEST_LABEL = 500


@dataclass(slots=True)
class Content:
    """What a post holds. ``markdown`` is its text without players; ``parts`` are in the order of the text."""

    markdown: str = ""
    parts: tuple[PartFacts, ...] = ()
    is_series: bool = False
    passages: list[Passage] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_content(html: str, *, base: str, more_videos: tuple[str, ...] = ()) -> Content:
    """Take a post apart.

    Args:
        base: the address of the site, from which relative links start.
        more_videos: addresses from custom fields; they come first.
    """
    content = Content()
    if len(html) > LONGEST:
        content.remarks.append(Remark("content", excerpt(html, 100), _("The text is too long for a review.")))
        html = ""
    videos = _Videos(content)
    for address in more_videos:
        videos.add_player([address])
    html = acted_upon(html, lambda shortcode: _acted(shortcode, content))
    html = _without_players(html, videos)
    content.parts = tuple(videos.parts())
    content.is_series = any(source.kind == "playlist" for part in content.parts for source in part.sources)
    content.markdown = post_markdown(html, base=base)
    return content


def _acted(shortcode: Shortcode, content: Content) -> str:
    """What stands on the page where a shortcode stood in the text."""
    attributes, address = shortcode.attributes, shortcode.inner.strip() or shortcode.word
    match shortcode.name:
        case "wpdiscuz-feedback":
            content.passages.append(
                Passage(
                    attributes.get("id", "")[:40],
                    words(shortcode.inner),
                    words(attributes.get("question", "")),
                    attributes.get("opened", "") == "1",
                )
            )
            return shortcode.inner
        case "caption" | "wp_caption":
            # Before WordPress 3.4 the words under a picture were an attribute.
            return f"{shortcode.inner} {attributes.get('caption', '')}"
        case "embed":
            return _frame(address or attributes.get("src", ""))
        case "video":
            sources = (attributes[name] for name in _FILES if attributes.get(name))
            return "<video>" + "".join(f'<source src="{escape(each)}">' for each in sources) + "</video>"
        case "youtube" | "vimeo" | "dailymotion":
            return _frame(
                _spelt(shortcode.name, address or attributes.get("id", "") or attributes.get("url", ""))
            )
        case "ratings" | "ratings_results" | "toc":
            return ""
    content.remarks.append(
        Remark(
            "shortcode",
            f"[{shortcode.name}]",
            _("Shortcodes of plugins are left out; what they enclose is kept."),
        )
    )
    return shortcode.inner


def _frame(address: str) -> str:
    return f'\n\n<iframe src="{escape(unescape(address))}"></iframe>\n\n' if address else ""


def _spelt(host: str, video: str) -> str:
    """The address of a video of which only the id may be given."""
    if "/" in video:
        return video
    pages = {"youtube": "https://youtu.be/", "vimeo": "https://vimeo.com/", "dailymotion": "https://dai.ly/"}
    return f"{pages[host]}{video}" if video else ""


def _without_players(html: str, videos: _Videos) -> str:
    """The text that is left once players are taken out; a player nobody knows becomes a link."""
    pieces, done = [], 0
    group: list[str] | None = None
    begin = 0
    for mark in _MARK.finditer(html):
        tag = (mark["tag"] or "").lower()
        addresses = _addresses(mark)
        if tag in ("video", "object"):
            if not mark["end"] and group is None:
                group, begin = addresses, mark.start()
            elif mark["end"] and group is not None:
                pieces += [html[done:begin], videos.add_player(group)]
                group, done = None, mark.end()
        elif group is not None and tag in ("source", "embed", "param"):
            group += addresses
        elif mark["end"]:
            pass
        elif tag in ("iframe", "embed"):
            pieces += [html[done : mark.start()], videos.add_player(addresses)]
            done = mark.end()
        elif mark["line"] and (found := recognise(unescape(mark["line"]))):
            pieces += [html[done : mark.start()], videos.add_found([found])]
            done = mark.end()
        else:
            _note(tag, mark, html, videos)
    return "".join((*pieces, html[done:]))


def _note(tag: str, mark: re.Match[str], html: str, videos: _Videos) -> None:
    remarks = videos.content.remarks
    if tag == "img":
        source = next(iter(_addresses(mark)), "")
        remarks.append(Remark("image", source[:300], _("Pictures in texts are not taken over.")))
    elif tag in ("script", "form"):
        remarks.append(Remark("content", f"<{tag}>", _("Scripts and forms are left out.")))
    elif tag == "a":
        end = html.find("</a>", mark.end(), mark.end() + _LONGEST_LABEL)
        label = words(html[mark.end() : end]) if end >= 0 else ""
        href = dict(_attributes(mark)).get("href", "")
        if href and (found := recognise(href)):
            videos.links.append((found, label))


def _attributes(mark: re.Match[str]) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(mark["attributes"] or ""):
        yield found[1].lower(), unescape(found[2] or found[3] or found[4] or "").strip()


def _addresses(mark: re.Match[str]) -> list[str]:
    said = dict(_attributes(mark))
    if said.get("name", "").lower() == "movie":
        said["movie"] = said.get("value", "")
    return [said[name] for name in _SOURCES if said.get(name, "").startswith(("http", "//", "/"))]


class _Videos:
    """The players of a post, and its links to videos."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.links: list[tuple[Found, str]] = []
        self._players: list[list[Found]] = []

    def add_player(self, addresses: list[str]) -> str:
        """Take note of a player.

        Returns:
            What is to stand in the text instead: nothing, or a link where nobody knows the player.
        """
        found = {(each.host, each.ref): each for address in addresses if (each := recognise(address))}
        if found:
            return self.add_found(list(found.values()))
        if not addresses:
            return ""
        self.content.remarks.append(
            Remark(
                "address",
                addresses[0][:300],
                _("No video host that we know plays this address. It stays as a link."),
            )
        )
        address = escape(addresses[0])
        return f'\n\n<p><a href="{address}">{address}</a></p>\n\n'

    def add_found(self, found: list[Found]) -> str:
        self._players.append(found)
        return "\n\n"

    def parts(self) -> Iterator[PartFacts]:
        """A part for each player. Links are parts where there is no player, or where they call themselves so."""
        seen: set[tuple[str, str]] = set()
        has_player = bool(self._players)
        candidates = [(found, "") for found in self._players]
        for link, label in self.links:
            if not has_player or _NAMES_A_PART.match(label):
                candidates.append(([link], label))
            elif all(
                (link.host, link.ref) != (each.host, each.ref) for found in self._players for each in found
            ):
                self.content.remarks.append(
                    Remark("link", link.address, _("A link to a video beside the player stays in the text."))
                )
        position = 0
        for found, label in candidates:
            sources = tuple(each for each in found if (each.host, each.ref) not in seen)
            seen |= {(each.host, each.ref) for each in found}
            if sources:
                position += 1
                yield PartFacts(position=position, title=_title(label), sources=sources)


def _title(label: str) -> str:
    return "" if label.startswith(("http", "www.")) else excerpt(label, 200) if label else ""
