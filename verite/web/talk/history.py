"""What a comment said before its author changed it: for whoever keeps order here, and for the author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verite.accounts.acting import actor_of
from verite.accounts.permissions import Act, may
from verite.core.text.comparing import Change, changes
from verite.discussion.queries.wordings import Wording, wordings
from verite.discussion.queries.written import as_written
from verite.web.film_place import FilmPlace
from verite.web.talk.refused import Refusal, not_done
from verite.web.talk.times import exact


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording, and how it differs from the one before it; the first differs from none."""

    wording: Wording
    changes: Sequence[Change]


@require_safe
def history(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Every wording of a comment, the latest first.

    Raises:
        Http404: there is no such comment, or none of its words are left.
    """
    actor, written = actor_of(request), as_written(comment_id)
    if written is None:
        raise Http404
    if not may(actor, Act.READ_HISTORY, owner_id=written.author_id):
        reason = _("Only moderators and whoever wrote a comment can read what it said before.")
        return not_done(request, Refusal(reason, 403), about=written)
    # What a moderator took away, nobody reads but those who could put it back.
    if written.is_removed and (not written.markdown or not may(actor, Act.READ_HISTORY)):
        raise Http404
    context = {
        "exact": exact,
        "film": FilmPlace(written.film_id, written.film_slug, written.film_title),
        "shown": list(_shown(wordings(written))),
        "written": written,
    }
    return render(request, "history.html", context)


def _shown(found: Sequence[Wording]) -> Iterator[Shown]:
    for wording, before in pairwise(found):
        yield Shown(wording, changes(before.markdown, wording.markdown))
    yield Shown(found[-1], [Change("", "", found[-1].markdown)])
