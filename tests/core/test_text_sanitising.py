"""Nothing but the allow-list ever reaches a page, whatever was sent."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verite.core.text import Html, Profile, TextTooLong, as_stored, render, sanitise_html

WORDS = {"p", "br", "em", "strong", "a", "blockquote", "ul", "ol", "li"}
TAGS = {
    Profile.COMMENT: WORDS | {"code", "pre"},
    Profile.REVIEW: WORDS | {"code", "pre", "h2", "h3", "h4", "hr", "cite"},
    Profile.SYNOPSIS: WORDS | {"cite"},
}
LINK_REL = {
    Profile.COMMENT: "ugc nofollow noopener",
    Profile.REVIEW: "noopener",
    Profile.SYNOPSIS: "noopener",
}
INVISIBLE = {"\0", "\x1b", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff"}

MAKERS: list[Callable[..., Html]] = [render, sanitise_html]

SOUP = st.lists(
    st.sampled_from(
        "<p> </p> <div> <button> <a&#32;href=https://x.example/> <a&#32;href=javascript:x> </a> <em> </em> <b>"
        " <li> </li> <ul> </ul> <ol&#32;start=3> <table> <td> </table> <select> <option> <svg> <math> <mi> <title>"
        " <pre> </pre> \n <h2> </h2> <object> <form> <textarea> x & < > &lt; &amp;lt; &#0; &#x202e; <!-- --> <style>"
        " </style> <template> <code> <strong> <blockquote> <marquee> <br> <hr> <noscript> <iframe> <plaintext>"
        " <body> <foreignObject> <annotation-xml> <![CDATA[ ]]>".replace("&#32;", "\t").split(" ")
    ),
    max_size=14,
).map(lambda pieces: "".join(pieces).replace("\t", " "))
MARKS = st.text(alphabet="ab <>[]()*_`#>-+=\n\t\\!&;:/.'\"0é\u202e\0\u0301\ud800", max_size=60)
HOSTILE = SOUP | MARKS | st.text(max_size=60)


class AllowList(HTMLParser):
    """Reads finished HTML and notes whatever the allow-list does not hold."""

    def __init__(self, kind: Profile) -> None:
        super().__init__(convert_charrefs=True)
        self.kind = kind
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS[self.kind]:
            self.faults.append(f"tag {tag}")
        if tag == "a" and ("rel", LINK_REL[self.kind]) not in attrs:
            self.faults.append("link that does not say who stands behind it")
        self.faults += [
            f"{tag} {name}={value}" for name, value in attrs if not self._allows(tag, name, value)
        ]

    def _allows(self, tag: str, name: str, value: str | None) -> bool:
        match tag, name:
            case "a", "href":
                address = urlsplit(value or "")
                return address.scheme in ("http", "https") and bool(address.hostname) and not address.username
            case "a", "rel":
                return value == LINK_REL[self.kind]
            case "ol", "start":
                return (value or "").isdecimal()
        return False

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"section {data}")


def faults(html: str, kind: Profile) -> list[str]:
    reader = AllowList(kind)
    reader.feed(html)
    reader.close()
    return reader.faults + [f"character {c!r}" for c in sorted(INVISIBLE & set(html))]


def lines_of_payloads(folder: Path) -> list[str]:
    packed = (folder / "xss_payloads.txt.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8", "surrogateescape").splitlines()


def vectors(name: str, key: str) -> Callable[[Path], list[str]]:
    return lambda folder: [entry[key] for entry in json.loads((folder / name).read_text("utf-8"))]


CORPORA: dict[str, tuple[int, Callable[[Path], list[str]]]] = {
    "script payloads": (6613, lines_of_payloads),
    "naughty strings": (
        515,
        lambda folder: list(json.loads((folder / "naughty_strings.json").read_text("utf-8"))),
    ),
    "html5lib vectors": (72, vectors("sanitizer_vectors_html5lib.json", "input")),
    "bleach vectors": (20, vectors("sanitizer_vectors_bleach.json", "input")),
    "CommonMark, as text": (652, vectors("commonmark.json", "markdown")),
    "CommonMark, as HTML": (652, vectors("commonmark.json", "html")),
}


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("kind", Profile)
def test_no_hostile_text_of_a_corpus_passes_the_allow_list(
    shared_data: Path, corpus: str, kind: Profile
) -> None:
    expected, read = CORPORA[corpus]
    texts = read(shared_data / "hostile")
    assert len(texts) == expected

    leaks = {
        text: found for text in texts for make in MAKERS if (found := faults(make(text, kind=kind), kind))
    }

    assert leaks == {}


@given(HOSTILE, st.sampled_from(Profile))
def test_no_text_at_all_passes_the_allow_list(text: str, kind: Profile) -> None:
    for make in MAKERS:
        assert faults(make(text, kind=kind), kind) == []


@given(HOSTILE, st.sampled_from(Profile))
@example("<h2><b><h2>&<", Profile.REVIEW)
@example("<pre>\n\n\n</pre>", Profile.REVIEW)
def test_sanitising_what_is_sanitised_changes_nothing(text: str, kind: Profile) -> None:
    once = sanitise_html(text, kind=kind)

    assert sanitise_html(once, kind=kind) == once


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://films.example/",
        "mailto:somebody@films.example",
        "/films/",
        "films/",
        "#top",
        "//films.example/",
        "http:films.example",
        "http://",
        "https:///films.example",
        "https://bank.example@films.example/",
        "https://films.example\\@bank.example/",
        "https://films.example/" + "a" * 2000,
    ],
)
def test_a_link_leads_nowhere_but_to_an_absolute_web_address(address: str) -> None:
    assert "href" not in sanitise_html(f'<a href="{address}">x</a>', kind=Profile.REVIEW)
    assert "href" not in render(f"[x]({address})", kind=Profile.REVIEW)
    assert "href" not in render(f"<{address}>", kind=Profile.REVIEW)


@pytest.mark.parametrize("kind", Profile)
def test_a_link_to_another_site_is_kept_and_says_who_stands_behind_it(kind: Profile) -> None:
    link = f'<a href="https://films.example/a?b=c#d" rel="{LINK_REL[kind]}">x</a>'

    assert render("[x](https://films.example/a?b=c#d)", kind=kind) == f"<p>{link}</p>\n"
    assert (
        sanitise_html('<a href="https://films.example/a?b=c#d" rel="me" onclick="x">x</a>', kind=kind) == link
    )


def test_a_link_that_leads_nowhere_is_shown_as_it_was_typed() -> None:
    assert render("[x](javascript:y)", kind=Profile.COMMENT) == "<p>[x](javascript:y)</p>\n"


def test_half_a_character_from_another_system_is_left_out() -> None:
    assert sanitise_html("a\ud83db", kind=Profile.COMMENT) == "ab"


def test_what_scripts_and_styles_hold_is_not_shown_as_text() -> None:
    assert sanitise_html("<style>p{}</style>a<script>b()</script>c", kind=Profile.REVIEW) == "ac"


def test_words_in_tags_that_are_not_allowed_are_kept() -> None:
    assert sanitise_html("<figure>A <b>still</b></figure>", kind=Profile.REVIEW) == "A still"


@pytest.mark.parametrize("start", ["x", "-1", "1;", "99999999999"])
def test_a_list_begins_at_a_number_or_at_one(start: str) -> None:
    html = sanitise_html(f'<ol start="{start}"><li>a</li></ol>', kind=Profile.COMMENT)

    assert html == "<ol><li>a</li></ol>"


def test_templates_do_not_escape_it_again() -> None:
    html = render("a & b", kind=Profile.COMMENT)

    assert html.__html__() == as_stored(str(html)).__html__() == "<p>a &amp; b</p>\n"


@pytest.mark.parametrize("kind", Profile)
@pytest.mark.parametrize("make", MAKERS)
def test_a_text_that_is_too_long_is_refused_with_both_lengths(
    make: Callable[..., Html], kind: Profile
) -> None:
    limit = kind.value.most_characters
    assert make("a" * limit, kind=kind)

    with pytest.raises(TextTooLong) as refusal:
        make("a" * (limit + 1), kind=kind)

    assert str(limit) in str(refusal.value)
    assert str(limit + 1) in str(refusal.value)
