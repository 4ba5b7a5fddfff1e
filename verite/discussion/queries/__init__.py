"""Reads of the discussion, each in a bounded number of statements however much is said.

What comes from here is frozen, and names by ``freshness.depends_on`` what it shows.
"""

from .activity import Activity, Said, activity_of
from .comments import Author, CommentLine
from .recounting import Drift, recount
from .threads import Lineage, Talk, Thread, comment_with_ancestors, replies, talk_of, thread

__all__ = [
    "Activity",
    "Author",
    "CommentLine",
    "Drift",
    "Lineage",
    "Said",
    "Talk",
    "Thread",
    "activity_of",
    "comment_with_ancestors",
    "recount",
    "replies",
    "talk_of",
    "thread",
]
