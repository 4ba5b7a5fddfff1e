"""Every real file: it comes in with these counts, or is refused with this line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue.sayings import NOW, statements, writes
from verite.catalogue.actions import Outcome
from verite.catalogue.models import Film, Review, Subject
from verite.discussion.models import Comment
from verite.discussion.queries import recount
from verite.transfer.formats import Unreadable
from verite.transfer.importing import import_file
from verite.transfer.options import Options

pytestmark = pytest.mark.django_db

NO_SIGN = r"none of its %d posts shows a sign of a film"

REFUSED = {
    "crazy-cdata.xml": r"Line 18, column 72: the XML is damaged \(not well-formed",
    "malformed.xml": r"Line 90, column 3: the XML is damaged \(mismatched tag",
    "missing-version-tag.xml": "the export holds no posts. In WordPress choose Tools → Export → All",
    "multiple-cdata.xml": NO_SIGN % 1,
    "namespace-edge-cases.xml": NO_SIGN % 5,
    "post_meta.xml": NO_SIGN % 5,
    "slashes.xml": NO_SIGN % 1,
    "small-export.xml": NO_SIGN % 6,
    "test-serialized-comment-meta.xml": NO_SIGN % 1,
    "test-serialized-postmeta-with-cdata.xml": NO_SIGN % 1,
    "valid-wxr-1.0.xml": NO_SIGN % 3,
    "valid-wxr-1.1.xml": NO_SIGN % 1,
}

# Films, reviews, subjects, comments where every post is taken for a film.
WITH_ALL_POSTS = {
    "crazy-cdata.xml": (1, 1, 0, 0),
    "multiple-cdata.xml": (1, 1, 0, 0),
    "namespace-edge-cases.xml": (5, 5, 0, 0),
    "post_meta.xml": (1, 0, 1, 0),
    "slashes.xml": (1, 1, 1, 1),
    "small-export.xml": (6, 6, 30, 1),
    "test-serialized-comment-meta.xml": (1, 1, 0, 1),
    "test-serialized-postmeta-with-cdata.xml": (1, 1, 0, 0),
    "theme-unit-test-data.xml.gz": (57, 55, 123, 24),  # one has no title, some have no text
    "valid-wxr-1.0.xml": (3, 3, 7, 1),
    "valid-wxr-1.1.xml": (1, 1, 2, 1),
    "wordpress_6.9_wpdiscuz_7.6_postratings.xml": (6, 6, 16, 20),
}


def test_no_file_is_forgotten(shared_data: Path) -> None:
    files = {path.name for path in (shared_data / "wxr").glob("*.xml*")}

    assert files == REFUSED.keys() | WITH_ALL_POSTS.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_films_or_with_damage_is_refused(name: str, shared_data: Path) -> None:
    with pytest.raises(Unreadable, match=REFUSED[name]):
        import_file(shared_data / "wxr" / name, now=NOW)

    assert not Film.objects.exists()


@pytest.mark.parametrize("name", WITH_ALL_POSTS)
def test_a_file_comes_in_whole_and_the_second_time_writes_nothing(name: str, shared_data: Path) -> None:
    source, options = shared_data / "wxr" / name, Options(tolerant=True, all_posts=True)

    import_file(source, now=NOW, options=options)

    counted = tuple(table.objects.count() for table in (Film, Review, Subject, Comment))  # type: ignore[attr-defined]
    assert counted == WITH_ALL_POSTS[name]
    assert not [drift for film in Film.objects.all() for drift in recount(film.pk)]
    with statements() as sql:
        again = import_file(source, now=NOW, options=options)
    assert writes(sql) == []
    assert again.count(Outcome.UNCHANGED) + again.count(Outcome.REFUSED) == again.entry_count


def test_a_site_of_another_kind_brings_only_what_shows_a_film(shared_data: Path) -> None:
    report = import_file(shared_data / "wxr" / "theme-unit-test-data.xml.gz", now=NOW)

    assert set(Film.objects.values_list("title", flat=True)) == {
        "Post Format: Video (YouTube)",
        "Block category: Embeds",
        "Markup: HTML Tags and Formatting",  # links to a video
    }
    assert report.tally("left_out") == 186 - 3


def test_damage_is_read_past_where_that_is_wanted(shared_data: Path) -> None:
    options = Options(tolerant=True, all_posts=True)

    report = import_file(shared_data / "wxr" / "crazy-cdata.xml", now=NOW, options=options)

    (note,) = [note for note in report.notes() if note.field == "xml"]
    assert (note.line, "It was mended and read" in note.text) == (12, True)
    assert Review.objects.get().markdown == "Content with nested :)"  # to HTML the rest is a comment
