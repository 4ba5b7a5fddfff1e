"""The API's description of itself is whole, and true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import get_resolver

from tests.web.markup import read
from verite.api.v1.description import document
from verite.core.freshness import page_of, provenance_of

pytestmark = pytest.mark.django_db

Operation = tuple[str, str, dict[str, Any]]


def operations() -> Iterator[Operation]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


OPERATIONS = list(operations())
NAMED = pytest.mark.parametrize(
    "operation", [each[2] for each in OPERATIONS], ids=[f"{method} {path}" for path, method, _ in OPERATIONS]
)


def contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything that is sent or answered."""
    if "requestBody" in operation:
        yield from operation["requestBody"]["content"].values()
    for answer in operation["responses"].values():
        yield from answer["content"].values()


@NAMED
def test_everything_sent_and_answered_has_an_example_that_is_true_to_its_schema(
    operation: dict[str, Any],
) -> None:
    whole = json.loads(json.dumps(document()))

    for content in contents(operation):
        schema = {**content["schema"], "components": whole["components"]}
        jsonschema_rs.validator_for(json.loads(json.dumps(schema))).validate(
            json.loads(json.dumps(content["example"]))
        )


@NAMED
def test_every_call_and_every_parameter_is_described(operation: dict[str, Any]) -> None:
    assert len(operation["description"]) > 10
    for parameter in operation["parameters"]:
        assert parameter.get("description"), parameter["name"]


def test_whatever_is_posted_may_be_sent_again_with_a_key() -> None:
    for path, method, operation in OPERATIONS:
        named = {each["name"] for each in operation["parameters"] if each["in"] == "header"}
        assert ("Idempotency-Key" in named) is (method == "post"), path


@pytest.mark.parametrize(
    ("name", "sent", "is_described"),
    [
        ("RatingSent", {"value": 10}, True),
        ("RatingSent", {"value": None}, True),
        ("RatingSent", {"value": 0}, False),
        ("RatingSent", {"value": 11}, False),
        ("VoteSent", {"value": -1}, True),
        ("VoteSent", {"value": 2}, False),
        ("VoteSent", {"value": None}, False),
        ("CommentSent", {"body": "Yes.", "parent": 1}, True),
        ("CommentSent", {"body": "Yes.", "parent": 0}, False),
        ("CommentSent", {"body": ""}, False),
        ("CommentSent", {"body": "Yes.", "state": "published"}, False),
        ("CommentSent", {"body": "Yes.", "anchor": {"on": "part", "part": 1, "start": 5}}, True),
        ("CommentSent", {"body": "Yes.", "anchor": {"on": "part", "part": 0, "start": 5}}, False),
        ("CommentSent", {"body": "Yes.", "anchor": {"on": "review"}}, False),
    ],
)
def test_what_would_be_refused_the_schema_refuses_too(name: str, sent: Any, is_described: bool) -> None:
    whole = json.loads(json.dumps(document()))
    schema = {**whole["components"]["schemas"][name], "components": whole["components"]}

    assert jsonschema_rs.validator_for(schema).is_valid(sent) is is_described


def test_every_route_is_described_and_every_description_has_a_route() -> None:
    routes = {
        path.removesuffix("$").replace("%(", "{").replace(")s", "}")
        for name in get_resolver().reverse_dict
        if str(name).startswith("api_")
        for possibilities, *_ in get_resolver().reverse_dict.getlist(name)
        for path, _ in possibilities
    }

    described = {path.removeprefix("/") for path in document()["paths"]}
    assert routes == described | {"api/v1/openapi.json", "api/v1/docs"}


def test_whatever_is_read_may_be_kept_by_the_page_cache_with_exactly_its_parameters() -> None:
    for path, method, operation in OPERATIONS:
        if method == "get":
            view = get_resolver().resolve(path.format(slug="a", comment_id=1)).func
            page = page_of(view)
            assert page is not None, path
            asked = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
            assert set(page.params) == asked, path
            lists = {
                each["name"] for each in operation["parameters"] if each["schema"].get("type") == "array"
            }
            assert page.many == lists, path


def test_it_is_openapi_3_1_and_says_where_the_site_is() -> None:
    answer = Client().get("/api/v1/openapi.json")

    told = answer.json()
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "http://testserver"}]
    assert provenance_of(answer)
    names = {
        reference.partition('"')[0]
        for reference in answer.content.decode().split("#/components/schemas/")[1:]
    }
    assert names <= told["components"]["schemas"].keys()


def test_the_page_shows_every_call_and_asks_no_other_host() -> None:
    html = Client().get("/api/v1/docs").content.decode()

    page = read(html)
    shown = [code.text for code in page.all("code")]
    for path, method, _ in OPERATIONS:
        assert f"{method.upper()} {path}" in shown
        assert path in shown
    loaded = [
        each.attributes.get(name, "")
        for each in page.all()
        for name in ("src", "srcset", "href")
        if each.tag != "a" and each.attributes.get("rel") != "canonical"
    ]
    assert any(loaded)
    assert not [address for address in loaded if "//" in address]
    assert '"helpful": 3' in page.text
    assert "How a guest signs" in page.text


def test_every_page_leads_to_the_calls() -> None:
    assert read(Client().get("/films/").content.decode()).all("a", href="/api/v1/docs")
