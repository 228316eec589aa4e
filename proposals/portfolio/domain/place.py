"""Places in a template file: what a sentence about a mistake calls them, and on which line they stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
_HEADING = re.compile(r"\[\[\s*([a-z_.]+)\s*\]\]")
_VALUE = re.compile(r"([A-Za-z0-9_-]+)\s*=")
_LONG = re.compile(r'"""|\'\'\'')
KEY = re.compile(r"[a-z][a-z0-9_]{0,38}")


class BadTemplateError(ValueError):
    """A template file says something that cannot be used; the sentence names file, place and line."""


def lines_of(text: str) -> dict[Path, int]:
    """On which line each table and each value of a TOML text begins."""
    found: dict[Path, int] = {(): 1}
    table: Path = ()
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside and (heading := _HEADING.match(line.strip())):
            table = _opened(heading[1].split("."), found)
            found[table] = number
        elif not inside and (value := _VALUE.match(line.strip())):
            found.setdefault((*table, value[1]), number)
        inside ^= len(_LONG.findall(line)) % 2 == 1
    return found


def _opened(names: list[str], found: Mapping[Path, int]) -> Path:
    """The path of the table that a heading begins: the next of its kind under the last of its parents."""
    path: Path = ()
    for depth, name in enumerate(names, start=1):
        nth = 0
        while (*path, name, nth) in found:
            nth += 1
        path = (*path, name, nth if depth == len(names) else max(0, nth - 1))
    return path


@dataclass(frozen=True, slots=True)
class Place:
    """A table of the file: how it is called, where it stands, and what it says."""

    name: str
    said: Mapping[str, object]
    lines: Mapping[Path, int] = field(default_factory=dict)
    path: Path = ()

    def wrong(self, sentence: str, key: str = "") -> BadTemplateError:
        """The error to raise; `key` is the value at fault, if it is one."""
        path = (*self.path, key) if key else self.path
        while path and path not in self.lines:
            path = path[:-1]
        line = self.lines.get(path)
        return BadTemplateError(f"{self.name}: {sentence}{f' (line {line})' if line and path else ''}")

    def known(self, keys: Iterable[str]) -> None:
        """Refuse what nobody reads: it is a slip of the pen, or a wish that would stay unheard."""
        if unknown := sorted(set(self.said) - set(keys)):
            known = ", ".join(sorted(keys))
            raise self.wrong(f"{', '.join(unknown)} is not known here. Known: {known}.", unknown[0])

    def tables(self, kind: str) -> list["Place"]:
        """The tables under [[kind]] headings, in order."""
        found = self.said.get(kind, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            raise self.wrong(f"write each {kind} under its own [[{kind}]] heading.", kind)
        return [
            Place(
                f"{self.name}, {kind} {said.get('key') or nth}", said, self.lines, (*self.path, kind, nth - 1)
            )
            for nth, said in enumerate(found, start=1)
        ]

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self.said.get(key, "" if empty else None)
        if not isinstance(value, str) or not (empty or value.strip()):
            raise self.wrong(f"{key} is missing or not a text.", key)
        return value

    def one_of(self, key: str, known: Iterable[str], *, empty: bool = False) -> str:
        value, choices = self.text(key, empty=empty), list(known)
        if value not in choices and not (empty and value == ""):
            raise self.wrong(f"{key} is {value!r}; it can be {', '.join(choices)}.", key)
        return value

    def key(self) -> str:
        key = self.text("key")
        if not KEY.fullmatch(key):
            raise self.wrong("key may hold small letters, digits and _, and starts with a letter.", "key")
        return key

    def flag(self, key: str, *, otherwise: bool = True) -> bool:
        value = self.said.get(key, otherwise)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} is neither true nor false.", key)
        return value

    def count(self, key: str, *, least: int = 1) -> int | None:
        """A whole number, or None where nothing is said."""
        value = self.said.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            raise self.wrong(f"{key} is not a whole number above {least - 1}.", key)
        return value

    def unlike(self, kind: str, places: Iterable["Place"]) -> None:
        """Refuse two of a kind with the same key; the line is that of the second."""
        seen: set[object] = set()
        for place in places:
            if (key := place.said.get("key")) in seen:
                told = Place(self.name, {}, self.lines, place.path)
                raise told.wrong(f"two {kind}s have the key {key!r}.", "key")
            seen.add(key)
