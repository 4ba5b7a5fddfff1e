"""A mail as it goes: what is public at that moment, in its reader's language, as text and as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from verite.core import moments
from verite.core.text import Html, as_stored, clean_line, excerpt
from verite.notifications import addresses, queries, telling, tokens
from verite.notifications.models import Mail, Subscription
from verite.notifications.telling import Heading, Told
from verite.notifications.topics import MOST_TOLD, Subject, Topic

LONGEST_SUBJECT = 120
LONGEST_HEADLINE = 200
# Who writes more is read on the site.
LONGEST_WORDS = 1500

# Thousands of mails tell the same few things.
_moment = lru_cache(maxsize=4096)(moments.day_and_time)


_OUR_LINK = re.compile(r"""(<a [^<>]*?href=")/(?!/)""")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a mail; ``html`` is None where its words are too many, and ``text`` their beginning."""

    headline: str
    address: str
    at: str
    text: str
    html: Html | None


@dataclass(frozen=True, slots=True)
class Place:
    """Things that belong together, under the name of their place."""

    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Reason:
    """A subscription for which a mail is sent, and how to end it."""

    words: str
    unsubscribe: str


def message_of(mail: Mail, *, now: datetime) -> EmailMultiAlternatives | None:
    """The message of a mail that was written down; None when nothing is left to say, or nobody to say it to."""
    if not mail.address.email:
        return None
    language = mail.address.language
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return _news(mail, now) if mail.kind == Mail.Kind.NEWS else _letter(mail, now)


def _news(mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    written = json.loads(mail.told)
    named = {pk for _kind, _object_id, ids in written for pk in ids}
    wanted = _open(named)
    became = queries.became(named - wanted.keys())
    wanted |= _open({*became.values()})
    things = [
        (kind, object_id, [pk for pk in dict.fromkeys(became.get(pk, pk) for pk in ids) if pk in wanted])
        for kind, object_id, ids in written
    ]
    things = [thing for thing in things if thing[2]]
    public = telling.tell((kind, object_id) for kind, object_id, _ids in things[:MOST_TOLD])
    told = [(public[kind, object_id], ids) for kind, object_id, ids in things if (kind, object_id) in public]
    if not told:
        return None
    reasons = list(dict.fromkeys(pk for _one, ids in told for pk in ids))[: tokens.MOST_NAMED]
    unsubscribe = _address(addresses.UNSUBSCRIBE, tokens.to_unsubscribe(reasons))
    said = {
        "places": _places([one for one, _ids in told]),
        "has_more": len(things) > MOST_TOLD,
        "reasons": _reasons({pk: wanted[pk] for pk in reasons}),
        "unsubscribe": unsubscribe,
        "manage": _address(addresses.MANAGE, tokens.to_manage(mail.address_id, now=now)),
    }
    return _message(
        mail,
        _subject_of([one for one, _ids in told]),
        "news",
        said,
        {
            "List-Id": f"<notifications.{addresses.host()}>",
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _letter(mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    if mail.kind == Mail.Kind.MANAGE:
        link = _address(addresses.MANAGE, tokens.to_manage(mail.address_id, now=now))
        return _message(mail, _("What you follow on %(site)s"), "manage", {"link": link}, {})
    waiting = Subscription.objects.filter(
        address=mail.address_id, confirmed_at__isnull=True, ended_at__isnull=True
    )
    subjects = [Subject(Topic(row.topic), row.about) for row in waiting.order_by("pk")]
    headings = telling.headings(subjects)
    named = [headings[subject] for subject in subjects if subject in headings]
    if not named:
        return None
    link = _address(addresses.CONFIRM, tokens.to_confirm(mail.address_id, now=now))
    said = {"link": link, "followed": [_clean(heading.words) for heading in named]}
    if mail.kind == Mail.Kind.TAKE_UP:
        return _message(mail, _("Do you want to go on following %(site)s?"), "take_up", said, {})
    return _message(mail, _("Please confirm what you want to follow on %(site)s"), "ask", said, {})


def _message(
    mail: Mail, subject: str, template: str, said: Mapping[str, Any], headers: Mapping[str, str]
) -> EmailMultiAlternatives:
    site = settings.VERITE.site_name
    subject = clean_line(
        subject % {"site": site} if mail.kind != Mail.Kind.NEWS else subject, LONGEST_SUBJECT
    )
    words = {**said, "site": site, "home": addresses.origin() + "/", "subject": subject}
    words["language"] = translation.get_language()
    message = EmailMultiAlternatives(
        subject=subject,
        body=_templates().get_template(f"mail/{template}.txt").render(words),
        to=[mail.address.email],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **headers},
    )
    message.attach_alternative(_templates().get_template(f"mail/{template}.html").render(words), "text/html")
    return message


def _subject_of(told: Sequence[Told]) -> str:
    if len(told) == 1:
        return told[0].headline
    places = {one.place for one in told}
    where = places.pop() if len(places) == 1 else settings.VERITE.site_name
    count = ngettext("%(count)d new on %(place)s", "%(count)d new on %(place)s", len(told))
    return count % {"count": len(told), "place": where}


def _places(told: Sequence[Told]) -> list[Place]:
    """Grouped by place, in the order in which each place came first."""
    first = {place: number for number, place in reversed(list(enumerate(one.place for one in told)))}
    ordered = sorted(told, key=lambda one: first[one.place])
    return [
        Place(_clean(place), [_line(one) for one in theirs])
        for place, theirs in groupby(ordered, key=lambda one: one.place)
    ]


def _line(told: Told) -> Line:
    is_short = len(told.text) <= LONGEST_WORDS
    return Line(
        _clean(told.headline),
        addresses.origin() + told.path,
        _moment(told.at, translation.get_language() or settings.LANGUAGE_CODE),
        told.text if is_short else excerpt(told.text, LONGEST_WORDS),
        _with_whole_links(told.html) if is_short else None,
    )


def _with_whole_links(html: Html) -> Html:
    """Moments of a film are linked to by their path, which leads nowhere from a mail."""
    return as_stored(_OUR_LINK.sub(rf"\1{addresses.origin()}/", html))


def _open(subscription_ids: set[int]) -> dict[int, Subject]:
    rows = Subscription.objects.filter(
        pk__in=subscription_ids, confirmed_at__isnull=False, ended_at__isnull=True
    )
    return {pk: Subject(Topic(topic), about) for pk, topic, about in rows.values_list("pk", "topic", "about")}


def _reasons(subscriptions: Mapping[int, Subject]) -> Iterable[Reason]:
    headings: Mapping[Subject, Heading] = telling.headings(subscriptions.values())
    return [
        Reason(_clean(headings[subject].words), _address(addresses.UNSUBSCRIBE, tokens.to_unsubscribe([pk])))
        for pk, subject in subscriptions.items()
        if subject in headings
    ]


def _address(path: str, token: str) -> str:
    return addresses.origin() + path.format(token=token)


def _clean(words: str) -> str:
    return clean_line(words, LONGEST_HEADLINE)


@cache
def _templates() -> Environment:
    """This room's own templates: it stands below the pages, and its mails need nothing of theirs."""
    made = Environment(
        loader=PackageLoader("verite.notifications"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(),  # .html, not .txt
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    return made
