"""Which tables of a WordPress site are read, and which of their columns. Nothing else is ever held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """A table by the end of its name, whatever the prefix.

    Attributes:
        numbers: columns that hold numbers, by which rows are found.
        texts: other columns. What a site's version does not have is read as empty.
        about: the column that says whose row it is; rows are looked up by it.
        key: the column whose value no other row has.
    """

    numbers: tuple[str, ...]
    texts: tuple[str, ...] = ()
    about: str = ""
    key: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.numbers, *self.texts)


TABLES: Final = {
    "posts": Table(
        ("id", "post_author"),
        ("post_date", "post_date_gmt", "post_content", "post_title", "post_excerpt", "post_status", "comment_status",
         "post_password", "post_name", "post_type"),
        key="id",
    ),
    "postmeta": Table(("post_id",), ("meta_key", "meta_value"), about="post_id"),
    "comments": Table(
        ("comment_id", "comment_post_id", "comment_parent", "user_id"),
        ("comment_author", "comment_date", "comment_date_gmt", "comment_content", "comment_approved", "comment_type",
         # To know whose comments a subscription means; it goes no further than the dump.
         "comment_author_email"),
        about="comment_post_id", key="comment_id",
    ),
    "commentmeta": Table(("comment_id",), ("meta_key", "meta_value"), about="comment_id"),
    "terms": Table(("term_id",), ("name", "slug"), key="term_id"),
    "term_taxonomy": Table(
        ("term_taxonomy_id", "term_id", "parent"), ("taxonomy", "description"), key="term_taxonomy_id"
    ),
    "term_relationships": Table(("object_id", "term_taxonomy_id"), about="object_id"),
    "users": Table(("id",), ("user_login", "user_nicename", "user_email", "display_name"), key="id"),
    "options": Table((), ("option_name", "option_value"), key="option_name"),
    # WP-PostRatings
    "ratings": Table(
        ("rating_id", "rating_postid", "rating_rating"), ("rating_timestamp", "rating_ip", "rating_userid"),
        about="rating_postid", key="rating_id",
    ),
    # wpDiscuz
    "wc_users_voted": Table(
        ("id", "comment_id", "vote_type"), ("user_id", "is_guest", "date"), about="comment_id", key="id"
    ),
    "wc_comments_subscription": Table(
        ("id", "post_id", "subscribtion_id"), ("email", "subscribtion_type", "confirm", "subscription_date"),
        about="post_id", key="id",
    ),
    "wc_feedback_forms": Table(
        ("id", "post_id"), ("unique_id", "question", "opened", "content"), about="post_id", key="id"
    ),
}  # fmt: skip

# Without these a table that is called so is not WordPress's.
SIGNS: Final = {
    "posts": ("id", "post_title", "post_content", "post_status", "post_type"),
    "options": ("option_name", "option_value"),
    "users": ("id", "user_login"),
    "terms": ("term_id", "name", "slug"),
}

OPTIONS: Final = frozenset({"home", "siteurl", "blogname", "permalink_structure", "postratings_max"})

# What WordPress itself does not export: earlier versions, texts never saved, its own notes.
NOT_EXPORTED: Final = frozenset({"revision", "customize_changeset", "oembed_cache", "user_request"})

# Read by nobody and missed by nobody: links of a blogroll, settings of members, notes on terms.
UNMISSED: Final = frozenset({"links", "usermeta", "termmeta"})


def table_called(name: str) -> tuple[str, str]:
    """The prefix and the rest of a table's name, where that is one of ``TABLES``; else twice nothing."""
    lower = name.lower()
    found = max((suffix for suffix in TABLES if lower.endswith(suffix)), key=len, default="")
    return (name[: len(name) - len(found)], found) if found else ("", "")
