"""Becoming a member and signing in, as a visitor does it: forms, mails from the folder, and plain words."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from django.conf import LazySettings
from django.http.response import HttpResponseBase
from django.test import Client

from tests.accounts.mails import code_in_newest_mail
from tests.accounts.people import PASSWORD, a_browser, signed_in, somebody
from tests.talking import at_once
from tests.web.films_on_show import show
from tests.web.markup import read
from verite.accounts import one_time
from verite.accounts.actors import Role
from verite.accounts.models import Member, Participant, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_folder(settings: LazySettings, data_folder: Path) -> None:
    settings.EMAIL_BACKEND = "verite.core.mail.ConsoleAndFolderBackend"
    settings.ACCOUNT_RATE_LIMITS = False


def mails(data: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((data / "mail").glob("*.eml"))]


def is_signed_in(browser: Client) -> bool:
    return browser.get("/accounts/").status_code == 200


def sign_up(browser: Client, **given: str) -> HttpResponseBase:
    usual = {"name": "Ana", "email": "ana@films.example", "password1": ""}
    return browser.post("/accounts/signup/", usual | given)


def words(answer: HttpResponseBase) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_somebody_becomes_a_member_by_proving_their_address(data_folder: Path) -> None:
    browser = a_browser()

    asked = sign_up(browser)
    assert asked.headers["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(browser)
    proved = browser.post("/accounts/confirm-email/", {"code": code_in_newest_mail(data_folder)})

    assert proved.headers["Location"] == "/me/"
    assert is_signed_in(browser)
    member = Member.objects.select_related("participant").get()
    assert (member.email, member.role, member.participant.name) == ("ana@films.example", "member", "Ana")
    assert not member.has_usable_password()


def test_a_member_signs_in_by_a_code_from_a_mail(data_folder: Path) -> None:
    member = somebody()
    browser = a_browser()

    asked = browser.post("/accounts/login/code/", {"email": member.email.upper(), "next": "/feeds/"})
    assert asked.headers["Location"] == "/accounts/login/code/confirm/?next=%2Ffeeds%2F"
    wrong = browser.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})
    right = browser.post(
        "/accounts/login/code/confirm/", {"code": code_in_newest_mail(data_folder), "next": "/feeds/"}
    )

    assert "This is not the code that was sent" in words(wrong)
    assert right.headers["Location"] == "/feeds/"
    assert is_signed_in(browser)


def test_a_code_is_good_once_and_in_one_browser(data_folder: Path) -> None:
    member, browser, other = somebody(), a_browser(), a_browser()
    browser.post("/accounts/login/code/", {"email": member.email})
    code = code_in_newest_mail(data_folder)

    other.post("/accounts/login/code/confirm/", {"code": code})
    browser.post("/accounts/login/code/confirm/", {"code": code})
    browser.post("/accounts/logout/")
    browser.post("/accounts/login/code/confirm/", {"code": code})

    assert not is_signed_in(other)
    assert not is_signed_in(browser)


def test_after_three_wrong_codes_the_right_one_is_no_good(data_folder: Path) -> None:
    member, browser = somebody(), a_browser()
    browser.post("/accounts/login/code/", {"email": member.email})
    for _try in range(3):
        browser.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})

    browser.post("/accounts/login/code/confirm/", {"code": code_in_newest_mail(data_folder)})

    assert not is_signed_in(browser)


def test_a_member_signs_in_with_a_password_and_a_wrong_one_keeps_what_was_typed() -> None:
    member, browser = somebody(password=PASSWORD), a_browser()

    wrong = browser.post("/accounts/login/", {"login": member.email, "password": "something else"})
    assert "do not belong together" in words(wrong)
    assert f'value="{member.email}"' in words(wrong)
    assert "something else" not in words(wrong)
    browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD})

    assert is_signed_in(browser)


def test_passwords_are_kept_by_argon2() -> None:
    assert somebody(password=PASSWORD).password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("address", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_whether_somebody_is_a_member_is_told_to_the_address_alone(address: str, data_folder: Path) -> None:
    member = somebody()

    known, unknown = a_browser(), a_browser()
    answers = (
        known.post(address, {"email": member.email}),
        unknown.post(address, {"email": "x@films.example"}),
    )

    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
    pages = [browser.get(answers[0].headers["Location"]) for browser in (known, unknown)]
    assert [page.status_code for page in pages] == [200, 200]
    assert words(pages[0]).replace(member.email, "x@films.example") == words(pages[1])
    assert len(mails(data_folder)) == 2
    assert "no member has it" in mails(data_folder)[-1]


def test_signing_up_with_a_members_address_looks_as_always_and_changes_nothing(data_folder: Path) -> None:
    member = somebody()
    new, known = a_browser(), a_browser()

    answers = sign_up(new), sign_up(known, name="Another", email=member.email)

    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
    pages = [browser.get("/accounts/confirm-email/") for browser in (new, known)]
    assert words(pages[0]) == words(pages[1])
    assert "you are one already" in mails(data_folder)[-1]
    assert "http://testserver/accounts/login/code/" in mails(data_folder)[-1]
    assert not Participant.objects.filter(name="Another").exists()


def test_signing_up_with_a_members_address_takes_as_long_as_with_another() -> None:
    member = somebody()

    def seconds(email: str, number: int) -> float:
        begun = process_time()  # what others do on this machine meanwhile does not count
        sign_up(a_browser(), name=f"Ana {number}", email=email, password1=PASSWORD)
        return process_time() - begun

    known = min(seconds(member.email, number) for number in range(3))
    new = min(seconds(f"ana{number}@films.example", number) for number in range(3))
    assert known > new / 2  # nearly all of it is spent on hashing the password


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"name": "\u202e" * 3}, "name", "at least one letter"),
        ({"name": "ab" * 150}, "name", "300 characters"),
        ({"name": "ÁNA"}, "name", "A member is called so"),
        ({"email": "nonsense"}, "email", "valid email"),
        ({"password1": "short"}, "password1", "too short"),
        ({"password1": "password1234"}, "password1", "too common"),
    ],
)
def test_a_refused_form_comes_back_filled_with_the_reason_at_its_field(
    given: dict[str, str], field: str, why: str
) -> None:
    somebody("Ána")
    typed = {"name": "Bela", "email": "bela@films.example", "password1": ""} | given

    answer = a_browser().post("/accounts/signup/", typed)

    page = read(words(answer))
    assert why in page.one(id=f"wrong_{field}").text
    assert page.one(id=f"id_{field}").attributes["aria-describedby"] == f"wrong_{field}"
    assert page.one(id="id_email").attributes["value"] == typed["email"]
    assert "value" not in page.one(id="id_password1").attributes


def test_the_site_has_its_own_name_on_allauths_pages() -> None:
    for address in (
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
    ):
        page = read(words(a_browser().get(address)))

        assert page.one("a", class_="name").text == "Vérité"
        assert page.one("title").text.endswith(" · Vérité")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", ["name", "email"])
def test_of_many_who_want_one_name_or_address_at_one_moment_one_gets_it(same: str) -> None:
    def ask(number: int) -> int:
        different = {"name": f"Ana {number}", "email": f"ana{number}@films.example"}
        del different[same]
        return sign_up(a_browser(), **different).status_code

    answers = at_once(6, ask)

    assert Member.objects.count() == 1
    assert sorted(answers) == ([302] * 6 if same == "email" else [200] * 5 + [302])


@pytest.mark.parametrize(
    "there",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "http://localhost/", "javascript:x"],
)
def test_nobody_is_led_to_another_site(there: str) -> None:
    member, browser = somebody(password=PASSWORD), a_browser()

    answer = browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD, "next": there})

    assert answer.headers["Location"] == "/me/"


def test_a_forgotten_password_is_replaced_by_a_code(data_folder: Path) -> None:
    member, browser = somebody(password=PASSWORD), a_browser()
    browser.post("/accounts/password/reset/", {"email": member.email})
    browser.post("/accounts/password/reset/confirm/", {"code": code_in_newest_mail(data_folder)})

    fresh = "three cameras in the snow"
    done = browser.post("/accounts/password/reset/complete/", {"password1": fresh, "password2": fresh})

    assert browser.get(done.headers["Location"]).status_code == 200
    browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert not is_signed_in(browser)
    browser.post("/accounts/login/", {"login": member.email, "password": fresh})
    assert is_signed_in(browser)


def test_a_new_password_ends_every_other_session() -> None:
    member = somebody(password=PASSWORD)
    here, there = signed_in(member), signed_in(member)
    fresh = "three cameras in the snow"

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})

    assert is_signed_in(here)
    assert Session.objects.filter(member_id=member.pk).count() == 1
    assert not is_signed_in(there)


@pytest.mark.django_db(transaction=True)
def test_a_session_that_is_over_is_nobodys_on_pages_that_are_read_at_one_moment() -> None:
    show(slug="why-we-fight")
    member = somebody("Ana", password=PASSWORD)
    browser = signed_in(member)
    member.set_password("three cameras in the snow")
    member.save()

    answer = browser.get("/films/why-we-fight/")

    assert answer.status_code == 200
    assert "Sign in" in words(answer)
    assert not is_signed_in(browser)


def test_a_member_sees_their_sessions_and_ends_another_one() -> None:
    member, stranger = somebody(), signed_in(somebody())
    here = signed_in(member)
    there = Client(
        headers={"Origin": "http://testserver", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}
    )
    signed_in(member, there)

    page = words(here.get("/me/"))
    mark = read(page).one("input", name="session").attributes["value"]
    assert "Firefox on Linux" in page
    assert there.session.session_key not in page
    stranger.post("/accounts/sessions/end/", {"session": mark})
    assert is_signed_in(there)
    here.post("/accounts/sessions/end/", {"session": mark})

    assert not is_signed_in(there)
    assert is_signed_in(here)
    assert Session.objects.filter(member_id=member.pk).count() == 1


def test_the_address_of_the_first_curator_makes_one_curator() -> None:
    address = f"/accounts/first/{one_time.first_curators_token()}/"
    browser, late = a_browser(), a_browser()
    assert "first curator" in words(browser.get(address))
    given = {"name": "Ana", "email": "ana@films.example", "password1": PASSWORD}

    refused = browser.post(address, given | {"name": ""})
    made = browser.post(address, given)
    again = late.post(address, given | {"name": "Bela", "email": "bela@films.example"})

    assert refused.status_code == 200
    assert made.headers["Location"] == "/me/"
    assert is_signed_in(browser)
    assert again.status_code == 404
    assert not is_signed_in(late)
    assert [member.role for member in Member.objects.all()] == ["curator"]
    late.post("/accounts/login/", {"login": "ana@films.example", "password": PASSWORD})
    assert is_signed_in(late)


def test_where_a_curator_is_nobody_becomes_the_first_one_any_more() -> None:
    address = f"/accounts/first/{one_time.first_curators_token()}/"
    somebody(role=Role.CURATOR)  # whom the operator added by a command, say
    browser = a_browser()
    given = {"name": "Ana", "email": "ana@films.example", "password1": PASSWORD}

    assert browser.get(address).status_code == browser.post(address, given).status_code == 404
    assert not is_signed_in(browser)


def test_the_first_curator_cannot_have_the_address_of_a_member_and_reads_why() -> None:
    member, browser = somebody(), a_browser()
    given = {"name": "Ana", "email": member.email, "password1": PASSWORD}

    answer = browser.post(f"/accounts/first/{one_time.first_curators_token()}/", given)

    page = read(words(answer))
    assert "A member has this address" in page.one(id="wrong_email").text
    assert page.one(id="id_email").attributes["value"] == member.email
    assert browser.post(
        f"/accounts/first/{one_time.first_curators_token()}/", given | {"email": "a@b.example"}
    )
    assert is_signed_in(browser)


def test_an_address_from_an_operator_is_used_by_a_button_once() -> None:
    address = f"/accounts/once/{one_time.token_for(somebody(role=Role.MODERATOR))}/"
    scanner, browser, thief = a_browser(), a_browser(), a_browser()

    for _look in range(2):
        assert scanner.get(address).status_code == 200
    browser.post(address)
    stolen = thief.post(address)

    assert is_signed_in(browser)
    assert stolen.status_code == 404
    assert "used up" in words(stolen)
    assert not is_signed_in(thief)


def test_whoever_tries_too_often_is_told_to_wait(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    browser = a_browser()

    answers = [browser.post("/accounts/login/", {"login": "x@x.example", "password": "x"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "300"
    assert "Wait five minutes" in words(answers[-1])


def test_a_member_has_a_page_that_everybody_sees() -> None:
    member = somebody("Ana Łukić", Role.CURATOR)

    page = words(a_browser().get("/members/ana-lukic/"))

    assert "Ana Łukić" in page
    assert "Curator" in page
    assert member.email not in page
    assert a_browser().get("/members/nobody/").status_code == 404


def test_ones_own_page_knows_guests_and_members() -> None:
    browser = signed_in(somebody("Ana"))

    assert "/members/ana/" in words(browser.get("/me/"))
    assert "You have not rated or written anything yet" in words(a_browser().get("/me/"))
    assert "Ana" in words(browser.get("/no-such-page/"))
