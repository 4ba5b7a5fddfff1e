"""The sample films, and what is said about them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Max, Min
from pytest_django.plugin import DjangoDbBlocker

from verite.accounts.models import Participant
from verite.catalogue.facts import ROLES
from verite.catalogue.hosts import recognise
from verite.catalogue.models import Collection, Film, FilmText, Review, Source, Subject
from verite.discussion.models import Comment, CommentVote
from verite.discussion.orders import Sort
from verite.discussion.queries import recount
from verite.discussion.queries.places import noted_places
from verite.ratings.models import COUNTS, FilmScore, Rating
from verite.transfer.demo import fill_if_empty
from verite.transfer.demo.files import Table, read_tables

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PUBLISHED = Comment.State.PUBLISHED
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """How many films were made: once for all tests, because it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill_if_empty(now=NOW)
        transaction.set_rollback(True)


def written() -> list[object]:
    """Everything in the tables."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [(table, row) for row in cursor.fetchall()]
    return rows


def test_the_files_say_nothing_that_is_not_read() -> None:
    films, threads = read_tables("films/*.toml", "films"), read_tables("threads/*.toml", "threads")
    collections = read_tables("collections.toml", "collections")
    parts = [part for film in films for part in film["parts"]]
    comments = [comment for thread in threads for comment in thread["comments"]]
    assert {key for film in films for key in film} <= {
        "title", "other_titles", "year", "added", "reviewed", "kind", "length", "tagline", "synopsis", "rights",
        "countries", "languages", "subjects", "imdb_id", "wikidata_id", "parts", "review", "reviewer", "made_for",
        *(f"{role}s" for role in ROLES),
    }  # fmt: skip
    assert {key for part in parts for key in part} <= {"title", "length", "url"}
    assert {key for thread in threads for key in thread} <= {"film", "ratings", "questions", "comments"}
    questions = [question for thread in threads for question in thread.get("questions", ())]
    assert {key for question in questions for key in question} == {"words", "days", "text"}
    assert {key for comment in comments for key in comment} <= {
        "id", "answers", "by", "days", "votes", "text", "is_deleted", "is_sticky", "taken_up",
        "kind", "source", "words", "part", "from", "to",
    }  # fmt: skip
    assert {key for table in collections for key in table} == {"title", "added", "tagline", "essay", "films"}
    assert {len(thread["ratings"]) for thread in threads} == {10}


def test_an_empty_site_is_filled_with_films_most_of_which_can_be_played(made: int) -> None:
    assert made == Film.objects.count() >= 45
    assert Film.objects.filter(counts__playable_count__gt=0).count() > made * 0.8
    assert set(Source.objects.values_list("host", flat=True)) == {"internet-archive", "youtube"}


def test_filling_twice_changes_nothing() -> None:
    before = written()

    assert fill_if_empty(now=NOW) == 0

    assert written() == before


def test_a_site_with_films_of_its_own_is_left_alone() -> None:
    Comment.objects.all().delete()
    Film.objects.exclude(title="Rain").delete()

    assert fill_if_empty(now=NOW) == 0
    assert Film.objects.count() == 1


def test_one_work_in_seven_parts_says_which_of_them_have_no_source_yet() -> None:
    parts = Film.objects.get(title="Why We Fight").parts.order_by("position")
    assert [part.title for part in parts if not part.sources.exists()] == [
        "The Battle of Britain",
        "The Battle of China",
    ]
    assert len(parts) == 7


def test_several_films_come_in_parts() -> None:
    assert Film.objects.annotate(size=Count("parts")).filter(size__gt=1).count() >= 4


def test_every_film_is_described_and_has_an_address_of_its_own() -> None:
    assert FilmText.objects.exclude(synopsis="").count() == Film.objects.count()
    assert not Film.objects.filter(film_subjects=None).exists()
    slugs = list(Film.objects.values_list("slug", flat=True))
    # A title that was taken would have got a year or a number behind it.
    assert [slug for slug in slugs if slug.rpartition("-")[0] in slugs] == []


def test_every_address_is_one_that_we_can_play() -> None:
    parts = [part for film in read_tables("films/*.toml", "films") for part in film["parts"]]
    addresses = [part["url"] for part in parts if "url" in part]

    assert [address for address in addresses if recognise(address) is None] == []
    assert Source.objects.count() == len(set(addresses)) == len(addresses)


def letters(title: str) -> str:
    """A title without what every list writes in its own way."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(character for character in plain if character.isalnum())


