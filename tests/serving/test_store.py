"""The memory of the page cache has an end, and forgets what was asked for longest ago."""

from __future__ import annotations

from collections import OrderedDict

from hypothesis import given
from hypothesis import strategies as st

from verite.project.pagecache.entries import OVERHEAD_BYTES, Entry
from verite.project.pagecache.negotiation import GZIP
from verite.project.pagecache.store import LARGEST_SHARE, LONGEST_ALIAS, MOST_ALIASES, PageKey, Store

CAPACITY = 100_000


def key(number: int) -> PageKey:
    return PageKey("http", "localhost", f"/{number}/", "", "en")


def entry(size: int) -> Entry:
    """An entry of so many bytes, all told."""
    return Entry([], b"x" * (size - OVERHEAD_BYTES), versions={}, stamp=0, expires=0)


sizes = st.integers(OVERHEAD_BYTES, CAPACITY // LARGEST_SHARE)
steps = st.lists(
    st.tuples(st.sampled_from(["put", "get", "drop", "pack"]), st.integers(0, 15), sizes), max_size=60
)


@given(steps)
def test_what_was_asked_for_longest_ago_makes_room(taken: list[tuple[str, int, int]]) -> None:
    store, model = Store(CAPACITY), OrderedDict[PageKey, Entry]()
    for verb, number, size in taken:
        name = key(number)
        if verb == "put":
            store.put(name, entry(size))
            model.pop(name, None)
            model[name] = entry(size)
        elif verb == "get":
            assert (store.get(name) is None) == (name not in model)
            if name in model:
                model.move_to_end(name)
        elif verb == "drop":
            store.drop(name)
            model.pop(name, None)
        elif (kept := store.get(name)) is not None:
            model.move_to_end(name)
            store.add_coding(name, kept, "gzip", kept.pack("gzip"))
            model[name].keep("gzip", model[name].pack("gzip"))
        while sum(item.size for item in model.values()) > CAPACITY:
            model.popitem(last=False)
    assert store.size == sum(item.size for item in model.values()) <= CAPACITY
    assert {name for name in map(key, range(16)) if store.get(name)} == set(model)


def test_a_page_too_large_for_the_store_is_not_kept_and_drives_nothing_out() -> None:
    store = Store(CAPACITY)
    store.put(key(1), entry(2000))
    store.put(key(2), entry(CAPACITY // LARGEST_SHARE + 1))
    assert store.get(key(1)) is not None
    assert store.get(key(2)) is None


def test_bytes_packed_for_a_page_that_was_replaced_meanwhile_are_not_counted() -> None:
    store, old = Store(CAPACITY), entry(5000)
    store.put(key(1), old)
    store.put(key(1), entry(2000))
    store.add_coding(key(1), old, "gzip", old.pack("gzip"))
    assert store.size == 2000


def test_spellings_are_remembered_up_to_a_bound() -> None:
    store = Store(CAPACITY)
    for number in range(MOST_ALIASES + 10):
        store.remember(("http", b"localhost", b"/?utm=%d" % number, b""), key(1))
    assert store.alias_count == MOST_ALIASES
    assert store.key_of(("http", b"localhost", b"/?utm=0", b"")) is None
    assert store.key_of(("http", b"localhost", b"/?utm=%d" % MOST_ALIASES, b"")) == key(1)


def test_a_spelling_without_end_is_not_remembered() -> None:
    store = Store(CAPACITY)
    store.remember(("http", b"localhost", b"/?" + b"x" * LONGEST_ALIAS, b""), key(1))
    assert store.alias_count == 0


def test_a_page_under_another_policy_has_another_tag() -> None:
    # Else a browser would be told "not modified", and go on with the old policy.
    tags = {
        Entry([(b"content-security-policy", policy)], b"page", versions={}, stamp=0, expires=0).pack(GZIP).tag
        for policy in (b"default-src 'none'", b"default-src 'self'")
    }
    assert len(tags) == 2
