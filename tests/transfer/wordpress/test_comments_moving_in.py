"""Comments: their threads, their numbers, and several sites in one."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.sayings import NOW, curator, film, film_id
from tests.transfer.wordpress.exports import comment, post, site, taken_in
from verite.catalogue.models import Film
from verite.discussion.actions import post_comment, publish_comment, remove_comment
from verite.discussion.models import Comment
from verite.discussion.queries import recount
from verite.notifications.models import Announcement
from verite.transfer.belongings import CommentSaid
from verite.transfer.models import ImportedComment
from verite.transfer.storing.threads import untangled

VOTES = "wpdiscuz_votes_seperate"


def said(number: int, parent: int | None) -> CommentSaid:
    return CommentSaid(number, number, parent, "", "words", None)


@given(st.dictionaries(st.integers(1, 12), st.integers(0, 14), max_size=12))
def test_whatever_answers_whatever_each_comment_comes_once_and_after_what_it_answers(
    answers: dict[int, int],
) -> None:
    found = untangled([said(number, parent or None) for number, parent in answers.items()], known={13})

    numbers = [each.number for each in found.comments]
    assert sorted(numbers) == sorted(answers)
    for place, each in enumerate(found.comments):
        assert each.parent is None or each.parent == 13 or each.parent in numbers[:place]
    cut = sum(each.parent is None and answers[each.number] != 0 for each in found.comments)
    assert len(found.remarks) == cut


def test_a_circle_is_opened_at_its_first_comment() -> None:
    found = untangled([said(3, 2), said(1, 3), said(2, 1), said(4, 3), said(9, 9)], known=())

    assert {each.number: each.parent for each in found.comments} == {1: None, 2: 1, 3: 2, 4: 3, 9: None}
    assert [(line, remark.value) for line, remark in found.remarks] == [(1, "1"), (9, "9")]


@pytest.mark.django_db
def test_circles_and_orphans_come_in_and_are_told(tmp_path: Path) -> None:
    talk = (comment(1, parent=2), comment(2, parent=1), comment(3, parent=77), comment(4, parent=5))
    report = taken_in(
        tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk, comment(5, approved="spam")))
    )

    assert dict(Comment.objects.values_list("id", "parent")) == {1: None, 2: 1, 3: None, 4: None}
    assert [note.value for note in report.notes() if note.field == "comment"] == ["1", "77", "5"]
    assert report.tally("spam") == 1
    assert recount(Film.objects.get().pk) == []


@pytest.mark.django_db
def test_published_answers_keep_the_place_of_a_waiting_comment(tmp_path: Path) -> None:
    talk = (comment(1, approved="0"), comment(2, parent=1), comment(3, parent=2))
    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk)))

    waiting = Comment.objects.get(pk=1)
    assert (waiting.state, waiting.is_shown, waiting.descendant_count) == ("held", True, 2)
    assert recount(Film.objects.get().pk) == []


@pytest.mark.django_db
def test_a_later_export_adds_what_was_said_since(tmp_path: Path) -> None:
    early = (comment(10), comment(11, parent=10))
    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *early)))
    rain = Film.objects.get().pk
    here = post_comment(rain, curator(), "Said here, in between.", now=NOW, parent_id=11)

    later = (*early, comment(12, parent=11), comment(13, parent=12))
    report = taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *later)))

    assert report.tally("comments") == 2
    # 12 was given out to what was said here, so the imported one is called otherwise.
    assert here.comment_id == 12
    twelfth = ImportedComment.objects.get(number=12).comment
    assert (twelfth.pk, twelfth.path) == (14, "/10/11/")
    assert ImportedComment.objects.get(number=13).comment.path == "/10/11/14/"
    assert Comment.objects.get(pk=10).descendant_count == 4
    assert recount(rain) == []


@pytest.mark.django_db
def test_an_old_comment_that_is_taken_away_and_put_back_is_no_news(tmp_path: Path) -> None:
    talk = (comment(1), comment(2, approved="0"))
    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk)))

    for number in (1, 2):
        remove_comment(number)
        publish_comment(number, now=NOW)

    # What waited there is seen for the first time.
    assert list(Announcement.objects.values_list("object_id", flat=True)) == [2]


@pytest.mark.django_db
def test_two_sites_in_one_keep_apart_what_has_the_same_number(tmp_path: Path) -> None:
    for host, text in (("one", "The first site."), ("two", "The second site.")):
        rain = post(
            1, "Rain", "https://archive.org/details/a", comment(5, text), link=f"https://{host}.example/rain/"
        )
        whole = site(rain, address=f"https://{host}.example")
        taken_in(tmp_path, whole)
        assert taken_in(tmp_path, whole).tally("comments") == 0

    first, second = ImportedComment.objects.order_by("site")
    assert (first.comment_id, second.comment_id) == (5, 6)
    assert [each.comment.markdown for each in (first, second)] == ["The first site.", "The second site."]


@pytest.mark.django_db
def test_a_number_that_is_taken_here_is_not_waited_for_by_those_to_come(tmp_path: Path) -> None:
    other = film_id(film("Snow"))
    taken = [post_comment(other, curator(), f"Here first {place}.", now=NOW).comment_id for place in range(3)]
    free = range(taken[-1] + 1, taken[-1] + 6)
    talk = [comment(number) for number in (*taken, *free)]

    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk)))

    ids = dict(ImportedComment.objects.values_list("number", "comment_id"))
    assert [ids[number] for number in free] == list(free)
    assert [ids[number] for number in taken] == [free[-1] + 1, free[-1] + 2, free[-1] + 3]


@pytest.mark.django_db
def test_a_made_up_number_does_not_use_up_all_numbers(tmp_path: Path) -> None:
    taken_in(
        tmp_path,
        site(post(1, "Rain", "https://archive.org/details/a", comment(9_223_372_036_854_775_807 // 10))),
    )
    rain = Film.objects.get().pk

    posted = post_comment(rain, curator(), "And the next one.", now=NOW)

    assert Comment.objects.exclude(pk=posted.comment_id).get().pk <= 2_000_000_001
    assert posted.comment_id <= 2_000_000_002


@pytest.mark.django_db
def test_an_exchange_deeper_than_it_may_be_stays_in_its_thread(tmp_path: Path) -> None:
    talk = [
        comment(1),
        *(comment(after, parent=before) for before, after in itertools.pairwise(range(1, 1011))),
    ]

    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk)))

    assert Comment.objects.get(pk=1010).depth == 1000
    assert Comment.objects.get(pk=1).descendant_count == 1009
    assert recount(Film.objects.get().pk) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("metas", "votes"),
    [
        ({VOTES: 'a:2:{s:4:"like";i:14;s:7:"dislike";i:2;}', "wpdiscuz_votes": "12"}, (14, 2)),
        ({"wpdiscuz_votes": "7"}, (7, 0)),
        ({"wpdiscuz_votes": "-3"}, (0, 3)),
        ({VOTES: 'O:8:"stdClass":1:{s:4:"like";i:14;}', "wpdiscuz_votes": "5"}, (5, 0)),
        ({VOTES: 'a:2:{s:4:"like";i:-1;s:7:"dislike";i:2;}'}, (0, 0)),
        ({VOTES: "a:1:{i:0;R:1;}", "wpdiscuz_votes": "99999999999999"}, (0, 0)),
    ],
)
def test_votes_are_taken_over_where_they_can_be_true(
    metas: dict[str, str], votes: tuple[int, int], tmp_path: Path
) -> None:
    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", comment(1, **metas))))

    found = Comment.objects.get()
    assert (found.imported_helpful, found.imported_not_helpful) == votes


@pytest.mark.django_db
def test_a_comment_in_which_nothing_can_be_read_is_told(tmp_path: Path) -> None:
    report = taken_in(
        tmp_path, site(post(1, "Rain", "https://archive.org/details/a", comment(1, "<br>"), comment(2)))
    )

    assert list(Comment.objects.values_list("id", flat=True)) == [2]
    assert [note.text for note in report.notes()] == [
        "Nothing can be read in this comment, so it was left out."
    ]
    assert report.tally("comments") == 1


@pytest.mark.django_db
def test_old_comments_may_hold_more_links_than_new_ones(tmp_path: Path) -> None:
    many = " ".join(f"https://example.org/{number}" for number in range(40))

    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", comment(1, many))))

    assert Comment.objects.get().html.count("<a href") == 40


@pytest.mark.django_db
def test_what_does_not_come_in_as_it_was_is_told(tmp_path: Path) -> None:
    talk = [
        comment(1),
        *(comment(after, parent=before) for before, after in itertools.pairwise(range(1, 1004))),
        comment(2000, "so long " * 3000),
        comment(2001, gmt="0000-00-00 00:00:00").replace("2016-03-01", "0000-00-00"),
    ]

    report = taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk)))

    told = [(note.value[:8], note.text) for note in report.notes()]
    beside = "The exchange is deeper than it may be here, so it stands beside what it answers."
    assert sorted(told) == [
        ("1002", beside),
        ("1003", beside),
        ("2001", "It has no date, so it gets that of the import."),
        ("so long ", "The comment is too long; its end is cut off."),
    ]


@pytest.mark.django_db
def test_an_answer_to_a_comment_about_another_film_begins_a_thread_and_is_told(tmp_path: Path) -> None:
    rain = post(1, "Rain", "https://archive.org/details/a", comment(1))
    taken_in(tmp_path, site(rain))

    report = taken_in(
        tmp_path, site(rain, post(2, "Snow", "https://archive.org/details/b", comment(2, parent=1)))
    )

    assert Comment.objects.get(pk=2).parent is None
    assert [note.text for note in report.notes()] == [
        "What it answers is about another film, so it begins a thread now."
    ]
