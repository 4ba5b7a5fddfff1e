"""Why there is no answer. The texts may be shown to people."""

from __future__ import annotations


class FetchRefused(Exception):
    """We do not call there; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class FetchFailed(Exception):
    """We called, and got no usable answer: too slow, too long, broken, or nobody there."""
