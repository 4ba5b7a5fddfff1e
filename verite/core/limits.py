"""How often something may be done, and by whom, without knowing who that is.

``check`` asks; where the counts lie is a store's affair. An address is only ever kept as a keyed hash.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Protocol

from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Rule:
    """``count`` times at once, and again one for every ``seconds / count`` that pass."""

    name: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done, and has been counted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not be done before ``retry_after`` whole seconds have passed; nothing was counted."""

    retry_after: int


class Store(Protocol):
    """Keeps one moment per rule and key. ``take`` must be atomic among all that share the store."""

    def take(self, rule: Rule, key: str, now: datetime) -> float:
        """Count one act, or answer with the seconds (> 0) until one would be counted."""


def check(rule: Rule, key: str, now: datetime, *, store: Store) -> Allowed | Refused:
    """Whether ``key`` (a participant, a hashed address) may do now what ``rule`` limits."""
    wait = store.take(rule, key, now)
    return Refused(math.ceil(wait)) if wait > 0 else Allowed()


class MemoryStore:
    """Counts in the memory of one process, so that a site of two workers allows up to twice as much.

    A token bucket, kept as the one moment at which it will be full again. Beyond ``most_keys`` the key
    that was let through longest ago is forgotten.
    """

    def __init__(self, most_keys: int = 100_000) -> None:
        self._most_keys = most_keys
        self._full_at: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._lock = Lock()

    def take(self, rule: Rule, key: str, now: datetime) -> float:
        # Whole microseconds: fractions would add up to refuse the last of many a hair too early.
        moment = round(now.timestamp() * 1_000_000)
        window = round(rule.seconds * 1_000_000)
        place = (rule.name, key)
        with self._lock:
            # Never later than a full window from now: a clock that was set back shuts nobody out.
            last = min(self._full_at.get(place, moment), moment + window)
            full_at = max(last, moment) + window // rule.count
            wait = full_at - moment - window
            if wait > 0:
                return wait / 1_000_000
            self._full_at[place] = full_at
            self._full_at.move_to_end(place)
            if len(self._full_at) > self._most_keys:
                self._full_at.popitem(last=False)
        return 0

    def forget(self) -> None:
        """Let everybody begin anew."""
        with self._lock:
            self._full_at.clear()

    def __len__(self) -> int:
        return len(self._full_at)


def address_key(ip: str, secret: str) -> str:
    """A keyed hash (HMAC-SHA256, hexadecimal) that stands for an address, and cannot be turned back.

    IPv6 counts by /64, which is what one household has; an IPv4 address written as IPv6 is that IPv4 one.

    Raises:
        ValueError: ``ip`` is no address.
    """
    address = ip_address(ip)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    network = address.packed[:8] if isinstance(address, IPv6Address) else address.packed
    return salted_hmac("verite.core.limits.address", network, secret=secret, algorithm="sha256").hexdigest()
