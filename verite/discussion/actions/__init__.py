"""Writes of the discussion: one verb each, each in one transaction that also says what it made stale."""

from .asking import ask, close_question, reopen_question, withdraw_question
from .claiming import claim_talk
from .editing import delete_comment, edit_comment
from .importing import ForeignComment, import_comments
from .importing_notes import ForeignPassage, import_marks, import_passages
from .importing_votes import ForeignVote, import_votes
from .moderating import (
    close_branch,
    close_thread,
    hold_comment,
    publish_comment,
    put_back,
    remove_comment,
    reopen_branch,
    reopen_thread,
    stick,
    take_up,
    unstick,
)
from .placing import place_anew
from .posting import Posted, post_comment
from .renaming import sign_anew
from .visiting import seen
from .voting import Votes, cast_vote

__all__ = [
    "ForeignComment",
    "ForeignPassage",
    "ForeignVote",
    "Posted",
    "Votes",
    "ask",
    "cast_vote",
    "claim_talk",
    "close_branch",
    "close_question",
    "close_thread",
    "delete_comment",
    "edit_comment",
    "hold_comment",
    "import_comments",
    "import_marks",
    "import_passages",
    "import_votes",
    "place_anew",
    "post_comment",
    "publish_comment",
    "put_back",
    "remove_comment",
    "reopen_branch",
    "reopen_question",
    "reopen_thread",
    "seen",
    "sign_anew",
    "stick",
    "take_up",
    "unstick",
    "withdraw_question",
]
