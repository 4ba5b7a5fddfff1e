"""Tables of the discussion."""

from .anchors import Anchor
from .comments import Comment, CommentRevision, CommentVote
from .talk import FilmTalk, Visit

__all__ = ["Anchor", "Comment", "CommentRevision", "CommentVote", "FilmTalk", "Visit"]
