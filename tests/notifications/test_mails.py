"""What a mail is made of: its headers as the RFCs want them, and nothing that anybody's words could slip in."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from tests.house.source import REPOSITORY
from tests.notifications.site import FILM, OTHER_FILM, Site, a_reader, markup_of, token_in, words_of
from verite.core.text import as_stored
from verite.notifications import actions, addresses, telling, tokens
from verite.notifications.models import Address
from verite.notifications.telling import Heading
from verite.notifications.topics import Subject, Topic
from verite.project.config import BadConfig, read_config
from verite.project.mail import django_settings

ADA = "ada@example.org"

# Headers of mails may hold what is printable, and nothing that ends them.
UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")

HOSTILE = [
    "A\r\nBcc: everybody@example.org",
    "A\nContent-Type: text/html\n\n<script>go()</script>",
    "A\x0bB\x0cC\x85D\u2028E\u2029F",
    "\u202egnp.exe \u2066x\u2069",
    "=?utf-8?q?Bcc=3A?=\r\n =?utf-8?q?x=40y?=",
    "<script>go()</script><img src=x onerror=go()>",
    '"><a href="https://evil.example/">Click</a>',
    "{{ 7*7 }}{% raw %}%(site)s %s",
    "Á́́" * 300,
    "千と千尋 " * 100,
]


def only_mail(site: Site) -> EmailMessage:
    [mail] = site.mails_to(ADA)
    return mail


@pytest.mark.django_db
def test_a_mail_can_be_unsubscribed_from_by_one_click_as_rfc_8058_says(
    site: Site, settings: LazySettings
) -> None:
    settings.VERITE = settings.VERITE.model_copy(update={"site_url": "https://films.example"})
    ids = [a_reader(ADA, now=site.now), a_reader(ADA, OTHER_FILM, now=site.now)]
    site.passes(minutes=1)
    site.happens(FILM, OTHER_FILM)
    site.works()
    mail = only_mail(site)

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(
        r"<https://films\.example/notify/unsubscribe/([^/<>\s]+)/>", mail["List-Unsubscribe"].strip()
    )
    assert link
    assert tokens.unsubscribing(link[1]) == ids
    assert mail["List-Id"] == "<notifications.films.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] is None


@pytest.mark.django_db
def test_a_mail_is_one_that_rfc_5322_knows(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens(headline="Škvorecký on “Ærø”", words="Grüße aus 千 🎬")
    site.works()
    mail = only_mail(site)

    assert not mail.defects
    assert [len(mail.get_all(name) or []) for name in ("From", "To", "Subject", "Date", "Message-ID")] == [
        1
    ] * 5
    assert not [name for name in mail if mail[name].defects]
    assert re.fullmatch(r"<[^<>@\s]+@localhost>", mail["Message-ID"])
    assert parsedate_to_datetime(mail["Date"])
    assert mail["Subject"] == "Škvorecký on “Ærø”"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Grüße aus 千 🎬" in words_of(mail)
    [file] = (site.data / "mail").glob("*.eml")
    assert max(map(len, file.read_bytes().splitlines())) <= 998


@pytest.mark.django_db
def test_a_reader_of_very_many_things_gets_a_header_that_fits(site: Site) -> None:
    site.titles |= {number: f"Film {number}" for number in range(100, 300)}
    subjects = [Subject(Topic.FILM, number) for number in range(100, 300)]
    for subject in subjects:
        a_reader(ADA, subject, now=site.now)
    site.passes(minutes=1)
    site.happens(*subjects)
    site.works()

    assert len(f"List-Unsubscribe: {only_mail(site)['List-Unsubscribe']}") <= 998


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", HOSTILE)
def test_names_titles_and_words_slip_nothing_in(site: Site, hostile: str) -> None:
    site.titles[5] = hostile
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    site.happens(headline=hostile, place=hostile, words=f"Quite so. {hostile}")
    site.works()
    mail = only_mail(site)

    assert (mail["To"], mail["Bcc"], mail["Cc"]) == (ADA, None, None)
    assert not mail.defects
    assert not UNWANTED.search(mail["Subject"])
    assert 0 < len(mail["Subject"].strip()) <= 120
    markup = markup_of(mail)
    assert "<script" not in markup
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", markup)
    assert re.findall(r'<a href="(?!http://localhost:8000/)[^"]*"', markup) == []
    assert "49" not in re.sub(r"http://localhost:8000/\S*", "", words_of(mail))  # tokens may hold any number


@pytest.mark.django_db
def test_a_link_to_a_moment_leads_to_the_site(site: Site) -> None:
    a_reader(ADA, now=site.now)
    site.passes(minutes=1)
    html = '<p><a href="/films/5/?t=754">12:34</a>, see href="/x" <a rel="ugc" href="https://a.example/">a</a></p>'
    number = site.happens()
    site.things[number] = replace(site.things[number], html=as_stored(html))
    site.works()

    markup = markup_of(only_mail(site))
    assert '<a href="http://localhost:8000/films/5/?t=754">12:34</a>, see href="/x" <a rel="ugc"' in markup


@pytest.mark.django_db
def test_a_question_slips_nothing_in_either(site: Site) -> None:
    site.titles[5] = "A\r\nBcc: b@example.org\r\n\r\n<script>go()</script>"
    actions.subscribe(FILM, ADA, interval="daily", participant_id=None, language="en", now=site.now)
    site.works()
    mail = only_mail(site)

    assert (mail["Bcc"], mail["List-Unsubscribe"]) == (None, None)
    assert "<script" not in markup_of(mail)
    assert token_in(mail, "confirm")


@pytest.mark.django_db
def test_each_is_written_to_in_their_language(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils.translation import get_language

    monkeypatch.setitem(
        telling._namers,
        Topic.FILM,
        lambda abouts: {about: Heading(f"In {get_language()}", "/") for about in abouts},
    )
    for email, language in ((ADA, "de"), ("bea@example.org", "en"), ("cy@example.org", "xx")):
        actions.subscribe(FILM, email, interval="daily", participant_id=None, language=language, now=site.now)
    site.works()

    assert [f"In {language}" in words_of(site.mails_to(email)[0]) for email, language in (
        (ADA, "de"), ("bea@example.org", "en"), ("cy@example.org", "en")
    )] == [True] * 3  # fmt: skip
    assert '<html lang="de">' in markup_of(only_mail(site))


@pytest.mark.django_db
def test_moments_are_said_as_pages_say_them(site: Site) -> None:
    for email, language in ((ADA, "de"), ("bea@example.org", "en")):
        a_reader(email, now=site.now)
        Address.objects.filter(email=email).update(language=language)
    site.passes(minutes=5)
    site.happens(headline="Cy")
    site.works()

    for email, said in ((ADA, "1. März 2026, 12:05"), ("bea@example.org", "1 March 2026, 12:05")):
        [mail] = site.mails_to(email)
        assert f"Cy · {said}\n" in words_of(mail)
        assert said in markup_of(mail)


@given(st.lists(st.integers(1, 2**62), min_size=1, max_size=tokens.MOST_NAMED))
def test_a_token_names_what_it_was_made_for(ids: list[int]) -> None:
    assert tokens.unsubscribing(tokens.to_unsubscribe(ids)) == ids


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"EMAIL_BACKEND": "verite.core.mail.ConsoleAndFolderBackend"}),
        ("smtp://localhost", {"EMAIL_HOST": "localhost", "EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
        (
            "smtp://films%40example.org:a%2Fb@mail.example",
            {
                "EMAIL_HOST_USER": "films@example.org",
                "EMAIL_HOST_PASSWORD": "a/b",
                "EMAIL_PORT": 587,
                "EMAIL_USE_TLS": True,
            },
        ),
        ("smtps://u:p@mail.example", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
        (
            "anymail+postmark://?server_token=t0ken",
            {
                "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
                "ANYMAIL": {"POSTMARK_SERVER_TOKEN": "t0ken", "REQUESTS_TIMEOUT": (10, 30)},
            },
        ),
    ],
)
def test_one_address_says_how_mail_is_sent(url: str, expected: dict[str, object]) -> None:
    found = django_settings(url)

    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "smtp://",
        "http://mail.example",
        "smtp://mail.example:x",
        "anymail+nobody://",
        "anymail+../x://",
    ],
)
def test_a_way_to_send_that_is_none_stops_the_start(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERITE_EMAIL_URL", url)

    with pytest.raises(BadConfig, match="VERITE_EMAIL_URL"):
        read_config()


def test_a_name_beside_the_address_that_mail_comes_from_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERITE_EMAIL_FROM", "Films <no-reply@films.example>")

    with pytest.raises(BadConfig, match="address alone"):
        read_config()


def test_the_paths_in_mails_are_those_that_are_documented() -> None:
    documented = (REPOSITORY / "docs/recipes/notify.md").read_text(encoding="utf-8")

    for path in (addresses.CONFIRM, addresses.UNSUBSCRIBE, addresses.MANAGE):
        assert path.format(token="<token>") in documented
