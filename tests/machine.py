"""What the suite wants of the machine it runs on, and what it says where that is missing."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(what: str, mend: str) -> NoReturn:
    """Skip the test, naming what is missing and how to get it; with ``CI=true`` a missing piece is a failure.

    Raises:
        pytest.skip.Exception: on somebody's own machine.
        pytest.fail.Exception: where everything has to be there.
    """
    reason = f"{what} is missing: {mend}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
