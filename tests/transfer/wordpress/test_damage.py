"""Exports that are broken, hostile or enormous."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import pytest

from tests.catalogue.sayings import NOW
from tests.transfer.wordpress.exports import HEAD, TAIL, comment, post, site, taken_in
from verite.catalogue.models import Film, Review
from verite.discussion.models import Comment
from verite.transfer.formats import Unreadable
from verite.transfer.importing import import_file
from verite.transfer.options import Options
from verite.transfer.wordpress import blocks as blocks_of_files
from verite.transfer.wordpress import elements, mending
from verite.transfer.wordpress.blocks import Blocks
from verite.transfer.wordpress.mending import Piece, restored, split
from verite.transfer.wordpress.records import Broken

pytestmark = pytest.mark.django_db

TOLERANT = Options(tolerant=True)
BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>&c;</title></channel></rss>
"""


def test_what_came_before_the_damage_is_in_and_the_place_is_named(tmp_path: Path) -> None:
    text = site(post(1, "Rain"), post(2, "Snow").replace("</title>", " & ice</title>"))

    with pytest.raises(Unreadable, match=r"Line \d+, column \d+: the XML is damaged .*--tolerant"):
        taken_in(tmp_path, text)

    assert list(Film.objects.values_list("title", flat=True)) == ["Rain"]
    report = taken_in(tmp_path, text, TOLERANT)
    assert list(Film.objects.values_list("title", flat=True)) == ["Rain", "Snow & ice"]
    assert (report.entry_count, [note.field for note in report.notes()]) == (2, ["xml"])


def test_a_post_that_cannot_be_mended_costs_none_of_the_others(tmp_path: Path) -> None:
    broken = post(2, "Snow").replace("<wp:post_id>", "<wp:post_id")
    report = taken_in(tmp_path, site(post(1), broken, post(3, "Hail")), TOLERANT)

    assert list(Film.objects.values_list("title", flat=True)) == ["Rain", "Hail"]
    (note,) = report.notes()
    assert note.text.endswith("This piece was left out.")
    assert "--tolerant" not in note.text
    assert note.line == site(post(1), broken).split("Snow")[0].count("\n") + 1


def test_an_export_that_is_cut_off_gives_what_was_whole(tmp_path: Path) -> None:
    text = site(post(1, "Rain"), post(2, "Snow"))
    cut = text[: text.index("Snow") + 100]

    with pytest.raises(Unreadable, match="the XML is damaged"):
        taken_in(tmp_path, cut)
    report = taken_in(tmp_path, cut, TOLERANT)

    assert list(Film.objects.values_list("title", flat=True)) == ["Rain"]
    assert "does not end" in next(note.text for note in report.notes())


@pytest.mark.parametrize("options", [Options(), TOLERANT])
def test_entities_of_its_own_are_refused(options: Options, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"Line 2: the file has a DOCTYPE"):
        taken_in(tmp_path, BOMB, options)


def test_a_post_larger_than_any_is_refused_before_it_fills_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elements, "MOST_WEIGHT", 10_000)

    with pytest.raises(Unreadable, match="larger or deeper than any post can be"):
        taken_in(tmp_path, site(post(1, "Rain", "x" * 20_000)))
    with pytest.raises(Unreadable, match="larger or deeper than any post can be"):
        taken_in(tmp_path, site(post(1, "Rain", "", *["<wp:post_parent/>"] * 1000)))


def test_a_tag_without_end_is_refused_before_it_fills_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elements, "LONGEST_TAG", 1 << 18)

    with pytest.raises(Unreadable, match="larger or deeper"):
        taken_in(tmp_path, HEAD + "<item " + "a" * (1 << 20))


def test_elements_inside_each_other_for_ever_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="larger or deeper"):
        taken_in(tmp_path, site("<item>" + "<a>" * 1000 + "</a>" * 1000 + "</item>"))


def test_a_piece_without_end_is_not_gathered_by_a_tolerant_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "LONGEST_PIECE", 1000)

    found = list(split([HEAD.encode(), b"<item>", *[b"x" * 400] * 10, b"<item>whole</item>", TAIL.encode()]))

    pieces = [piece for piece in found if isinstance(piece, Piece)]
    assert max(len(piece.data) for piece in pieces) < 3000
    assert pieces[-1].data == b"<item>whole</item>"
    assert [piece.is_whole for piece in pieces] == [True, False, True]


def test_a_compressed_export_that_is_cut_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "site.xml.gz"
    path.write_bytes(
        gzip.compress(site(*(post(n, f"Film {n}", "x" * 200) for n in range(2000))).encode())[:-2000]
    )

    with pytest.raises(Unreadable, match=r"Line \d+: The compressed file is damaged or cut off.*--tolerant"):
        import_file(path, now=NOW)