def listed(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """What public lists say has an address or an id: titles, in letters, and years."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in ("free_to_show_films.csv", "documentaries.csv"):
        for row in csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()):
            for cell in filter(None, row.values()):
                found.setdefault(cell, []).append((letters(row["title"]), row["year"]))
    for title, address in LINK.findall((folder / "list_of_documentaries.md").read_text(encoding="utf-8")):
        found[address] = [(letters(title), "")]
    return found


def test_every_address_and_id_is_the_one_that_public_lists_have_for_this_film(shared_data: Path) -> None:
    known = listed(shared_data / "films")
    films = read_tables("films/*.toml", "films")
    said = [
        (film, part, value)
        for film in films
        for part, value in (
            *(("", film[scheme]) for scheme in ("imdb_id", "wikidata_id") if scheme in film),
            *((part.get("title", ""), part["url"]) for part in film["parts"] if "url" in part),
        )
    ]

    def is_its_own(film: Table, part: str, title: str) -> bool:
        names = {letters(name) for name in (film["title"], *film.get("other_titles", ()), part) if name}
        return title in names or all(letters(name) in title for name in (film["title"], part))

    assert len(said) > 150
    assert [
        (film["title"], value)
        for film, part, value in said
        if not any(is_its_own(film, part, title) for title, _year in known.get(value, ()))
    ] == []
    years: dict[str, set[str]] = {}
    for film, _part, value in (*said, *((film, "", film["title"]) for film in films)):
        years.setdefault(film["title"], set()).update(year for _title, year in known.get(value, ()))
    # Works in several parts have a year for each.
    single = [film for film in films if len(film["parts"]) == 1 and "year" in film]
    assert [film["title"] for film in single if film["year"] not in years[film["title"]]] == []


def test_subjects_are_a_tree_in_which_every_leaf_has_films() -> None:
    assert Subject.objects.filter(parent__parent__isnull=False).exists()
    named = set(Film.objects.values_list("film_subjects__subject", flat=True))
    parents = set(Subject.objects.values_list("parent", flat=True))
    assert [subject.name for subject in Subject.objects.all() if subject.pk not in named | parents] == []


def test_collections_have_essays_and_films() -> None:
    collections = Collection.objects.annotate(size=Count("entries"))
    assert collections.count() >= 5
    assert not collections.filter(essay_html="").exists()
    assert not collections.filter(size__lt=5).exists()


def test_reviews_have_several_paragraphs() -> None:
    reviews = Review.objects.annotate(size=Count("paragraphs"))
    assert reviews.filter(size__gte=2).count() == reviews.count() >= 15
    assert not reviews.filter(published_at__lt=F("film__published_at")).exists()


def test_whoever_takes_part_is_called_a_sample_or_nothing() -> None:
    names = Counter(Participant.objects.values_list("name", flat=True))
    assert names.pop("") == 1
    assert [name for name in names if not name.startswith("Sample ")] == []


def test_talk_is_spread_over_months_and_in_the_order_of_time() -> None:
    times = Comment.objects.aggregate(first=Min("created_at"), last=Max("created_at"))
    assert times["last"] < NOW
    assert (times["last"] - times["first"]).days > 150
    assert not Comment.objects.filter(created_at__lt=F("film__published_at")).exists()
    assert not Comment.objects.filter(created_at__lte=F("parent__created_at")).exists()
    assert not CommentVote.objects.filter(cast_at__lt=F("comment__created_at")).exists()
    assert not Rating.objects.filter(given_at__lt=F("film__published_at")).exists()


def test_samples_show_what_talk_may_be() -> None:
    shown = Comment.objects.filter(is_shown=True)
    deepest = shown.aggregate(depth=Max("depth"))["depth"]
    deleted = shown.get(state=Comment.State.REMOVED_BY_AUTHOR)

    assert deepest >= 6
    assert shown.filter(name="", state=PUBLISHED).exists()
    assert deleted.reply_count == 1
    assert any(
        unicodedata.bidirectional(text[0]) in "AL R"
        for text in shown.values_list("markdown", flat=True)
        if text
    )
    assert shown.filter(html__contains="<em>").exists()


def test_every_order_of_some_threads_is_another() -> None:
    roots = Comment.objects.filter(parent=None)
    orders = {
        film: {
            tuple(roots.filter(film=film).order_by(*sort.by).values_list("id", flat=True)) for sort in Sort
        }
        for film in roots.values_list("film", flat=True).distinct()
    }
    assert sum(len(different) == len(Sort) for different in orders.values()) >= 5


def test_ratings_give_histograms_of_many_shapes() -> None:
    histograms = list(FilmScore.objects.values_list(*COUNTS))
    assert len(set(histograms)) == len(histograms) >= 15
    peaks = {histogram.index(max(histogram)) for histogram in histograms}
    assert len(peaks) >= 4
    assert all(sum(histogram) >= 10 for histogram in histograms)


def test_samples_show_notes_questions_and_every_kind_of_remark() -> None:
    places = noted_places(Film.objects.get(title="Why We Fight").pk)

    assert {place.target for place in places} == {"review", "part"}
    assert all(place.state == "exact" and place.note_count for place in places)
    assert [place.question for place in places if place.question]
    assert set(Comment.objects.values_list("kind", flat=True)) == set(Comment.Kind)
    assert Comment.objects.filter(is_sticky=True).exists()
    assert Comment.objects.exclude(taken_up_at=None).exists()
    assert not [recount(film) for film in Film.objects.values_list("pk", flat=True) if recount(film)]
