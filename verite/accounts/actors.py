"""Who is acting, as far as everything above needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the site. Whoever is not signed in is a guest, known or not yet."""

    GUEST = "guest"
    MEMBER = "member"
    MODERATOR = "moderator"
    CURATOR = "curator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever a request comes from.

    Attributes:
        participant_id: None for somebody who has not done anything here yet.
        name: as a member is called, or as a guest signed last; may be empty.
        slug: the member's in ``/members/<slug>/``; empty for guests.
    """

    participant_id: int | None
    role: Role
    name: str = ""
    slug: str = ""

    @property
    def is_member(self) -> bool:
        """Whether they are signed in."""
        return self.role is not Role.GUEST


NOBODY_YET = Actor(None, Role.GUEST)
