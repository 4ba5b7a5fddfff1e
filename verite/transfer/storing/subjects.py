"""Subjects with those above them, placed where they are new."""

from __future__ import annotations

from collections.abc import Iterator

from verite.catalogue.actions import SubjectRefused, place_subject, save_subject
from verite.catalogue.facts import folded
from verite.catalogue.models import Subject
from verite.transfer.belongings import SubjectSaid

Branch = tuple[SubjectSaid, ...]


class Subjects:
    """Makes the subjects that films need. One that is here already keeps its place and its words."""

    def __init__(self) -> None:
        self._ids: dict[SubjectSaid, int] = {}

    def make(self, branch: Branch) -> Iterator[str]:
        """Find or make every subject of a branch, from the root down.

        Returns:
            The names of those that could not be placed under the one above, as the tree would be too deep.
        """
        above: int | None = None
        for step in branch:
            if step not in self._ids:
                self._ids[step], is_placed = self._found_or_made(step, above)
                if not is_placed:
                    yield step.name
            above = self._ids[step]

    def id_of(self, subject: SubjectSaid) -> int:
        return self._ids[subject]

    def _found_or_made(self, step: SubjectSaid, above: int | None) -> tuple[int, bool]:
        known = (
            Subject.objects.filter(folded_name=folded(step.name)).order_by("id").values_list("id", flat=True)
        )
        if (found := known.first()) is not None:
            return found, True
        made = save_subject(step.name, description=step.description)
        if above is not None:
            try:
                place_subject(made, above)
            except SubjectRefused:
                return made, False
        return made, True
