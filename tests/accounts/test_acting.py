"""Who a request comes from: cookies that are good, old, forged, stolen or dead."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from pytest_django import DjangoAssertNumQueries

from tests.accounts.people import a_browser, signed_in, somebody
from verite.accounts import acting
from verite.accounts.models import Participant
from verite.accounts.one_time import token_for
from verite.core import clock


def see(request: HttpRequest) -> HttpResponse:
    actor = acting.actor_of(request)
    return JsonResponse({"id": actor.participant_id, "role": actor.role})


def do(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"id": acting.act(request, now=clock.now()).participant_id})


urlpatterns = [path("see/", see), path("do/", do), path("", include("verite.project.urls"))]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

COOKIE = "verite-guest"


def id_of(browser: Client) -> int | None:
    found: int | None = browser.get("/see/").json()["id"]
    return found


def act(browser: Client) -> int:
    answer = browser.post("/do/")
    assert answer.status_code == 200
    found: int = answer.json()["id"]
    return found


def at(moment: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: moment)


def test_reading_makes_nobody_known_and_sets_no_cookie() -> None:
    browser = a_browser()

    assert id_of(browser) is None
    assert not browser.cookies
    assert not Participant.objects.exists()


def test_an_act_makes_a_guest_who_is_known_from_then_on() -> None:
    browser = a_browser()

    first = act(browser)

    assert act(browser) == first
    assert id_of(browser) == first
    assert act(a_browser()) != first


def test_the_cookie_can_be_read_by_no_script_and_is_sent_by_no_other_site() -> None:
    browser = a_browser()
    act(browser)

    cookie = browser.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert cookie["path"] == "/"
    assert not cookie["secure"]


def test_over_https_no_other_host_can_set_the_cookies() -> None:
    browser = Client(headers={"Origin": "https://testserver"})
    browser.post("/do/", secure=True)
    signed = browser.cookies["__Host-verite-guest"]
    member = somebody()

    browser.post(f"/accounts/once/{token_for(member)}/", secure=True)

    assert signed["secure"]
    session = browser.cookies["__Host-verite-session"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert not session["domain"]
    assert "verite-session" not in browser.cookies
    assert browser.get("/see/", secure=True).json()["id"] == member.participant_id
    browser.post("/accounts/logout/", secure=True)
    assert browser.cookies["__Host-verite-session"]["max-age"] == 0
    assert browser.cookies["__Host-verite-session"]["secure"]


def test_over_https_a_cookie_with_the_plain_name_counts_for_nothing() -> None:
    browser = signed_in(somebody())
    act(other := a_browser())
    browser.cookies[COOKIE] = other.cookies[COOKIE].value

    assert browser.get("/see/", secure=True).json() == {"id": None, "role": "guest"}


@pytest.mark.parametrize("change", ["x{}", "{}x", "", "no:such:cookie", "{}:{}", "é"])
def test_a_cookie_that_we_did_not_sign_is_nobodys(change: str) -> None:
    browser = a_browser()
    act(browser)
    browser.cookies[COOKIE] = change.replace("{}", browser.cookies[COOKIE].value)

    assert id_of(browser) is None


def test_a_cookie_signed_for_another_purpose_is_nobodys() -> None:
    browser = a_browser()
    act(browser)
    token = browser.cookies[COOKIE].value.partition(":")[0]
    browser.cookies[COOKIE] = signing.TimestampSigner(salt="another").sign(token)

    assert id_of(browser) is None


def test_whoever_has_a_cookie_that_is_nobodys_acts_as_somebody_new() -> None:
    browser = a_browser()
    guest = act(browser)
    browser.cookies[COOKIE] = browser.cookies[COOKIE].value + "x"

    anew = act(browser)

    assert anew != guest
    assert id_of(browser) == anew


def test_a_cookie_is_good_for_a_year_after_its_last_use(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = a_browser()
    now = time.time()
    guest = act(browser)

    at(now + timedelta(days=300).total_seconds(), monkeypatch)
    assert id_of(browser) == guest
    at(now + timedelta(days=660).total_seconds(), monkeypatch)
    assert id_of(browser) == guest
    at(now + timedelta(days=1030).total_seconds(), monkeypatch)
    assert id_of(browser) is None


def test_a_cookie_is_set_anew_once_a_day_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = a_browser()
    act(browser)
    now = time.time()

    assert not browser.get("/see/").cookies
    at(now + timedelta(hours=25).total_seconds(), monkeypatch)
    assert COOKIE in browser.get("/see/").cookies
    assert not browser.get("/see/").cookies


def test_asking_costs_nothing_for_strangers_one_statement_for_guests_and_two_for_members(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    guest, member = a_browser(), signed_in(somebody())
    act(guest)

    with django_assert_num_queries(0):
        a_browser().get("/see/")
    with django_assert_num_queries(1):
        guest.get("/see/")
    with django_assert_num_queries(2):
        member.get("/see/")


def test_signing_in_claims_the_guests_past_and_its_cookie_is_dead() -> None:
    browser = a_browser()
    guest = act(browser)
    stolen = browser.cookies[COOKIE].value
    member = somebody()

    signed_in(member, browser)

    assert id_of(browser) == member.participant_id
    assert Participant.objects.get(pk=guest).claimed_by_id == member.participant_id
    thief = a_browser()
    thief.cookies[COOKIE] = stolen
    assert id_of(thief) is None
    assert act(thief) not in (guest, member.participant_id)


def test_whoever_signs_out_is_somebody_new() -> None:
    browser = a_browser()
    guest = act(browser)
    member = somebody()
    signed_in(member, browser)

    browser.post("/accounts/logout/")

    assert id_of(browser) is None
    assert act(browser) not in (guest, member.participant_id)


def test_a_form_that_is_touched_gets_a_cookie_a_key_and_the_time_but_no_row() -> None:
    browser = a_browser()

    first, second = browser.get("/challenge/"), browser.get("/challenge/")

    assert first.headers["Cache-Control"] == "no-store"
    assert COOKIE in first.cookies
    assert COOKIE not in second.cookies
    assert first.json()["key"] != second.json()["key"]
    assert set(first.json()) == {"key", "now"}
    assert not Participant.objects.exists()


def test_a_member_gets_no_guests_cookie() -> None:
    browser = signed_in(somebody())

    assert COOKIE not in browser.get("/challenge/").cookies
    assert COOKIE not in browser.post("/do/").cookies


def test_a_closed_account_acts_no_more() -> None:
    member = somebody()
    browser = signed_in(member)
    member.is_active = False
    member.save()

    assert browser.get("/see/").json() == {"id": None, "role": "guest"}


def test_every_page_names_its_member_and_nobody_else() -> None:
    member = somebody("Ana <b>Łukić</b>")
    browser = signed_in(member)

    mine, everybodys = (
        browser.get("/accounts/password/set/").content.decode(),
        a_browser().get("/feeds/").content.decode(),
    )

    assert "Ana &lt;b&gt;Łukić&lt;/b&gt;" in mine
    assert "Sign in" not in mine
    assert '<a href="/accounts/login/?next=/feeds/">Sign in</a>' in everybodys
    assert "Ana" not in everybodys
    assert "Ana &lt;b&gt;" in browser.get("/feeds/").content.decode()
