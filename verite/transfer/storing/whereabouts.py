"""Old addresses, remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from verite.transfer.belongings import Belongings, SubjectSaid, Writer
from verite.transfer.models import OldAddress


def addresses_of(
    site_id: int,
    film_id: int,
    belongings: Belongings,
    subjects: Mapping[SubjectSaid, int],
    writers: Mapping[Writer, int],
) -> Iterator[OldAddress]:
    """Where a film, its subjects, its year and its writers stood."""
    for path in belongings.paths:
        yield OldAddress(site_id=site_id, path=path, film_id=film_id)
    for subject, subject_id in subjects.items():
        for path in subject.paths:
            yield OldAddress(site_id=site_id, path=path, subject_id=subject_id)
    for writer, participant_id in writers.items():
        for path in writer.paths:
            yield OldAddress(site_id=site_id, path=path, participant_id=participant_id)
    for year, path in belongings.year_paths:
        yield OldAddress(site_id=site_id, path=path, year=year)


def remember(addresses: Sequence[OldAddress]) -> None:
    """Store those that are not remembered yet; of two things at one address the first."""
    wanted: dict[tuple[int, str], OldAddress] = {}
    for address in addresses:
        wanted.setdefault((address.site_id, address.path), address)
    rows = OldAddress.objects.filter(path__in={path for _site, path in wanted}).values_list("site_id", "path")
    known = set(rows)
    OldAddress.objects.bulk_create(address for key, address in wanted.items() if key not in known)
