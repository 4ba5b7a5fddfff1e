"""One comment in its place, and the replies to it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.browsing.visiting import links, stands, visit
from tests.discovery.stock import withdraw
from tests.talking import NOON, a_film, a_member
from tests.web.markup import read
from tests.web.talk_pages import IN_PLACE, browser_of_guest, comments, discussion_of, folds, say
from verite.catalogue.models import Film
from verite.discussion.actions import delete_comment, hold_comment, post_comment, remove_comment
from verite.discussion.orders import Sort

pytestmark = pytest.mark.django_db


def test_a_comment_has_a_page_of_its_own_between_what_it_answers_and_what_answers_it() -> None:
    film = a_film()
    root = say(film)
    reply = say(film, "Yes.", minute=1, to=root)
    other_reply = say(film, "No.", minute=2, to=root)
    answer = say(film, "Why?", minute=3, to=reply)
    last = say(film, "Because.", minute=4, to=answer)

    page = visit(f"/comments/{reply}/")

    assert comments(page) == [root, reply, answer, last]
    assert other_reply not in comments(page)
    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver/comments/{reply}/"
    assert "The maps." in page.one("div", class_="above").text
    assert "Yes." not in page.one("div", class_="above").text
    assert f"/comments/{reply}/reply/" in links(page)


def test_a_comment_leads_to_the_page_of_the_discussion_on_which_its_branch_stands() -> None:
    film = a_film()
    roots = [say(film, f"Number {minute}", minute=minute) for minute in range(45)]
    deep = say(film, "Deep.", minute=50, to=say(film, "Below.", minute=49, to=roots[3]))
    for sort in Sort:
        (there,) = [
            link
            for link in links(visit(f"/comments/{deep}/?sort={sort}"))
            if link.endswith(f"#comment-{roots[3]}")
        ]
        assert comments(visit(there))[0] == roots[3], sort


def test_of_very_deep_exchanges_a_page_says_how_much_it_leaves_out() -> None:
    film = a_film()
    chain = [say(film)]
    for minute in range(1, 31):
        chain.append(say(film, f"Number {minute}", minute=minute, to=chain[-1]))

    page = visit(f"/comments/{chain[-1]}/")

    assert comments(page) == [chain[0], *chain[10:]]
    assert "9 comments between these are left out." in page.text


def test_replies_beyond_the_first_twenty_follow_on_pages_of_their_own() -> None:
    film = a_film()
    root = say(film)
    replies = [say(film, f"Number {minute}", minute=minute, to=root) for minute in range(45)]
    page = visit(f"/comments/{root}/")
    met = comments(page)

    while following := folds(page):
        page = visit(following[0])
        assert comments(page)[0] == root
        met += comments(page)[1:]

    assert met == [root, *replies]


def test_of_more_than_twenty_replies_a_page_says_how_many_are_left() -> None:
    film = a_film()
    root = say(film)
    replies = [say(film, f"Number {minute}", minute=minute, to=root) for minute in range(23)]
    say(film, "Below one that is shown.", minute=30, to=replies[0])
    say(film, "Below one that is not.", minute=31, to=replies[-1])

    page = visit(f"/comments/{root}/")

    (fold,) = page.all("p", class_="fold")
    assert fold.text == "4 more replies"
    assert len(comments(page)) == 1 + 20 + 1


@pytest.mark.parametrize("sort", Sort)
def test_the_piece_for_a_script_is_what_the_page_shows_and_is_kept_by_nobody(sort: Sort) -> None:
    film = a_film()
    root = say(film)
    for minute in range(30):
        say(film, f"Number {minute}", minute=minute, to=root)
    address = f"/comments/{root}/replies/?sort={sort}"

    whole = Client().get(address)
    piece = Client().get(address, headers=IN_PLACE)

    text = piece.content.decode()
    assert "<html" not in text
    assert comments(read(text)) == comments(read(whole.content.decode()))[1:]
    assert folds(read(text)) == folds(read(whole.content.decode()))
    assert "no-store" in piece.headers["Cache-Control"]
    assert "<html" in Client().get(address).content.decode()


def test_what_waits_has_a_page_for_its_author_only() -> None:
    film = a_film()
    browser, reader = browser_of_guest()
    waiting = post_comment(film, reader, "Not yet.", now=NOON, hold=True).comment_id

    answer = browser.get(f"/comments/{waiting}/")

    assert answer.status_code == 200
    assert "Not yet." in answer.content.decode()
    visit(f"/comments/{waiting}/", 404)
    visit(f"/comments/{waiting}/replies/", 404)


def test_what_was_taken_away_is_gone_unless_it_was_answered() -> None:
    film, ada = a_film(), a_member("Ada")
    deleted, removed, answered = say(film, by=ada), say(film), say(film, "Answered.", by=ada)
    reply = say(film, "A reply.", to=answered)
    delete_comment(deleted, ada)
    remove_comment(removed)
    delete_comment(answered, ada)

    for gone in (deleted, removed):
        assert discussion_of(film) in links(visit(f"/comments/{gone}/", 410))
        visit(f"/comments/{gone}/replies/", 410)
    page = visit(f"/comments/{answered}/")
    assert comments(page) == [answered, reply]
    assert "[removed by its author]" in page.text
    assert "Answered." not in page.text


def test_what_never_was_and_what_cannot_be_seen_look_alike() -> None:
    held = say(a_film())
    hold_comment(held)
    Film.objects.filter(pk=(hidden := a_film())).update(state=Film.State.DRAFT)
    for comment_id in (held, 10**6, 10**18, 10**40, f"0{held}"):
        visit(f"/comments/{comment_id}/", 404)
        visit(f"/comments/{comment_id}/replies/", 404)
    visit(discussion_of(hidden), 404)


def test_a_removed_comment_on_a_film_that_is_not_public_is_not_told_of() -> None:
    film = a_film()
    comment = say(film)
    remove_comment(comment)
    Film.objects.update(state=Film.State.DRAFT)

    visit(f"/comments/{comment}/", 404)


def test_of_a_film_that_is_withdrawn_no_page_of_a_comment_stands() -> None:
    film = a_film()
    comment = say(film)
    addresses = (f"/comments/{comment}/", f"/comments/{comment}/replies/", f"/comments/{comment}/reply/")
    kept = [Client().get(address) for address in addresses]
    assert all(stands(page) for page in kept)

    withdraw(Film.objects.get(pk=film))

    assert not any(stands(page) for page in kept)


def test_a_cursor_that_replies_never_had_leads_to_the_first_of_them() -> None:
    address = f"/comments/{say(a_film())}/replies/?sort=best"

    assert address in links(visit(f"{address}&after=nonsense", 400))
