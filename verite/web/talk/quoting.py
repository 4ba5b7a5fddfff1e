"""A reply that begins with words of what it answers."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from verite.core.text import own_words, quoted_markdown
from verite.core.text.cleaning import legible
from verite.discussion.queries.written import Written
from verite.web.templating import origin

ALL_OF_IT = "1"


def asked_for(request: HttpRequest, written: Written) -> str:
    """The quote, in Markdown, that ``?quote=`` asks for; empty where none is.

    It is ``1`` for the comment's beginning, or words of it. Nobody is made to say what they did not: other words
    ask for the beginning, too.
    """
    wanted = " ".join(legible(request.GET.get("quote", "")).split())
    if not wanted:
        return ""
    said = own_words(written.markdown)
    words = wanted if wanted != ALL_OF_IT and wanted in said else said
    there = reverse("comment", kwargs={"comment_id": written.id})
    return quoted_markdown(written.author_name, words, address=f"{origin(request)}{there}")
