"""Somebody who visits a site over real sockets, with cookies of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

PATIENCE_SECONDS = 120


class Answer(NamedTuple):
    """What came back; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Visitor:
    origin: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, path: str, form: dict[str, str] | None = None, *, over: HTTPConnection | None = None
    ) -> Answer:
        """Read a page; with a form it is sent. It goes over a line of its own, or over one that is open."""
        line = over or self.line()
        try:
            return self.begin(path, form, over=line).answer()
        finally:
            if over is None:
                line.close()

    def line(self) -> HTTPConnection:
        """A connection to the site, which stays with one of its workers."""
        return HTTPConnection(urlsplit(self.origin).netloc, timeout=PATIENCE_SECONDS)

    def begin(
        self, path: str, form: dict[str, str] | None = None, *, over: HTTPConnection, held_back: int = 0
    ) -> Sending:
        """Send a request, but for so many bytes at its end."""
        headers = {"Origin": self.origin}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is None:
            over.request("GET", path, headers=headers)
            return Sending(self, over, b"")
        body = urlencode(form).encode()
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        sent = len(body) - held_back
        over.request("POST", path, body[:sent], headers)
        return Sending(self, over, body[sent:])


@dataclass
class Sending:
    """A request on its way; ``rest`` is what has not been sent of it."""

    visitor: Visitor
    line: HTTPConnection
    rest: bytes

    def finish(self) -> None:
        self.line.send(self.rest)
        self.rest = b""

    def answer(self) -> Answer:
        """Send what is left, and wait for the answer with its cookies."""
        if self.rest:
            self.finish()
        answer = self.line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.visitor.cookies[cookie] = content
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read().decode())
