"""Dumps of every make: prefixes, networks, compression, damage, and values that mean harm."""

from __future__ import annotations

import gzip
import random
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.sayings import NOW
from tests.transfer.wordpress.dumps import COLUMNS, Values, comment, dump, post, site, taken_in
from tests.transfer.wordpress.exports import FIXTURE
from verite.accounts.models import Member, Participant
from verite.catalogue.actions import Outcome
from verite.catalogue.models import Film, Review, Subject
from verite.catalogue.queries.film_page import film_page
from verite.discussion.actions import cast_vote
from verite.discussion.models import Comment, CommentVote
from verite.ratings.models import Rating
from verite.ratings.queries import score_of
from verite.transfer.formats import Unreadable
from verite.transfer.importing import import_file
from verite.transfer.models import OldAddress
from verite.transfer.options import Options
from verite.transfer.wordpress.dump import gathered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

TOLERANT = Options(tolerant=True)
VIDEO_LINE = "https://archive.org/details/nanook"
DUMP = FIXTURE.parent / "wordpress_6.9_wpdiscuz_7.6_postratings.sql.gz"


def talk() -> dict[str, list[Values]]:
    """A site with two films, and comments on the first."""
    return {
        **site(),
        "posts": [post(1), post(2, "Snow")],
        "comments": [comment(11), comment(12, "So did I.", parent=11)],
        "commentmeta": [(1, 11, "wpdiscuz_votes", "2")],
        "postmeta": [
            (1, 1, "ratings_users", "3"),
            (2, 1, "ratings_score", "21"),
            (3, 2, "director", "Joris Ivens"),
        ],
    }


def rows() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in (Film, Review, Comment, Rating, Member)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("prefix", ["wp_", "", "my_old-site$", "wp_7_", "Posts_"])
def test_tables_may_have_any_prefix(prefix: str, tmp_path: Path) -> None:
    report = taken_in(tmp_path, dump(talk(), prefix=prefix))

    assert (report.entry_count, report.tally("comments"), report.tally("totals")) == (2, 2, 1)


def test_tables_may_come_in_any_order(tmp_path: Path) -> None:
    tables, expected = talk(), None
    for seed in range(6):
        order = random.Random(seed).sample(sorted(tables), len(tables))
        report = taken_in(tmp_path, dump({name: tables[name] for name in order}))
        expected = expected or (rows(), score_of(Film.objects.get(title="Rain").pk))

        assert (rows(), score_of(Film.objects.get(title="Rain").pk)) == expected
        assert report.entry_count == 2


@pytest.mark.parametrize("rows_per_line", [1, 1000])
@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_may_be_packed_and_have_its_rows_on_one_line(
    packed: bool, rows_per_line: int, tmp_path: Path
) -> None:
    text = dump(talk(), rows_per_line=rows_per_line).encode()

    report = taken_in(tmp_path, gzip.compress(text) if packed else text)

    assert (report.count(Outcome.MADE), report.tally("comments")) == (2, 2)


def test_a_dump_by_phpmyadmin_is_read(tmp_path: Path) -> None:
    pieces = ['-- phpMyAdmin SQL Dump\n\nSET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";\nSTART TRANSACTION;\n']
    for table, of_table in talk().items():
        named = ", ".join(f"`{name}`" for name in COLUMNS[table])
        values = ",\n".join(str(tuple(value or "" for value in row)) for row in of_table)
        pieces.append(
            f"--\n-- It's `wp_{table}`\n--\n\nINSERT INTO `wp_{table}` ({named}) VALUES\n{values};\n"
        )

    report = taken_in(tmp_path, "".join(pieces) + "COMMIT;\n")

    assert (report.count(Outcome.MADE), report.tally("comments")) == (2, 2)


def test_a_dump_that_a_windows_shell_wrote_is_read_or_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="--result-file"):
        taken_in(tmp_path, dump(talk()).encode("utf-16"))

    assert taken_in(tmp_path, dump(talk()).encode("utf-8-sig")).count(Outcome.MADE) == 2


