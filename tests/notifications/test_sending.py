"""A mail server may be away, refuse for now or for good: no mail is lost, no other suffers, and somebody gives up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import create_server

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.conf import LazySettings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from tests.due_jobs import run_due_jobs
from tests.notifications.mail_server import Mailroom, callers, mail_server, silent_server, url_of
from tests.notifications.site import Site, a_reader, words_of
from verite.notifications import actions, mailserver, sending
from verite.notifications.models import Address, Mail, Subscription
from verite.notifications.verdicts import Verdict, verdict_on
from verite.project.mail import django_settings

pytestmark = pytest.mark.django_db

ADA, BEA = "ada@example.org", "bea@example.org"


@pytest.fixture
def mailroom(site: Site, settings: LazySettings) -> Iterator[Mailroom]:
    with mail_server() as room:
        _use(settings, room.url)
        yield room


def _use(settings: LazySettings, url: str) -> None:
    for name, value in django_settings(url).items():
        setattr(settings, name, value)


def takers(room: Mailroom) -> list[str]:
    return [mail["To"] for mail in room.mails()]


def test_mails_go_by_smtp_with_the_message_id_that_was_written_down(site: Site, mailroom: Mailroom) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens(words="Wählt: „千と“ *genau*.")
    site.works()

    [mail] = mailroom.mails()
    assert mail["Message-ID"] == Mail.objects.get(kind="news").message_id
    assert "Wählt: „千と“" in words_of(mail)


def test_one_that_is_refused_for_now_is_tried_again_and_holds_up_no_other(
    site: Site, mailroom: Mailroom
) -> None:
    mailroom.refusals = {ADA: "450 come back later"}
    for reader in (ADA, BEA):
        a_reader(reader, now=site.now)
    site.passes(minutes=1)
    first = site.happens()
    site.works()
    assert takers(mailroom) == [BEA]

    site.passes(minutes=4)
    second = site.happens()
    site.works()
    mailroom.refusals = {}
    site.passes(minutes=2)
    site.works()
    assert takers(mailroom) == [BEA, ADA]  # and no second mail beside the one that waited
    site.passes(minutes=5)
    site.works()
    assert takers(mailroom) == [BEA, ADA, BEA]  # ten minutes after the one that came late, not before
    site.passes(minutes=5)
    site.works()
    assert takers(mailroom) == [BEA, ADA, BEA, ADA]
    told = ["".join(words_of(mail) for mail in mailroom.mails() if mail["To"] == who) for who in (ADA, BEA)]
    assert all(f"#{number}" in words for words in told for number in (first, second))


def test_an_address_that_is_refused_for_good_again_and_again_is_left_alone_with_the_reason(
    site: Site, mailroom: Mailroom
) -> None:
    mailroom.refusals = {ADA: "550 nobody here"}
    pk = a_reader(ADA, now=site.now)
    for _time in range(3):
        assert Subscription.objects.get(pk=pk).ended_at is None
        site.passes(minutes=15)
        site.happens()
        site.works()

    ended = Subscription.objects.get(pk=pk)
    assert (ended.ended_because, ended.ended_at is None) == (Subscription.Ended.REFUSED, False)
    site.passes(minutes=15)
    site.happens()
    site.works()
    assert Mail.objects.filter(kind="news").count() == 3


def test_one_mail_that_is_taken_makes_good_what_was_refused(site: Site, mailroom: Mailroom) -> None:
    a_reader(ADA, now=site.now)
    for answer in ("550 full", "550 full", "250 yes", "550 full", "550 full"):
        mailroom.refusals = {ADA: answer}
        site.passes(minutes=15)
        site.happens()
        site.works()

    assert Address.objects.get(email=ADA).refused_count == 2
    assert Subscription.objects.get().ended_at is None


def test_a_server_that_is_away_for_days_costs_nobody_a_mail(site: Site, settings: LazySettings) -> None:
    with closing(create_server(("127.0.0.1", 0))) as nobody:
        port = nobody.getsockname()[1]
    _use(settings, f"smtp://127.0.0.1:{port}")
    for reader in (ADA, BEA):
        a_reader(reader, now=site.now)
    for _hour in range(70):
        site.passes(hours=1)
        site.happens()
        site.works()
    with mail_server() as room:
        _use(settings, room.url)
        site.passes(hours=6)
        site.works()
        site.passes(minutes=15)
        site.works()

        for reader in (ADA, BEA):
            words = "".join(words_of(mail) for mail in room.mails() if mail["To"] == reader)
            assert [number for number in range(1, 71) if f"#{number}\n" not in words] == []
            assert takers(room).count(reader) == 2


def test_a_server_that_does_not_want_to_talk_is_away(site: Site, mailroom: Mailroom) -> None:
    mailroom.greeting = "554 no"
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens()
    site.works()
    assert [mail.state for mail in Mail.objects.filter(kind="news")] == [Mail.State.PREPARED]

    mailroom.greeting = "220 welcome"
    site.passes(minutes=10)
    site.works()
    assert takers(mailroom) == [ADA]


def test_a_server_that_swallows_all_is_waited_for_once_and_other_jobs_have_their_turn(
    site: Site, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verite.notifications.actions.preparing.AT_ONCE", 1)
    readers = [f"reader-{number}@example.org" for number in range(5)]
    for reader in readers:
        a_reader(reader, now=site.now)
    site.works()
    site.passes(minutes=1)
    site.happens()
    with silent_server() as silent:
        _use(settings, url_of(silent))
        settings.EMAIL_TIMEOUT = 0.05
        site.works()  # and no job but those of mails is left
        assert callers(silent) == 1
        site.passes(minutes=6)
        site.works()
        assert callers(silent) == 1
    assert {*Mail.objects.filter(kind="news").values_list("state", "sent_at")} == {("prepared", None)}

    with mail_server() as room:
        _use(settings, room.url)
        site.passes(minutes=20)
        site.works()
        assert sorted(takers(room)) == readers


def test_what_a_server_hangs_up_on_holds_up_no_other(site: Site, mailroom: Mailroom) -> None:
    readers = [ADA, BEA, "cy@example.org"]
    mailroom.hangs_up_on = {ADA}
    for reader in readers:
        a_reader(reader, now=site.now)
    for minutes in (1, 6):
        site.passes(minutes=minutes)
        site.happens()
        site.works()
    assert takers(mailroom) == [BEA, "cy@example.org"]

    mailroom.hangs_up_on = ()
    site.passes(minutes=20)
    site.works()
    assert takers(mailroom).count(ADA) == 1


def test_a_server_that_has_greeted_may_think_longer_than_one_may_need_to_greet(
    site: Site, settings: LazySettings, mailroom: Mailroom
) -> None:
    settings.EMAIL_TIMEOUT = 10
    with closing(get_connection()) as connection:
        mailserver.connect(connection)
        assert isinstance(connection, SmtpBackend)
        assert connection.connection
        assert connection.connection.sock
        assert connection.connection.sock.gettimeout() == mailserver.PATIENCE_SECONDS


def test_a_mail_that_is_put_off_at_first_by_a_server_that_was_away_for_days_is_not_given_up(
    site: Site, settings: LazySettings
) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens()
    with closing(create_server(("127.0.0.1", 0))) as nobody:
        port = nobody.getsockname()[1]
    _use(settings, f"smtp://127.0.0.1:{port}")
    for _time in range(sending.MOST_PUT_OFF + 1):
        site.works()
        site.passes(hours=7)
    with mail_server() as room:
        _use(settings, room.url)
        room.refusals = {ADA: "450 come back later"}
        site.works()
        room.refusals = {}
        site.passes(hours=7)
        site.works()
        assert takers(room) == [ADA]


def test_a_mail_that_is_put_off_again_and_again_is_given_up(site: Site, mailroom: Mailroom) -> None:
    mailroom.refusals = {ADA: "450 come back later"}
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens()
    site.works()
    for _time in range(sending.MOST_PUT_OFF - 1):
        assert Mail.objects.get(kind="news").state == Mail.State.PREPARED
        site.passes(hours=7)
        site.works()
    assert Mail.objects.get(kind="news").state == Mail.State.REFUSED


def test_a_mail_that_cannot_be_worded_holds_up_no_other(site: Site, mailroom: Mailroom) -> None:
    for reader in (ADA, BEA):
        a_reader(reader, now=site.now)
    Address.objects.filter(email=ADA).update(email="ada@example.org\nBcc: all@example.org")
    site.passes(minutes=1)
    site.happens()
    site.works()

    assert takers(mailroom) == [BEA]


def test_a_mail_whose_job_was_given_up_is_handed_to_another_and_only_to_that(
    site: Site, mailroom: Mailroom
) -> None:
    from verite.core.models import QueuedJob

    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens()
    actions.move_outbox(now=site.now)
    actions.prepare_mails(now=site.now)
    given_up = QueuedJob.objects.filter(path__endswith=".send")
    late = [json.loads(arguments)[0] for arguments in given_up.values_list("arguments", flat=True)]
    given_up.update(state="dead")
    site.passes(days=1, minutes=1)
    assert actions.reclaim_mails(now=site.now) == 2  # the question, and the news
    assert actions.reclaim_mails(now=site.now) == 0

    for arguments in late:  # one that only seemed to be gone goes on
        sending.send.call(*arguments)
    assert takers(mailroom) == []
    run_due_jobs(site.now)
    assert takers(mailroom) == [ADA]


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (SMTPRecipientsRefused({ADA: (550, b"no")}), Verdict.NEVER),
        (SMTPRecipientsRefused({ADA: (450, b"later")}), Verdict.LATER),
        (SMTPDataError(554, b"spam"), Verdict.NEVER),
        (SMTPDataError(451, b"busy"), Verdict.LATER),
        (SMTPSenderRefused(550, b"not from you", "a@b"), Verdict.SERVER_AWAY),
        (SMTPAuthenticationError(535, b"no"), Verdict.SERVER_AWAY),
        (SMTPServerDisconnected("gone"), Verdict.SERVER_AWAY),
        (TimeoutError(), Verdict.SERVER_AWAY),
        (AnymailRecipientsRefused(), Verdict.NEVER),
        (AnymailAPIError("no", status_code=401), Verdict.SERVER_AWAY),
        (AnymailRequestsAPIError("busy", status_code=503), Verdict.SERVER_AWAY),
        (AnymailRequestsAPIError("odd", status_code=422), Verdict.LATER),
        (ValueError(), Verdict.LATER),
    ],
)
def test_every_refusal_is_told_from_the_others(error: Exception, verdict: Verdict) -> None:
    assert verdict_on(error) is verdict
