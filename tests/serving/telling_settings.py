"""The site's own settings, for tests with two workers: every answer tells which of them made it."""

import os

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verite.project import settings as own
from verite.project.settings import *  # noqa: F403
from verite.web.security import GetResponse

WORKER = "x-worker"


class TellsWorker:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers[WORKER] = str(os.getpid())
        return response


MIDDLEWARE = ["tests.serving.telling_settings.TellsWorker", *own.MIDDLEWARE]
