"""A process of a site's own that runs whatever it is told, with the jobs of ``worker_jobs`` at hand."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO

from tests.attendants import answer_all


def _printed(code: str) -> str:
    from tests.serving import worker_jobs

    printed = StringIO()
    with redirect_stdout(printed):
        exec(code, {**vars(worker_jobs)})
    return printed.getvalue()


if __name__ == "__main__":
    import django

    django.setup()
    answer_all(_printed)
