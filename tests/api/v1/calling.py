"""A script that calls the API, and what it is told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.accounts.people import a_browser

API = "/api/v1"
JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass
class Script:
    """It keeps its cookies, and says where its requests come from."""

    client: Client = field(default_factory=a_browser)

    def get(self, path: str, status: int = 200, **parameters: Any) -> Any:
        return told(self.client.get(f"{API}{path}", parameters), status)

    def put(self, path: str, body: object, status: int = 200) -> Any:
        return told(self.client.put(f"{API}{path}", json.dumps(body), content_type=JSON), status)

    def post(self, path: str, body: object, status: int = 201, *, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.client.post(f"{API}{path}", json.dumps(body), content_type=JSON, headers=headers)
        return told(answer, status)


def told(answer: HttpResponse, status: int) -> Any:
    """What an answer says; a refusal must be a problem document."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    said = json.loads(answer.content)
    if status < 400:
        assert answer.headers["Content-Type"] == JSON
    else:
        assert answer.headers["Content-Type"] == PROBLEM
        assert said["status"] == status
        assert said["title"]
        assert said["detail"]
    return said