def test_every_site_of_a_network_moves_in_with_the_authors_it_shares(tmp_path: Path) -> None:
    second = {
        **site(home="https://films.example/art"),
        "posts": [post(1, "Stone", f"{VIDEO_LINE}\n\nHeavy.")],
    }
    del second["users"]
    text = dump(talk()) + dump(second, prefix="wp_2_")

    taken_in(tmp_path, text)

    assert set(Film.objects.values_list("title", flat=True)) == {"Rain", "Snow", "Stone"}
    assert list(Review.objects.values_list("film__title", "author__name")) == [("Stone", "Ana")]
    assert dict(OldAddress.objects.filter(path="?p=1").values_list("site__address", "film__title")) == {
        "films.example": "Rain",
        "films.example/art": "Stone",
    }


def test_two_databases_in_one_file_stay_apart(tmp_path: Path) -> None:
    other = {
        **site(home="https://other.example"),
        "posts": [post(1, "Stone")],
        "comments": [comment(11, "Heavy.")],
    }

    taken_in(tmp_path, f"USE `first`;\n{dump(talk())}USE `second`;\n{dump(other)}")

    assert set(Comment.objects.values_list("film__title", "markdown")) == {
        ("Rain", "I saw it twice."),
        ("Rain", "So did I."),
        ("Stone", "Heavy."),
    }


def test_a_table_that_is_dumped_twice_counts_once(tmp_path: Path) -> None:
    again = {**talk(), "posts": [post(1), post(2, "Fog")]}

    report = taken_in(tmp_path, dump(talk()) + dump(again))

    assert set(Film.objects.values_list("title", flat=True)) == {"Rain", "Fog"}
    assert report.tally("comments") == 2


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("packed", [False, True])
def test_of_a_dump_that_is_cut_off_nothing_is_taken_unless_that_is_wanted(
    share: float, packed: bool, tmp_path: Path
) -> None:
    text = dump(talk()).encode()
    whole = gzip.compress(text) if packed else text
    cut = whole[: int(len(whole) * share)]

    with pytest.raises(Unreadable, match=r"Line \d+.*--tolerant"):
        taken_in(tmp_path, cut)
    assert not Film.objects.exists()

    if share > 0.5 and not packed:
        report = taken_in(tmp_path, cut, TOLERANT)
        assert Film.objects.count() > 0
        assert any(note.field == "sql" for note in report.notes())


def test_of_a_packed_dump_that_is_cut_every_row_before_the_cut_is_read(tmp_path: Path) -> None:
    said = [comment(number, random.Random(number).randbytes(1500).hex()) for number in range(100, 140)]
    tables = {**site(), "posts": [post()], "comments": said}
    packed = gzip.compress(dump(tables).encode())
    cut = packed[: len(packed) // 2]
    begun = len(re.findall(rb"\n\(1\d\d,", zlib.decompressobj(31).decompress(cut)))

    report = taken_in(tmp_path, cut, TOLERANT)

    assert 10 < begun < 30
    assert rows()["Comment"] == report.tally("comments") == begun - 1


def test_a_dump_for_which_the_disk_has_no_room_is_refused_while_the_site_can_still_write(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathered, "LEAST_FREE", 1 << 62)

    with pytest.raises(Unreadable, match=r"no room .* would be left"):
        taken_in(tmp_path, dump(talk()))

    assert not Film.objects.exists()


def test_what_a_cut_dump_lacked_comes_with_the_whole_one(tmp_path: Path) -> None:
    text = dump(talk())
    taken_in(tmp_path, text[: text.index("CREATE TABLE `wp_comments`")], TOLERANT)
    assert rows()["Comment"] == 0

    taken_in(tmp_path, text)

    assert (rows()["Comment"], score_of(Film.objects.get(title="Rain").pk).count) == (2, 3)


def test_a_dump_of_another_kind_of_site_says_so(tmp_path: Path) -> None:
    text = (
        dump({})
        + "CREATE TABLE `posts` (\n `id` int,\n `title` text);\nINSERT INTO `posts` VALUES (1,'Ghost');\n"
    )

    with pytest.raises(Unreadable, match="no table of this dump is one of WordPress's posts"):
        taken_in(tmp_path, text)


def test_a_site_without_films_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="none of its 1 posts shows a sign of a film"):
        taken_in(tmp_path, dump({**site(), "posts": [post(content="My cat.")]}))


