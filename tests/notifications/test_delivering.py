"""What happens reaches whoever follows it: once, soon, not too often, and never its author."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.notifications.site import FILM, OTHER_FILM, SUNDAY_NOON, Site, a_reader, markup_of, words_of
from tests.talking import a_guest, a_member
from verite.core.db import WriteRefused, write
from verite.notifications import actions, jobs
from verite.notifications.models import Announcement, Bundle, Happening, Mail, Subscription
from verite.notifications.topics import Interval, Subject, Topic, next_mail

pytestmark = pytest.mark.django_db

ADA, BEA = "ada@example.org", "bea@example.org"


def test_whoever_follows_is_told_at_once_in_text_and_html(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens(words="Well *observed*.", headline="Bea on Night Mail")
    site.works()

    [mail] = site.mails()
    assert mail["Subject"] == "Bea on Night Mail"
    assert "http://localhost:8000/films/5/#1" in words_of(mail)
    assert "<em>observed</em>" in markup_of(mail)
    assert [mail["To"], mail["Auto-Submitted"]] == [ADA, "auto-generated"]


def test_what_is_undone_with_its_cause_is_told_to_nobody(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)

    def post_and_fail() -> None:
        with write():
            site.happens()
            raise LookupError

    with pytest.raises(LookupError):
        post_and_fail()
    site.works()

    assert site.mails() == []


def test_an_announcement_without_its_cause_is_refused(site: Site) -> None:
    with pytest.raises(WriteRefused):
        actions.announce([(Topic.FILM, 5)], kind="thing", object_id=1, author_id=None, now=site.now)


def test_who_follows_something_else_or_nothing_is_not_told(site: Site) -> None:
    a_reader(ADA, OTHER_FILM, now=site.now)
    site.passes(minutes=1)
    site.happens(FILM)
    site.works()

    assert site.mails() == []
    assert not Announcement.objects.exists()
    assert not Happening.objects.exists()  # what nobody follows is not even kept


def test_what_happened_before_is_not_told(site: Site) -> None:
    a_reader(BEA, now=site.now)
    site.passes(minutes=1)
    earlier = site.happens()
    a_reader(ADA, now=site.now)  # while it still lies in the outbox
    site.works()
    site.passes(minutes=20)
    later = site.happens()
    site.works()

    assert site.told(ADA) == [later]
    assert site.told(BEA) == [earlier, later]


def test_nobody_is_told_what_they_did_themselves_not_even_as_a_guest_before_they_signed_in(
    site: Site,
) -> None:
    guest, member, other = a_guest(), a_member(), a_guest()
    a_reader(ADA, now=site.now, participant=guest)
    site.passes(minutes=1)
    site.happens(author=guest)
    actions.claim_subscriptions(guest_id=guest, member_id=member)
    _claim(guest, member)
    site.happens(author=member)
    by_other, by_nobody = site.happens(author=other), site.happens(author=None)
    site.works()

    assert site.told(ADA) == [by_other, by_nobody]


def _claim(guest: int, member: int) -> None:
    from verite.accounts.models import Participant

    Participant.objects.filter(pk=guest).update(claimed_by=member)


def test_one_thing_that_belongs_to_several_topics_is_told_once(site: Site) -> None:
    person = a_guest()
    replies, thread = Subject(Topic.REPLIES, person), Subject(Topic.THREAD, 6)
    for subject in (FILM, replies, thread):
        a_reader(ADA, subject, now=site.now, participant=person)
    site.passes(minutes=1)
    first = site.happens(FILM, thread, replies)
    second = site.happens(thread)
    site.works()

    [mail] = site.mails_to(ADA)
    assert site.told(ADA) == [first, second]
    assert mail["Subject"] == "2 new on Night Mail"
    assert all(words in words_of(mail) for words in ("New comments on Night Mail", "Replies to you"))


def test_instantly_is_one_mail_in_ten_minutes_with_all_that_came_meanwhile(site: Site) -> None:
    a_reader(ADA, now=site.now)
    a_reader(ADA, OTHER_FILM, now=site.now)
    for _minute in range(25):
        site.passes(minutes=1)
        site.happens(FILM)
        site.happens(OTHER_FILM, place="Nanook")
        site.works()
    site.passes(minutes=10)
    site.works()

    sent = sorted(each for each in Mail.objects.values_list("sent_at", flat=True) if each)
    assert all(later - earlier >= timedelta(minutes=10) for earlier, later in pairwise(sent))
    assert len(sent) == 4
    assert sorted(site.told(ADA)) == list(range(1, 51))


@pytest.mark.parametrize(("interval", "days"), [(Interval.DAILY, [2, 3]), (Interval.WEEKLY, [2, 9])])
def test_digests_go_in_the_morning_of_the_sites_time_zone(
    site: Site, interval: Interval, days: list[int]
) -> None:
    a_reader(ADA, now=site.now, interval=interval)
    for _hour in range(24 * 9):
        site.passes(hours=1)
        if site.now.hour == 12 and site.now.day in (1, 2):
            site.happens()
        site.works()
        if site.now.day == 1:
            site.happens()

    moments = [each.replace(tzinfo=UTC) for each in Mail.objects.values_list("sent_at", flat=True) if each]
    assert [(each.day, each.hour) for each in moments] == [(day, 7) for day in days]


def test_the_morning_is_that_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "get_default_timezone", lambda: ZoneInfo("America/New_York"))

    assert next_mail(Interval.DAILY, SUNDAY_NOON) == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert next_mail(Interval.WEEKLY, SUNDAY_NOON + timedelta(days=1)) == datetime(2026, 3, 9, 11, tzinfo=UTC)


def test_what_is_no_longer_public_when_the_mail_goes_is_not_told(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    gone, there = site.happens(words="A secret."), site.happens()
    del site.things[gone]
    site.works()

    assert site.told(ADA) == [there]
    assert "secret" not in words_of(site.mails()[0])


def test_a_mail_with_nothing_left_to_say_is_not_sent(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    del site.things[site.happens()]
    site.works()

    assert site.mails() == []
    assert [mail.state for mail in Mail.objects.filter(kind="news")] == [Mail.State.DROPPED]


def test_who_ends_a_subscription_after_the_mail_was_written_down_does_not_get_it(site: Site) -> None:
    subscription = Subscription.objects.get(pk=a_reader(ADA, now=site.now))
    site.passes(minutes=1)
    site.happens()
    actions.move_outbox(now=site.now)
    prepared = actions.prepare_mails(now=site.now)
    actions.end(subscription.address_id, [subscription.pk], now=site.now)
    site.works()

    assert len(prepared.mail_ids) == 1
    assert site.mails() == []


def test_a_shorter_interval_brings_what_was_waiting_and_a_longer_one_holds_it(site: Site) -> None:
    subscription = Subscription.objects.get(pk=a_reader(ADA, now=site.now, interval=Interval.WEEKLY))
    site.passes(minutes=1)
    first = site.happens()
    site.works()
    assert site.told(ADA) == []

    actions.change_interval(subscription.address_id, subscription.pk, "instantly", now=site.now)
    site.works()
    assert site.told(ADA) == [first]

    actions.change_interval(subscription.address_id, subscription.pk, "daily", now=site.now)
    second = site.happens()
    site.passes(minutes=30)
    site.works()
    assert site.told(ADA) == [first]
    site.passes(days=1)
    site.works()
    assert site.told(ADA) == [first, second]


def test_a_subject_with_more_readers_than_one_statement_reaches_them_all(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verite.notifications.actions.moving.READERS_AT_ONCE", 3)
    monkeypatch.setattr("verite.notifications.actions.preparing.AT_ONCE", 2)
    monkeypatch.setattr("verite.notifications.actions.moving.AT_ONCE", 2)
    readers = [f"reader{number}@example.org" for number in range(8)]
    for reader in readers:
        a_reader(reader, now=site.now)
    site.passes(minutes=1)
    happened = [site.happens() for _time in range(5)]
    site.works()

    site.passes(minutes=10)
    site.works()
    assert {tuple(site.told(reader)) for reader in readers} == {tuple(happened)}


def test_more_than_a_mail_can_hold_is_said_to_be_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verite.notifications.actions.preparing.MOST_TOLD", 3)
    monkeypatch.setattr("verite.notifications.composing.MOST_TOLD", 3)
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    happened = [site.happens() for _time in range(5)]
    site.works()

    assert site.told(ADA) == happened[:3]
    assert "There is more than a mail can hold." in words_of(site.mails()[0])


def test_long_words_are_read_on_the_site(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens(words="A river " * 400)
    site.works()

    [mail] = site.mails()
    assert len(words_of(mail)) < 3000
    assert "Read on" in words_of(mail)
    assert len(markup_of(mail)) < 4000
    [file] = (site.data / "mail").glob("*.eml")
    assert max(map(len, file.read_bytes().splitlines())) <= 998


def test_an_idle_minute_writes_nothing(site: Site, django_assert_num_queries: object) -> None:
    a_reader(ADA, now=site.now)
    site.works()

    with django_assert_num_queries(3):  # type: ignore[operator]
        jobs.look_into_outbox.call()


def test_replies_to_a_guest_reach_the_member_that_they_became(site: Site) -> None:
    guest, member = a_guest(), a_member()
    a_reader(ADA, Subject(Topic.REPLIES, guest), now=site.now, participant=guest)
    site.passes(minutes=1)
    before = site.happens(Subject(Topic.REPLIES, guest))
    actions.move_outbox(now=site.now)
    in_outbox = site.happens(Subject(Topic.REPLIES, guest))
    actions.claim_subscriptions(guest_id=guest, member_id=member)
    _claim(guest, member)
    after = site.happens(Subject(Topic.REPLIES, member))
    site.works()

    assert site.told(ADA) == [before, in_outbox, after]


def test_claiming_what_the_member_follows_too_leaves_one_subscription(site: Site) -> None:
    guest, member = a_guest(), a_member()
    a_reader(ADA, Subject(Topic.REPLIES, guest), now=site.now, participant=guest)
    a_reader(ADA, Subject(Topic.REPLIES, member), now=site.now, participant=member)

    actions.claim_subscriptions(guest_id=guest, member_id=member)

    assert [row.about for row in Subscription.objects.filter(ended_at__isnull=True)] == [member]


def test_a_month_later_the_outbox_is_empty_but_not_of_what_waits_to_be_sent(site: Site) -> None:
    a_reader(ADA, now=site.now)
    a_reader(BEA, now=site.now, interval=Interval.WEEKLY)
    site.passes(minutes=1)
    first = site.happens()
    site.works()  # ADA is told, BEA's digest waits, and then no worker runs for a month
    site.passes(days=40)
    actions.forget_old(now=site.now)
    assert Happening.objects.count() == 1

    site.works()
    actions.forget_old(now=site.now)
    assert site.told(BEA) == [first]
    assert not Happening.objects.exists()
    assert list(Mail.objects.values_list("kind", flat=True)) == ["news"]  # the one of today
    assert Bundle.objects.filter(due_at__isnull=False).count() == 0
