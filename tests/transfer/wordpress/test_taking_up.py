"""What a site brought along is taken up once, wherever an import is broken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.catalogue.sayings import NOW
from tests.transfer.wordpress.test_whole_dump import DUMP
from verite.discussion.models import Anchor
from verite.transfer.importing import import_file
from verite.transfer.models import ImportedPassage

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """Nothing of ours catches this."""


def test_an_import_that_dies_while_it_makes_passages_makes_none_of_them_twice(data_folder: Path) -> None:
    def dies(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "transfer_imported_passage"'):
            raise Killed
        return execute(sql, *rest)

    with connection.execute_wrapper(dies), pytest.raises(Killed):
        import_file(DUMP, now=NOW)
    import_file(DUMP, now=NOW)

    made = ImportedPassage.objects.filter(anchor__isnull=False).count()
    assert made > 0
    assert Anchor.objects.count() == made
