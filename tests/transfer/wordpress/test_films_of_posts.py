"""What of a post becomes what of a film."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue.sayings import NOW, film, stored
from tests.transfer.wordpress.exports import VIDEO, category, comment, meta, post, site, taken_in, term
from verite.catalogue.actions import Outcome, save_review
from verite.catalogue.models import Film, FilmSubject, Review, Subject
from verite.ratings.models import FilmScore
from verite.transfer.options import Options
from verite.transfer.wordpress.content import Content, read_content

A, B, C = ("https://www.youtube.com/watch?v=zmciuKsBOi" + letter for letter in "abc")


def content(html: str, *more: str) -> Content:
    return read_content(html, base="https://films.example/", more_videos=more)


@pytest.mark.parametrize(
    "html",
    [
        f"{A}\n\nWords.",
        f"[embed]{A}[/embed]\n\nWords.",
        f'[embed width="500"]{A}[/embed]\n\nWords.',
        f"[youtube {A}]\n\nWords.",
        f'[video src="{A}"][/video]\n\nWords.',
        '<iframe width="1" src="https://www.youtube.com/embed/zmciuKsBOia?rel=0"></iframe>\n\nWords.',
        '<iframe data-src="//www.youtube-nocookie.com/embed/zmciuKsBOia" src="about:blank"></iframe>\n\nWords.',
        f'<object data="{A}"><param name="movie" value="{A}"><embed src="{A}"></object>\n\nWords.',
        '<!-- wp:embed {"url":"'
        + A
        + '"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
        f"{A}\n</div></figure><!-- /wp:embed --><!-- wp:paragraph --><p>Words.</p><!-- /wp:paragraph -->",
        f"<p>{A}</p><p>Words.</p>",
    ],
)
def test_a_player_of_any_spelling_is_the_one_part_and_leaves_the_text(html: str) -> None:
    found = content(html)

    assert [[source.ref for source in part.sources] for part in found.parts] == [["zmciuKsBOia"]]
    assert found.markdown == "Words."


def test_several_players_are_parts_in_order_and_the_same_again_is_none() -> None:
    found = content(f"{A}\n\nOne.\n\n{B}\n\n{A}\n\n[embed]{C}[/embed]")

    assert [(part.position, part.sources[0].ref[-1]) for part in found.parts] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
    ]


def test_files_of_one_player_are_sources_of_one_part() -> None:
    found = content(
        '<video controls><source src="https://films.example/a.webm"><source src="https://films.example/a.mp4"></video>'
    )

    (part,) = found.parts
    assert [source.ref for source in part.sources] == [
        "https://films.example/a.webm",
        "https://films.example/a.mp4",
    ]


def test_links_are_parts_where_there_is_no_player_or_where_they_say_so() -> None:
    alone = content(f'Watch <a href="{A}">Part one</a> and <a href="{B}">the rest</a>.')
    beside = content(f'{C}\n\n<a href="{A}">Part 2</a>, and see <a href="{B}">another film</a>.')

    assert [(part.title, part.sources[0].ref[-1]) for part in alone.parts] == [
        ("Part one", "a"),
        ("the rest", "b"),
    ]
    assert [(part.title, part.sources[0].ref[-1]) for part in beside.parts] == [("", "c"), ("Part 2", "a")]
    assert [remark.field for remark in beside.remarks] == ["link"]
    assert "[another film](https://www.youtube.com/watch?v=zmciuKsBOib)" in beside.markdown


def test_a_player_nobody_knows_stays_as_a_link_and_is_told() -> None:
    found = content('<iframe src="https://maps.example/there"></iframe>\n\nWords.')

    assert found.parts == ()
    assert found.markdown == "<https://maps.example/there>\n\nWords."
    assert [(remark.field, remark.value) for remark in found.remarks] == [
        ("address", "https://maps.example/there")
    ]


def test_shortcodes_go_and_words_in_brackets_stay() -> None:
    found = content(
        'He said [sic] [it]. [caption id="x"]<img src="/a.jpg"> A still[/caption] [gallery ids="1,2"][toc]'
    )

    assert found.markdown.split() == ["He", "said", r"\[sic\]", r"\[it\].", "A", "still"]
    assert [(remark.field, remark.value) for remark in found.remarks] == [
        ("shortcode", "[gallery]"),
        ("image", "/a.jpg"),
    ]


pytestmark = pytest.mark.django_db


def test_custom_fields_are_facts_and_those_without_a_place_are_told(tmp_path: Path) -> None:
    fields = (
        meta("Director", "Ann Lee; Ben Roe"),
        meta("producer", 'a:2:{i:0;s:2:"Xi";i:1;s:2:"Yo";}'),
        meta("release-year", "1938-10"),
        meta("country", "France, Freedonia"),
        meta("imdb_id", "https://www.imdb.com/title/tt0013427/"),
        meta("_edit_last", "1"),
        meta("_yoast_wpseo_metadesc", "For machines."),
        meta("mood", "low"),
        meta("writer", 'O:8:"stdClass":0:{}'),
    )
    report = taken_in(tmp_path, site(post(1, "Rain", "No video.", *fields)))

    rain = Film.objects.get()
    assert (rain.year, rain.month) == (1938, 10)
    assert [credit.person.name for credit in rain.credits.filter(role="director")] == ["Ann Lee", "Ben Roe"]
    assert [credit.person.name for credit in rain.credits.filter(role="producer")] == ["Xi", "Yo"]
    assert set(rain.external_ids.values_list("scheme", "value")) == {
        ("imdb", "tt0013427"),
        ("own", "films.example/?p=1"),
    }
    assert [(note.field, note.value) for note in report.notes()] == [
        ("_yoast_wpseo_metadesc", "For machines."),
        ("mood", "low"),
        ("writer", 'O:8:"stdClass":0:{}'),
        ("country", "Freedonia"),
    ]


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future"])
def test_what_was_not_public_stays_a_draft(status: str, tmp_path: Path) -> None:
    taken_in(tmp_path, site(post(1, status=status)))

    assert Film.objects.get().state == "draft"


def test_what_lies_behind_a_password_stays_a_draft(tmp_path: Path) -> None:
    report = taken_in(tmp_path, site(post(1, "Rain", A, "<wp:post_password>enter</wp:post_password>")))

    assert Film.objects.get().state == "draft"
    assert [note.field for note in report.notes()] == ["password"]


def test_a_draft_gives_away_nothing_of_itself_through_a_film_that_is_public(tmp_path: Path) -> None:
    stored(film("Rain", None))

    report = taken_in(tmp_path, site(post(1, "Rain", f"{A}\n\nNot yet.", comment(1), status="draft")))

    assert Film.objects.get().state == "published"
    assert not Review.objects.exists()
    assert report.tally("comments") == 0
    assert "draft" in [note.field for note in report.notes()]


def test_a_published_film_stays_so_when_its_draft_was_imported_earlier_and_published_here(
    tmp_path: Path,
) -> None:
    draft = site(post(1, "Rain", f"{A}\n\nWords.", status="draft"))
    taken_in(tmp_path, draft)
    Film.objects.update(state="published")

    taken_in(tmp_path, draft)

    assert Film.objects.get().state == "published"


def test_a_review_that_was_changed_here_stays_and_is_replaced_on_request(tmp_path: Path) -> None:
    text = site(post(1, "Rain", f"{A}\n\nOld words."))
    taken_in(tmp_path, text)
    review = Review.objects.get()
    save_review(review.film_id, review.author_id, "New words.", now=NOW)

    report = taken_in(tmp_path, text)
    assert Review.objects.get().markdown == "New words."
    assert [note.field for note in report.notes()] == ["review"]

    taken_in(tmp_path, text, said_wins=True)
    assert Review.objects.get().markdown == "Old words."


def test_a_film_that_was_renamed_here_is_found_again(tmp_path: Path) -> None:
    text = site(post(1, "Rain", A, comment(1)))
    taken_in(tmp_path, text)
    Film.objects.update(title="Regen", sort_title="regen", folded_title="regen")

    report = taken_in(tmp_path, text)

    assert Film.objects.count() == 1
    assert report.count(Outcome.MADE) == 0


def test_subjects_that_are_here_keep_their_place(tmp_path: Path) -> None:
    terms = (category(1, "war", "War"), category(2, "two", "Second War", "war"), category(3, "year", "1942"))
    text = site(
        *terms,
        post(1, "Rain", A, term("Second War", "two"), term("1942", "year"), term("Mud", "mud", "post_tag")),
    )
    taken_in(tmp_path, text)
    second = Subject.objects.get(name="Second War")
    assert second.parent is not None
    assert second.parent.name == "War"
    second.parent, second.path = None, f"/{second.pk}/"
    second.save()

    taken_in(tmp_path, text)

    assert Subject.objects.get(name="Second War").parent is None
    assert list(FilmSubject.objects.order_by("position").values_list("subject__name", flat=True)) == [
        "Second War",
        "Mud",
    ]
    assert Film.objects.get().year == 1942


def test_a_circle_of_categories_ends(tmp_path: Path) -> None:
    terms = (category(1, "a", "Ants", "b"), category(2, "b", "Bees", "a"))

    taken_in(tmp_path, site(*terms, post(1, "Rain", A, term("Ants", "a"))))

    assert {subject.name: subject.parent and subject.parent.name for subject in Subject.objects.all()} == {
        "Bees": None,
        "Ants": "Bees",
    }


def test_ratings_that_cannot_be_true_are_told(tmp_path: Path) -> None:
    ratings = (meta("ratings_users", "3"), meta("ratings_score", "99"))

    report = taken_in(tmp_path, site(post(1, "Rain", A, *ratings)))

    assert not FilmScore.objects.filter(imported_count__gt=0).exists()
    assert [(note.field, note.value) for note in report.notes()] == [("ratings", "99 / 3")]


def test_posts_without_a_sign_of_a_film_are_left_out_and_told_unless_wanted(tmp_path: Path) -> None:
    text = site(post(1, "Rain", A), post(2, "News", "We have moved."))

    report = taken_in(tmp_path, text)
    assert [(note.field, note.value) for note in report.notes()] == [("post", "News")]
    taken_in(tmp_path, text, Options(all_posts=True))

    assert list(Film.objects.values_list("title", flat=True)) == ["Rain", "News"]


def test_a_long_excerpt_is_a_synopsis_and_entities_are_letters(tmp_path: Path) -> None:
    excerpt = f"<excerpt:encoded><![CDATA[{'Long and wide. ' * 40}]]></excerpt:encoded>"

    taken_in(tmp_path, site(post(1, "Rain &amp;#8217; &lt;b&gt;Snow&lt;/b&gt;", A, excerpt)))

    rain = Film.objects.select_related("text").get()
    assert (rain.title, rain.tagline) == ("Rain ’ Snow", "")
    assert rain.text.synopsis.startswith("Long and wide.")


@pytest.mark.django_db
def test_what_is_cut_or_stays_behind_of_a_post_is_told(tmp_path: Path) -> None:
    text = site(
        "<wp:author><wp:author_login>ana</wp:author_login><wp:author_email>ana@films.example</wp:author_email>"
        "<wp:author_display_name>Ana</wp:author_display_name></wp:author>",
        post(1, "Rain " * 100, VIDEO, meta("_thumbnail_id", "77"), status="draft"),
        post(2, "still", "", meta("_wp_attached_file", "2013/01/still.jpg"), kind="attachment"),
    )

    report = taken_in(tmp_path, text)

    assert {(note.field, note.value[:17]) for note in report.notes()} == {
        ("title", "Rain Rain Rain Ra"),
        ("image", "77"),
        ("attachment", "2013/01/still.jpg"),
    }
    assert report.mapped == {("author ana", "member Ana, without a password"): 1}
    assert report.tally("drafts") == 1


@pytest.mark.django_db
def test_a_tree_of_categories_deeper_than_ours_is_told(tmp_path: Path) -> None:
    deepest = 90
    tree = [category(n, f"s{n}", f"Step {n}", f"s{n - 1}" if n > 1 else "") for n in range(1, deepest + 1)]
    ticked = [term(f"Step {n}", f"s{n}") for n in range(10, deepest + 1, 10)]

    report = taken_in(tmp_path, site(*tree, post(1, "Rain", VIDEO, *ticked)))

    stray = {note.value for note in report.notes() if "at the top" in note.text}
    assert stray
    assert set(Subject.objects.filter(parent=None).values_list("name", flat=True)) == {"Step 1", *stray}
