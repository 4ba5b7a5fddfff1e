"""Readers, workers and somebody who signs in, in each other's way on the database that lets them be."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.notifications.site import FILM, OTHER_FILM, Site, a_reader
from tests.talking import a_guest, a_member, others
from verite.accounts.models import Participant
from verite.core.db import write
from verite.notifications import actions, sending, tokens
from verite.notifications.models import Address, Bundle, Mail, Subscription
from verite.notifications.topics import Subject, Topic

ADA = "ada@example.org"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="Writers of an SQLite file come one after the other."
    ),
]


def test_a_reply_that_is_on_its_way_while_a_guest_signs_in_reaches_the_member(site: Site) -> None:
    guest, member = a_guest(), a_member()
    a_reader(ADA, Subject(Topic.REPLIES, guest), now=site.now, participant=guest)
    site.passes(minutes=1)
    reply = site.happens(Subject(Topic.REPLIES, guest))

    def sign_in() -> None:
        with write():
            actions.claim_subscriptions(guest_id=guest, member_id=member)
            Participant.objects.filter(pk=guest).update(claimed_by=member)

    with others() as meanwhile:
        with write():
            actions.move_outbox(now=site.now)
            meanwhile.begin(sign_in)
        meanwhile.results()
    site.works()

    assert site.told(ADA) == [reply]


def test_ending_everything_and_confirming_more_come_one_after_the_other(site: Site) -> None:
    opened = a_reader(ADA, FILM, now=site.now)
    actions.subscribe(OTHER_FILM, ADA, interval="instantly", participant_id=None, language="en", now=site.now)
    waiting, address = Subscription.objects.get(about=OTHER_FILM.about), Address.objects.get()
    token = tokens.to_confirm(address.pk, now=site.now)

    with others() as meanwhile:
        with transaction.atomic():
            Subscription.objects.select_for_update().get(pk=waiting.pk)
            meanwhile.begin(lambda: actions.end_all(address.pk, now=site.now))
            meanwhile.begin(lambda: actions.confirm(token, [waiting.pk], participant_id=None, now=site.now))
        ended, confirmed = meanwhile.results()

    assert (ended, confirmed) == (2, 0)
    assert Subscription.objects.filter(pk=opened, ended_at__isnull=False).exists()


def test_a_mail_is_marked_as_sent_while_its_reader_confirms_more(site: Site) -> None:
    a_reader(ADA, FILM, now=site.now)
    actions.subscribe(OTHER_FILM, ADA, interval="instantly", participant_id=None, language="en", now=site.now)
    waiting = Subscription.objects.get(about=OTHER_FILM.about)
    Address.objects.update(refused_count=1)
    site.passes(minutes=1)
    site.happens()
    actions.move_outbox(now=site.now)
    (mail_id,) = actions.prepare_mails(now=site.now).mail_ids
    token = tokens.to_confirm(waiting.address_id, now=site.now)

    with others() as meanwhile:
        with transaction.atomic():
            Bundle.objects.select_for_update().get()
            meanwhile.begin(lambda: sending.send.call([mail_id]))
            meanwhile.begin(lambda: actions.confirm(token, [waiting.pk], participant_id=None, now=site.now))
        _sent, confirmed = meanwhile.results()

    assert (Mail.objects.get(pk=mail_id).state, confirmed) == (Mail.State.SENT, 1)
