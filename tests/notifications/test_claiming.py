"""Who followed the same as a guest and as a member, at one address, has lost nothing and hears nothing twice."""

from __future__ import annotations

from itertools import product

import pytest

from tests.notifications.site import Site, a_reader, token_in, words_of
from tests.talking import a_guest, a_member
from verite.accounts.models import Participant
from verite.core.db import write
from verite.notifications import actions, queries
from verite.notifications.models import Mail, Subscription
from verite.notifications.topics import Interval, Subject, Topic

pytestmark = pytest.mark.django_db

ADA, BEA = "ada@example.org", "bea@example.org"
INSTANTLY, DAILY = Interval.INSTANTLY, Interval.DAILY


def replies(participant: int) -> Subject:
    return Subject(Topic.REPLIES, participant)


def follows(site: Site, participant: int, email: str = ADA, interval: Interval = INSTANTLY) -> int:
    site.passes(minutes=1)
    return a_reader(email, replies(participant), now=site.now, interval=interval, participant=participant)


def sign_in(guest: int, member: int) -> None:
    with write():
        actions.claim_subscriptions(guest_id=guest, member_id=member)
        Participant.objects.filter(pk=guest).update(claimed_by=member)


def open_ones() -> list[Subscription]:
    return list(Subscription.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True).order_by("pk"))


@pytest.mark.parametrize(
    ("guests", "members", "is_guest_first"), list(product(Interval, Interval, (True, False)))
)
def test_all_is_told_once_however_far_each_had_been_told(
    site: Site, guests: Interval, members: Interval, is_guest_first: bool
) -> None:
    guest, member = a_guest(), a_member()
    both = [(guest, guests), (member, members)]
    for participant, interval in both if is_guest_first else reversed(both):
        follows(site, participant, interval=interval)
    things = []

    def happens(*participants: int) -> None:
        for participant in participants:
            site.passes(minutes=1)
            things.append(site.happens(replies(participant)))

    happens(guest, member)
    site.passes(days=1)
    site.works()
    happens(guest, member, guest, member)
    site.passes(minutes=15)
    site.works()  # who wants it at once is told
    happens(guest, member)
    site.works()
    sign_in(guest, member)
    happens(member)
    site.passes(days=8)
    site.works()

    assert sorted(site.told(ADA)) == things
    assert [row.about for row in open_ones()] == [member]


def test_each_address_is_told_what_it_was_to_be_told_and_what_comes(site: Site) -> None:
    guest, member = a_guest(), a_member()
    follows(site, guest, ADA, DAILY)
    follows(site, member, BEA, DAILY)
    site.passes(minutes=1)
    to_guest, to_member = site.happens(replies(guest)), site.happens(replies(member))
    actions.move_outbox(now=site.now)
    sign_in(guest, member)
    later = site.happens(replies(member))
    site.passes(days=1)
    site.works()

    assert site.told(ADA) == [to_guest, later]
    assert site.told(BEA) == [to_member, later]


def test_of_the_two_the_open_one_stands_and_else_the_later_word(site: Site) -> None:
    guest, member = a_guest(), a_member()
    kept = follows(site, member, interval=DAILY)
    site.passes(minutes=1)
    actions.end(Subscription.objects.get(pk=kept).address_id, [kept], now=site.now)
    follows(site, guest)
    site.passes(minutes=1)
    missed, unseen = site.happens(replies(member)), site.happens(replies(guest))
    actions.move_outbox(now=site.now)
    sign_in(guest, member)
    site.works()

    assert [(row.pk, row.interval) for row in open_ones()] == [(kept, INSTANTLY)]
    assert site.told(ADA) == [unseen]
    assert missed not in site.told(ADA)


def test_what_the_guest_ended_does_not_end_what_the_member_follows(site: Site) -> None:
    guest, member = a_guest(), a_member()
    kept, ended = follows(site, member, interval=DAILY), follows(site, guest)
    site.passes(minutes=1)
    actions.end(Subscription.objects.get(pk=ended).address_id, [ended], now=site.now)
    sign_in(guest, member)

    assert [(row.pk, row.interval) for row in open_ones()] == [(kept, DAILY)]


def test_a_question_that_waits_for_its_answer_is_the_members(site: Site) -> None:
    guest, member = a_guest(), a_member()
    actions.subscribe(
        replies(guest), ADA, interval="daily", participant_id=guest, language="en", now=site.now
    )
    site.works()
    token = token_in(site.mails_to(ADA)[0], "confirm")
    sign_in(guest, member)
    waiting = [each.id for each in queries.waiting_for(token, now=site.now).subscriptions]
    actions.confirm(token, waiting, participant_id=member, now=site.now)

    assert [row.about for row in open_ones()] == [member]


def test_a_mail_that_was_on_its_way_still_tells_all(site: Site) -> None:
    guest, member = a_guest(), a_member()
    for participant in (guest, member):
        follows(site, participant)
    site.passes(minutes=1)
    things = [site.happens(replies(guest)), site.happens(replies(member))]
    actions.move_outbox(now=site.now)
    actions.prepare_mails(now=site.now)
    assert Mail.objects.filter(kind="news", state=Mail.State.PREPARED).count() == 1
    sign_in(guest, member)
    site.passes(minutes=20)
    site.works()

    assert site.told(ADA) == things
    assert words_of(site.mails_to(ADA)[0]).count("/notify/unsubscribe/") <= 2


def test_a_link_in_an_old_mail_ends_what_the_subscription_became(site: Site) -> None:
    guest, member = a_guest(), a_member()
    for participant in (guest, member):
        follows(site, participant)
    site.passes(minutes=1)
    site.happens(replies(guest))
    site.works()
    token = token_in(site.mails_to(ADA)[0], "unsubscribe")
    sign_in(guest, member)

    assert [each.subject for each in queries.named(token)] == [replies(member)]
    assert actions.unsubscribe(token, now=site.now) == 1
    assert open_ones() == []


def test_what_is_followed_anew_owes_nothing(site: Site) -> None:
    guest, member = a_guest(), a_member()
    follows(site, guest, interval=DAILY)
    site.passes(minutes=1)
    site.happens(replies(guest))
    actions.move_outbox(now=site.now)
    sign_in(guest, member)
    [row] = open_ones()
    actions.end(row.address_id, [row.pk], now=site.now)
    follows(site, member)
    site.passes(minutes=1)
    later = site.happens(replies(member))
    site.passes(days=1)
    site.works()

    assert site.told(ADA) == [later]


def test_what_a_member_answered_to_themselves_as_a_guest_is_not_told(site: Site) -> None:
    guest, member = a_guest(), a_member()
    follows(site, guest, interval=DAILY)
    site.passes(minutes=1)
    for author in (guest, member):
        site.happens(replies(guest), author=author)
    actions.move_outbox(now=site.now)
    sign_in(guest, member)
    site.passes(days=1)
    site.works()

    assert site.told(ADA) == []
