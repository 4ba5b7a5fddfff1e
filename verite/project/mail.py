"""Django's settings for mail, made from one address: ``smtp://…``, ``smtps://…`` or ``anymail+service://…``."""

from __future__ import annotations

from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

FOLDER = {"EMAIL_BACKEND": "verite.core.mail.ConsoleAndFolderBackend"}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
ANYMAIL = "anymail+"

# A server that does not greet for so long is away. Django would wait for ever.
SECONDS_TO_CONNECT = 10
# anymail's own, for the answer of a service that was given a mail.
SECONDS_TO_ANSWER = 30


def django_settings(url: str) -> dict[str, Any]:
    """Names and values for ``settings``.

    A password goes out encrypted, unless the server is on this machine.

    Raises:
        ValueError: it cannot be understood; the text says how to mend it.
    """
    if not url:
        return FOLDER
    said = urlsplit(url)
    if said.scheme in ("smtp", "smtps"):
        return _smtp(said)
    if said.scheme.startswith(ANYMAIL):
        return _anymail(said.scheme.removeprefix(ANYMAIL), dict(parse_qsl(said.query)))
    raise ValueError("must start with smtp://, smtps:// or anymail+, or be empty for the data folder")


def _smtp(said: SplitResult) -> dict[str, Any]:
    if not said.hostname:
        raise ValueError("must name a host, as in smtp://mail.example:587")
    is_wrapped = said.scheme == "smtps"
    starts_tls = not is_wrapped and bool(said.username) and not _is_here(said.hostname)
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": said.hostname,
        "EMAIL_PORT": said.port or (465 if is_wrapped else 587 if said.username else 25),
        "EMAIL_HOST_USER": unquote(said.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(said.password or ""),
        "EMAIL_USE_SSL": is_wrapped,
        "EMAIL_USE_TLS": starts_tls,
        "EMAIL_TIMEOUT": SECONDS_TO_CONNECT,
    }


def _anymail(service: str, given: dict[str, str]) -> dict[str, Any]:
    if find_spec("anymail") is None:
        raise ValueError("needs django-anymail: pip install django-anymail")
    if not service.isidentifier() or find_spec(f"anymail.backends.{service}") is None:
        raise ValueError(f"names a service that django-anymail does not know: {service!r}")
    # It names its settings by the service: POSTMARK_SERVER_TOKEN.
    named = {f"{service}_{name}".upper(): value for name, value in given.items()}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{service}.EmailBackend",
        "ANYMAIL": {**named, "REQUESTS_TIMEOUT": (SECONDS_TO_CONNECT, SECONDS_TO_ANSWER)},
    }


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
