"""Links of mails: reading changes nothing, pressing does what it says, and what is none of ours does nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.people import a_browser, signed_in, somebody
from tests.notifications.site import Site, token_in
from tests.web.following.readers import ADA, an_open_one, follow, managing, rows, ticks
from tests.web.writing_desk import page_of
from verite.core.freshness import provenance_of
from verite.notifications import tokens
from verite.notifications.models import Address, Subscription

pytestmark = pytest.mark.django_db


def test_one_press_works_as_a_multipart_form_too(site: Site, film: int) -> None:
    row = an_open_one(site)
    link = f"/notify/unsubscribe/{tokens.to_unsubscribe([row.pk])}/"

    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert row.ended_at == site.now


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


def test_a_browser_can_press_the_button_of_a_token_page(site: Site) -> None:
    follow(a_browser(), "films:0", email=ADA)
    row = Subscription.objects.get()
    link = f"/notify/confirm/{tokens.to_confirm(row.address_id, now=site.now)}/"
    from_another_site = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    assert Client().post(link, {"wanted": row.pk}, headers=from_another_site).status_code == 403
    assert (
        Client().post(link, {"wanted": row.pk}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    )


def test_links_outlive_a_year_of_unsubscribing(site: Site) -> None:
    row = an_open_one(site)
    link = f"/notify/unsubscribe/{tokens.to_unsubscribe([row.pk])}/"
    site.now += timedelta(days=4000)

    assert Client().post(link).status_code == 200
    row.refresh_from_db()
    assert row.ended_at == site.now
