"""Where finished pages lie: the ones asked for longest ago make room for new ones."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from verite.project.pagecache.entries import Entry, Packed

LARGEST_SHARE = 8  # a page larger than an eighth of the memory is not kept
MOST_ALIASES = 20_000
LONGEST_ALIAS = 1_000


class PageKey(NamedTuple):
    """Everything that an anonymous page may depend on, besides what lies in the database.

    ``path`` is decoded, ``query`` normalised, ``language`` one of the site's.
    """

    scheme: str
    host: str
    path: str
    query: str
    language: str


# How a client spelt what it asks for: scheme, Host, request target and Accept-Language, the last three raw.
Spelling = tuple[str, bytes, bytes, bytes]


class Store:
    """Entries by key, bounded by bytes; and keys by spelling, so that a spelling is understood only once."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self._entries: OrderedDict[PageKey, Entry] = OrderedDict()
        self._aliases: dict[Spelling, PageKey] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: PageKey) -> Entry | None:
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, key: PageKey, entry: Entry) -> None:
        """Keep an entry in place of an earlier one. One that is too large for the store is not kept."""
        self.drop(key)
        if entry.size * LARGEST_SHARE <= self.capacity:
            self._entries[key] = entry
            self.size += entry.size
            self._make_room()

    def drop(self, key: PageKey) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.size -= entry.size

    def add_coding(self, key: PageKey, entry: Entry, coding: str, packed: Packed) -> None:
        """Let an entry answer in one more coding, or in a better version of one."""
        growth = entry.keep(coding, packed)
        if self._entries.get(key) is entry:  # it may have been replaced while the bytes were packed
            self.size += growth
            self._make_room()

    def key_of(self, spelling: Spelling) -> PageKey | None:
        return self._aliases.get(spelling)

    def remember(self, spelling: Spelling, key: PageKey) -> None:
        if sum(map(len, spelling)) > LONGEST_ALIAS:
            return
        while len(self._aliases) >= MOST_ALIASES:
            del self._aliases[next(iter(self._aliases))]
        self._aliases[spelling] = key

    @property
    def alias_count(self) -> int:
        return len(self._aliases)

    def _make_room(self) -> None:
        while self.size > self.capacity:
            _, entry = self._entries.popitem(last=False)
            self.size -= entry.size
