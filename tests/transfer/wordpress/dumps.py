"""Small dumps of WordPress's database, made for one question each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.catalogue.sayings import NOW
from verite.transfer.importing import import_file
from verite.transfer.options import AS_USUAL, Options
from verite.transfer.report import Report

VIDEO = "https://archive.org/details/nanook"
COLUMNS = {
    "options": ("option_id", "option_name", "option_value"),
    "users": ("ID", "user_login", "user_pass", "user_nicename", "user_email", "display_name"),
    "posts": (
        "ID", "post_author", "post_date", "post_date_gmt", "post_content", "post_title", "post_excerpt", "post_status",
        "comment_status", "post_password", "post_name", "post_type",
    ),
    "postmeta": ("meta_id", "post_id", "meta_key", "meta_value"),
    "comments": (
        "comment_ID", "comment_post_ID", "comment_author", "comment_author_IP", "comment_date_gmt", "comment_content",
        "comment_approved", "comment_type", "comment_parent", "user_id",
    ),
    "commentmeta": ("meta_id", "comment_id", "meta_key", "meta_value"),
    "terms": ("term_id", "name", "slug"),
    "term_taxonomy": ("term_taxonomy_id", "term_id", "taxonomy", "description", "parent"),
    "term_relationships": ("object_id", "term_taxonomy_id", "term_order"),
    "ratings": ("rating_id", "rating_postid", "rating_rating", "rating_timestamp", "rating_ip", "rating_userid"),
    "wc_users_voted": ("id", "user_id", "comment_id", "vote_type", "is_guest", "post_id", "date"),
}  # fmt: skip
_ESCAPED = {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\0": "\\0", "\x1a": "\\Z"}

Values = tuple[object, ...]
Tables = Mapping[str, Iterable[Values]]


def site(*, home: str = "https://films.example", **more: str) -> dict[str, list[Values]]:
    """The tables of a site with one curator and without films. ``more`` are further options."""
    options = {"home": home, "blogname": "Films", "permalink_structure": "/%postname%/", **more}
    return {
        "options": [(number, *each) for number, each in enumerate(options.items(), 1)],
        "users": [(1, "ana", "$wp$secret", "ana", "ana@films.example", "Ana")],
        "posts": [],
    }


def post(number: int = 1, title: str = "Rain", content: str = VIDEO, *, status: str = "publish") -> Values:
    moment, slug = "2013-01-11 09:31:00", title.lower().replace(" ", "-")
    return (number, 1, moment, moment, content, title, "", status, "open", "", slug, "post")


def comment(number: int, text: str = "I saw it twice.", *, post: int = 1, parent: int = 0) -> Values:
    address, moment = "192.0.2.77", "2016-03-01 10:00:00"
    return (number, post, f"Reader {number}", address, moment, text, "1", "comment", parent, 0)


def dump(tables: Tables, *, prefix: str = "wp_", rows_per_line: int = 1, trailer: bool = True) -> str:
    """A dump as mysqldump writes it, its tables in the order of ``tables``."""
    pieces = ["-- MySQL dump 10.13  Distrib 8.0.40\n/*!40101 SET NAMES utf8mb4 */;\n"]
    for table, rows in tables.items():
        pieces.append(create(prefix + table, COLUMNS[table]))
        if rows := list(rows):
            separators = [",\n" if place % rows_per_line == 0 else "," for place in range(1, len(rows))] + [
                ";\n"
            ]
            values = "".join(
                f"({','.join(map(literal, row))}){end}" for row, end in zip(rows, separators, strict=True)
            )
            pieces.append(
                f"LOCK TABLES `{prefix}{table}` WRITE;\nINSERT INTO `{prefix}{table}` VALUES\n{values}"
            )
            pieces.append("UNLOCK TABLES;\n")
    return "".join(pieces) + ("-- Dump completed on 2026-11-22  9:00:00\n" if trailer else "")


def create(table: str, columns: Iterable[str]) -> str:
    defined = ",\n".join(
        f"  `{column}` longtext NOT NULL DEFAULT '' COMMENT 'it''s; a (text)'" for column in columns
    )
    keys = "  KEY `k` (`x`(191))"
    return (
        f"DROP TABLE IF EXISTS `{table}`;\nCREATE TABLE `{table}` (\n{defined},\n{keys}\n) ENGINE=InnoDB;\n"
    )


def literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + re.sub(r"[\\'\"\n\r\0\x1a]", lambda found: _ESCAPED[found[0]], str(value)) + "'"


def taken_in(
    folder: Path, text: str | bytes, options: Options = AS_USUAL, name: str = "site.sql", **how: bool
) -> Report:
    """Import a dump that is written here and now."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return import_file(path, now=NOW, options=options, **how)  # type: ignore[arg-type]
