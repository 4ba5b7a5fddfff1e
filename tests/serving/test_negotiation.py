"""What a client accepts and what it already has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.project.pagecache.negotiation import coding, known_tag


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "identity"),
        (b"", "identity"),
        (b"gzip", "gzip"),
        (b"GZip", "gzip"),
        (b"x-gzip", "gzip"),
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip;q=1.0, br;q=0.9", "gzip"),
        (b"br;q=0, gzip", "gzip"),
        (b"br ; q = 0.5 , gzip ; q=0.4", "br"),
        (b"*", "br"),
        (b"*;q=0.1, br;q=0", "gzip"),
        (b"identity, gzip;q=0.5", "identity"),
        (b"identity;q=0, gzip;q=0.5", "gzip"),
        (b"identity;q=0.5, gzip;q=0.5", "gzip"),
        (b"identity;q=0", "identity"),  # nothing would be acceptable: better a page than an error
        (b"*;q=0", "identity"),
        (b"deflate", "identity"),
        (b"gzip;q=2", "identity"),
        (b"gzip;q=", "identity"),
        (b",,;;q=1, gzip", "gzip"),
    ],
)
def test_the_best_liked_coding_is_chosen(header: bytes | None, chosen: str) -> None:
    assert coding(header) == chosen


@given(st.binary(max_size=60))
def test_any_header_gets_some_coding(header: bytes) -> None:
    assert coding(header) in ("br", "gzip", "identity")


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (None, None),
        (b'"abc-g1"', b'"abc-g1"'),
        (b'W/"abc-g1"', b'"abc-g1"'),
        (b'"x", "abc-b10" , "abc-g1"', b'"abc-b10"'),
        (b"*", b'"abc-g9"'),
        (b'"abcd-g1"', None),
        (b'"abc"', None),
        (b"abc-g1", None),
        (b'"abc-g1', None),
    ],
)
def test_who_has_the_content_in_any_coding_has_the_page(header: bytes | None, known: bytes | None) -> None:
    assert known_tag(header, b'"abc-g9"') == known
