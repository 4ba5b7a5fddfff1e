"""For whoever watches over the server."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from verite.core.db.errors import explained

HEADERS = {"Cache-Control": "no-store"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view gets it)
    """The process lives; it asks nobody else."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8", headers=HEADERS)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The database answers; 503 with the reason while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM (SELECT 1 FROM core_freshness LIMIT 1) AS any_row")
    except DatabaseError as error:
        reason = explained(error) or "The database does not answer as it should."
        return HttpResponse(
            f"{reason}\n", status=503, content_type="text/plain; charset=utf-8", headers=HEADERS
        )
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8", headers=HEADERS)
