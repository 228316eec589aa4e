"""Values inside updates and presence: JSON and lib0's "any", bounded, and the same in every reader."""

import json
from math import isfinite
from struct import unpack_from
from typing import NoReturn

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.wire import MOST, Malformed, Reader

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def _no_such_constant(name: str) -> NoReturn:
    raise Malformed(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise Malformed("a number beyond all bounds")
    return number


def _whole(text: str) -> int | float:
    """Browsers hold every number as a double; a longer one would mean something else there."""
    if len(text) > 16 or abs(int(text)) > MOST:
        return _finite(text)
    return int(text)


# Python alone would take NaN and Infinity, which throw in every browser that reads them.
_decoder = json.JSONDecoder(parse_constant=_no_such_constant, parse_float=_finite, parse_int=_whole)


def parse_json(text: str, limits: Limits) -> Json:
    """What JSON.parse in a browser reads, and nothing that it would not."""
    value: Json
    try:
        value, end = _decoder.raw_decode(text) if text[:1] == "{" else (None, -1)
        if end != len(text):
            value = _decoder.decode(text)  # with whitespace around it, or something else than an object
    except (ValueError, RecursionError):
        raise Malformed("JSON that cannot be read") from None
    # Every list and object takes a bracket, every further value a comma: most texts are bounded at a glance.
    brackets = text.count("{") + text.count("[")
    if brackets >= limits.depth or brackets + text.count(",") >= limits.values:
        _bound(value, limits)
    return value


def _bound(value: Json, limits: Limits) -> None:
    """Refuse what is nested too deeply or too numerous, without recursing into it ourselves."""
    level: list[Json] = [value]
    seen = 0
    for _ in range(limits.depth):
        below: list[Json] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        seen += len(below)
        if seen > limits.values:
            raise Malformed("too many values")
        if not below:
            return
        level = below
    raise Malformed("values nested too deeply")


def name(reader: Reader, limits: Limits) -> str:
    """A key, an attribute or a root: short, not empty, nothing JavaScript reads its own way."""
    length = reader.varuint()
    if not 0 < length <= limits.name_length:
        raise Malformed("a name that is empty or too long")
    try:
        text = reader.take(length).decode()
    except UnicodeDecodeError:
        raise Malformed("text that is not UTF-8") from None
    if text == "__proto__":
        raise Malformed("a name that is none")
    return text


def utf16_length(text: str) -> int:
    """Length as browsers count it: a character beyond the basic plane is two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le")) // 2


class AnyReader:
    """Steps over lib0 "any" values, one budget a struct. No big integers, bytes, undefined."""

    __slots__ = ("_limits", "_reader", "_seen")

    def __init__(self, reader: Reader, limits: Limits) -> None:
        self._reader = reader
        self._limits = limits
        self._seen = 0

    def skip(self, depth: int = 0) -> None:
        self._seen += 1
        if self._seen > self._limits.values:
            raise Malformed("too many values")
        tag = self._reader.byte()
        if tag == 119:
            self._reader.string()
        elif tag in (117, 118):
            self._skip_nested(tag, depth + 1)
        elif tag == 125:
            self._skip_integer()
        elif tag in (123, 124):
            self._skip_float(tag)
        elif tag not in (120, 121, 126):
            raise Malformed("a kind of value that documents here do not hold")

    def _skip_nested(self, tag: int, depth: int) -> None:
        if depth > self._limits.depth:
            raise Malformed("values nested too deeply")
        if tag == 117:
            for _ in range(self._reader.count(1)):
                self.skip(depth)
            return
        for _ in range(self._reader.count(2)):
            name(self._reader, self._limits)
            self.skip(depth)

    def _skip_integer(self) -> None:
        for _ in range(8):
            if self._reader.byte() < 128:
                return
        raise Malformed("a number that is too long")

    def _skip_float(self, tag: int) -> None:
        data = self._reader.take(4 if tag == 124 else 8)
        (number,) = unpack_from(">f" if tag == 124 else ">d", data)
        if not isfinite(number):
            raise Malformed("a number beyond all bounds")
