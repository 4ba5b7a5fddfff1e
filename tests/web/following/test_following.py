"""From the wish to the last mail: nothing is followed unasked, nobody is flooded, and one press ends it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.accounts.people import a_browser, signed_in, somebody
from tests.discovery import stock
from tests.notifications.site import Site, token_in, words_of
from tests.talking import a_guest
from tests.web.films_on_show import review, show, subject
from tests.web.following.readers import ADA, an_open_one, follow, managing, rows, ticks
from tests.web.talk_pages import browser_of_guest
from tests.web.writing_desk import WORDS, WRITE, page_of
from verite.accounts.actors import Role
from verite.accounts.pace import RULES
from verite.accounts.permissions import Act
from verite.discussion.actions import post_comment
from verite.discussion.models import Comment
from verite.notifications import actions, tokens
from verite.notifications.mailboxes import MOST_ASKED
from verite.notifications.models import Address, Subscription

FILMS = "/follow/?what=films:0"
HOSTILE = '"><script>go()</script>\r\nBcc: all@example.org\u202e'

pytestmark = pytest.mark.django_db


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


def test_what_can_be_followed_says_so_where_it_stands(site: Site, film: int) -> None:
    root = post_comment(film, a_guest(), "The maps.", now=site.now).comment_id
    below = post_comment(film, a_guest(), "Which?", now=site.now, parent_id=root).comment_id
    topic, curator = subject("War"), somebody("Ada Lens", role=Role.CURATOR)
    somebody("Béla Lens")
    feeds = {
        "/films/why-we-fight/": "/films/why-we-fight/discussion/feed.atom",
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
