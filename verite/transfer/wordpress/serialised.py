"""Values as PHP's ``serialize`` writes them: numbers, texts and arrays. Objects and references are refused."""

from __future__ import annotations

import re
from typing import TypeAlias

Value: TypeAlias = "int | float | bool | str | dict[int | str, Value] | None"

LONGEST = 1 << 20  # bytes
DEEPEST = 16

_SCALAR = re.compile(rb"N;|b:([01]);|i:(-?[0-9]{1,19});|d:([-+0-9.eE]{1,40}|-?INF|NAN);")
_LENGTH = re.compile(rb'([sa]):([0-9]{1,9}):(["{])')


class NotSerialised(ValueError):
    """A text is no serialised value, or one that we refuse. The text says which."""


def unserialised(text: str) -> Value:
    """The value behind a text such as ``a:2:{s:4:"like";i:14;s:7:"dislike";i:2;}``.

    Raises:
        NotSerialised: it is too long or too deep, ends early, goes on after its end, or holds an object.
    """
    data = text.strip().encode("utf-8", "surrogatepass")
    if len(data) > LONGEST:
        raise NotSerialised("longer than a value may be")
    value, end = _value(data, 0, 0)
    if end != len(data):
        raise NotSerialised("something follows the value")
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if found := _SCALAR.match(data, at):
        boolean, whole, fraction = found.groups()
        if boolean is not None:
            return boolean == b"1", found.end()
        if whole is not None:
            return int(whole), found.end()
        if fraction is not None:
            return _fraction(fraction), found.end()
        return None, found.end()
    if found := _LENGTH.match(data, at):
        if (found[1], found[3]) == (b"s", b'"'):
            return _text(data, found.end(), int(found[2]))
        if (found[1], found[3]) == (b"a", b"{") and depth < DEEPEST:
            return _array(data, found.end(), int(found[2]), depth)
    raise NotSerialised("an object, a reference, or no serialised value")


def _fraction(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        raise NotSerialised("no number") from None


def _text(data: bytes, start: int, length: int) -> tuple[str, int]:
    end = start + length
    if data[end : end + 2] != b'";':
        raise NotSerialised("a text of another length than it says")
    try:
        return data[start:end].decode(), end + 2
    except UnicodeDecodeError:
        raise NotSerialised("a text that is no UTF-8") from None


def _array(data: bytes, at: int, count: int, depth: int) -> tuple[dict[int | str, Value], int]:
    array: dict[int | str, Value] = {}
    for _item in range(count):
        key, at = _value(data, at, DEEPEST)
        if isinstance(key, bool) or not isinstance(key, int | str):
            raise NotSerialised("an array with a key that is none")
        array[key], at = _value(data, at, depth + 1)
    if data[at : at + 1] != b"}":
        raise NotSerialised("an array that does not end")
    return array, at + 1
