"""Addresses of a film's discussion and of single comments."""

from django.urls import path

import verite.core.routes  # noqa: F401 (it makes unicode_slug known)
from verite.web.talk import reading

urlpatterns = [
    path("films/<unicode_slug:slug>/discussion/", reading.discussion, name="discussion"),
    path("comments/<int:comment_id>/", reading.comment, name="comment"),
    path("comments/<int:comment_id>/replies/", reading.replies, name="replies"),
]
