"""Hosts' answers in the words of oEmbed (oembed.com), read with suspicion: nothing in them is promised."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from .address import source_in_markup

LARGEST_ANSWER = 64 * 1024
LONGEST_TEXT = 500

_TYPES = ("video", "rich", "photo", "link")
# Lone surrogates cannot be stored, controls must not be.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class OEmbedError(ValueError):
    """The answer cannot be used; the text says why, for a curator to read."""


@dataclass(frozen=True)
class OEmbed:
    """What a host says of a video. None stands for what it did not say, or not in a usable form.

    ``width`` and ``height`` are in pixels, ``duration`` in seconds; ``thumbnail`` and ``html_src`` (the frame
    in its ``html``) are https addresses.
    """

    type: str
    provider: str | None
    title: str | None
    author: str | None
    thumbnail: str | None
    width: int | None
    height: int | None
    duration: int | None
    upload_date: date | None
    html_src: str | None


def read_oembed(answer: bytes | str) -> OEmbed:
    """``answer`` (JSON) as facts. OEmbedError when it is too long, not JSON or not oEmbed."""
    facts = _read_object(answer)
    if facts.get("type") not in _TYPES:
        raise OEmbedError(
            _("The host's answer does not say what it describes. Type the details in yourself.")
        )
    return OEmbed(
        type=facts["type"],
        provider=_text(facts.get("provider_name")),
        title=_text(facts.get("title")),
        author=_text(facts.get("author_name")),
        thumbnail=_https(facts.get("thumbnail_url")),
        width=_number(facts.get("width")),
        height=_number(facts.get("height")),
        duration=_number(facts.get("duration")),
        upload_date=_date(facts.get("upload_date")),
        html_src=_https(source_in_markup(str(facts.get("html", "")))),
    )


def _read_object(answer: bytes | str) -> dict[str, Any]:
    if len(answer) > LARGEST_ANSWER:
        raise OEmbedError(
            _("The host's answer is too long to be a description. Type the details in yourself.")
        )
    try:
        facts = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise OEmbedError(
            _(
                "The host did not answer with a description; the video may be private or gone. Open its page to see."
            )
        ) from error
    if not isinstance(facts, dict):
        raise OEmbedError(_("The host's answer is not a description. Type the details in yourself."))
    return facts


def _text(value: object) -> str | None:
    return " ".join(_UNFIT.sub(" ", value).split())[:LONGEST_TEXT] or None if isinstance(value, str) else None


def _number(value: object) -> int | None:
    """A positive whole number, also from text (``"640"``) and fractions; not from ``"100%"``."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(float(value))
    except (ValueError, OverflowError):
        return None
    return number if 0 < number < 2**31 else None


def _date(value: object) -> date | None:
    try:
        return datetime.fromisoformat(value).date() if isinstance(value, str) else None
    except ValueError:
        return None


def _https(value: object) -> str | None:
    address = f"https:{value}" if isinstance(value, str) and value.startswith("//") else value
    fit = isinstance(address, str) and re.fullmatch(r"https://[!-~]{1,2000}", address)
    return fit[0] if fit else None
