"""Words point at moments of their film and at people of their thread, and nobody can write such a link."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.test_text_sanitising import CORPORA, HOSTILE, faults
from verite.core.text import Html, Pointers, Profile, fold, mention_candidates, render

FILM = "/films/grizzly-man/"
PEOPLE = {
    "Ann": "/members/ann/",
    "Ann Lee": "/members/ann-lee/",
    "J.-P. Melville": "",
    "Tom & Jerry": "",
    "O’Brien": "/members/o-brien/",
    "अनीता देसाई": "",
    "Jean Marie Le Clézio Gustave": "/members/gustave/",
}
POINTERS = Pointers(FILM, PEOPLE)
OURS = re.compile(
    r'<a class="tc" href="/films/grizzly-man/\?(?:part=[1-9][0-9]{0,2}&amp;)?t=[0-9]+#player">([^<]*)</a>'
    r'|<a class="at" href="/members/[a-z-]+/">(@[^<]*)</a>|<span class="at">(@[^<]*)</span>'
)


def shown(markdown: str, pointers: Pointers = POINTERS) -> Html:
    return render(markdown, kind=Profile.COMMENT, pointers=pointers)


def without_ours(html: str) -> str:
    return OURS.sub(lambda link: link[1] or link[2] or link[3], html)


def targets(markdown: str) -> list[tuple[str, str]]:
    found = re.findall(
        r'<a class="tc" href="/films/grizzly-man/\?([^"]*)#player">([^<]*)</a>', shown(markdown)
    )
    return [(query.replace("&amp;", "&"), words) for query, words in found]


def calls(markdown: str, pointers: Pointers = POINTERS) -> list[str]:
    return re.findall(r'class="at"[^>]*>([^<]*)<', shown(markdown, pointers))


@pytest.mark.parametrize(
    ("words", "query", "linked"),
    [
        ("At 12:34 he turns.", "t=754", "12:34"),
        ("0:07", "t=7", "0:07"),
        ("See 1:02:03.", "t=3723", "1:02:03"),
        ("(75:30)", "t=4530", "75:30"),
        ("120:00, then", "t=7200", "120:00"),
        ("#2 12:34", "part=2&t=754", "#2 12:34"),
        ("as in #12 1:00:00!", "part=12&t=3600", "#12 1:00:00"),
        ("12:34-13:00", "t=754", "12:34-13:00"),
        ("#3 12:34 – 13:00", "part=3&t=754", "#3 12:34 – 13:00"),
        ("> **12:34**", "t=754", "12:34"),
        ("a\nb 1:00", "t=60", "1:00"),
        ("<b>1:00", "t=60", "1:00"),
    ],
)
def test_a_moment_leads_to_its_second(words: str, query: str, linked: str) -> None:
    assert targets(words) == [(query, linked)]


@pytest.mark.parametrize(
    "words",
    [
        *("10:30:99", "3:1", "12:5", "1:234", "12:60", "1:2:03", "100:00:00", "1234:56", "1:02:03:04", "::12:34"),
        *("v12:34", "12:34th", "1.12:34", "12:34.5", "1,12:34", "12:34,5", "2020-01-01T12:34:56Z", "@12:34"),
        *("https://a.example/12:34", "https://a.example/?t=12:34", "HTTPS://a.example/x?(12:34)"),
        *("`12:34`", "    12:34", "```\n12:34\n```", "[12:34](https://a.example/)", "<https://a.example/(12:34)>"),
        *("www.a.example/(1:00)", "C#2:12:34", "١٢:٣٤"),
    ],
)  # fmt: skip
def test_what_is_no_moment_stays_as_it_was_typed(words: str) -> None:
    assert targets(words) == []
    assert shown(words) == render(words, kind=Profile.COMMENT)


def test_several_moments_of_one_text_are_all_linked() -> None:
    assert [words for _query, words in targets("1:00, *2:00* and #2 3:00/part\n\n- 4:00")] == [
        *("1:00", "2:00", "4:00"),
    ]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("@Ann", ["@Ann"]),
        ("(@ann, you) @ANN LEE!", ["@ann", "@ANN LEE"]),
        ("@Ann Leer", ["@Ann"]),
        ("@Ann's film, @O'Brien’s too", ["@Ann", "@O'Brien"]),
        ("@J. P. Melville", ["@J. P. Melville"]),
        ("@Tom & Jerry", ["@Tom &amp; Jerry"]),
        ("@अनीता देसाई जी", ["@अनीता देसाई"]),
        ("@Jean Marie Le Clezio Gustave", ["@Jean Marie Le Clezio Gustave"]),
        ("@Ann @Ann Lee@Ann", ["@Ann", "@Ann Lee"]),
    ],
)
def test_a_call_is_marked_by_the_longest_name(words: str, marked: list[str]) -> None:
    assert calls(words) == marked


def test_who_has_a_page_is_linked_and_who_has_none_is_not() -> None:
    assert shown("@Ann Lee") == '<p><a class="at" href="/members/ann-lee/">@Ann Lee</a></p>\n'
    assert shown("@J.-P. Melville") == '<p><span class="at">@J.-P. Melville</span></p>\n'


UNCALLED = [
    *("ann@Ann.example", "@Nobody", "@", "@ Ann", "/@Ann", "`@Ann`", "    @Ann", "<https://a.example/@Ann>"),
    *("[@Ann](https://a.example/)", "https://a.example/(@Ann)", "> @Ann", "> - @Ann", "@\nAnn", "@!!"),
]


@pytest.mark.parametrize("words", UNCALLED)
def test_nobody_is_called_in_code_addresses_and_quotes_nor_by_a_stranger_s_name(words: str) -> None:
    assert calls(words) == []


@pytest.mark.parametrize("words", [each for each in UNCALLED if "Nobody" not in each and "(@" not in each])
def test_what_calls_nobody_has_no_candidates(words: str) -> None:
    assert mention_candidates(words) == ()


def test_candidates_are_the_folded_beginnings_of_what_follows() -> None:
    assert mention_candidates("Dear @Ann Lee, at 1:00 @Zoë… @ann lee") == (
        *("ann", "ann lee", "ann lee at", "ann lee at 1", "ann lee at 1 00", "zoe"),
    )


def test_only_the_first_twenty_calls_are_looked_at() -> None:
    people = Pointers("", {f"R{number}": "" for number in range(200)})
    many = " ".join(f"@R{number}" for number in range(200))

    assert mention_candidates(many) == tuple(f"r{number}" for number in range(20))
    assert calls(many, people) == [f"@R{number}" for number in range(20)]


@given(st.lists(st.sampled_from([*PEOPLE, "Nobody", "12:34", "> ", "`", "\n\n", ",", "a"]), max_size=9))
def test_whoever_is_marked_is_among_the_candidates(words: list[str]) -> None:
    text = " ".join(f"@{word}" if word in PEOPLE else word for word in words)

    assert {fold(unescape(call)) for call in calls(text)} <= set(mention_candidates(text))


SIGNS = [
    "12:34",
    "#2 1:02:03",
    "–",
    "@Ann",
    "@Ann Lee",
    "@Tom & Jerry",
    "\u00a0",
    "https://",
    "[a](b)",
    *"&>*_`\n",
]
POINTING = st.lists(st.sampled_from([*SIGNS, "<b>", "&amp;", "`x`"])).map(" ".join)


@given(HOSTILE | POINTING)
@example("&amp;lt; 12:34 &nbsp; \u00a0 <a class=tc href=/films/grizzly-man/?t=1#player>1:00</a>")
@example("[1:00](/films/grizzly-man/?t=1#player) [@Ann](/members/ann/)")
def test_what_is_added_is_ours_and_nothing_else_changes(markdown: str) -> None:
    plain = render(markdown, kind=Profile.COMMENT)
    bare = without_ours(shown(markdown))

    assert bare.replace("\u00a0", "&nbsp;") == plain
    assert faults(bare, Profile.COMMENT) == []


@pytest.mark.parametrize("corpus", CORPORA)
def test_hostile_corpora_get_no_link_but_ours(corpus: str, shared_data: Path) -> None:
    _count, read = CORPORA[corpus]
    for text in read(shared_data / "hostile"):
        pointed = f"@Ann 1:00 {text[:9000]} 12:34 @Ann Lee"

        assert faults(without_ours(shown(pointed)), Profile.COMMENT) == [], text


@pytest.mark.parametrize(
    "path",
    ["films/x/", "//evil.example/", "https://evil.example/", '/films/"x/', "/films/x/?a=", "/a/ b/", "/"],
)
def test_a_path_that_is_none_of_ours_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path of a page"):
        Pointers(path, {})
    with pytest.raises(ValueError, match="path of a page"):
        Pointers("", {"Ann": path})


def test_without_a_film_moments_are_words_and_without_people_calls_are() -> None:
    words = "At 12:34, @Ann."

    assert render(words, kind=Profile.COMMENT) == f"<p>{escape(words)}</p>\n"
    assert "tc" not in shown(words, Pointers("", PEOPLE))
    assert "at" not in re.findall(r'class="(\w+)"', shown(words, Pointers(FILM, {})))
