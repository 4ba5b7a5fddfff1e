"""Words set in the identity's own two faces: what can be set, at what size, on which lines."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont

_FONTS = Path(__file__).parent / "fonts"

# Missing from a face, and read the same.
_SAME = str.maketrans({"‐": "-", "‑": "-", "―": "—", "ʻ": "‘"})


# Parts two facts on one line and stays with the first; at the end of a line it goes.
DOT = "\N{NO-BREAK SPACE}·"


@dataclass(frozen=True, slots=True)
class Face:
    """A font of all the letters that browsers get in pieces."""

    file: str

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face at `size` pixels."""
        return ImageFont.truetype(_FONTS / self.file, size)


SERIF = Face("source-serif-4.ttf")
SANS = Face("archivo.ttf")


def settable(text: str, face: Face) -> str:
    """The text on one line without invisible characters; "" when the face lacks any of the rest.

    A name with a letter missing or a box in it is worse than a picture without words.
    """
    visible = "".join(
        char
        for char in unicodedata.normalize("NFC", text).translate(_SAME)
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf"}
    )
    plain = "".join(char if _has(face, char) else unicodedata.normalize("NFKC", char) for char in visible)
    words = " ".join(plain.split())
    return words if all(_has(face, char) for char in words) else ""


@lru_cache(maxsize=4096)
def _has(face: Face, char: str) -> bool:
    probe = _probe(face)
    # U+FFFF is in no font, so what looks like it is the box for a missing character.
    return bytes(probe.getmask(char)) != bytes(probe.getmask("\uffff"))


@lru_cache(maxsize=4)
def _probe(face: Face) -> ImageFont.FreeTypeFont:
    # One character at a time needs no shaping, and shaping refuses some of them outright.
    return ImageFont.truetype(_FONTS / face.file, 24, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of one size, `leading` pixels apart."""

    font: ImageFont.FreeTypeFont
    leading: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def fitted(text: str, face: Face, *, sizes: Sequence[int], width: int, height: int) -> Setting:
    """The text at the first of `sizes` that fits a box of pixels; at the last, cut with "…"."""
    for size in sizes[:-1]:
        font, leading = face.at(size), round(size * 1.08)
        words = [(word, font.getlength(word)) for word in text.split(" ")]
        lines = _balanced(words, font.getlength(" "), width)
        if leading * len(lines) <= height and all(reach <= width for _, reach in words):
            return Setting(font, leading, lines)
    font, leading = face.at(sizes[-1]), round(sizes[-1] * 1.08)
    words = [piece for word in text.split(" ") for piece in _pieces(word, font, width)]
    lines = _balanced(words, font.getlength(" "), width)
    room = max(1, height // leading)
    if len(lines) > room:
        lines = (*lines[: room - 1], _shortened(" ".join(lines[room - 1 :]), font, width))
    return Setting(font, leading, lines)


Word: TypeAlias = tuple[str, float]


def _balanced(words: Sequence[Word], space: float, width: float) -> tuple[str, ...]:
    """As few lines as the width allows, and those as even as that number allows."""
    lines = _broken(words, space, width)
    for narrower in range(95, 45, -5):
        tried = _broken(words, space, width * narrower / 100)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _broken(words: Sequence[Word], space: float, width: float) -> tuple[str, ...]:
    lines: list[list[str]] = []
    room = 0.0
    for word, reach in words:
        if not lines or reach + space > room:
            lines.append([word])
            room = width - reach
        else:
            lines[-1].append(word)
            room -= space + reach
    return tuple(" ".join(line).removesuffix(DOT) for line in lines)


def _pieces(word: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[Word]:
    """A word, torn where it is wider than the line."""
    start = 0
    for end in range(1, len(word) + 1):
        if end == len(word) or font.getlength(word[start : end + 1]) > width:
            yield word[start:end], font.getlength(word[start:end])
            start = end


def _shortened(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """As many whole words as fit before an ellipsis, or letters of a word that fits nowhere."""
    kept = text
    while kept and font.getlength(f"{kept}…") > width:
        kept = kept.rpartition(" ")[0] or kept[:-1]
    return f"{kept.rstrip(' ,;:–—-')}…"