def test_tables_that_nobody_here_knows_are_named(tmp_path: Path) -> None:
    text = dump(talk()) + (
        "INSERT INTO `wp_shop_orders` VALUES (1,'a;b');\nINSERT INTO `wp_usermeta` VALUES (1);\n"
        "INSERT INTO `wp_wc_follow_users` (`id`, `user_id`) VALUES (1,2);\n"
    )

    report = taken_in(tmp_path, text)

    assert [note.value for note in report.notes() if note.field == "table"] == [
        "wp_shop_orders",
        "wp_wc_follow_users",
    ]


def test_hostile_values_do_no_harm(tmp_path: Path) -> None:
    bad_script = "<script>alert(1)</script><img src=x onerror=alert(1)>It rains.'); DELETE FROM posts; --"
    tables = {
        **talk(),
        "options": site(postratings_max="9" * 5000)["options"],
        "posts": [
            post(1, "Rain\0\x1b[31m", f"{VIDEO_LINE}\n\n{bad_script}"),
            post(2, "Snow"),
            (10**30, 1, "x", "0000-00-00 00:00:00", VIDEO_LINE, "Far", "", "publish", "open", "", "far", "post"),
            ("one", 1, "", "9999-99-99", VIDEO_LINE, "Word", "", "publish", "open", "", "word", "post"),
        ],
        "comments": [
            comment(11, bad_script),
            comment(12, "I answer myself.", parent=12),
            comment(13, "Round", parent=14),
            comment(14, "and round", parent=13),
            (10**25, 1, "Far", "", "0000-00-00 00:00:00", "From far away.", "1", "comment", -5, 10**20),
        ],
        "commentmeta": [
            (1, 11, "wpdiscuz_votes_seperate", 'O:8:"stdClass":1:{s:4:"like";i:9;}'),
            (2, 12, "wpdiscuz_votes", "9" * 40),
        ],
        "postmeta": [(1, 1, "ratings_users", "-3"), (2, 2, "director", 'a:1:{i:0;O:3:"Foo":0:{}}')],
        "ratings": [
            (1, 1, 99, "0", "192.0.2.1", 0),
            (2, 1, -1, "x", "192.0.2.2", 0),
            (3, 1, 7, "9" * 20, "192.0.2.3", 0),
        ],
        "wc_users_voted": [(1, "a" * 5000, 11, 5, 1, 1, "-1"), (2, "7", 11, 10**19, 0, 1, "1e9")],
    }  # fmt: skip

    report = taken_in(tmp_path, dump(tables))

    assert report.entry_count == 4
    page = film_page("rain-31m")
    assert page is not None
    assert page.review is not None
    shown = str(page.review.paragraphs)
    assert "DELETE FROM posts" in shown
    assert not re.search("<script|onerror", shown)
    assert all("onerror" not in each.html for each in Comment.objects.all())
    assert list(Rating.objects.values_list("value", "given_at")) == [(7, NOW)]
    assert not CommentVote.objects.exists()
    everything = str([list(table.objects.values()) for table in (Participant, Comment, Rating)])  # type: ignore[attr-defined]
    assert not re.search(r"192\.0\.2\.|\$wp\$secret", everything)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("", "?p=1"),
        ("/%postname%/", "/rain"),
        ("/%year%/%monthnum%/%day%/%postname%/", "/2013/01/11/rain"),
        ("/archives/%post_id%", "/archives/1"),
        ("/index.php/%category%/%postname%.html", "/index.php/nature/weather/rain.html"),
        ("/%author%/%postname%/", "/ana/rain"),
    ],
)
def test_old_addresses_follow_the_pattern_of_the_site(pattern: str, path: str, tmp_path: Path) -> None:
    tables = {
        **site(permalink_structure=pattern),
        "posts": [post(1, content=f"{VIDEO_LINE}\n\nIt rains.")],
        "terms": [(5, "Weather", "weather"), (4, "Nature", "nature"), (6, "Wet", "wet")],
        "term_taxonomy": [(50, 5, "category", "", 4), (40, 4, "category", "", 0), (60, 6, "post_tag", "", 0)],
        "term_relationships": [(1, 50, 0), (1, 60, 0)],
    }

    taken_in(tmp_path, dump(tables))

    assert OldAddress.objects.get(path=path).film is not None
    assert {subject.name: subject.parent and subject.parent.name for subject in Subject.objects.all()} == {
        "Nature": None,
        "Weather": "Nature",
        "Wet": None,
    }


