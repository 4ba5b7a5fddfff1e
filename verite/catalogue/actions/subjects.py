"""The tree of subjects: naming them, and moving branches."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verite.catalogue import keys
from verite.catalogue.models import Subject
from verite.catalogue.storing.named import subjects_named
from verite.core import db, freshness
from verite.core.text import clean_line, clean_text

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 10_000
LONGEST_PATH = 200


class SubjectRefused(Exception):
    """A subject cannot be saved or moved. The message says why, for the person who asked for it."""


@db.once_more_if_outrun
def save_subject(name: str, *, description: str = "") -> int:
    """Find or make the subject of this name (case and diacritics aside), and describe it.

    Args:
        description: Markdown; empty leaves the present one.

    Returns:
        The subject's id. A new subject is a root.

    Raises:
        SubjectRefused: it has no name.
        TextTooLong: the description is longer than 10,000 characters.
    """
    name = clean_line(name, LONGEST_NAME)
    words = clean_text(description, LONGEST_DESCRIPTION).strip()
    if not name:
        raise SubjectRefused(_("The subject needs a name."))
    with db.write():
        (subject_id,) = subjects_named([name]).values()
        subject = Subject.objects.get(pk=subject_id)
        if words and subject.description != words:
            subject.description = words
            subject.save(update_fields=["description"])
            freshness.touch(keys.subject(subject_id))
    return subject_id


def place_subject(subject_id: int, parent_id: int | None) -> None:
    """Hang a subject, with everything below it, under another one; None makes it a root.

    Raises:
        SubjectRefused: one of them does not exist, the parent lies below the subject, or the branch would
            become too deep.
    """
    with db.write():
        # All of them, locked: two moves in one moment could otherwise close a circle.
        tree = {subject.pk: subject for subject in Subject.objects.select_for_update().order_by("id")}
        subject, parent = tree.get(subject_id), tree.get(parent_id or 0)
        if subject is None or (parent_id is not None and parent is None):
            raise SubjectRefused(_("One of these subjects is no longer here."))
        if subject.parent_id == parent_id:
            return
        before, above = _path(subject), _path(parent) if parent else "/"
        if above.startswith(before):
            raise SubjectRefused(
                _("%(subject)s cannot be placed under %(parent)s: it would lie below itself.")
                % {"parent": parent, "subject": subject}
            )
        branch = [each for each in tree.values() if _path(each).startswith(before)]
        subject.parent = parent
        for each in branch:
            each.path = f"{above}{subject.pk}/{_path(each).removeprefix(before)}"
        if any(len(_path(each)) > LONGEST_PATH for each in branch):
            raise SubjectRefused(_("The tree of subjects would become too deep here."))
        Subject.objects.bulk_update(branch, ["parent", "path"])
        family = {int(step) for step in f"{before}{above}".split("/") if step}
        freshness.touch(*(keys.subject(each) for each in family | {each.pk for each in branch}))


def _path(subject: Subject) -> str:
    return subject.path or f"/{subject.pk}/"
