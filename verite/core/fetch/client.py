"""Asking for one address, step by step along its redirects, each of them checked."""

from __future__ import annotations

import re
import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address

import httpcore
import httpx
from django.utils.translation import gettext as _

from verite import __version__

from .connection import Deadline, Guard, Resolver, resolved
from .errors import FetchFailed, FetchRefused

MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
USER_AGENT = f"Verite/{__version__} (a site about documentary films)"

# A plain host name. Not one whose last part is a number: "127.1" and "0x7f000001" are addresses to some.
_HOST_NAME = re.compile(
    r"(?!(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered, whatever its ``status``; ``url`` is where the last redirect led.

    The names in ``headers`` are compared without regard to case.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def fetch(
    url: str,
    *,
    limit_bytes: int,
    seconds: float,
    allow: Collection[str] = (),
    resolve: Resolver = resolved,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """GET ``url``, following at most ``MOST_REDIRECTS`` redirects: no cookies, no proxies, no compression.

    Args:
        limit_bytes: the longest body that is read.
        seconds: for everything together, but for what the system's resolver takes.
        allow: "host:port" pairs, spelt as in the address, that may lie anywhere (``VERITE_FETCH_ALLOW``).
        resolve: finds the addresses of a host name.
        trust: whose certificates count; by default those that browsers trust.

    Raises:
        FetchRefused: the address, or one that it redirects to, is none that we call.
        FetchFailed: no answer, or none within the limits.
    """
    deadline = Deadline(seconds)
    step = _checked(url, None, allow)
    for _step in range(MOST_REDIRECTS + 1):
        guard = Guard(resolve, deadline, is_open=_place(step) in allow)
        with _asked(step, guard, trust or _browsers_trust()) as response:
            headers = httpx.Headers(response.headers)
            if response.status not in (301, 302, 303, 307, 308) or "location" not in headers:
                return Answer(response.status, headers, _body(response, headers, limit_bytes), str(step))
        step = _checked(headers["location"], step, allow)
    raise FetchFailed(_("It redirects more than %(count)d times.") % {"count": MOST_REDIRECTS})


def _checked(text: str, base: httpx.URL | None, allow: Collection[str]) -> httpx.URL:
    try:
        url = base.join(text) if base else httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused(_("This is no web address.")) from error
    if url.scheme not in PORTS:
        raise FetchRefused(_("Only http and https addresses are called."))
    if url.userinfo:
        raise FetchRefused(_("The address holds a user name or a password."))
    if not _is_number(url.host) and not _HOST_NAME.fullmatch(url.raw_host.decode("ascii")):
        raise FetchRefused(_("The address names no host that can be called."))
    if _port(url) not in PORTS.values() and _place(url) not in allow:
        raise FetchRefused(_("Port %(port)d is not called.") % {"port": _port(url)})
    return url


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _port(url: httpx.URL) -> int:
    return PORTS[url.scheme] if url.port is None else url.port


def _place(url: httpx.URL) -> str:
    host = url.raw_host.decode("ascii")
    return f"[{host}]:{_port(url)}" if ":" in host else f"{host}:{_port(url)}"


@contextmanager
def _asked(url: httpx.URL, guard: Guard, trust: ssl.SSLContext) -> Iterator[httpcore.Response]:
    request = httpcore.URL(scheme=url.scheme, host=url.raw_host, port=_port(url), target=url.raw_path)
    headers = [
        ("Host", url.netloc.decode("ascii")),
        ("User-Agent", USER_AGENT),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=trust, network_backend=guard) as pool,
            pool.stream("GET", request, headers=headers) as response,
        ):
            yield response
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise FetchFailed(
            _("%(host)s did not answer as it should: %(error)s.") % {"host": url.host, "error": error}
        ) from error


def _body(response: httpcore.Response, headers: httpx.Headers, limit_bytes: int) -> bytes:
    # We asked for plain bytes. Unpacking what comes packed all the same could make gigabytes of kilobytes.
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchFailed(_("The answer is compressed, though we asked for it plain."))
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > limit_bytes:
            raise FetchFailed(_("The answer is longer than %(limit)d bytes.") % {"limit": limit_bytes})
    return bytes(body)


@cache
def _browsers_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
