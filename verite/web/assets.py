"""Style sheets, scripts and fonts: read once, named after their content, kept by browsers for ever.

A name such as ``verite.css`` becomes ``/static/verite.3f9a1c20.css``. What a style sheet or a module refers
to is renamed in its text as well, so the whole chain changes its name when one byte of it does. Comments that
have lines of their own, a fifth of our scripts, stay here.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import brotli
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from rjsmin import jsmin

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
FOR_EVER = "public, max-age=31536000, immutable"

_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_COMPRESSIBLE = {".css", ".js", ".svg", ".txt"}
# What points at another file: url(…) in a style sheet; from "./…", import "./…" and import("./…") in a module.
_REFERENCES = {
    ".css": re.compile(r"""(url\(["']?)(?!data:|/|https?:)([^"')]+)"""),
    ".js": re.compile(r"""((?:\bfrom|\bimport)[\s(]*["'])(\.{1,2}/[^"']+)"""),
}
# In a style sheet: comments that have lines of their own, and what ends a line without ending anything else.
_STYLE_COMMENT = re.compile(r"^\s*/\*(?:[^*]|\*(?!/))*\*/\n", re.MULTILINE)
_STYLE_LINE = re.compile(r"(?<=[{};,])\s*\n\s*|;?\s*\n(?=\})")
_ALREADY_SMALL = ".min.js"


class NoSuchAsset(LookupError):
    """A page, style sheet or module names a file that ``static/`` does not hold."""


@dataclass(frozen=True)
class Asset:
    """One finished file: its address (path on the site), its media type, its bytes."""

    address: str
    content_type: str
    body: bytes
    is_compressible: bool

    @cached_property
    def codings(self) -> Mapping[str, bytes]:
        """The bytes by ``Content-Encoding``, the smallest first; "" is without any.

        Made when the file is first asked for: packing all that a page names took a sixth of the time from a
        start to the first page.
        """
        if not self.is_compressible:
            return MappingProxyType({"": self.body})
        packed = {
            "br": brotli.compress(self.body, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(self.body, mtime=0),
        }
        return MappingProxyType({**packed, "": self.body})


def asset(name: str) -> str:
    """The address of a file in ``static/``.

    Raises:
        NoSuchAsset: there is none of that name.
    """
    return _named(name).address


@cache
def assets() -> Mapping[str, Asset]:
    """Every file by its address."""
    return MappingProxyType({found.address: found for found in map(_named, sorted(_names()))})


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with the file; a name of an earlier release leads to what stands there now."""
    found = assets().get(PREFIX + name)
    if found is None:
        return HttpResponseRedirect(_present_address(name), headers={"Cache-Control": "no-cache"})
    accepted = request.headers.get("Accept-Encoding", "")
    coding = next(coding for coding in found.codings if re.search(rf"\b{coding}\b", accepted) or not coding)
    response = HttpResponse(found.codings[coding], content_type=found.content_type)
    response.headers["Cache-Control"] = FOR_EVER
    if len(found.codings) > 1:
        response.headers["Vary"] = "Accept-Encoding"
    if coding:
        response.headers["Content-Encoding"] = coding
    return response


def _present_address(name: str) -> str:
    path = PurePosixPath(name)
    try:
        return asset(str(path.with_name(PurePosixPath(path.stem).stem + path.suffix)))
    except (NoSuchAsset, ValueError) as error:
        raise Http404 from error


@cache
def _names() -> frozenset[str]:
    return frozenset(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*") if file.is_file())


@cache
def _named(name: str) -> Asset:
    # Looked up, and never asked of the disk: visitors send names too, such as "/etc/passwd".
    if name not in _names():
        raise NoSuchAsset(f"verite/web/static/ holds no {name!r}")
    path = PurePosixPath(name)
    body = (FOLDER / name).read_bytes()
    if path.suffix in _SMALLER and not name.endswith(_ALREADY_SMALL):
        body = _SMALLER[path.suffix](body.decode()).encode()
    body = _with_renamed_references(name, body)
    digest = hashlib.sha256(body).hexdigest()[:10]
    return Asset(
        address=f"{PREFIX}{path.with_name(f'{path.stem}.{digest}{path.suffix}')}",
        content_type=_CONTENT_TYPES.get(path.suffix, "application/octet-stream"),
        body=body,
        is_compressible=path.suffix in _COMPRESSIBLE,
    )


def _smaller_style(text: str) -> str:
    return _STYLE_LINE.sub("", _STYLE_COMMENT.sub("", text))


# A library for scripts, whose strings, templates and patterns may look like comments; none for style sheets:
# see docs/decisions/0015-minified.md.
_SMALLER: Mapping[str, Callable[[str], str]] = {".css": _smaller_style, ".js": jsmin}


def _with_renamed_references(name: str, body: bytes) -> bytes:
    path = PurePosixPath(name)
    pattern = _REFERENCES.get(path.suffix)
    if pattern is None:
        return body
    folder = f"{PREFIX}{path.parent}/".replace("/./", "/")

    def renamed(match: re.Match[str]) -> str:
        address = asset((path.parent / match[2]).as_posix())
        # A style sheet names sixteen files. A module would take the shorter address for a package's name.
        return match[1] + (address.removeprefix(folder) if path.suffix == ".css" else address)

    return pattern.sub(renamed, body.decode()).encode()
