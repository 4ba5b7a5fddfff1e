"""The dump of a real stack (WordPress 6.9, wpDiscuz, WP-PostRatings), field by field and beside its export."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from tests.catalogue.sayings import NOW, statements, writes
from tests.transfer.wordpress.exports import FIXTURE as EXPORT
from verite.accounts.models import Member, Participant
from verite.catalogue.actions import Outcome
from verite.catalogue.models import Film, FilmSubject, Review, Subject
from verite.discussion.models import Comment, CommentVote, FilmTalk
from verite.discussion.queries import recount as recount_talk
from verite.discussion.queries.places import noted_places
from verite.notifications.models import Mail, Subscription
from verite.ratings.models import Rating
from verite.ratings.queries import recount as recount_ratings
from verite.ratings.queries import score_of
from verite.transfer.importing import import_file
from verite.transfer.models import ImportedComment, ImportedPassage, ImportedSubscription, OldAddress
from verite.transfer.report import Report

pytestmark = pytest.mark.django_db

DUMP = EXPORT.parent / "wordpress_6.9_wpdiscuz_7.6_postratings.sql.gz"


@pytest.fixture
def report(data_folder: Path) -> Report:
    return import_file(DUMP, now=NOW)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def film(title: str) -> Film:
    return Film.objects.get(title=title)


def what_an_export_has_too() -> dict[str, Any]:
    """Everything that both files say, without the numbers that each import gives anew."""
    of_comments = (
        "film__title", "participant__name", "parent", "path", "depth", "state", "is_shown", "created_at", "edited_at",
        "score", "best", "controversial", "reply_count", "descendant_count", "is_sticky", "is_closed",
        "name", "html", "markdown",
    )  # fmt: skip
    of_films = ("slug", "title", "year", "kind", "state", "published_at", "length_seconds", "tagline")
    return {
        "films": list(Film.objects.order_by("slug").values_list(*of_films)),
        "sources": list(
            Film.objects.order_by("slug", "parts__position").values_list(
                "slug", "parts__position", "parts__sources__host", "parts__sources__ref"
            )
        ),
        "reviews": list(
            Review.objects.order_by("film__slug").values_list(
                "film__slug", "author__name", "markdown", "published_at"
            )
        ),
        "subjects": list(Subject.objects.order_by("name").values_list("name", "parent__name", "description")),
        "subjects of films": list(
            FilmSubject.objects.order_by("film__slug", "position").values_list("film__slug", "subject__name")
        ),
        "comments": list(Comment.objects.order_by("pk").values_list("pk", *of_comments)),
        "votes": list(
            Comment.objects.order_by("pk").values_list(
                F("helpful") + F("imported_helpful"), F("not_helpful") + F("imported_not_helpful")
            )
        ),
        "remembered": list(ImportedComment.objects.order_by("number").values_list("number", "comment")),
        "talks": list(FilmTalk.objects.order_by("film__slug").values_list("film__slug", "comment_count", "is_closed")),
        "scores": [
            (score_of(pk).count, score_of(pk).mean) for pk in Film.objects.order_by("slug").values_list("pk", flat=True)
        ],
        "passages": list(ImportedPassage.objects.order_by("key").values_list("film__slug", "key", "exact", "question")),
        "addresses": list(
            OldAddress.objects.order_by("path").values_list("path", "film__slug", "subject__name", "year")
        ),
        "members": list(Member.objects.values_list("email", "role", "participant__name")),
    }  # fmt: skip


def test_everything_is_accounted_for(report: Report) -> None:
    assert report.format_name == "wordpress-sql"
    assert report.entry_count == report.count(Outcome.MADE) == 6
    tallies = ("comments", "shown", "held", "trash", "spam", "pingbacks", "left_out", "reviews", "totals")
    assert [report.tally(name) for name in tallies] == [20, 19, 1, 1, 1, 1, 1, 6, 4]
    assert [report.tally(name) for name in ("ratings", "votes", "subscriptions", "unconfirmed")] == [
        87,
        50,
        3,
        1,
    ]
    assert [(note.line, note.field, note.value) for note in report.notes()] == [
        (54, "image", "https://127.0.0.1/wp-content/uploads/still.jpg"),
        (54, "content", "<script>"),
        (57, "duration", "Playlist"),
        (60, "page", "House rules"),
        (672, "wc_feedback_forms", ""),
        (54, "ratings", "2"),
        (55, "ratings", "1"),
        (56, "ratings", "1"),
        (208, "comment", "99999999"),
    ]


def test_it_gives_what_the_export_gives(data_folder: Path) -> None:
    given = []
    for source in (EXPORT, DUMP):
        with transaction.atomic():
            import_file(source, now=NOW)
            given.append(what_an_export_has_too())
            transaction.set_rollback(True)

    of_export, of_dump = given
    for name, rows in of_export.items():
        assert rows, name
        assert of_dump[name] == rows, name


@pytest.mark.parametrize(
    ("first", "second"), [(EXPORT, DUMP), (DUMP, EXPORT)], ids=["dump later", "export later"]
)
def test_export_and_dump_of_one_site_merge(first: Path, second: Path, data_folder: Path) -> None:
    import_file(first, now=NOW)
    before = what_an_export_has_too()

    later = import_file(second, now=NOW)

    assert later.count(Outcome.UNCHANGED) == 6
    assert later.tally("comments") == later.tally("reviews") == 0
    assert what_an_export_has_too() == before
    assert (Rating.objects.count(), CommentVote.objects.count(), ImportedSubscription.objects.count()) == (
        87,
        50,
        3,
    )
    assert list(ImportedPassage.objects.order_by("key").values_list("key", "number")) == [
        ("fx4aa001", 2),
        ("fx4aa002", 3),
    ]
    with statements() as sql:
        import_file(second, now=NOW)
    assert writes(sql) == []


def test_the_same_dump_again_writes_nothing(report: Report) -> None:
    with statements() as sql:
        again = import_file(DUMP, now=NOW)

    assert writes(sql) == []
    assert again.count(Outcome.UNCHANGED) == 6
    assert [again.tally(name) for name in ("comments", "totals", "ratings", "votes", "subscriptions")] == [
        0
    ] * 5


def test_a_film_shows_the_total_that_its_site_showed(report: Report) -> None:
    shown = {each.title: score_of(each.pk) for each in Film.objects.all()}

    assert {title: (score.count, score.mean and str(score.mean)) for title, score in shown.items()} == {
        "Nanook of the North": (49, "7.61"),
        "The Plow That Broke the Plains": (12, "8.42"),
        "Night Mail": (1, "10.00"),
        "Why We Fight": (1280, "7.90"),
        "Let There Be Light": (0, None),
        "Duck and Cover": (0, None),
    }
    # Whoever rated twice has one rating here, so the rest stays part of the total.
    assert (shown["Why We Fight"].own_count, shown["Why We Fight"].imported_count) == (40, 1240)
    # A total of one rating that says 10 has no room for one that says 9.
    assert (shown["Night Mail"].own_count, shown["Night Mail"].imported_count) == (0, 1)


def test_single_ratings_keep_their_day_and_are_one_for_each_reader(report: Report) -> None:
    first = Rating.objects.filter(film=film("Why We Fight")).order_by("given_at")[0]

    assert (first.value, first.given_at) == (7, at("2014-05-14 16:53:20"))
    assert Rating.objects.values("film", "participant").distinct().count() == len(Rating.objects.all())
    # The same reader is the same guest from film to film.
    assert Rating.objects.values("participant").distinct().count() == 40


def test_single_votes_are_taken_out_of_the_totals(report: Report) -> None:
    comment = Comment.objects.get(pk=10316)
    votes = CommentVote.objects.filter(comment=comment)

    assert (comment.helpful, comment.imported_helpful) == (6, 8)
    assert (comment.not_helpful, comment.imported_not_helpful) == (1, 1)
    assert sorted(votes.values_list("value", flat=True)) == [-1, 1, 1, 1, 1, 1, 1]
    assert votes.order_by("cast_at")[0].cast_at == at("2017-07-14 02:40:00")


def test_readers_are_guests_whom_nobody_can_trace(report: Report) -> None:
    guests = Participant.objects.filter(kind="guest")

    assert not guests.exclude(name="").exists()
    assert not guests.filter(token_digest=None).exists()
    everything = str([list(table.objects.values()) for table in (Participant, Comment, Rating, CommentVote)])
    # An address as WP-PostRatings writes it down, one of a comment, and a reader's name and mail.
    for trace in ("53a236c2318e662f8e9378620dd8ac04", "192.0.2.", "one@example.org", "viewer.c", "$wp$2y"):
        assert trace not in everything


def test_confirmed_subscriptions_are_kept_with_the_comments_that_were_their_own(report: Report) -> None:
    assert list(
        ImportedSubscription.objects.order_by("film", "answers_to").values_list(
            "film__title", "email", "answers_to", "to_own", "since"
        )
    ) == [
        ("Nanook of the North", "one@example.org", 0, False, at("2022-02-02 02:02:02")),
        ("Why We Fight", "t@example.org", 0, True, at("2022-02-02 02:02:02")),
        ("Why We Fight", "t@example.org", 10334, False, at("2022-02-02 02:02:02")),
    ]


def test_each_address_is_asked_once_whether_it_still_wants_what_it_followed(report: Report) -> None:
    import_file(DUMP, now=NOW)

    assert report.tally("asked") == 2
    waiting = Subscription.objects.order_by("topic").values_list("address__email", "topic", "about")
    assert list(waiting) == [
        ("one@example.org", "film", film("Nanook of the North").pk),
        ("t@example.org", "thread", 10334),
    ]
    assert not Subscription.objects.exclude(confirmed_at=None).exists()
    mails = Mail.objects.order_by("address__email").values_list("address__email", "kind")
    assert list(mails) == [("one@example.org", "take_up"), ("t@example.org", "take_up")]


def test_comments_on_a_passage_are_notes_on_it(report: Report) -> None:
    notes = Comment.objects.exclude(anchor=None).order_by("pk").select_related("anchor")

    assert [(note.pk, note.anchor and note.anchor.exact) for note in notes] == [
        (10334, "the enemy's own pictures and turn them round"),
        (10335, "as editing they still teach"),
    ]
    first, second = noted_places(film("Why We Fight").pk)
    assert [(each.state, each.note_count) for each in (first, second)] == [("exact", 1), ("exact", 1)]
    assert all(each.question and each.asker for each in (first, second))


def test_kept_counts_are_what_counting_gives(report: Report) -> None:
    for pk in Film.objects.values_list("pk", flat=True):
        assert recount_ratings(pk) == []
        assert recount_talk(pk) == []


def test_a_dry_run_tells_the_same_and_writes_nothing(data_folder: Path) -> None:
    with statements() as sql:
        planned = import_file(DUMP, now=NOW, dry_run=True)

    assert writes(sql) == []
    done = import_file(DUMP, now=NOW)
    for name in ("comments", "reviews", "totals", "held", "ratings", "subscriptions"):
        assert planned.tally(name) == done.tally(name), name
    assert sorted(map(str, planned.notes())) == sorted(map(str, done.notes()))


def test_nothing_is_left_in_the_data_folder(report: Report, data_folder: Path) -> None:
    assert list(data_folder.glob("import-*")) == []
