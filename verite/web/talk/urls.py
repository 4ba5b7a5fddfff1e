"""Addresses of a film's discussion and of single comments."""

from django.urls import path

import verite.core.routes  # noqa: F401 (it makes row_id and unicode_slug known)
from verite.web.talk import changing, history, living, notes, reading, tending, voting, writing

urlpatterns = [
    path("films/<unicode_slug:slug>/discussion/", reading.discussion, name="discussion"),
    path("films/<unicode_slug:slug>/discussion/since/", living.since, name="since"),
    path("films/<unicode_slug:slug>/discussion/seen/", living.seen, name="seen"),
    path("comments/<row_id:comment_id>/", reading.comment, name="comment"),
    path("comments/<row_id:comment_id>/replies/", reading.replies, name="replies"),
    path("films/<unicode_slug:slug>/discussion/write/", writing.write, name="write"),
    path("films/<unicode_slug:slug>/notes/write/", notes.note, name="note"),
    path("films/<unicode_slug:slug>/notes/<row_id:anchor_id>/question/", notes.question, name="question"),
    path("films/<unicode_slug:slug>/discussion/tend/", tending.tend_thread, name="tend_thread"),
    path("comments/<row_id:comment_id>/tend/", tending.tend_comment, name="tend_comment"),
    path("comments/<row_id:comment_id>/reply/", writing.reply, name="reply"),
    path("comments/<row_id:comment_id>/edit/", changing.edit_comment, name="edit_comment"),
    path("comments/<row_id:comment_id>/delete/", changing.delete_comment, name="delete_comment"),
    path("comments/<row_id:comment_id>/history/", history.history, name="history"),
    path("comments/<row_id:comment_id>/vote/", voting.vote, name="vote"),
]
