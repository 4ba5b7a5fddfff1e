"""From the front page of the sample site every link is followed, and every one of them leads somewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.urls import resolve

from tests.browser.conftest import Visitor
from tests.browser.pages import PAGES
from tests.browser.visit import NARROW, WIDE
from tests.web.markup import Page, read

# Where each page would lead to an address of its own: a page to come back to, after signing in.
ASKS_FOR_A_WAY_BACK = "/accounts/"
FETCHES = {"audio", "embed", "iframe", "img", "link", "script", "source", "track", "video"}
# A script finds these, wherever the comment stands.
FOUND_BY_SCRIPT = "comment-"


@dataclass
class Reached:
    """What following every link has met.

    Attributes:
        statuses: of every address: path and query, without the fragment.
        kinds: a path for each kind of page, by the name of its route.
        places: the fragments with which each address is linked.
        ids: what a fragment of each page may name.
        strangers: other hosts from which a page would fetch something.
    """

    statuses: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    places: set[tuple[str, str]] = field(default_factory=set)
    ids: dict[str, set[str]] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)

    def take_in(self, path: str, page: Page) -> Iterator[str]:
        """Note what stands on a page; gives the addresses on our site that it links."""
        self.kinds.setdefault(kind_of(path), path)
        self.ids[path] = {element.attributes.get("id", "") for element in page.elements}
        for element in page.elements:
            there = element.attributes.get("href", element.attributes.get("src", ""))
            address = urlsplit(urljoin(f"http://ours{path}", there))
            if (
                element.tag in FETCHES
                and address.hostname != "ours"
                and element.attributes.get("rel") != "canonical"
            ):
                self.strangers.add(address.geturl())
            if element.tag == "a" and address.hostname == "ours":
                linked = address._replace(scheme="", netloc="", fragment="").geturl()
                if linked.startswith(ASKS_FOR_A_WAY_BACK):
                    linked = address.path
                self.places.add((linked, unquote(address.fragment)))
                yield linked


def kind_of(path: str) -> str:
    return resolve(unquote(urlsplit(path).path)).view_name


@pytest.fixture(scope="module")
def reached(origin: str) -> Reached:
    found, waiting = Reached(), deque(["/"])
    connection = HTTPConnection(urlsplit(origin).netloc)
    while waiting:
        path = waiting.popleft()
        if path in found.statuses:
            continue
        connection.request("GET", path)
        answer = connection.getresponse()
        found.statuses[path] = answer.status
        body = answer.read()
        if answer.headers.get_content_type() == "text/html":
            waiting.extend(found.take_in(path, read(body.decode())))
    connection.close()
    return found


def test_every_link_leads_somewhere(reached: Reached) -> None:
    assert {path: status for path, status in reached.statuses.items() if status >= 400} == {}


def test_every_kind_of_page_can_be_reached_from_the_first(reached: Reached) -> None:
    assert set(reached.kinds) >= {
        *("home", "browse", "film", "discussion", "comment", "replies", "reply", "member"),
        *("subjects", "subject", "person", "years", "year", "collections", "collection", "about", "feeds"),
        *("account_login", "account_signup"),
    }


def test_every_link_into_a_page_names_a_place_on_it(reached: Reached) -> None:
    places = {
        f"{path}#{place}"
        for path, place in reached.places
        if place and not place.startswith(FOUND_BY_SCRIPT) and place not in reached.ids.get(path, {place})
    }
    assert places == set()


def test_no_page_fetches_anything_from_another_host(reached: Reached) -> None:
    assert reached.strangers == set()


def test_kinds_of_page_that_no_other_test_looks_at_are_usable_by_everybody(
    reached: Reached, visitor: Visitor
) -> None:
    looked_at = {kind_of(path) for path in PAGES.values()}
    others = {kind: path for kind, path in reached.kinds.items() if kind not in looked_at}
    assert "member" in others

    visit = visitor()
    for kind, path in others.items():
        visit.to(path)
        for width in (WIDE, NARROW):
            for scheme in ("light", "dark"):
                visit.look(width=width, scheme=scheme)
                assert not visit.accessibility_faults(), f"{kind}, {path}, at {width} px, {scheme}"
            assert not visit.scrolls_sideways(), f"{kind}, {path}, at {width} px"
