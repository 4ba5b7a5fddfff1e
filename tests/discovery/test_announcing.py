"""New films are told of once, where they belong, and never by the thousand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.accounts.people import somebody
from tests.discovery.stock import FIRST_DAY, film, subject, withdraw
from tests.talking import a_guest
from verite.accounts.actors import Role
from verite.catalogue import keys
from verite.catalogue.actions import FilmFacts, Showing, add_film, save_review, show_films
from verite.catalogue.models import Film, FilmText
from verite.core import clock, db, freshness
from verite.discovery.announcing import MOST_AT_ONCE, NEWS_FOR
from verite.discussion.actions import post_comment
from verite.notifications import telling
from verite.notifications.models import Announcement
from verite.notifications.topics import Subject, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the moment at which ``stock.film`` shows its films."""
    monkeypatch.setattr(clock, "now", lambda: FIRST_DAY)


def announced() -> dict[int, set[str]]:
    """The topics of each film that was announced; each is announced once."""
    rows = list(Announcement.objects.filter(kind="film").values_list("object_id", "topics"))
    assert len({film_id for film_id, _topics in rows}) == len(rows)
    return {film_id: set(topics.split()) for film_id, topics in rows}


def touch(*found: Film) -> None:
    with db.write():
        freshness.touch(*(keys.film(each.pk) for each in found))


def test_a_new_film_is_announced_under_the_site_its_subjects_and_those_above() -> None:
    war = subject("War")
    propaganda = subject("Propaganda", under="War")
    subject("Nature")

    new = film("Why We Fight", subjects=["Propaganda"])

    assert announced() == {new.pk: {"films:0", f"subject:{war.pk}", f"subject:{propaganda.pk}"}}


def test_it_is_announced_under_its_reviewer_to_whom_it_is_no_news() -> None:
    curator = somebody(role=Role.CURATOR)
    with db.write():
        stored = add_film(FilmFacts(title="Rain"), now=FIRST_DAY)
        assert stored.film_id is not None
        save_review(stored.film_id, curator.participant_id, "Wet.", now=FIRST_DAY)

    assert announced() == {stored.film_id: {"films:0", f"curator:{curator.participant_id}"}}
    assert Announcement.objects.get(kind="film").author_id == curator.participant_id


def test_it_is_announced_once_whatever_becomes_of_it() -> None:
    new = film("Rain")
    withdraw(new)
    show_films([Showing(new.pk, FIRST_DAY + timedelta(hours=1))])
    touch(new)

    assert list(announced()) == [new.pk]


def test_a_draft_is_announced_when_it_is_shown() -> None:
    with db.write():
        draft = film("Rain")
        show_films([Showing(draft.pk, None, is_draft=True)])
    assert announced() == {}

    show_films([Showing(draft.pk, FIRST_DAY)])

    assert list(announced()) == [draft.pk]


def test_what_was_shown_long_ago_is_no_news() -> None:
    old = film("Rain", day=-NEWS_FOR.days - 1)
    touch(old)

    assert announced() == {}


def test_a_catalogue_that_moves_in_is_not_told_film_by_film() -> None:
    with db.write():
        many = [film(f"Film {number}") for number in range(MOST_AT_ONCE + 1)]
    touch(*many[:3])
    assert announced() == {}

    with db.write():
        some = [film(f"Another {number}") for number in range(MOST_AT_ONCE)]
    assert announced().keys() == {each.pk for each in some}


def test_a_film_that_is_no_news_costs_one_statement_and_a_comment_none() -> None:
    old = [film(f"Film {number}", day=-9) for number in range(30)]

    def asked(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            act()
        return [each["sql"] for each in captured if "announced_film" in each["sql"]]

    assert len(asked(lambda: touch(*old))) == 1
    said = asked(lambda: post_comment(old[0].pk, a_guest(), "The maps.", now=FIRST_DAY))
    assert said == []


def test_a_mail_tells_what_is_public_when_it_goes() -> None:
    shown, hidden = film("Night Mail", tagline="Letters, by rail"), film("Rain")
    FilmText.objects.update_or_create(film=shown, defaults={"synopsis": "The *mail* <b>goes</b> north."})
    withdraw(hidden)

    (told,) = telling.tell([("film", shown.pk), ("film", hidden.pk)]).values()

    assert (told.headline, told.path) == ("New film: Night Mail", "/films/night-mail/")
    assert told.text == "The mail <b>goes</b> north."
    assert "<em>mail</em>" in told.html
    assert "<b>" not in told.html


def test_what_can_be_followed_has_a_name(settings: LazySettings) -> None:
    settings.LANGUAGE_CODE = "en"
    curator, member = somebody("Ada Lens", role=Role.CURATOR), somebody()
    war = subject("War")
    subjects = [
        Subject(Topic.FILMS, 0),
        Subject(Topic.FILMS, 1),
        Subject(Topic.SUBJECT, war.pk),
        Subject(Topic.SUBJECT, war.pk + 1),
        Subject(Topic.CURATOR, curator.participant_id),
        Subject(Topic.CURATOR, member.participant_id),
        Subject(Topic.CURATOR, a_guest()),
    ]

    with translation.override("en"):
        named = {str(each): heading.words for each, heading in telling.headings(subjects).items()}

    assert named == {
        "films:0": "All new films",
        f"subject:{war.pk}": "New films about War",
        f"curator:{curator.participant_id}": "New films reviewed by Ada Lens",
    }
