"""From the wish to the last mail: nothing is followed unasked, nobody is flooded, and one press ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.accounts.people import a_browser, signed_in, somebody
from tests.discovery import stock
from tests.notifications.site import Site, token_in, words_of
from tests.talking import a_guest
from tests.web.films_on_show import review, show, subject
from tests.web.markup import Page
from tests.web.talk_pages import browser_of_guest
from tests.web.writing_desk import WORDS, WRITE, page_of
from verite.accounts.actors import Role
from verite.accounts.pace import RULES, forget
from verite.accounts.permissions import Act
from verite.core import clock
from verite.core.freshness import provenance_of
from verite.discussion.actions import post_comment
from verite.discussion.models import Comment
from verite.notifications import actions, tokens
from verite.notifications.mailboxes import MOST_ASKED
from verite.notifications.models import Address, Subscription

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"
FILMS = "/follow/?what=films:0"
HOSTILE = '"><script>go()</script>\r\nBcc: all@example.org\u202e'


@pytest.fixture
def site(data_folder: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The site as it is, with a clock that the test moves, and mails in a folder."""
    made = Site(data_folder, now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    settings.EMAIL_BACKEND = "verite.core.mail.ConsoleAndFolderBackend"
    monkeypatch.setattr(clock, "now", lambda: made.now)
    yield made
    forget()


@pytest.fixture
def film() -> int:
    return show().pk


def follow(browser: Client, what: str, **more: str) -> Page:
    """Follow, and the page that says so."""
    address = f"/follow/?what={what}"
    answer = browser.post(address, {"what": what, "interval": "instantly", **more})
    assert answer.status_code == 303, answer.content.decode()
    return page_of(browser.get(answer.headers["Location"]))


def ticks(page: Page) -> list[str]:
    return [box.attributes["value"] for box in page.all("input", name="wanted")]


def rows() -> list[Any]:
    return [*Subscription.objects.order_by("pk").values(), *Address.objects.order_by("pk").values()]


def an_open_one(site: Site, email: str = ADA, what: str = "films:0") -> Subscription:
    """Somebody who asked and confirmed."""
    follow(a_browser(), what, email=email)
    address = Address.objects.get(email=email)
    row = Subscription.objects.filter(address=address).latest("pk")
    actions.confirm(tokens.to_confirm(address.pk, now=site.now), [row.pk], participant_id=None, now=site.now)
    return row


def managing(site: Site, email: str = ADA) -> str:
    token = tokens.to_manage(Address.objects.get(email=email).pk, now=site.now)
    return f"/notify/manage/{token}/"


def test_a_guest_is_told_of_an_answer_and_of_none_after_one_press(site: Site, film: int) -> None:
    ana = a_browser()
    ana.post(WRITE, {"comment": WORDS, "name": "Ana", "notify": "replies", "email": ADA})
    own = Comment.objects.get()
    site.works()
    [asked] = site.mails_to(ADA)
    link = f"/notify/confirm/{token_in(asked, 'confirm')}/"

    before = rows()
    page = page_of(Client().get(link))
    assert rows() == before
    assert "Answers to your comments" in page.one("form", method="post").text
    done = ana.post(link, {"wanted": ticks(page)})
    assert done.status_code == 303
    assert "Here is all that you follow" in page_of(ana.get(done.headers["Location"])).one(role="status").text

    site.passes(minutes=1)
    post_comment(film, a_guest(), "Which *maps*?", now=site.now, parent_id=own.pk, name="Béla <b>")
    site.works()
    told = site.mails_to(ADA)[-1]
    assert {part.get_content_type() for part in told.walk()} >= {"text/plain", "text/html"}
    assert "Which *maps*?" in words_of(told)

    one_click = re.fullmatch(
        r"<https?://[^/>]+(/notify/unsubscribe/[^>]+)>", told["List-Unsubscribe"].strip()
    )
    assert one_click
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    before = rows()
    assert "No more mail about this?" in page_of(Client().get(one_click[1])).one("h1").text
    assert rows() == before
    pressed = Client().post(
        one_click[1],
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert pressed.status_code == 200
    assert not pressed.cookies

    site.passes(hours=1)
    post_comment(film, a_guest(), "Once more?", now=site.now, parent_id=own.pk)
    site.works()
    assert len(site.mails_to(ADA)) == 2
    assert "It was ended before" in page_of(Client().get(one_click[1])).one(role="status").text


def test_one_press_works_as_a_multipart_form_too(site: Site, film: int) -> None:
    row = an_open_one(site)
    link = f"/notify/unsubscribe/{tokens.to_unsubscribe([row.pk])}/"

    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert row.ended_at == site.now


def test_a_thousand_requests_for_somebody_elses_address_are_a_handful_of_mails(site: Site, film: int) -> None:
    answers = set()
    for number in range(1000):
        address = ("/follow/?what=films:0", f"/follow/?what=film:{film}", "/notify/link/")[number % 3]
        what = address.partition("=")[2]
        answers.add(a_browser().post(address, {"what": what, "interval": "daily", "email": ADA}).status_code)
        if number % 50 == 49:
            site.works()
            site.passes(hours=13)
    site.works()

    assert answers == {303, 429}
    assert len(site.mails_to(ADA)) <= MOST_ASKED
    assert not Subscription.objects.filter(confirmed_at__isnull=False).exists()


def test_who_asks_too_often_is_asked_to_wait_and_loses_nothing(site: Site) -> None:
    browser, _guest = browser_of_guest()
    typed = {"what": "films:0", "interval": "weekly", "email": ADA}
    for _time in range(RULES[Act.FOLLOW].participant.count):
        assert browser.post(FILMS, typed).status_code == 303

    answer = browser.post(FILMS, typed)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    page = page_of(answer)
    assert page.one("input", name="email").attributes["value"] == ADA
    assert page.one("option", selected="").attributes["value"] == "weekly"


def test_known_and_unknown_addresses_are_answered_alike(site: Site, film: int) -> None:
    an_open_one(site, "known@example.org")
    an_open_one(site, "blocked@example.org")
    actions.block(tokens.to_confirm(Address.objects.latest("pk").pk, now=site.now), now=site.now)

    def said(address: str, email: str) -> tuple[int, str, str]:
        browser = a_browser()
        answer = browser.post(address, {"what": "films:0", "interval": "daily", "email": email})
        there = answer.headers["Location"]
        return answer.status_code, there, browser.get(there).content.decode()

    for address in (FILMS, "/notify/link/"):
        told = {said(address, f"{who}@example.org") for who in ("known", "blocked", "unknown")}
        assert len(told) == 1, address


def test_a_member_follows_with_their_own_address_and_sees_it(site: Site, film: int) -> None:
    ada = somebody()
    browser = signed_in(ada)
    what = f"film:{film}"
    form = page_of(browser.get(f"/follow/?what={what}"))
    assert not form.all(type="email")
    assert ada.email in form.text

    page = follow(browser, what, interval="daily")

    assert page.one(role="status").text.startswith("You follow this.")
    assert page.one("option", selected="").attributes["value"] == "daily"
    mine = page_of(browser.get("/me/following/"))
    assert "New comments on Why We Fight" in mine.one("ul", class_="follows").text
    assert not mine.all(href="/notify/link/")


def test_only_what_is_public_is_offered(site: Site, film: int) -> None:
    hidden = show("Hidden", slug="hidden", state="draft")
    for what in (
        f"film:{hidden.pk}",
        "film:0",
        f"notes:{film}",
        "film:x",
        "cheese:1",
        "film:" + "9" * 30,
        "replies",
    ):
        assert Client().get(f"/follow/?what={what}").status_code == 404, what
        assert a_browser().post(f"/follow/?what={what}", {"what": what, "email": ADA}).status_code == 404, (
            what
        )
    assert not Subscription.objects.exists()

    offered = page_of(Client().get(f"/follow/?what=film:{film}&what=film:{hidden.pk}&what=films:0"))
    assert [each.attributes["value"] for each in offered.all("input", name="what")] == [
        f"film:{film}",
        "films:0",
    ]


def test_what_is_not_offered_cannot_be_followed(site: Site, film: int) -> None:
    for typed in ({"what": f"film:{film}"}, {}, {"what": "films:0", "interval": "hourly"}):
        answer = a_browser().post(FILMS, {"interval": "daily", "email": ADA, **typed})
        assert answer.status_code == 422
        assert page_of(answer).one(aria_invalid="true")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("email", ["", "ada", f"{ADA}\nBcc: all@example.org", "ä" * 300, HOSTILE])
def test_a_bad_address_is_told_at_its_field(site: Site, email: str) -> None:
    for address in (FILMS, "/notify/link/"):
        answer = a_browser().post(address, {"what": "films:0", "interval": "daily", "email": email})
        assert answer.status_code == 422
        field = page_of(answer).one("input", name="email", aria_invalid="true")
        assert page_of(answer).one(id=field.attributes["aria-describedby"]).text
        assert "<script>go" not in answer.content.decode()


def test_only_what_is_ticked_is_confirmed(site: Site, film: int) -> None:
    for what in ("films:0", f"film:{film}"):
        follow(a_browser(), what, email=ADA)
        site.passes(days=2)
    first, second = Subscription.objects.order_by("pk")
    link = f"/notify/confirm/{tokens.to_confirm(first.address_id, now=site.now)}/"
    assert a_browser().post(link).status_code == 422

    a_browser().post(link, {"wanted": [str(first.pk), "x", "9" * 40]})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.confirmed_at, second.confirmed_at) == (site.now, None)
    assert ticks(page_of(Client().get(link))) == [str(second.pk)]


def test_whoever_wants_never_to_be_asked_says_so_once(site: Site) -> None:
    follow(a_browser(), "films:0", email=ADA)
    site.works()
    link = f"/notify/confirm/{token_in(site.mails_to(ADA)[0], 'confirm')}/"

    assert a_browser().post(link, {"never": "yes"}).status_code == 200

    site.passes(days=3)
    follow(a_browser(), "films:0", email=ADA)
    site.works()
    assert len(site.mails_to(ADA)) == 1


def test_a_mailbox_is_managed_by_its_link(site: Site, film: int) -> None:
    films, of_film = an_open_one(site), an_open_one(site, what=f"film:{film}")
    other = an_open_one(site, "bea@example.org")
    browser, link = a_browser(), managing(site)
    before = rows()
    assert "New comments on Why We Fight" in page_of(browser.get(link)).one("ul", class_="follows").text
    assert rows() == before

    def press(**typed: str) -> str:
        answer = browser.post(link, typed)
        assert answer.status_code == 303
        said: str = page_of(browser.get(answer.headers["Location"])).one(role="status").text
        return said

    press(**{f"interval-{films.pk}": "weekly", f"interval-{other.pk}": "weekly"})
    press(end=str(other.pk))
    press(end_all=str(other.address_id))
    press(end=str(of_film.pk))
    open_now = Subscription.objects.filter(ended_at__isnull=True).values_list("pk", "interval")
    assert dict(open_now) == {films.pk: "weekly", other.pk: "instantly"}
    assert browser.post(link, {f"interval-{films.pk}": "hourly"}).status_code == 422

    press(never=str(films.address_id))
    assert list(Subscription.objects.filter(ended_at__isnull=True)) == [other]
    assert Address.objects.get(email=ADA).blocked_at == site.now


def test_nobody_manages_what_is_anothers(site: Site) -> None:
    row = an_open_one(site)
    browser = signed_in(somebody())

    for typed in ({"end": str(row.pk)}, {"end_all": str(row.address_id)}, {f"interval-{row.pk}": "daily"}):
        browser.post("/me/following/", typed)
        a_browser().post("/me/following/", typed)

    row.refresh_from_db()
    assert (row.ended_at, row.interval) == (None, "instantly")


def test_a_lost_link_is_sent_again(site: Site) -> None:
    an_open_one(site)
    site.passes(days=2)
    answer = a_browser().post("/notify/link/", {"email": ADA})
    site.works()

    assert answer.status_code == 303
    link = f"/notify/manage/{token_in(site.mails_to(ADA)[-1], 'manage')}/"
    assert "All new films" in page_of(Client().get(link)).one("ul", class_="follows").text


@pytest.mark.parametrize("where", ["confirm", "unsubscribe", "manage"])
def test_a_link_that_is_none_of_ours_or_too_old_says_how_to_get_a_fresh_one(site: Site, where: str) -> None:
    row = an_open_one(site)
    old = {
        "confirm": tokens.to_confirm(row.address_id, now=site.now),
        "manage": tokens.to_manage(row.address_id, now=site.now),
        "unsubscribe": "",
    }[where]
    site.passes(days=400)
    forged = [
        "nothing",
        "x" * 3000,
        "1.",
        "%00",
        tokens.to_unsubscribe([1])[:-1] + "!",
        *([old] if old else []),
    ]
    if where != "unsubscribe":
        forged.append(tokens.to_unsubscribe([row.address_id]))
    before = rows()
    for token in forged:
        for answer in (
            Client().get(f"/notify/{where}/{token}/"),
            a_browser().post(
                f"/notify/{where}/{token}/", {"wanted": "1", "never": "yes", "end": str(row.pk)}
            ),
        ):
            assert answer.status_code == (410 if token == old else 404), token[:20]
            assert page_of(answer).one("form", action="/notify/link/", method="post")
    assert rows() == before


def test_pages_of_a_token_are_kept_by_nobody_and_passed_on_to_nobody(site: Site) -> None:
    row = an_open_one(site)
    follow(a_browser(), "films:0", email="bea@example.org")
    bea = Address.objects.get(email="bea@example.org").pk
    for link in (
        managing(site),
        f"/notify/confirm/{tokens.to_confirm(bea, now=site.now)}/",
        f"/notify/unsubscribe/{tokens.to_unsubscribe([row.pk])}/",
        "/notify/confirm/nothing/",
    ):
        answer = Client().get(link)
        assert provenance_of(answer) is None
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "noindex" in page_of(answer).one("meta", name="robots").attributes["content"]
        assert "no-store" in Client().head(link).headers["Cache-Control"]


def test_names_and_titles_do_no_harm_on_pages_and_in_mails(site: Site) -> None:
    bad = show(HOSTILE, slug="bad")
    curator = somebody("Ada Lens", role=Role.CURATOR)
    review(bad, "<p>One.</p>")
    root = post_comment(bad.pk, a_guest(), "The maps.", now=site.now, name="<i>B</i>").comment_id
    topic = subject("<script>go()</script>")
    all_of_it = [f"film:{bad.pk}", f"notes:{bad.pk}", f"thread:{root}", f"subject:{topic.pk}"]
    pages = [
        Client().get("/follow/?what=" + "&what=".join([*all_of_it, f"curator:{curator.participant_id}"]))
    ]
    assert len(page_of(pages[0]).all("input", name="what")) == 5
    for what in all_of_it:
        an_open_one(site, what=what)
        site.passes(days=2)
    pages += [
        Client().get(managing(site)),
        Client().get(
            f"/notify/unsubscribe/{tokens.to_unsubscribe(list(Subscription.objects.values_list('pk', flat=True)))}/"
        ),
    ]
    post_comment(bad.pk, a_guest(), "Which?", now=site.now, parent_id=root, name=HOSTILE)
    site.works()

    for page in pages:
        assert page.status_code == 200
        assert "<script>go" not in page.content.decode()
    mail = site.mails_to(ADA)[-1]
    assert mail["Bcc"] is None
    assert mail["To"] == ADA
    assert all("\n" not in value for value in mail.values())


def test_a_browser_can_press_the_button_of_a_token_page(site: Site) -> None:
    follow(a_browser(), "films:0", email=ADA)
    row = Subscription.objects.get()
    link = f"/notify/confirm/{tokens.to_confirm(row.address_id, now=site.now)}/"
    from_another_site = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    assert Client().post(link, {"wanted": row.pk}, headers=from_another_site).status_code == 403
    assert (
        Client().post(link, {"wanted": row.pk}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    )


def test_a_confirmed_guest_follows_the_next_thing_without_a_mail(site: Site, film: int) -> None:
    browser, _guest = browser_of_guest()
    follow(browser, "films:0", email=ADA)
    row = Subscription.objects.get()
    browser.post(f"/notify/confirm/{tokens.to_confirm(row.address_id, now=site.now)}/", {"wanted": row.pk})

    page = follow(browser, f"film:{film}", email=ADA)

    assert page.one(role="status").text.startswith("You follow this.")
    mine = page_of(browser.get("/me/following/")).one("ul", class_="follows").text
    assert "New comments on Why We Fight" in mine
    assert "All new films" in mine


def test_links_outlive_a_year_of_unsubscribing(site: Site) -> None:
    row = an_open_one(site)
    link = f"/notify/unsubscribe/{tokens.to_unsubscribe([row.pk])}/"
    site.now += timedelta(days=4000)

    assert Client().post(link).status_code == 200
    row.refresh_from_db()
    assert row.ended_at == site.now


def test_what_can_be_followed_says_so_where_it_stands(site: Site, film: int) -> None:
    root = post_comment(film, a_guest(), "The maps.", now=site.now).comment_id
    below = post_comment(film, a_guest(), "Which?", now=site.now, parent_id=root).comment_id
    topic, curator = subject("War"), somebody("Ada Lens", role=Role.CURATOR)
    somebody("Béla Lens")
    feeds = {
        "/films/why-we-fight/discussion/": "/films/why-we-fight/discussion/feed.atom",
        f"/comments/{below}/": f"/comments/{below}/feed.atom",
    }
    for address, what in (
        ("/films/why-we-fight/", f"film:{film}&what=notes:{film}"),
        ("/films/why-we-fight/discussion/", f"film:{film}&what=notes:{film}"),
        (f"/comments/{below}/", f"thread:{root}&what=film:{film}"),
        (f"/subjects/{topic.slug}/", f"subject:{topic.pk}&what=films:0"),
        ("/members/ada-lens/", f"curator:{curator.participant_id}&what=films:0"),
        ("/feeds/", "films:0"),
    ):
        page = page_of(Client().get(address))
        link = page.one("a", href=f"/follow/?what={what}").attributes["href"]
        offered = page_of(Client().get(link)).all("input", name="what")
        assert offered[0].attributes["value"] == what.partition("&")[0]
        if address in feeds:
            assert page.one("link", rel="alternate").attributes["href"] == feeds[address]
            assert page.all("a", href=feeds[address])
            assert Client().get(feeds[address]).status_code == 200
    assert not page_of(Client().get("/members/bela-lens/")).all("a", rel="nofollow")
    assert page_of(Client().get("/feeds/")).one("a", href="/feeds/comments.atom")
    assert page_of(Client().get("/me/")).one("a", href="/me/following/")


def test_who_follows_a_subject_is_told_of_a_new_film_in_it_and_below(site: Site) -> None:
    war = stock.subject("War")
    stock.subject("Propaganda", under="War")
    an_open_one(site, what=f"subject:{war.pk}")
    site.passes(minutes=1)
    today = (site.now - stock.FIRST_DAY).days

    stock.film("Why We Fight", subjects=["Propaganda"], tagline="Seven films.", day=today)
    stock.film("Rain", day=today)
    site.works()

    told = site.mails_to(ADA)[-1]
    assert told["Subject"] == "New film: Why We Fight"
    assert "Seven films." in words_of(told)
    assert "New films about War" in words_of(told)
    assert "Rain" not in words_of(told)
