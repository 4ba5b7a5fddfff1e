"""Django, in a few threads: a whole request goes in, finished bytes come out, and no client is ever met."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from django.core import signals
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix
from django.utils.cache import patch_vary_headers

from verite.core.freshness import provenance_of
from verite.project.pagecache.cache import Made
from verite.project.pagecache.entries import Headers
from verite.project.pagecache.store import PageKey

MOST_WAITING = 256
READING = frozenset({"GET", "HEAD", "OPTIONS"})

T = TypeVar("T")
Environ = dict[str, Any]


class TooManyWaiting(Exception):
    """The threads have so much to do already that one more request would only time out."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A request that has come in completely.

    Attributes:
        target: path and query string as they were sent.
        headers: names in lower case; forwarded ones are gone.
        client: address of the visitor, behind trusted proxies too.
    """

    method: str
    scheme: str
    host: bytes
    target: bytes
    headers: Iterable[tuple[bytes, bytes]]
    client: str
    body: bytes


class DjangoThreads:
    """Answers requests by Django, ``threads`` at a time.

    Whatever may write goes to one thread where ``writes_in_turn``: writers of an SQLite file come one after the
    other anyway. Together in many threads they took pages away from each other's connections and the interpreter
    from whoever reads: among a hundred comments a second, pages waited fifty times longer.
    """

    def __init__(self, threads: int, *, writes_in_turn: bool) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="writer") if writes_in_turn else self._pool
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._waiting = 0

    async def answer(self, request: Whole) -> Made:
        """Django's answer. Raises ``TooManyWaiting``."""
        return await self._in_thread(_environ(request), _private)

    async def make(self, key: PageKey, finish: Callable[[Made], T]) -> T:
        """The page of a key, asked for by nobody in particular, and finished in the thread that made it.

        Raises:
            TooManyWaiting: there is too much to do already.
        """
        return await self._in_thread(_anonymous_environ(key), lambda answer: finish(_for_everybody(answer)))

    def close(self) -> None:
        for pool in (self._pool, self._writing):
            pool.shutdown(cancel_futures=True)

    async def _in_thread(self, environ: Environ, finish: Callable[[HttpResponseBase], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooManyWaiting
        self._waiting += 1
        try:
            pool = self._pool if environ["REQUEST_METHOD"] in READING else self._writing
            return await asyncio.get_running_loop().run_in_executor(pool, self._answer, environ, finish)
        finally:
            self._waiting -= 1

    def _answer(self, environ: Environ, finish: Callable[[HttpResponseBase], T]) -> T:
        set_script_prefix("/")
        signals.request_started.send(sender=type(self), environ=environ)
        response = self._handler.get_response(WSGIRequest(environ))
        try:
            return finish(response)
        finally:
            response.close()  # sends request_finished


def _for_everybody(response: HttpResponseBase) -> Made:
    """An answer that may be kept, if it says what it was made from and is nobody's in particular."""
    provenance = provenance_of(response)
    if (
        provenance is None
        or response.status_code != 200
        or response.cookies
        or "Cache-Control" in response.headers
    ):
        return _private(response)
    del response.headers["Vary"]  # the page cache has its own
    return Made(200, _headers(response), _body(response), provenance)


def _private(response: HttpResponseBase) -> Made:
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
    return Made(response.status_code, _headers(response), _body(response))


def _body(response: HttpResponseBase) -> bytes:
    return response.content if isinstance(response, HttpResponse) else b"".join(response)


def _headers(response: HttpResponseBase) -> Headers:
    del response.headers["Content-Length"]  # whoever sends the bytes knows how many they are
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.items()]
    cookies = [(b"set-cookie", cookie.OutputString().encode()) for cookie in response.cookies.values()]
    return headers + cookies


def _environ(request: Whole) -> Environ:
    path, _, query = request.target.partition(b"?")
    environ = _bare_environ(request.method, request.scheme, request.host)
    environ |= {
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "REMOTE_ADDR": request.client,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": BytesIO(request.body),
    }
    for name, value in request.headers:
        _add_header(environ, name, value.decode("latin-1"))
    return environ


def _add_header(environ: Environ, name: bytes, value: str) -> None:
    # A name with an underscore would look like another header's, as seen from Django.
    if b"_" in name or name in (b"content-length", b"host"):
        return
    if name == b"content-type":
        environ["CONTENT_TYPE"] = value
        return
    variable = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
    if variable in environ:
        value = environ[variable] + ("; " if name == b"cookie" else ",") + value
    environ[variable] = value


def _anonymous_environ(key: PageKey) -> Environ:
    environ = _bare_environ("GET", key.scheme, key.host.encode("latin-1"))
    environ |= {
        "PATH_INFO": key.path.encode().decode("latin-1"),
        "QUERY_STRING": key.query,
        "REMOTE_ADDR": "",
        "HTTP_ACCEPT_LANGUAGE": key.language,
        "wsgi.input": BytesIO(),
    }
    return environ


def _bare_environ(method: str, scheme: str, host: bytes) -> Environ:
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443" if scheme == "https" else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host.decode("latin-1"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
