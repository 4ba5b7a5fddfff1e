"""oEmbed answers become facts; what is missing or odd in them becomes None, what is no answer an error."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.catalogue.hosts import recognise
from verite.catalogue.hosts.oembed import LARGEST_ANSWER, OEmbedError, read_oembed

# file: (type, provider, title's beginning, author, width, height, has thumbnail, beginning of html_src)
RECORDED = {
    "css-tricks_6fa62107": ("rich", "CSS-Tricks", "CSS Scrollbar", "Chris Coyier", 600, 338, True, "https://css-tricks.com/"),
    "infogram_8359659f": ("rich", "Infogram", "Frost Bank", "Archive", 550, 600, True, None),
    "reddit_3ede068a": ("rich", "reddit", "Buffett on", "dennisrieves", None, None, False, None),
    "reddit_89faebb9": ("rich", "reddit", "Buffett on", "dennisrieves", None, 316, False, None),
    "soundcloud_5de734c4": ("rich", "SoundCloud", "LOWE CT", "IDIDTHAT.co", None, 400, True, "https://w.soundcloud.com/player/?visual=true&url="),
    "soundcloud_a0c7770a": ("rich", "SoundCloud", "Zeds Dead", "Zeds Dead", None, 400, True, "https://w.soundcloud.com/player/?visual=true&url="),
    "ted_c1275f45": ("video", "TED", "George Monbiot: For", "George Monbiot", 560, 316, True, "https://embed.ted.com/talks/george_monbiot"),
    "tiktok_90135264": ("video", "TikTok", "Nuestro #Aplauso", "Antena 3 Noticias", None, None, True, None),
    "vimeo_a647af9e": ("video", "Vimeo", None, None, 640, 360, False, "https://player.vimeo.com/video/235352744"),
    "vimeo_ebd0c8c1": ("video", "Vimeo", "Vimeo Live is here", "Vimeo", 640, 360, True, "https://player.vimeo.com/video/235352744"),
    "youtube_44a61a3c": ("video", "YouTube", "De espaldas", "Scadrei5", 200, 113, True, "https://www.youtube.com/embed/videoseries"),
    "youtube_4e2dd395": ("video", "YouTube", "Noisy kittens", "smshdchrb", 200, 150, True, "https://www.youtube.com/embed/eiHXASgRTcA"),
    "youtube_8ce1ccae": ("video", "YouTube", "Noisy kittens", "smshdchrb", 200, 150, True, "https://www.youtube.com/embed/eiHXASgRTcA"),
}  # fmt: skip


def test_every_recorded_answer_is_in_the_table(shared_data: Path) -> None:
    assert {path.stem for path in (shared_data / "oembed").glob("*.json")} == set(RECORDED)


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_answer_is_read(name: str, shared_data: Path) -> None:
    answer = read_oembed((shared_data / "oembed" / f"{name}.json").read_bytes())

    kind, provider, title, author, width, height, has_thumbnail, source = RECORDED[name]
    assert (answer.type, answer.provider, answer.author) == (kind, provider, author)
    assert (answer.width, answer.height, answer.thumbnail is not None) == (width, height, has_thumbnail)
    assert (answer.title or "").startswith(title or "")
    assert (answer.title is None) is (title is None)
    assert (answer.html_src or "").startswith(source or "")
    assert (answer.html_src is None) is (source is None)


def test_vimeo_also_tells_length_and_date(shared_data: Path) -> None:
    answer = read_oembed((shared_data / "oembed" / "vimeo_ebd0c8c1.json").read_bytes())

    assert (answer.duration, answer.upload_date) == (75, date(2017, 9, 25))
    assert answer.thumbnail == "https://i.vimeocdn.com/video/657162424_640.jpg"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("vimeo_a647af9e", ("vimeo", "video", "235352744")),
        ("vimeo_ebd0c8c1", ("vimeo", "video", "235352744")),
        ("youtube_44a61a3c", ("youtube", "playlist", "PL4qTakKkQATKOyZPJG_cAMnRtF7fAIdST")),
        ("youtube_4e2dd395", ("youtube", "video", "eiHXASgRTcA")),
        ("youtube_8ce1ccae", ("youtube", "video", "eiHXASgRTcA")),
    ],
)
def test_the_frame_in_an_answer_of_our_hosts_is_recognised(
    name: str, found: tuple[str, str, str], shared_data: Path
) -> None:
    recorded = (shared_data / "oembed" / f"{name}.json").read_bytes()

    for pasted in (read_oembed(recorded).html_src, json.loads(recorded)["html"]):
        seen = recognise(pasted or "")
        assert seen is not None
        assert (seen.host, seen.kind, seen.ref) == found


@pytest.mark.parametrize(
    ("said", "field", "read"),
    [
        ({"width": "640"}, "width", 640),
        ({"width": 640.0}, "width", 640),
        ({"width": "100%"}, "width", None),
        ({"width": True}, "width", None),
        ({"width": -1}, "width", None),
        ({"width": 0}, "width", None),
        ({"width": float("inf")}, "width", None),
        ({"width": float("nan")}, "width", None),
        ({"height": [360]}, "height", None),
        ({"duration": "75"}, "duration", 75),
        ({"duration": 10**30}, "duration", None),
        ({"title": "  Prelude \r\n to\u0000 War "}, "title", "Prelude to War"),
        ({"title": "a\ud800b"}, "title", "a b"),
        ({"title": "🎞 نان"}, "title", "🎞 نان"),
        ({"title": " "}, "title", None),
        ({"title": 7}, "title", None),
        ({"title": "x" * 9_000}, "title", "x" * 500),
        ({"author_name": None}, "author", None),
        ({"thumbnail_url": "//i.example/a.jpg"}, "thumbnail", "https://i.example/a.jpg"),
        ({"thumbnail_url": "http://i.example/a.jpg"}, "thumbnail", None),
        ({"thumbnail_url": "javascript:alert(1)"}, "thumbnail", None),
        ({"thumbnail_url": "https://i.example/a b.jpg"}, "thumbnail", None),
        ({"thumbnail_url": ["https://i.example/a.jpg"]}, "thumbnail", None),
        ({"upload_date": "2017-09-25"}, "upload_date", date(2017, 9, 25)),
        ({"upload_date": "last week"}, "upload_date", None),
        ({"upload_date": 20170925}, "upload_date", None),
        (
            {"html": "<iframe src='https://v.example/1?a=1&amp;b=2'></iframe>"},
            "html_src",
            "https://v.example/1?a=1&b=2",
        ),
        ({"html": "<iframe src='//v.example/1'></iframe>"}, "html_src", "https://v.example/1"),
        ({"html": "<iframe src='javascript:alert(1)'></iframe>"}, "html_src", None),
        ({"html": "<script src='https://v.example/1'></script>"}, "html_src", None),
        ({"html": {"src": "https://v.example/1"}}, "html_src", None),
    ],
)
def test_an_odd_value_is_mended_or_left_out(said: dict[str, object], field: str, read: object) -> None:
    assert getattr(read_oembed(json.dumps({"type": "video", **said})), field) == read


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (b"", "private or gone"),
        (b"Not Found", "private or gone"),
        (b"\xff\xfe\x00", "private or gone"),
        (b"[" * 50_000, "private or gone"),
        (b'{"width": ' + b"9" * 10_000 + b"}", "private or gone"),
        (b"[]", "not a description"),
        (b'"video"', "not a description"),
        (b"{}", "does not say what it describes"),
        (b'{"type": ["video"]}', "does not say what it describes"),
        (b'{"type": "error"}', "does not say what it describes"),
        (b'{"type": "video"}' + b" " * LARGEST_ANSWER, "too long"),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else "",
)
def test_what_is_no_answer_says_so_to_the_curator(answer: bytes, text: str) -> None:
    with pytest.raises(OEmbedError, match=text):
        read_oembed(answer)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [
    "provider_name",
    "title",
    "author_name",
    "thumbnail_url",
    "width",
    "height",
    "duration",
    "upload_date",
    "html",
]


@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_values_of_any_type_give_facts_that_can_be_stored(said: dict[str, object]) -> None:
    answer = read_oembed(json.dumps({"type": "video", **said}))

    texts = [answer.provider, answer.title, answer.author, answer.thumbnail, answer.html_src]
    assert all(text is None or (text.encode() and "\x00" not in text) for text in texts)
    assert all(
        number is None or 0 < number < 2**31 for number in (answer.width, answer.height, answer.duration)
    )


@given(st.binary() | st.text() | json_values.map(json.dumps))
def test_any_answer_gives_facts_or_its_error(answer: bytes | str) -> None:
    with suppress(OEmbedError):
        read_oembed(answer)
