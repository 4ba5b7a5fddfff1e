"""Whom a comment calls by name, and who is told that it was posted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.accounts.models import Participant
from verite.catalogue.actions.reviews import save_review
from verite.discussion import actions
from verite.discussion.calling import called_in
from verite.discussion.models import Comment
from verite.discussion.notes import Moment, Passage
from verite.discussion.refusals import AnchorRefused, ThreadClosed
from verite.discussion.telling import tell_comments
from verite.notifications.models import Announcement

pytestmark = pytest.mark.django_db


def said(film: int, who: int, words: str = "I was there.", *, name: str | None = None, **more: object) -> int:
    return actions.post_comment(film, who, words, now=NOON, name=name, **more).comment_id  # type: ignore[arg-type]


def a_member_called(name: str) -> int:
    member = a_member(name)
    Participant.objects.filter(pk=member).update(slug=name.casefold().replace(" ", "-"))
    return member


def announced() -> list[tuple[set[str], int, int | None]]:
    rows = Announcement.objects.order_by("pk").values_list("topics", "object_id", "author_id")
    return [(set(topics.split()), comment, author) for topics, comment, author in rows]


def test_a_member_of_the_thread_is_called_by_their_whole_name_however_it_is_spelt() -> None:
    film, ann, lee = a_film(), a_member_called("Ann"), a_member_called("Ann Lee")
    for member in (ann, lee):
        said(film, member)

    found = called_in("As @ANN LEE said, and not @ann.", film)

    assert found.people == {"Ann Lee": "/members/ann-lee/", "Ann": "/members/ann/"}
    assert set(found.ids) == {lee, ann}


def test_whoever_said_nothing_here_is_not_called() -> None:
    film, other, ann = a_film(), a_film("Rain"), a_member_called("Ann")
    said(other, ann)

    assert called_in("@Ann, look!", film).ids == ()


def test_the_author_of_the_review_is() -> None:
    film, ann = a_film(), a_member_called("Ann")
    save_review(film, ann, "Seen twice.", now=NOON)

    assert called_in("@Ann, why?", film).ids == (ann,)


def test_a_guest_is_called_where_nobody_else_bears_the_name() -> None:
    film, bert, other = a_film(), a_guest(), a_guest()
    said(film, bert, name="Bert")
    assert called_in("@bert?", film) == called_in("@Bert!", film)
    assert (called_in("@bert", film).ids, called_in("@bert", film).people) == ((bert,), {"Bert": ""})

    said(film, other, "Me too.", name="Bert")
    assert called_in("@bert", film).ids == ()
    member = a_member_called("Bert")
    said(film, member, "I am the member.")
    assert called_in("@bert", film).ids == (member,)


def test_a_comment_shows_whom_it_calls_and_goes_on_to_when_it_is_changed() -> None:
    film, ann, guest = a_film(), a_member_called("Ann"), a_guest()
    said(film, ann)
    comment = said(film, guest, "Thanks @Ann")
    link = '<a class="at" href="/members/ann/">@Ann</a>'
    assert link in Comment.objects.get(pk=comment).html

    actions.edit_comment(comment, guest, "Many thanks @Ann", now=after(1))

    assert link in Comment.objects.get(pk=comment).html


def test_who_hears_of_a_comment_is_written_down_with_it() -> None:
    film, ann, guest = a_film(), a_member_called("Ann"), a_guest()
    root = said(film, ann)
    answer = said(film, guest, "Indeed, @Ann.", parent_id=root)
    deeper = said(film, ann, "Is it?", parent_id=answer)

    assert announced() == [
        ({f"film:{film}"}, root, ann),
        ({f"film:{film}", f"thread:{root}", f"replies:{ann}", f"mentions:{ann}"}, answer, guest),
        ({f"film:{film}", f"thread:{root}", f"replies:{guest}"}, deeper, ann),
    ]


def test_a_note_on_the_review_is_news_to_its_author_and_one_on_the_film_is_not() -> None:
    film, ann, guest = a_film(), a_member_called("Ann"), a_guest()
    save_review(film, ann, "Seen twice, and not a frame too long.", now=NOON)
    said(film, guest, "Who?", on=Passage("not a frame"))

    ((topics, _comment, _author),) = announced()

    assert f"notes:{film}" in topics
    with pytest.raises(AnchorRefused):
        said(film, guest, "Where?", on=Moment(1, 5))


def test_what_waits_is_announced_when_it_is_published_and_only_once() -> None:
    film, guest = a_film(), a_guest()
    comment = said(film, guest, hold=True)
    assert announced() == []

    for _ in range(2):
        actions.publish_comment(comment, now=after(5))
        actions.hold_comment(comment)

    assert [each for _topics, each, _author in announced()] == [comment]


def test_a_comment_sent_twice_is_announced_once_and_a_refused_one_never() -> None:
    film, guest = a_film(), a_guest()
    said(film, guest)
    said(film, guest)
    actions.close_thread(film)
    with pytest.raises(ThreadClosed):
        said(film, guest, "More!")

    assert len(announced()) == 1


def test_only_what_everybody_may_read_is_told() -> None:
    film, draft, ann, guest = a_film(), a_film("Draft", public=False), a_member_called("Ann"), a_guest()
    root = said(film, ann, "The *maps*.")
    held = said(film, guest, "Waiting.", hold=True)
    answer = said(film, guest, "Yes.", name="Bert", parent_id=root)
    assert not Comment.objects.filter(film=draft).exists()

    told = list(tell_comments([root, held, answer, 10**9]))

    assert [(each.object_id, each.headline, each.path) for each in told] == [
        (root, "Ann on Nanook of the North", f"/comments/{root}/"),
        (answer, "Bert answered Ann on Nanook of the North", f"/comments/{answer}/"),
    ]
    actions.remove_comment(answer)
    assert [each.object_id for each in tell_comments([root, answer])] == [root]


@pytest.mark.parametrize("hide", [actions.hold_comment, actions.remove_comment])
def test_whose_words_nobody_may_read_is_not_named_by_those_who_answered(hide: Callable[[int], None]) -> None:
    film, ann, guest = a_film(), a_member_called("Ann"), a_guest()
    root = said(film, ann)
    answer = said(film, guest, "Yes.", name="Bert", parent_id=root)
    hide(root)

    (told,) = tell_comments([answer])

    assert told.headline == "Bert answered a comment on Nanook of the North"
