"""PHP's serialised values, read strictly."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.transfer.wordpress.serialised import LONGEST, NotSerialised, unserialised

KEYS = st.integers(-(10**17), 10**17) | st.text(max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=8),
    lambda inner: st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def serialised(value: Any) -> str:
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
    inner = "".join(serialised(key) + serialised(item) for key, item in value.items())
    return f"a:{len(value)}:{{{inner}}}"


@given(VALUES)
def test_what_php_writes_is_read(value: Any) -> None:
    assert unserialised(serialised(value)) == value


@given(st.text(alphabet='asbidOCNrR:;{}"0123456789.', max_size=40))
def test_anything_else_is_refused_and_never_worse(text: str) -> None:
    with suppress(NotSerialised):
        unserialised(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        'O:8:"stdClass":0:{}',
        'a:1:{i:0;O:8:"stdClass":0:{}}',
        'C:1:"a":0:{}',
        "a:1:{i:0;R:1;}",
        'a:2:{s:4:"like";i:1;}',
        's:5:"four";',
        "i:1;i:2;",
        "a:1:{b:1;i:1;}",
        "a:999999999:{",
        "a:1:{i:0;" * 40 + "i:1;" + "}" * 40,
        f's:{LONGEST}:"{"x" * LONGEST}";',
    ],
)
def test_objects_references_and_lies_are_refused(text: str) -> None:
    with pytest.raises(NotSerialised):
        unserialised(text)
