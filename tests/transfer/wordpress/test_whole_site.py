"""The export of a real stack (WordPress 6.9, wpDiscuz, WP-PostRatings), field by field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Q

from tests.catalogue.sayings import NOW, statements, writes
from tests.transfer.wordpress.exports import FIXTURE
from verite.accounts.models import Member
from verite.catalogue.actions import Outcome
from verite.catalogue.models import Film, Review, Subject
from verite.catalogue.queries.film_page import film_page
from verite.discussion.actions import reopen_branch, unstick
from verite.discussion.models import Comment, FilmTalk
from verite.discussion.queries import recount
from verite.discussion.queries.places import noted_places
from verite.ratings.models import FilmScore
from verite.transfer.importing import import_file
from verite.transfer.models import ImportedComment, ImportedPassage, OldAddress
from verite.transfer.options import Options
from verite.transfer.report import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return import_file(FIXTURE, now=NOW)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_everything_is_accounted_for(report: Report) -> None:
    assert report.entry_count == report.count(Outcome.MADE) == 6
    tallies = ("comments", "shown", "held", "trash", "spam", "pingbacks", "left_out", "reviews", "totals")
    assert [report.tally(name) for name in tallies] == [20, 19, 1, 1, 0, 1, 1, 6, 4]
    assert [(note.field, note.value) for note in report.notes()] == [
        ("image", "https://127.0.0.1/wp-content/uploads/still.jpg"),
        ("content", "<script>"),
        ("duration", "Playlist"),
        ("page", "House rules"),
        ("comment", "99999999"),
    ]


def test_posts_are_films_with_their_days_and_a_draft_stays_one(report: Report) -> None:
    films = Film.objects.order_by("id").values_list(
        "title", "year", "kind", "state", "length_seconds", "published_at"
    )

    assert list(films) == [
        ("Nanook of the North", 1922, "film", "published", 79 * 60, at("2013-01-11 09:31")),
        ("The Plow That Broke the Plains", 1936, "film", "published", None, at("2014-02-12 09:32")),
        ("Night Mail", None, "film", "published", None, at("2015-03-13 09:33")),
        ("Why We Fight", 1942, "series", "published", None, at("2016-04-14 09:34")),
        ("Let There Be Light", 1946, "film", "published", None, at("2017-05-15 09:35")),
        ("Duck and Cover", 1951, "film", "draft", None, at("2018-06-16 09:36")),
    ]
    assert film_page("duck-and-cover") is None


def test_facts_beside_the_text_reach_the_film(report: Report) -> None:
    nanook, plow = film_page("nanook-of-the-north"), film_page("the-plow-that-broke-the-plains")

    assert nanook is not None
    assert plow is not None
    assert [person.name for person in nanook.people["director"]] == ["Robert J. Flaherty"]
    assert plow.tagline == "Grass, wheat, dust."


def test_videos_of_every_spelling_are_parts(report: Report) -> None:
    sources = Film.objects.order_by("id").values_list(
        "parts__sources__host", "parts__sources__kind", "parts__sources__ref"
    )

    assert list(sources) == [
        ("internet-archive", "video", "NanookOfTheNorth1922"),
        ("internet-archive", "video", "PlowThatB1937"),
        ("youtube", "video", "zmciuKsBOi0"),
        ("youtube", "playlist", "PLfixture0000000000000000000000007"),
        ("vimeo", "video", "76979871"),
        ("internet-archive", "video", "DuckandC1951"),
    ]


def test_texts_are_reviews_in_markdown_without_players_scripts_and_pictures(report: Report) -> None:
    texts = dict(Review.objects.values_list("film__title", "markdown"))

    assert texts["Nanook of the North"] == (
        "A hunter and his family build a snow house, trade furs and cross the ice, filmed over a year near the Hudson"
        " Bay.\n\nMuch of it was staged for the camera, and the film says so nowhere. That is where the argument about"
        " documentary begins, and it has not ended.\n\nIt is still the place to start.\n\n"
        "[An essay](https://example.org/essay) and\n\n- 79 minutes\n- silent"
    )
    assert texts["The Plow That Broke the Plains"].endswith("still got a poem.\n\n> Watch it twice.")
    assert "*then dust*" in texts["The Plow That Broke the Plains"]
    review = Review.objects.get(film__title="Night Mail")
    assert (review.author.name, review.published_at) == ("Curator A", at("2015-03-13 09:33"))


def test_passages_that_readers_were_asked_about_are_kept(report: Report) -> None:
    passages = ImportedPassage.objects.values_list("film__title", "key", "exact", "question", "is_open")

    assert list(passages) == [
        (
            "Why We Fight",
            "fx4aa001",
            "the enemy's own pictures and turn them round",
            "Is borrowing enemy footage honest?",
            True,
        ),
        ("Why We Fight", "fx4aa002", "as editing they still teach", "What would you teach with it?", False),
    ]
    assert "[wpdiscuz" not in Review.objects.get(film__title="Why We Fight").markdown
    assert dict(ImportedComment.objects.exclude(passage=None).values_list("number", "passage")) == {
        10334: 2,
        10335: 3,
    }


def test_categories_and_tags_are_subjects_in_their_tree_and_years_are_years(report: Report) -> None:
    tree = {subject.name: subject.parent and subject.parent.name for subject in Subject.objects.all()}

    assert tree["Second World War"] == "History and war"
    assert tree["Land & farming"] == "Society at work"
    assert tree["History and war"] is None
    assert not {"1922", "1942", "Uncategorized", "Politics"} & tree.keys()
    assert dict(report.mapped)["category or tag 1922", "year 1922"] == 1
    film = Film.objects.get(title="Why We Fight")
    subjects = film.film_subjects.order_by("position").values_list("subject__name", flat=True)
    assert list(subjects) == ["Second World War", "propaganda", "series"]


def test_years_stay_subjects_where_that_is_wanted() -> None:
    report = import_file(FIXTURE, now=NOW, options=Options(keep_years=True))

    assert Film.objects.get(title="Nanook of the North").year is None
    assert Subject.objects.filter(name="1922").exists()
    assert [said for said, _meant in report.mapped] == ["author curator.anna"]


def test_ratings_come_as_totals(report: Report) -> None:
    totals = FilmScore.objects.order_by("film").values_list("film__title", "imported_count", "imported_sum")

    assert list(totals) == [
        ("Nanook of the North", 49, 373),
        ("The Plow That Broke the Plains", 12, 101),
        ("Night Mail", 1, 10),
        ("Why We Fight", 1280, 10117),
    ]


def test_ratings_on_another_scale_are_brought_to_ours() -> None:
    import_file(FIXTURE, now=NOW, options=Options(best_rating=20))

    assert FilmScore.objects.get(film__title="Nanook of the North").imported_sum == 186


def test_comments_keep_number_name_date_state_votes_and_place(report: Report) -> None:
    first, nested, waiting = (Comment.objects.get(pk=number) for number in (10316, 10326, 10328))

    assert (first.name, first.created_at, first.edited_at) == (
        "Reader one",
        at("2016-03-01 10:00"),
        at("2016-03-01 10:09"),
    )
    assert first.html == "<p>How much of it was staged? The walrus hunt looks <strong>real</strong>.</p>\n"
    assert (first.imported_helpful, first.imported_not_helpful, first.score) == (14, 2, 12)
    assert (first.reply_count, first.descendant_count, nested.depth) == (1, 10, 10)
    assert nested.path == "/" + "".join(f"{number}/" for number in range(10316, 10326))
    assert (waiting.state, waiting.is_shown) == ("held", False)
    assert Comment.objects.get(pk=10338).parent is None
    assert not Comment.objects.filter(pk__in=[10329, 10330, 10331]).exists()


def test_counts_are_those_that_counting_anew_gives(report: Report) -> None:
    for film_id in Film.objects.values_list("id", flat=True):
        assert recount(film_id) == []
    talk = FilmTalk.objects.get(film__title="Nanook of the North")
    assert (talk.comment_count, talk.root_count, talk.participant_count) == (14, 4, 1)


def test_what_stuck_and_what_was_closed_there_is_so_here(report: Report) -> None:
    assert Comment.objects.get(is_sticky=True).pk == 10332
    assert Comment.objects.get(is_closed=True).pk == 10333


def test_what_the_desk_changes_later_stays_changed(report: Report) -> None:
    unstick(10332)
    reopen_branch(10333)

    import_file(FIXTURE, now=NOW)

    assert not Comment.objects.filter(Q(is_sticky=True) | Q(is_closed=True)).exists()


def test_passages_that_readers_were_asked_about_are_questions_in_the_review(report: Report) -> None:
    places = noted_places(Film.objects.get(title="Why We Fight").pk)

    assert [(each.exact, each.is_lost) for each in places] == [
        ("the enemy's own pictures and turn them round", False),
        ("as editing they still teach", False),
    ]


def test_an_author_is_a_member_without_password_and_rights_and_readers_leave_no_address(
    report: Report,
) -> None:
    (member,) = Member.objects.all()

    assert (member.email, member.role) == ("curator.anna@example.org", "member")
    assert not member.has_usable_password()
    own = Comment.objects.exclude(participant=None)
    assert [(comment.pk, comment.participant_id) for comment in own] == [(10318, member.participant_id)]
    everything = [str(row) for table in (Comment, ImportedComment) for row in table.objects.values()]
    assert not any("@example.org" in row or "192.0.2." in row for row in everything)


def test_the_same_export_again_writes_nothing(report: Report) -> None:
    before = list(OldAddress.objects.values()), list(Comment.objects.values())

    with statements() as sql:
        again = import_file(FIXTURE, now=NOW)

    assert writes(sql) == []
    assert again.count(Outcome.UNCHANGED) == 6
    assert [again.tally(name) for name in ("comments", "reviews", "totals")] == [0, 0, 0]
    assert (list(OldAddress.objects.values()), list(Comment.objects.values())) == before


def test_a_dry_run_tells_the_same_and_writes_nothing() -> None:
    with statements() as sql:
        planned = import_file(FIXTURE, now=NOW, dry_run=True)

    assert writes(sql) == []
    done = import_file(FIXTURE, now=NOW)
    for name in ("comments", "reviews", "totals", "held"):
        assert planned.tally(name) == done.tally(name)
    assert list(planned.notes()) == list(done.notes())
    assert planned.mapped == done.mapped
