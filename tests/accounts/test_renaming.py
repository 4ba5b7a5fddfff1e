"""A member is called otherwise, and so is everything that carries the name."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.accounts.people import somebody
from tests.talking import NOON, a_guest, a_member, after
from tests.web.films_on_show import collect, review, show
from verite.accounts import keys
from verite.accounts.actions import add_member, rename
from verite.accounts.actors import Role
from verite.accounts.models import Participant
from verite.accounts.names import NameRefused
from verite.accounts.queries import profile
from verite.catalogue.keys import collection as collection_key
from verite.catalogue.keys import film as film_key
from verite.core.freshness import versions
from verite.discussion.actions import delete_comment, post_comment
from verite.discussion.keys import talk
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db


def named(participant_id: int) -> tuple[str, str | None]:
    found = Participant.objects.get(pk=participant_id)
    return found.name, found.slug


def test_a_member_has_another_name_and_with_it_another_address() -> None:
    ada = somebody("Ada Lens").participant_id

    assert rename(ada, "  Ana   Łukić ") == "Ana Łukić"

    assert named(ada) == ("Ana Łukić", "ana-lukic")
    assert profile("ada-lens") is None
    found = profile("ana-lukic")
    assert found is not None
    assert found.participant_id == ada


@pytest.mark.parametrize("name", ["", "  ", "…", "x" * 81, "\u202e\u200b", "Bela", "BÉLA"])
def test_a_name_that_cannot_be_used_is_refused_and_the_old_one_stays(name: str) -> None:
    somebody("Bela")
    ada = somebody("Ada Lens").participant_id

    with pytest.raises(NameRefused):
        rename(ada, name)

    assert named(ada) == ("Ada Lens", "ada-lens")


def test_the_same_name_may_be_spelt_otherwise() -> None:
    ada = somebody("ada lens").participant_id

    rename(ada, "Ada Lens")

    assert named(ada) == ("Ada Lens", "ada-lens")


def test_a_name_that_was_given_up_can_be_taken() -> None:
    rename(somebody("Ada Lens").participant_id, "Ada")

    add_member(name="Ada Lens", email="new@films.example", role=Role.MEMBER, password=None, now=NOON)


def at(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.headers.get("Location", "")


def test_the_former_addresses_of_a_member_lead_to_the_present_one() -> None:
    ada = somebody("Ada Lens").participant_id
    for name in ("Ada", "Countess Lovelace", "ADA", "Ada King"):
        rename(ada, name)

    assert {
        path: at(f"/members/{path}/") for path in ("ada-lens", "ada", "countess-lovelace", "ada-king")
    } == {
        "ada-lens": (302, "/members/ada-king/"),
        "ada": (302, "/members/ada-king/"),
        "countess-lovelace": (302, "/members/ada-king/"),
        "ada-king": (200, ""),
    }
    assert at("/members/nobody/") == (404, "")


def test_a_former_address_is_that_of_whoever_has_the_name_now_or_had_it_last() -> None:
    first, second = somebody("Ada").participant_id, somebody("Bela").participant_id
    rename(first, "Ana")
    rename(second, "Ada")
    assert at("/members/ada/") == (200, "")

    rename(second, "Cleo")

    assert at("/members/ada/") == (302, "/members/cleo/")
    assert at("/members/bela/") == (302, "/members/cleo/")


def test_a_guest_is_not_renamed_so() -> None:
    with pytest.raises(Participant.DoesNotExist):
        rename(a_guest(), "Ada")


def test_comments_carry_the_new_name_and_look_different_from_then_on() -> None:
    film, ada, bela = show().pk, a_member("Ada"), a_member("Bela")
    mine = post_comment(film, ada, "Mine.", now=NOON).comment_id
    theirs = post_comment(film, bela, "Theirs.", now=after(1)).comment_id
    gone = post_comment(film, ada, "Gone.", now=after(2)).comment_id
    delete_comment(gone, ada)
    before = {comment.pk: comment.version for comment in Comment.objects.all()}
    stale = versions([talk(film), keys.participant(ada)])

    rename(ada, "Countess Lovelace")

    after_it = {
        comment.pk: (comment.name, comment.version - before[comment.pk]) for comment in Comment.objects.all()
    }
    assert after_it == {mine: ("Countess Lovelace", 1), theirs: ("Bela", 0), gone: ("", 0)}
    assert versions(stale) == {key: version + 1 for key, version in stale.items()}


def test_pages_of_reviews_and_collections_name_their_author_anew() -> None:
    film, other = show(), show("Another", slug="another")
    author = review(film, "<p>Good.</p>").author_id
    collection = collect(film, "The first reel").pk
    touched = [film_key(film.pk), collection_key(collection)]
    before = versions([*touched, film_key(other.pk)])

    rename(author, "Somebody else")

    changed = {key for key, version in versions(before).items() if version != before[key]}
    assert changed == set(touched)
    assert "Somebody else" in Client().get("/films/why-we-fight/").content.decode()


def test_the_same_name_again_changes_nothing() -> None:
    film, ada = show().pk, somebody("Ada").participant_id
    post_comment(film, ada, "Mine.", now=NOON)
    before = versions([talk(film), keys.participant(ada)])

    rename(ada, "Ada")

    assert versions(before) == before
