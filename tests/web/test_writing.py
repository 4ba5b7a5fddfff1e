"""Writing comments and replies with plain forms: what is taken, and how what is refused comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.accounts.people import a_browser, signed_in, somebody
from tests.web.films_on_show import show
from tests.web.writing_desk import WORDS, WRITE, page_of, posted, refused, said_by_another, typed
from verite.accounts.actions import end_other_sessions
from verite.accounts.models import Participant
from verite.catalogue.models import Film
from verite.discussion.actions import close_thread, hold_comment, remove_comment
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


# A page to write on.


def test_the_page_is_the_same_for_everybody_and_asks_for_words_and_perhaps_a_name(film: int) -> None:
    browser = a_browser()
    answer = browser.get(WRITE)

    page = page_of(answer)
    form = page.one("form", id="write")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", WRITE)
    assert page.one("textarea", name="comment").attributes["required"] == ""
    assert "20,000" in page.one(id="write-comment-hint").text
    name = page.one("input", name="name").attributes
    assert (name["value"], name["autocomplete"]) == ("", "nickname")
    assert page.one("input", name="key").attributes["value"] == ""
    assert not answer.cookies
    assert answer.content == a_browser().get(WRITE).content
    assert not Participant.objects.exists()


def test_a_reply_shows_the_whole_comment_that_it_answers(film: int) -> None:
    comment = said_by_another(film, "First.\n\n" + "Much more. " * 200 + "*Last.*")

    page = page_of(a_browser().get(f"/comments/{comment}/reply/"))

    assert page.one("article").text.endswith("Much more. Last.")
    assert "Béla" in page.one("article").text
    assert page.one("form", id=f"reply-{comment}").attributes["action"] == f"/comments/{comment}/reply/"


def test_a_known_guest_finds_the_name_they_signed_with_and_a_member_is_told_theirs(film: int) -> None:
    guest, member = a_browser(), signed_in(somebody("Agnès <i>V</i>"))
    posted(guest, name="Reader 7")

    assert page_of(guest.get(WRITE)).one("input", name="name").attributes["value"] == "Reader 7"
    page = page_of(member.get(WRITE))
    assert not page.all("input", name="name")
    assert "You write as Agnès <i>V</i>." in page.text


@pytest.mark.parametrize("address", ["/films/nothing/discussion/write/", "/comments/1/reply/"])
def test_there_is_nothing_to_write_about_where_there_is_nothing(address: str) -> None:
    assert a_browser().get(address).status_code == 404


@pytest.mark.parametrize("comment_id", [2**31, 2**63 - 1, 2**64, 10**40])
@pytest.mark.parametrize("what", ["reply", "edit", "delete", "vote"])
def test_a_number_that_no_comment_has_is_nothing(comment_id: int, what: str) -> None:
    assert a_browser().post(f"/comments/{comment_id}/{what}/").status_code == 404


def test_a_closed_discussion_has_no_form(film: int) -> None:
    comment = said_by_another(film)
    close_thread(film)

    for address in (WRITE, f"/comments/{comment}/reply/"):
        page = page_of(a_browser().get(address))
        assert "closed" in page.text
        assert not page.all("textarea")


@pytest.mark.parametrize("what", [remove_comment, hold_comment])
def test_there_is_no_page_to_answer_what_cannot_be_answered(film: int, what: Callable[[int], None]) -> None:
    comment = said_by_another(film)
    what(comment)

    answer = a_browser().get(f"/comments/{comment}/reply/")

    assert answer.status_code == 404
    assert "no longer here" in page_of(answer).one("h1").text
    assert page_of(answer).all("a", href="/films/why-we-fight/discussion/")


# Posting.


def test_a_comment_is_posted_by_a_guest_who_is_known_from_then_on(film: int) -> None:
    browser = a_browser()

    answer = browser.post(WRITE, {"comment": WORDS, "name": "Reader 7", "key": ""})

    comment = Comment.objects.get()
    assert answer.status_code == 303
    assert (
        answer.headers["Location"]
        == f"/films/why-we-fight/discussion/?sort=newest&said=posted#comment-{comment.pk}"
    )
    assert (comment.markdown, comment.name, comment.state) == (WORDS, "Reader 7", "published")
    assert '#player">12:05</a></em>' in comment.html
    assert "verite-guest" in browser.cookies
    assert posted(browser, words="Again.")
    assert Participant.objects.count() == 1


def test_a_reply_leads_to_its_own_page(film: int) -> None:
    comment = said_by_another(film)

    answer = a_browser().post(f"/comments/{comment}/reply/", {"comment": WORDS})

    reply = Comment.objects.latest("pk")
    assert reply.parent_id == comment
    assert answer.headers["Location"] == f"/comments/{reply.pk}/?said=posted"


def test_what_was_done_is_told_to_whoever_did_it_and_to_no_stranger_who_follows_the_address(
    film: int,
) -> None:
    comment = posted(a_browser())

    for address in (f"/comments/{comment}/?said=posted", "/films/why-we-fight/discussion/?said=posted"):
        assert not page_of(a_browser().get(address)).all(role="status")


def test_a_guest_may_change_the_name_and_a_member_has_one(film: int) -> None:
    guest, member = a_browser(), signed_in(somebody("Agnès"))
    posted(guest, name="Reader 7")
    posted(guest, name="Reader 8", words="As another.")
    posted(guest, name=" ", words="As nobody.")
    posted(member, name="Somebody else", words="As a member.")

    assert list(Comment.objects.order_by("pk").values_list("name", flat=True)) == [
        "Reader 7",
        "Reader 8",
        "",
        "Agnès",
    ]


def test_another_site_can_post_in_nobodys_name(film: int) -> None:
    answer = a_browser().post(WRITE, {"comment": WORDS}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not Comment.objects.exists()


# What is refused comes back as it was typed.

UNREADABLE = {
    "nothing": "",
    "spaces": " \n\t\u00a0\u3000",
    "marks on nothing": "\u0301\u0301\u0301",
    "nothing that shows": "\u200b\u202e\ufe0f",
    "an empty quotation": "> ",
}


@pytest.mark.parametrize("words", UNREADABLE.values(), ids=UNREADABLE)
def test_words_with_nothing_to_read_are_refused_at_their_field(film: int, words: str) -> None:
    answer = a_browser().post(WRITE, {"comment": words, "name": "Reader 7"})

    page = refused(answer, 422, "Write a word", at="comment")
    assert page.one("input", name="name").attributes["value"] == "Reader 7"
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("x" * 20_001, "shorten"),
        ("@somebody " * 200, "take some out"),
        ("see https://a.example/ " * 21, "take some out"),
    ],
    ids=["too long", "calls for hundreds", "full of links"],
)
def test_words_that_are_too_much_come_back_whole(film: int, words: str, advice: str) -> None:
    answer = a_browser().post(WRITE, {"comment": words, "name": "Reader 7", "key": "a key"})

    page = refused(answer, 422, advice, at="comment")
    assert typed(answer) == words
    assert page.one("input", name="name").attributes["value"] == "Reader 7"
    assert page.one("input", name="key").attributes["value"] == "a key"
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("x" * 81, "shorten"),
        ("\u202e\u2066" * 150 + "x" * 300, "shorten"),
        ("!!!", "letter or digit"),
        ("agnès varda", "A member is called so"),
        ("AGNÈS  VARDA", "A member is called so"),
    ],
)
def test_a_name_that_cannot_be_signed_with_is_refused_at_its_field(film: int, name: str, advice: str) -> None:
    if advice.startswith("A member"):
        somebody("Agnès Varda")

    answer = a_browser().post(WRITE, {"comment": WORDS, "name": name})

    page = refused(answer, 422, advice, at="name")
    assert typed(answer) == WORDS
    assert not set(page.one("input", name="name").attributes["value"]) & set("\u202e\u2066\u200f")
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("name", "signed"), [("\u202eReader\u2066 7\u200f", "Reader 7"), ("\u202e\u2066\u200f" * 100, "")]
)
def test_marks_that_turn_a_line_around_are_left_out_of_a_name(film: int, name: str, signed: str) -> None:
    posted(a_browser(), name=name)

    assert Comment.objects.get().name == signed


def test_a_line_at_the_beginning_survives_a_refusal(film: int) -> None:
    words = "\n\nAfter two empty lines. " + "x" * 20_000

    assert typed(a_browser().post(WRITE, {"comment": words})) == words


def test_bytes_that_are_no_text_become_no_failure(film: int) -> None:
    browser = a_browser()
    form = "application/x-www-form-urlencoded"

    assert browser.post(WRITE, "comment=%00%ED%A0%80%FF", form).status_code in (303, 422)
    assert browser.post(WRITE, "comment=a%00b", form).status_code == 303
    assert Comment.objects.latest("pk").markdown == "ab"


def test_a_body_of_ten_megabytes_is_refused_before_it_is_read(film: int) -> None:
    answer = a_browser().post(WRITE, {"comment": "x" * 10_000_000})

    assert answer.status_code == 400  # a running site's front says 413, before Django is asked
    assert not Participant.objects.exists()


@pytest.mark.parametrize("what", [remove_comment, hold_comment])
def test_a_reply_to_what_is_gone_meanwhile_can_be_posted_as_a_comment_of_its_own(
    film: int, what: Callable[[int], None]
) -> None:
    comment, browser = said_by_another(film), a_browser()
    what(comment)

    answer = browser.post(f"/comments/{comment}/reply/", {"comment": WORDS, "name": "Reader 7"})

    page = refused(answer, 422, "The comment you answer")
    assert typed(answer) == WORDS
    assert page.one("button", formaction=WRITE).text == "Post it as a comment of its own"
    assert posted(browser, WRITE, typed(answer))


def test_a_reply_to_nothing_gives_the_words_back(film: int) -> None:
    answer = a_browser().post("/comments/999/reply/", {"comment": WORDS})

    assert answer.status_code == 404
    assert "cannot be answered" in page_of(answer).one("h1").text
    assert typed(answer) == WORDS


def test_a_comment_answers_what_stands_in_the_address_and_nothing_that_is_sent(film: int) -> None:
    other = said_by_another(show("Rain", slug="rain").pk)

    comment = posted(a_browser(), parent=str(other), parent_id=str(other))

    assert Comment.objects.get(pk=comment).parent_id is None


def test_words_for_a_film_that_was_withdrawn_are_given_back(film: int) -> None:
    comment = said_by_another(film)
    Film.objects.update(state=Film.State.DRAFT)

    for address in (WRITE, f"/comments/{comment}/reply/"):
        answer = a_browser().post(address, {"comment": WORDS})
        assert answer.status_code == 404
        assert typed(answer) == WORDS


def test_a_discussion_that_was_closed_meanwhile_says_so_and_loses_nothing(film: int) -> None:
    comment = said_by_another(film)
    close_thread(film)

    for address in (WRITE, f"/comments/{comment}/reply/"):
        answer = a_browser().post(address, {"comment": WORDS})
        refused(answer, 409, "This discussion is closed")
        assert typed(answer) == WORDS


@pytest.mark.parametrize("cookie", ["", "forged", "forged:1abcde:signature", "é"])
def test_a_cookie_that_is_nobodys_keeps_nobody_from_writing(film: int, cookie: str) -> None:
    browser = a_browser()
    browser.cookies["verite-guest"] = cookie

    comment = posted(browser)

    assert Comment.objects.get(pk=comment).participant_id == Participant.objects.get().pk


@pytest.mark.parametrize("pressed", ["post", "preview"])
def test_whoever_is_signed_out_meanwhile_does_not_post_as_somebody_else(film: int, pressed: str) -> None:
    member = somebody("Ada Lens")
    browser, addresses = signed_in(member), (WRITE, f"/comments/{said_by_another(film)}/reply/")
    forms = {address: page_of(browser.get(address)) for address in addresses}
    end_other_sessions(member.pk, session_key=None)  # from another browser

    for address, form in forms.items():
        sent = {
            field.attributes["name"]: field.attributes["value"] for field in form.all("input", type="hidden")
        }
        answer = browser.post(address, sent | {"comment": WORDS, pressed: "yes"})
        refused(answer, 403, "You are no longer signed in", at="name")
        assert typed(answer) == WORDS
        assert not page_of(answer).all("input", name="as")
    assert Comment.objects.count() == 1


def test_whoever_was_told_that_they_are_signed_out_posts_as_a_guest_or_signs_in(film: int) -> None:
    member = somebody("Ada Lens")
    browser = signed_in(member)
    end_other_sessions(member.pk, session_key=None)
    assert browser.post(WRITE, {"comment": WORDS, "as": "member"}).status_code == 403

    as_guest = posted(browser, name="")
    signed_in(member, browser)
    as_member = posted(browser, words="Once more.", name="")

    assert Comment.objects.get(pk=as_guest).participant_id == member.participant_id  # claimed since
    assert Comment.objects.get(pk=as_member).participant_id == member.participant_id


# Previews.


def test_a_preview_shows_the_words_as_others_will_see_them_and_stores_nothing(film: int) -> None:
    browser = a_browser()

    answer = browser.post(WRITE, {"comment": WORDS, "name": "Reader 7", "preview": "yes"})

    page = page_of(answer)
    assert answer.status_code == 200
    assert page.one("section", class_="preview notice").text == (
        "Preview It loses me at 12:05. And wins me back, <b>twice</b> & more."
    )
    assert typed(answer) == WORDS
    assert page.one("input", name="name").attributes["value"] == "Reader 7"
    assert not Participant.objects.exists()
    assert not browser.cookies


def test_a_preview_of_what_cannot_be_posted_says_so(film: int) -> None:
    refused(a_browser().post(WRITE, {"comment": " ", "preview": "yes"}), 422, "Write a word", at="comment")
