"""Small exports of WordPress, made for one question each."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue.sayings import NOW
from verite.transfer.importing import import_file
from verite.transfer.options import AS_USUAL, Options
from verite.transfer.report import Report

FIXTURE = Path(__file__).parents[1] / "fixtures" / "wordpress_6.9_wpdiscuz_7.6_postratings.xml.gz"

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Films</title>
"""
TAIL = "</channel>\n</rss>\n"
VIDEO = "https://archive.org/details/nanook"


def site(*children: str, address: str = "https://films.example") -> str:
    """A whole export."""
    return f"{HEAD}<wp:base_blog_url>{address}</wp:base_blog_url>\n" + "\n".join(children) + TAIL


def post(
    number: int = 1,
    title: str = "Rain",
    content: str = VIDEO,
    *inner: str,
    link: str = "",
    status: str = "publish",
    kind: str = "post",
    gmt: str = "2013-01-11 09:31:00",
) -> str:
    """A post; ``inner`` are further elements of it."""
    slug = title.lower().replace(" ", "-")
    return (
        f"<item><title>{title}</title><link>{link or f'https://films.example/{slug}/'}</link>"
        f"<dc:creator>ana</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>2013-01-11 10:31:00</wp:post_date>"
        f"<wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{''.join(inner)}</item>"
    )


def comment(
    number: int,
    text: str = "I saw it twice.",
    *,
    parent: int = 0,
    approved: str = "1",
    kind: str = "comment",
    gmt: str = "2016-03-01 10:00:00",
    **metas: str,
) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Reader {number}</wp:comment_author>"
        f"<wp:comment_author_email>secret{number}@example.org</wp:comment_author_email>"
        f"<wp:comment_author_IP>192.0.2.77</wp:comment_author_IP>"
        f"<wp:comment_date>2016-03-01 11:00:00</wp:comment_date><wp:comment_date_gmt>{gmt}</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}"
        f"</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}"
        f"</wp:comment_parent>{''.join(_meta('comment', *each) for each in metas.items())}</wp:comment>"
    )


def meta(key: str, value: str) -> str:
    """A custom field of a post."""
    return _meta("post", key, value)


def term(name: str, slug: str, domain: str = "category") -> str:
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


def category(number: int, slug: str, name: str, parent: str = "") -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>"
    )


def _meta(of: str, key: str, value: str) -> str:
    return (
        f"<wp:{of}meta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value>"
        f"</wp:{of}meta>"
    )


def taken_in(
    folder: Path, text: str, options: Options = AS_USUAL, name: str = "site.xml", **how: bool
) -> Report:
    """Import an export that is written here and now."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return import_file(path, now=NOW, options=options, **how)  # type: ignore[arg-type]
