"""Nobody is subscribed by a stranger, nobody is flooded, and whoever wants no more is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.accounts.people import somebody
from tests.notifications.site import FILM, OTHER_FILM, Site, a_reader, token_in, words_of
from tests.talking import a_guest
from verite.notifications import actions, mailboxes, queries, tokens
from verite.notifications.actions import Kept, Outcome
from verite.notifications.models import Address, Mail, Subscription
from verite.notifications.refusals import (
    AlreadyGone,
    EmailRefused,
    FollowRefused,
    IntervalRefused,
    NothingThere,
    NotYours,
    TokenExpired,
    TokenRefused,
)
from verite.notifications.topics import Subject, Topic

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def ask(site: Site, email: str = ADA, subject: Subject = FILM, participant: int | None = None) -> Outcome:
    return actions.subscribe(
        subject, email, interval="instantly", participant_id=participant, language="en", now=site.now
    )


def test_a_stranger_is_asked_first_and_told_nothing_until_they_confirm(site: Site) -> None:
    assert ask(site) is Outcome.ASKED
    site.passes(minutes=1)
    site.happens()
    site.works()

    [asked] = site.mails()
    assert asked["To"] == ADA
    assert "New comments on Night Mail" in words_of(asked)
    assert asked["List-Unsubscribe"] is None

    token = token_in(asked, "confirm")
    waiting = queries.waiting_for(token, now=site.now)
    assert [(each.subject, each.is_pending) for each in waiting.subscriptions] == [(FILM, True)]
    assert (
        actions.confirm(token, [each.id for each in waiting.subscriptions], participant_id=None, now=site.now)
        == 1
    )
    assert (
        actions.confirm(token, [each.id for each in waiting.subscriptions], participant_id=None, now=site.now)
        == 0
    )
    site.passes(minutes=1)
    told = site.happens()
    site.works()
    assert site.told(ADA) == [told]


def test_looking_at_a_link_changes_nothing(site: Site) -> None:
    ask(site)
    site.works()
    token = token_in(site.mails()[0], "confirm")
    address = Address.objects.get(email=ADA)
    before = list(Subscription.objects.values()), list(Address.objects.values())

    queries.waiting_for(token, now=site.now)
    queries.managed(tokens.to_manage(address.pk, now=site.now), now=site.now)
    queries.named(tokens.to_unsubscribe([Subscription.objects.get().pk]))

    assert (list(Subscription.objects.values()), list(Address.objects.values())) == before


def test_a_thousand_requests_for_somebody_elses_address_are_three_mails_at_most(site: Site) -> None:
    for request in range(1000):
        ask(site, subject=(FILM, OTHER_FILM, Subject(Topic.THREAD, 5))[request % 3])
        actions.ask_to_manage(ADA, now=site.now)
        if request % 100 == 99:
            site.works()
            site.passes(hours=23)
    site.works()

    assert len(site.mails_to(ADA)) == mailboxes.MOST_ASKED == 3
    sent = sorted(each for each in Mail.objects.values_list("sent_at", flat=True) if each)
    assert sent[1] - sent[0] >= timedelta(hours=24)


def test_the_count_is_not_forgotten_with_the_address(site: Site) -> None:
    for _week in range(8):
        ask(site)
        site.works()
        site.passes(days=8)
        actions.forget_old(now=site.now)
        assert not Subscription.objects.exists()
        assert list(Address.objects.values_list("email", flat=True)) == [""]

    assert len(site.mails_to(ADA)) == 3


def test_the_answer_does_not_say_whether_an_address_is_known(site: Site) -> None:
    a_reader("known@example.org", now=site.now)
    ask(site, "blocked@example.org")
    token = tokens.to_confirm(Address.objects.get(email="blocked@example.org").pk, now=site.now)
    actions.block(token, now=site.now)

    assert {ask(site, f"{who}@example.org") for who in ("known", "blocked", "unknown")} == {Outcome.ASKED}


def test_a_stranger_cannot_change_what_somebody_follows(site: Site) -> None:
    pk = a_reader(ADA, now=site.now)
    before = Subscription.objects.filter(pk=pk).values().get()
    site.passes(minutes=1)
    actions.subscribe(FILM, ADA, interval="weekly", participant_id=None, language="de", now=site.now)
    ask(site, subject=OTHER_FILM)

    assert Subscription.objects.filter(pk=pk).values().get() == before
    other = Subscription.objects.get(about=OTHER_FILM.about)
    assert other.confirmed_at is None


def test_only_what_was_shown_is_confirmed(site: Site) -> None:
    ask(site)
    shown = Subscription.objects.get().pk
    ask(site, subject=OTHER_FILM)
    token = tokens.to_confirm(Address.objects.get().pk, now=site.now)

    actions.confirm(token, [shown], participant_id=None, now=site.now)

    assert [row.subject for row in queries.waiting_for(token, now=site.now).subscriptions] == [OTHER_FILM]


def test_one_address_cannot_confirm_for_another(site: Site) -> None:
    ask(site)
    ask(site, "bea@example.org")
    token = tokens.to_confirm(Address.objects.get(email="bea@example.org").pk, now=site.now)
    ids = list(Subscription.objects.values_list("pk", flat=True))

    assert actions.confirm(token, ids, participant_id=None, now=site.now) == 1
    assert Subscription.objects.get(address__email=ADA).confirmed_at is None


def test_a_member_follows_with_the_proved_address_at_once(site: Site) -> None:
    member = somebody()
    outcome = ask(site, email="", participant=member.participant_id)
    site.passes(minutes=1)
    told = site.happens()
    site.works()

    assert outcome is Outcome.FOLLOWS
    assert site.told(member.email) == [told]
    assert len(site.mails()) == 1
    followed = queries.follows(member.participant_id, FILM)
    assert followed is not None
    assert followed.heading is not None
    assert followed.heading.words == "New comments on Night Mail"


def test_a_member_with_another_address_is_asked_there(site: Site) -> None:
    member = somebody()

    assert ask(site, email=ADA, participant=member.participant_id) is Outcome.ASKED


def test_a_guest_who_confirmed_in_this_browser_is_not_asked_again(site: Site) -> None:
    guest = a_guest()
    a_reader(ADA, now=site.now, participant=guest)

    assert ask(site, subject=OTHER_FILM, participant=guest) is Outcome.FOLLOWS
    assert ask(site, email="", subject=Subject(Topic.THREAD, 5), participant=guest) is Outcome.FOLLOWS
    assert ask(site, subject=Subject(Topic.THREAD, 6), participant=a_guest()) is Outcome.ASKED
    assert queries.own_address(guest) == ADA


def test_whoever_wants_never_to_be_asked_is_not(site: Site) -> None:
    a_reader(ADA, now=site.now)
    ask(site, subject=OTHER_FILM)
    site.works()
    actions.block(token_in(site.mails()[-1], "confirm"), now=site.now)
    before = len(site.mails())
    for _week in range(5):
        site.passes(days=7)
        ask(site, subject=OTHER_FILM)
        site.works()

    assert len(site.mails()) == before
    assert [row.about for row in Subscription.objects.all()] == [FILM.about]  # what they follow goes on


def test_unsubscribing_is_one_press_for_all_that_the_mail_told_and_twice_is_once(site: Site) -> None:
    a_reader(ADA, now=site.now)
    a_reader(ADA, OTHER_FILM, now=site.now)
    a_reader(ADA, Subject(Topic.THREAD, 5), now=site.now)
    site.passes(minutes=1)
    site.happens(FILM)
    site.happens(OTHER_FILM, place="Nanook")
    site.works()
    token = site.mails_to(ADA)[-1]["List-Unsubscribe"].rstrip("/>").rpartition("/")[2]

    assert {each.subject for each in queries.named(token)} == {FILM, OTHER_FILM}
    assert actions.unsubscribe(token, now=site.now) == 2
    assert actions.unsubscribe(token, now=site.now) == 0
    assert queries.named(token) == []
    site.passes(minutes=20)
    site.happens(FILM)
    site.works()
    assert len(site.mails_to(ADA)) == 1


def test_what_was_ended_can_be_followed_anew_from_then_on(site: Site) -> None:
    guest = a_guest()
    pk = a_reader(ADA, now=site.now, participant=guest)
    actions.unsubscribe(tokens.to_unsubscribe([pk]), now=site.now)
    site.passes(minutes=1)
    site.happens()
    site.works()
    ask(site, participant=guest)
    site.passes(minutes=1)
    told = site.happens()
    site.works()

    assert site.told(ADA) == [told]


def test_all_of_an_address_can_be_seen_and_ended(site: Site) -> None:
    for subject in (FILM, OTHER_FILM):
        a_reader(ADA, subject, now=site.now)
        a_reader("bea@example.org", subject, now=site.now)
    actions.ask_to_manage(ADA, now=site.now)
    actions.ask_to_manage("nobody@example.org", now=site.now)
    site.works()
    [mail] = site.mails()
    found = queries.managed(token_in(mail, "manage"), now=site.now)

    assert found.email == ADA
    assert {each.subject for each in found.subscriptions} == {FILM, OTHER_FILM}
    bea = Address.objects.get(email="bea@example.org").pk
    theirs = [each.id for each in queries.subscriptions_of(bea)]
    assert actions.end(found.address_id, theirs, now=site.now) == 0
    assert actions.end_all(found.address_id, now=site.now) == 2
    assert queries.subscriptions_of(found.address_id) == []
    assert len(queries.subscriptions_of(bea)) == 2


def test_what_is_not_public_any_more_is_not_named(site: Site) -> None:
    a_reader(ADA, now=site.now)
    del site.titles[5]

    [followed] = queries.subscriptions_of(Address.objects.get().pk)
    assert followed.heading is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"email": "nobody"}, EmailRefused),
        ({"email": ""}, EmailRefused),
        ({"email": "a@b@example.org"}, EmailRefused),
        ({"email": "ada@example.org\r\nBcc: all@example.org"}, EmailRefused),
        ({"email": '"a\x01b"@example.org'}, EmailRefused),
        ({"email": "ada@example.org, bea@example.org"}, EmailRefused),
        ({"email": f"{'a' * 250}@example.org"}, EmailRefused),
        ({"email": "ädä@example.org"}, EmailRefused),
        ({"interval": "hourly"}, IntervalRefused),
        ({"subject": Subject(Topic.FILM, 99)}, NothingThere),
        ({"subject": Subject(Topic.CURATOR, 5)}, NothingThere),
        ({"subject": Subject(Topic.REPLIES, 1)}, NotYours),
    ],
)
def test_what_cannot_be_followed_is_refused_with_words(
    site: Site, changes: dict[str, object], refusal: type[FollowRefused]
) -> None:
    usual: dict[str, object] = {"subject": FILM, "email": ADA, "interval": "daily", "participant_id": None}
    with pytest.raises(refusal) as refused:
        actions.subscribe(**{**usual, **changes}, language="en", now=site.now)  # type: ignore[arg-type]

    assert str(refused.value).endswith((".", ".org."))
    assert not Address.objects.exists()


def test_an_address_is_one_however_it_is_typed(site: Site) -> None:
    for typed in ("Ada@Example.org", " ada@example.org ", ADA):
        ask(site, typed)
    ask(site, "ada@bücher.example")
    ask(site, "ada+films@example.org")

    assert set(Address.objects.values_list("email", flat=True)) == {
        ADA,
        "ada@xn--bcher-kva.example",
        "ada+films@example.org",
    }


def test_forged_foreign_and_old_links_do_nothing_and_say_so(site: Site) -> None:
    pk = a_reader(ADA, now=site.now)
    address = Address.objects.get().pk
    confirming = tokens.to_confirm(address, now=site.now)
    unsubscribing = tokens.to_unsubscribe([pk])
    managing = tokens.to_manage(address, now=site.now)

    for forged in (
        "",
        "1",
        "é",
        "1-2",
        f"{confirming}x",
        confirming[:-1],
        f"2{unsubscribing}",
        "a" * 5000,
        "." * 9,
    ):
        for read in (
            lambda token: tokens.confirming(token, now=site.now),
            lambda token: tokens.managing(token, now=site.now),
            tokens.unsubscribing,
        ):
            with pytest.raises(TokenRefused):
                read(forged)
    with pytest.raises(TokenRefused):
        actions.confirm(unsubscribing, [pk], participant_id=None, now=site.now)
    with pytest.raises(TokenRefused):
        actions.unsubscribe(confirming, now=site.now)
    with pytest.raises(TokenRefused):
        queries.managed(confirming, now=site.now)
    with pytest.raises(TokenExpired):
        actions.confirm(confirming, [pk], participant_id=None, now=site.now + timedelta(days=8))
    with pytest.raises(TokenExpired):
        queries.managed(managing, now=site.now + timedelta(days=366))
    assert tokens.unsubscribing(unsubscribing) == [pk]
    with pytest.raises(AlreadyGone):
        queries.managed(tokens.to_manage(address + 1, now=site.now), now=site.now)


def test_who_never_answers_is_forgotten_after_a_week(site: Site) -> None:
    ask(site)
    site.works()
    token = token_in(site.mails()[0], "confirm")
    site.passes(days=7, minutes=1)
    actions.forget_old(now=site.now)

    assert not Subscription.objects.exists()
    assert not Address.objects.exclude(email="").exists()
    with pytest.raises(TokenRefused):
        queries.waiting_for(token, now=site.now)


def test_what_an_import_kept_waits_and_each_address_is_asked_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verite.notifications.actions.preparing.AT_ONCE", 3)
    a_reader("known@example.org", now=site.now)
    kept = [Kept(f"reader{number}@example.org", FILM) for number in range(10)]
    kept += [
        Kept("Reader0@example.org", OTHER_FILM),
        Kept("known@example.org", FILM),
        Kept("no address", FILM),
    ]
    assert actions.take_up(kept, now=site.now) == 11
    assert actions.take_up(kept, now=site.now) == 0
    site.passes(minutes=1)
    site.happens()
    site.works()

    asked = [mail for mail in site.mails() if mail["Subject"].startswith("Do you want to go on")]
    assert sorted(mail["To"] for mail in asked) == sorted(
        f"reader{number}@example.org" for number in range(10)
    )
    [both] = site.mails_to("reader0@example.org")
    assert all(title in words_of(both) for title in ("Night Mail", "Nanook"))
    token = token_in(both, "confirm")
    ids = [each.id for each in queries.waiting_for(token, now=site.now).subscriptions]
    assert actions.confirm(token, ids, participant_id=None, now=site.now) == 2
    site.passes(minutes=1)
    told = site.happens()
    site.works()
    assert site.told("reader0@example.org") == [told]
