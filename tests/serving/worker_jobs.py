"""Jobs that leave traces in the data folder, for workers in processes of their own."""

from __future__ import annotations

import os

from django.conf import settings

from tests.serving.site import until
from verite.core.jobs import job


@job()
def note(name: str) -> None:
    """Say who did it."""
    _write(name, "did")


@job()
def hold(name: str) -> None:
    """Say who began it, and who ended it once the file ``name`` is there."""
    _write(name, "began")
    until((settings.VERITE.data / name).exists, f"{name} may end")
    _write(name, "ended")


@job()
def alone(name: str) -> None:
    """Fails where two do it in one moment."""
    mark = settings.VERITE.data / f"{name}.mark"
    mark.touch(exist_ok=False)
    _write(name, "did")
    mark.unlink()


def _write(name: str, what: str) -> None:
    line = f"{name} {what} {os.getpid()}\n".encode()
    descriptor = os.open(settings.VERITE.data / "done", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, line)  # one write, so that lines of several workers never mix
    os.close(descriptor)