@pytest.mark.parametrize(
    ("best", "options", "given", "shown"),
    [(5, Options(), 4, 8), (5, Options(best_rating=4), 4, 10), (10, Options(), 4, 4), (3, Options(), 1, 3)],
)
def test_ratings_are_brought_to_our_scale(
    best: int, options: Options, given: int, shown: int, tmp_path: Path
) -> None:
    tables = {
        **site(postratings_max=str(best)),
        "posts": [post()],
        "ratings": [(1, 1, given, "1400000000", "192.0.2.1", 0)],
    }

    taken_in(tmp_path, dump(tables), options)

    assert Rating.objects.get().value == shown
    assert Rating.objects.get().given_at == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)


def test_votes_without_totals_are_counted_and_later_totals_add_nothing(tmp_path: Path) -> None:
    votes: list[Values] = [
        (1, "7", 11, 1, 0, 1, "1400000000"),
        (2, "8", 11, 1, 0, 1, "1400000000"),
        (3, "0", 11, -1, 1, 1, "1400000000"),
    ]
    tables = {**talk(), "commentmeta": [], "wc_users_voted": votes}

    taken_in(tmp_path, dump(tables))
    taken_in(tmp_path, dump({**tables, "commentmeta": [(1, 11, "wpdiscuz_votes", "9")]}))

    said = Comment.objects.get(pk=11)
    assert (said.helpful, said.imported_helpful, said.not_helpful, said.imported_not_helpful) == (2, 0, 0, 1)
    assert (said.score, CommentVote.objects.count()) == (1, 2)


def test_an_older_export_does_not_count_anew_what_a_dump_brought_one_by_one(tmp_path: Path) -> None:
    single = [(number, 1, 7, "1400000000", f"192.0.2.{number}", 0) for number in range(1, 4)]
    taken_in(tmp_path, dump({**talk(), "ratings": single}))
    film = Film.objects.get(title="Rain")
    assert (score_of(film.pk).own_count, score_of(film.pk).imported_count) == (3, 0)

    older = {**talk(), "postmeta": [(1, 1, "ratings_users", "2"), (2, 1, "ratings_score", "14")]}
    report = taken_in(tmp_path, dump(older))

    assert (score_of(film.pk).count, str(score_of(film.pk).mean)) == (3, "7.00")
    assert any("older one" in note.text for note in report.notes())


def test_votes_that_were_cast_here_stay(tmp_path: Path) -> None:
    taken_in(tmp_path, dump(talk()))
    voter = Participant.objects.create(kind="guest", created_at=NOW, token_digest="x")
    cast_vote(11, voter.pk, 1, now=NOW)

    taken_in(tmp_path, dump({**talk(), "wc_users_voted": [(1, "7", 11, 1, 0, 1, "1400000000")]}))

    said = Comment.objects.get(pk=11)
    assert (said.helpful, said.imported_helpful, said.score) == (2, 1, 3)


def test_the_real_dump_cut_in_its_middle_is_refused_by_its_line(tmp_path: Path) -> None:
    text = gzip.decompress(DUMP.read_bytes())
    half = text[: text.index(b"(10326,11256")]

    with pytest.raises(Unreadable, match="Line 199: the dump is cut off"):
        taken_in(tmp_path, half)
    report = taken_in(tmp_path, half, TOLERANT)

    assert (report.entry_count, report.tally("comments")) == (6, 10)


def test_of_an_import_that_is_refused_nothing_stays_in_the_data_folder(
    data_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(Unreadable):
        taken_in(tmp_path / "in", dump(talk())[:-200])

    assert not [each for each in data_folder.iterdir() if each.name.startswith("import-")]


def test_a_table_of_values_is_not_taken_for_a_dump(tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text("title,year\nInsert into,1999\nSET,2001\n", encoding="utf-8")
    seen: list[Any] = []

    report = import_file(path, now=NOW, progress=lambda *said: seen.append(said))

    assert report.format_name == "films-csv"
