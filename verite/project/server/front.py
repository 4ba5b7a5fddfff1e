"""The ASGI application: takes each request in whole, then asks the page cache, the media folder or Django."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verite.project.pagecache.cache import Made, PageCache
from verite.project.pagecache.entries import headers_without_body
from verite.project.pagecache.negotiation import coding, known_tag, language
from verite.project.pagecache.store import PageKey
from verite.project.pagecache.validators import ValidatorAway
from verite.project.server.anonymous import is_anonymous
from verite.project.server.clients import BodyTooLarge, Client, ClientGone, Receive, Scope, Send, send_whole
from verite.project.server.django_threads import DjangoThreads, TooManyWaiting, Whole
from verite.project.server.failures import failure
from verite.project.server.media import PREFIX as MEDIA
from verite.project.server.media import MediaFolder
from verite.project.server.proxies import FORWARDED, TrustedProxies

BODY_SECONDS = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Front:
    """What one worker answers with.

    Attributes:
        body_limit: bytes.
        most_connections: one more is turned away.
    """

    pages: PageCache
    threads: DjangoThreads
    media: MediaFolder
    proxies: TrustedProxies
    body_limit: int
    most_connections: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        client = Client(receive, send)
        try:
            await self._answer(scope, client)
        except ClientGone:
            return
        except BodyTooLarge:
            await _fail(client, scope, 413, close=True)
        except TimeoutError:
            await _fail(client, scope, 408, close=True)
        except (ValidatorAway, TooManyWaiting) as error:
            log.warning("503 for %r: %r", scope["path"], error)
            await _fail(client, scope, 503)
        except Exception:
            if client.is_answered:
                raise  # uvicorn closes the connection, so that half an answer is not taken for a whole one
            log.exception("500 for %r", scope["path"])
            await _fail(client, scope, 500)
        finally:
            client.stop_watching()

    async def _answer(self, scope: Scope, client: Client) -> None:
        headers = folded(scope["headers"])
        method: str = scope["method"]
        target = _target(scope)
        body = await client.body(headers, limit=self.body_limit, seconds=BODY_SECONDS)
        if target.startswith(MEDIA) and method in ("GET", "HEAD"):
            found = await self.media.find(scope["raw_path"])
            if found is not None:
                client.watch()
                await self.media.send(found, method, headers, client)
                return
        visitor = self.proxies.visitor((scope["client"] or ("",))[0], headers)
        if is_anonymous(method.encode(), headers):
            spelling = (visitor.scheme, visitor.host, target, headers.get(b"accept-language", b""))
            key = self.pages.key_of(spelling)
            if key is not None:
                await self._send_page(key, headers, client)
                return
        own = [header for header in scope["headers"] if header[0] not in FORWARDED]
        request = Whole(method, visitor.scheme, visitor.host, target, own, visitor.client, body)
        await _send(client, await self.threads.answer(request))

    async def _send_page(self, key: PageKey, headers: Mapping[bytes, bytes], client: Client) -> None:
        found = await self.pages.fetch(key, coding(headers.get(b"accept-encoding")))
        if isinstance(found, Made):
            await _send(client, found)
            return
        tag = known_tag(headers.get(b"if-none-match"), found.tag)
        if tag is not None:
            await send_whole(client.send, 304, headers_without_body(tag), b"")
        else:
            await send_whole(client.send, 200, found.headers, found.body)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        _end_with_parent()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.pages.close()
        self.threads.close()
        await send({"type": "lifespan.shutdown.complete"})


def _end_with_parent() -> None:
    """A worker whose supervisor was killed would hold the port for ever; it stops instead."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        asyncio.get_running_loop().add_reader(parent.sentinel, os.kill, os.getpid(), signal.SIGTERM)


def folded(headers: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by name; what was sent several times is joined as one."""
    found = dict(headers)
    if len(found) == len(headers):
        return found
    joined: dict[bytes, bytes] = {}
    for name, value in headers:
        separator = b"; " if name == b"cookie" else b", "
        joined[name] = joined[name] + separator + value if name in joined else value
    return joined


def _target(scope: Scope) -> bytes:
    query: bytes = scope["query_string"]
    path: bytes = scope["raw_path"]
    return path + b"?" + query if query else path


async def _fail(client: Client, scope: Scope, status: int, *, close: bool = False) -> None:
    wish = folded(scope["headers"]).get(b"accept-language", b"")
    await _send(client, failure(status, scope["path"], language=language(wish), close=close))


async def _send(client: Client, made: Made) -> None:
    await send_whole(client.send, made.status, made.headers, made.body)
