"""A made-up documentary site as WordPress exports it, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bench.imports.films import FIRST, LAST, QUALITIES, SUBJECTS, THINGS, WORDS

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Films</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://films.example</wp:base_site_url><wp:base_blog_url>https://films.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ana</wp:author_login>
<wp:author_email>ana@films.example</wp:author_email><wp:author_display_name>Ana</wp:author_display_name></wp:author>
"""
TAIL = "</channel>\n</rss>\n"
HOUR, DAYS = 24, 28


def write_site(path: Path, films: int, comments: int, *, seed: int = 1) -> None:
    """Write an export of so many films with so many comments, a third of them answers, a few very busy films."""
    chance = random.Random(seed)
    share = [chance.paretovariate(1.2) for _film in range(films)]
    each = comments / sum(share)
    number = 1_000
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for place, subject in enumerate(SUBJECTS):
            parent = f"s{place // 6}" if place % 6 else ""
            file.write(
                f"<wp:category><wp:term_id>{place + 2}</wp:term_id><wp:category_nicename>s{place}"
                f"</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent>"
                f"<wp:cat_name>{subject}</wp:cat_name></wp:category>\n"
            )
        for film in range(films):
            count = round(share[film] * each)
            file.writelines(write_post(film, number, count, chance))
            number += count
        file.write(TAIL)


def write_post(film: int, first: int, comments: int, chance: random.Random) -> Iterator[str]:
    title = f"{chance.choice(QUALITIES)} {chance.choice(THINGS)} {film}"
    slug, subject = title.lower().replace(" ", "-"), chance.randrange(len(SUBJECTS))
    ratings = chance.randrange(2000)
    moment = f"{2008 + film % 15}-{film % 12 + 1:02}-{film % DAYS + 1:02} {film % HOUR:02}:00:00"
    text = "\n\n".join(words(chance, 60) for _paragraph in range(5))
    yield (
        f"<item><title>{title}</title><link>https://films.example/{slug}/</link><dc:creator>ana</dc:creator>"
        f'<content:encoded><![CDATA[<iframe src="https://archive.org/embed/f{film}"></iframe>\n\n{text}\n\n'
        f'<a href="https://example.org/{film}">More</a> and <em>more</em>.]]></content:encoded>'
        f"<wp:post_id>{film + 1}</wp:post_id><wp:post_date_gmt>{moment}</wp:post_date_gmt>"
        f"<wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="s{subject}">{SUBJECTS[subject]}</category>'
        f'<category domain="category" nicename="y">{1950 + film % 70}</category>'
        + _meta("post", "ratings_users", ratings)
        + _meta("post", "ratings_score", ratings * 7)
        + _meta("post", "director", f"{chance.choice(FIRST)} {chance.choice(LAST)}")
    )
    for place in range(comments):
        yield _comment(first, place, moment, chance)
    yield "</item>\n"


def _comment(first: int, place: int, moment: str, chance: random.Random) -> str:
    parent = first + chance.randrange(place) if place and chance.random() < 0.33 else 0
    for_it, against = chance.randrange(20), chance.randrange(5)
    text = words(chance, chance.randrange(5, 80))
    if chance.random() < 0.2:
        text = f'<strong>{text}</strong> <a href="https://example.org/{place}">see</a>\n\n{text}'
    votes = f'a:2:{{s:4:"like";i:{for_it};s:7:"dislike";i:{against};}}'
    return (
        f"<wp:comment><wp:comment_id>{first + place}</wp:comment_id><wp:comment_author>{chance.choice(FIRST)}"
        f"</wp:comment_author><wp:comment_date_gmt>{moment}</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}"
        f"]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent>{_meta('comment', 'wpdiscuz_votes_seperate', votes)}"
        "</wp:comment>\n"
    )


def _meta(of: str, key: str, value: object) -> str:
    inner = f"<wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value>"
    return f"<wp:{of}meta>{inner}</wp:{of}meta>"


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize() + "."
