"""A made-up documentary site as mysqldump writes it, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from bench.imports.films import FIRST, LAST, QUALITIES, SUBJECTS, THINGS
from bench.moving_in.site import DAYS, HOUR, words

READERS = 5_000
RATINGS_PER_FILM, VOTES_PER_COMMENT = 10, 1.5
# As a server puts them together: a statement of about a megabyte.
ROWS_PER_STATEMENT = 2_000
FIRST_COMMENT = 1_000

COLUMNS = {
    "options": "option_id option_name option_value",
    "users": "ID user_login user_pass user_nicename user_email display_name",
    "terms": "term_id name slug",
    "term_taxonomy": "term_taxonomy_id term_id taxonomy description parent",
    "term_relationships": "object_id term_taxonomy_id term_order",
    "comments": "comment_ID comment_post_ID comment_author comment_author_IP comment_date_gmt comment_content"
    " comment_approved comment_type comment_parent user_id",
    "commentmeta": "meta_id comment_id meta_key meta_value",
    "posts": "ID post_author post_date post_date_gmt post_content post_title post_excerpt post_status comment_status"
    " post_password post_name post_type",
    "postmeta": "meta_id post_id meta_key meta_value",
    "ratings": "rating_id rating_postid rating_rating rating_timestamp rating_ip rating_userid",
    "wc_users_voted": "id user_id comment_id vote_type is_guest post_id date",
}

Row = tuple[object, ...]


def write_dump(path: Path, films: int, comments: int, *, seed: int = 1) -> None:
    """Write a dump of so many films with so many comments, its tables by name, so that comments come before posts."""
    chance = random.Random(seed)
    share = [chance.paretovariate(1.2) for _film in range(films)]
    counts = [round(each * comments / sum(share)) for each in share]
    tables: dict[str, Iterable[Row]] = {
        "options": [(1, "home", "https://films.example"), (2, "permalink_structure", "/%postname%/")],
        "users": [(1, "ana", "x", "ana", "ana@films.example", "Ana")],
        "terms": [(place + 2, subject, f"s{place}") for place, subject in enumerate(SUBJECTS)],
        "term_taxonomy": [
            (place + 2, place + 2, "category", "", place // 6 + 2 if place % 6 else 0)
            for place in range(len(SUBJECTS))
        ],
        "term_relationships": ((film + 1, chance.randrange(len(SUBJECTS)) + 2, 0) for film in range(films)),
        "comments": _comments(counts, random.Random(seed)),
        "commentmeta": _votes_in_total(counts, random.Random(seed)),
        "posts": _posts(films, random.Random(seed)),
        "postmeta": _fields(films, random.Random(seed)),
        "ratings": _ratings(films, random.Random(seed)),
        "wc_users_voted": _votes(counts, random.Random(seed)),
    }
    with path.open("w", encoding="utf-8") as file:
        file.write("-- MySQL dump 10.13  Distrib 8.0.40\n/*!40101 SET NAMES utf8mb4 */;\n")
        for table in sorted(tables):
            _write_table(file, table, tables[table])
        file.write("-- Dump completed on 2026-11-22  9:00:00\n")


def _write_table(file: IO[str], table: str, rows: Iterable[Row]) -> None:
    columns = ",\n".join(f"  `{column}` longtext" for column in COLUMNS[table].split())
    file.write(f"CREATE TABLE `wp_{table}` (\n{columns}\n);\nLOCK TABLES `wp_{table}` WRITE;\n")
    place = 0
    for place, row in enumerate(rows):
        begin = ";\n" if place else ""
        file.write("," if place % ROWS_PER_STATEMENT else f"{begin}INSERT INTO `wp_{table}` VALUES ")
        file.write(f"({','.join(_literal(value) for value in row)})")
    file.write(";\nUNLOCK TABLES;\n")


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"').replace("\n", "\\n")
    return f"'{text}'"


def _posts(films: int, chance: random.Random) -> Iterator[Row]:
    for film in range(films):
        title = f"{chance.choice(QUALITIES)} {chance.choice(THINGS)} {film}"
        text = "\n\n".join(words(chance, 60) for _paragraph in range(5))
        content = (
            f'<iframe src="https://archive.org/embed/f{film}"></iframe>\n\n{text}\n\n'
            f'<a href="https://example.org/{film}">More</a> and <em>more</em>.'
        )
        slug, moment = title.lower().replace(" ", "-"), _moment(film)
        yield (film + 1, 1, moment, moment, content, title, "", "publish", "open", "", slug, "post")


def _fields(films: int, chance: random.Random) -> Iterator[Row]:
    for film in range(films):
        ratings = chance.randrange(RATINGS_PER_FILM, 2000)
        said = {
            "ratings_users": ratings,
            "ratings_score": ratings * 7,
            "year": 1950 + film % 70,
            "director": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        }
        yield from ((film * len(said) + place, film + 1, *each) for place, each in enumerate(said.items()))


def _ratings(films: int, chance: random.Random) -> Iterator[Row]:
    for number in range(films * RATINGS_PER_FILM):
        reader = f"{chance.randrange(READERS):032x}"
        yield (number, number % films + 1, chance.randrange(6, 9), str(1_400_000_000 + number), reader, 0)


def _comments(counts: list[int], chance: random.Random) -> Iterator[Row]:
    for number, place, film in _numbered(counts):
        parent = number - place + chance.randrange(place) if place and chance.random() < 0.33 else 0
        text = words(chance, chance.randrange(5, 80))
        if chance.random() < 0.2:
            text = f'<strong>{text}</strong> <a href="https://example.org/{place}">see</a>\n\n{text}'
        yield (
            number,
            film,
            chance.choice(FIRST),
            "192.0.2.1",
            _moment(film),
            text,
            "1",
            "comment",
            parent,
            0,
        )


def _votes_in_total(counts: list[int], chance: random.Random) -> Iterator[Row]:
    for number, _place, _film in _numbered(counts):
        for_it, against = chance.randrange(2, 20), chance.randrange(2, 5)
        total = f'a:2:{{s:4:"like";i:{for_it};s:7:"dislike";i:{against};}}'
        yield (number, number, "wpdiscuz_votes_seperate", total)


def _votes(counts: list[int], chance: random.Random) -> Iterator[Row]:
    last = FIRST_COMMENT + sum(counts)
    for number in range(round(sum(counts) * VOTES_PER_COMMENT)):
        comment, reader = chance.randrange(FIRST_COMMENT, last), f"{chance.randrange(1, READERS):032x}"
        yield (number, reader, comment, chance.choice((1, 1, 1, -1)), 1, 1, 1_500_000_000 + number)


def _numbered(counts: list[int]) -> Iterator[tuple[int, int, int]]:
    """Of each comment its number, its place among those of its film, and the film's number."""
    number = FIRST_COMMENT
    for film, count in enumerate(counts, start=1):
        for place in range(count):
            yield number, place, film
            number += 1


def _moment(film: int) -> str:
    return f"{2008 + film % 15}-{film % 12 + 1:02}-{film % DAYS + 1:02} {film % HOUR:02}:00:00"
