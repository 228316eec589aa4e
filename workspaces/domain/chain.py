"""The chain that binds each entry of the record to the one before it: same deeds, same hashes, for ever."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = ""  # what the first entry of a chain is bound to


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the record as it is bound into its chain. `at` is aware; ids are database ids."""

    number: int
    previous: str
    at: datetime
    by: int | None
    workspace: int | None
    verb: str
    target: str
    facts: Mapping[str, object]


def seal(link: Link) -> str:
    """The sha256, in lower-case hexadecimal, of everything an entry says and of the seal before it."""
    said = {
        "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": link.by,
        "facts": link.facts,
        "number": link.number,
        "previous": link.previous,
        "target": link.target,
        "verb": link.verb,
        "workspace": link.workspace,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def fault(entries: Iterable[tuple[Link, str]], head: tuple[int, str]) -> str:
    """Follow a chain from its beginning: an empty string, or a sentence that names the first break.

    `entries` are links with their stored seals, in the order of their numbers; `head` is the number and seal
    that the chain is said to end with.
    """
    number, last = 0, GENESIS
    for link, sealed in entries:
        if link.number != number + 1:
            return f"Entry {number + 1} is missing: entry {link.number} follows entry {number}."
        if link.previous != last:
            return f"{_name(link)} is not bound to the entry before it."
        if seal(link) != sealed:
            return f"{_name(link)} has been changed since it was written."
        number, last = link.number, sealed
    if (number, last) != head:
        return f"The record should end with entry {head[0]}, but ends with entry {number}."
    return ""


def _name(link: Link) -> str:
    return f"Entry {link.number} ({link.verb} {link.target}, {link.at:%d %B %Y %H:%M} UTC)"