@pytest.mark.parametrize("options", [Options(), TOLERANT])
def test_of_a_compressed_export_everything_before_the_cut_comes_in(options: Options, tmp_path: Path) -> None:
    posts = [
        post(n, f"Film {n}", f"https://archive.org/details/f{n}", comment(1000 + n, incompressible(n)))
        for n in range(1, 40)
    ]
    text, path = site(*posts).encode(), tmp_path / "site.xml.gz"
    packed = gzip.compress(text)
    path.write_bytes(packed[: len(packed) // 2])
    there = zlib.decompressobj(31).decompress(packed[: len(packed) // 2])

    if options.tolerant:
        report = import_file(path, now=NOW, options=options)
        assert "cut off" in list(report.notes())[-1].text
    else:
        with pytest.raises(Unreadable, match="cut off"):
            import_file(path, now=NOW)

    whole = there.count(b"</item>")
    assert 10 < whole < 30
    assert (Film.objects.count(), Comment.objects.count()) == (whole, whole)


@pytest.mark.parametrize(
    "tail", [b"", b"\0" * 700, gzip.compress(b"the second part\n")], ids=["nothing", "zeros", "another part"]
)
def test_all_parts_of_a_compressed_file_are_read_and_zeros_behind_it_are_none(
    tail: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "parts.gz"
    path.write_bytes(gzip.compress(b"x" * 200_000) + tail)

    with Blocks(path) as blocks:
        content = b"".join(blocks)

    assert content == b"x" * 200_000 + (b"the second part\n" if b"\x1f" in tail else b"")


def test_a_compressed_file_gives_all_that_stands_before_a_broken_byte(tmp_path: Path) -> None:
    text = "\n".join(map(incompressible, range(60))).encode()
    packed, path = bytearray(gzip.compress(text)), tmp_path / "broken.gz"
    packed[-8] ^= 1  # of the checksum, after all of the text
    path.write_bytes(packed)
    read: list[bytes] = []

    with Blocks(path) as blocks, pytest.raises(Broken, match="damaged"):
        read.extend(blocks)

    assert b"".join(read) == text


def test_a_file_that_never_ends_is_refused_also_by_a_tolerant_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_of_files, "MOST_BYTES", 1 << 20)
    endless = site(post(1, "Rain"), "<item>" + " " * (4 << 20))
    (tmp_path / "site.xml.gz").write_bytes(gzip.compress(endless.encode()))
    assert (tmp_path / "site.xml.gz").stat().st_size < 10_000

    for options in (Options(), TOLERANT):
        with pytest.raises(Unreadable, match=r"larger than .* reading stops here"):
            import_file(tmp_path / "site.xml.gz", now=NOW, options=options)

    assert list(Film.objects.values_list("title", flat=True)) == ["Rain"]


def incompressible(seed: int) -> str:
    return random.Random(seed).randbytes(1500).hex()


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("a & b &amp; c &nbsp; &#8217;", "a &amp; b &amp; c &amp;nbsp; &#8217;"),
        ("a\x08b\x00", "ab"),
        ("<t><![CDATA[a ]]> b & c]]></t>", "<t><![CDATA[a ]]]]><![CDATA[> b & c]]></t>"),
        ("<t><![CDATA[a & b]]></t>", "<t><![CDATA[a & b]]></t>"),
    ],
)
def test_common_damage_is_mended(damaged: str, mended: str) -> None:
    assert restored(damaged) == mended


def test_bytes_that_are_no_text_are_read_past(tmp_path: Path) -> None:
    path = tmp_path / "site.xml"
    path.write_bytes(site(post(1, "Rain")).encode().replace(b"Rain", b"Rain\xff\x08"))

    with pytest.raises(Unreadable, match="the XML is damaged"):
        import_file(path, now=NOW)
    import_file(path, now=NOW, options=TOLERANT)

    assert Film.objects.get().title.startswith("Rain")


def test_dates_of_zeros_are_no_dates(tmp_path: Path) -> None:
    zeros = "0000-00-00 00:00:00"
    talk = (comment(1, gmt=zeros), comment(2).replace("2016-03-01", "0000-00-00"))

    taken_in(tmp_path, site(post(1, "Rain", "https://archive.org/details/a", *talk, gmt=zeros)))

    assert Film.objects.get().published_at.isoformat() == "2013-01-11T10:31:00+00:00"
    assert Comment.objects.get(pk=1).created_at.isoformat() == "2016-03-01T11:00:00+00:00"
    assert Comment.objects.get(pk=2).created_at == NOW


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<!-- a comment --><style>p{}</style>",
        "<p onclick='alert(1)'>",
        "<a href='javascript:alert(1)'>x</a>",
        "<" * 5000 + "b>" * 5000,
        "<b>" * 30_000,
        "<ul>" * 3000 + "deep",
        "[a]" * 5_000 + "[/a]" * 5_000,
        "<video>" * 20_000,
        "\x0c<![if x]>",
    ],
)
def test_nothing_hostile_in_a_post_or_comment_gets_through_or_takes_for_ever(
    hostile: str, tmp_path: Path
) -> None:
    inside = hostile.replace("\x0c", "")
    taken_in(
        tmp_path,
        site(
            post(
                1,
                "Rain",
                f"https://archive.org/details/a\n\n{inside}\n\nEnd.",
                comment(5, f"Begin. {inside} end"),
            )
        ),
    )

    shown = [block.html for block in Review.objects.get().paragraphs.all()] + [Comment.objects.get().html]
    assert "End." in shown[-2]
    assert "Begin." in shown[-1]
    assert not any(
        word in text for text in shown for word in ("<script", "<style", "<p onclick", 'href="javascript')
    )
