"""What a remark is besides words: a question, a source asked for or given, a correction."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from verite.core.text.cleaning import legible
from verite.discussion.models import Comment
from verite.discussion.refusals import KindRefused, SourceRefused

Kind = Comment.Kind

LONGEST_SOURCE = 500
# Of these a reader expects something back: an answer, or that a curator does what they say.
ANSWERED_BY_REPLIES = (Kind.QUESTION, Kind.ASKS_SOURCE)


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of remark; ``source`` is the address that one of kind ``GIVES_SOURCE`` may point at."""

    kind: Kind = Kind.COMMENT
    source: str = ""


JUST_A_COMMENT = Remark()


def remark(kind: str, source: str = "") -> Remark:
    """What somebody chose and typed, fit to be stored. An address beside another kind of remark is left out.

    Raises:
        KindRefused: there is no such kind.
        SourceRefused: the address is none that a reader could open.
    """
    try:
        chosen = Kind(kind or Kind.COMMENT)
    except ValueError as error:
        raise KindRefused(_("Choose one of the kinds of comment.")) from error
    if chosen is not Kind.GIVES_SOURCE:
        return Remark(chosen)
    return Remark(chosen, _address(source))


def _address(typed: str) -> str:
    address = "".join(legible(typed).split())
    if not address:
        return ""
    if len(address) > LONGEST_SOURCE:
        raise SourceRefused(
            _("This address is longer than %(most)d characters. Take out what is not needed.")
            % {"most": LONGEST_SOURCE}
        )
    try:
        parts = urlsplit(address)
        is_open = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_open = False
    if not is_open or parts.username is not None:
        raise SourceRefused(
            _("This is no address that a reader can open. It should begin with https:// and name a site.")
        )
    return address
