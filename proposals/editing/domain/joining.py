"""Letters typed one after the other, each an update of its own, put together as if typed in one go.

A struct of many letters means the same as one struct a letter, each behind the one before and with the same
right neighbour. The library's merge keeps every one of them, so a long history would weigh ten times as much.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from proposals.editing.domain.update import STRING
from proposals.editing.domain.wire import Malformed, Reader, varbytes

_ORIGIN, _BOTH = STRING | 128, STRING | 192


class Typed(NamedTuple):
    """An update of one struct of letters and no deletions. `head`: all that comes before the letters."""

    client: int
    clock: int
    origin: tuple[int, int]
    right: bytes
    head: bytes
    letters: bytes

    @classmethod
    def of(cls, update: bytes) -> Self | None:
        """None: the update is something else."""
        if update[:2] != b"\x01\x01" or update[-1]:
            return None
        try:
            return cls._read(update)
        except Malformed:
            return None

    @classmethod
    def _read(cls, update: bytes) -> Self | None:
        reader = Reader(update)
        reader.at = 2
        client, clock, info = reader.varuint(), reader.varuint(), reader.byte()
        if info not in (_ORIGIN, _BOTH):
            return None
        origin = reader.varuint(), reader.varuint()
        start = reader.at
        if info == _BOTH:
            reader.varuint()
            reader.varuint()
        end = reader.at
        length = reader.varuint()
        letters = update[reader.at : -1]
        if not letters or length != len(letters) or not letters.isascii():
            return None
        return cls(client, clock, origin, update[start:end], update[:end], letters)


class _Run:
    """What one client typed in a row."""

    __slots__ = ("end", "first", "letters")

    def __init__(self, first: Typed) -> None:
        self.first = first
        self.letters = [first.letters]
        self.end = first.clock + len(first.letters)

    def takes(self, typed: Typed) -> bool:
        first = self.first
        if (
            typed.clock != self.end
            or typed.origin != (first.client, self.end - 1)
            or typed.right != first.right
        ):
            return False
        self.letters.append(typed.letters)
        self.end += len(typed.letters)
        return True

    def update(self) -> bytes:
        return self.first.head + varbytes(b"".join(self.letters)) + b"\x00"


def joined(updates: Iterable[bytes]) -> list[bytes]:
    """The same in fewer updates, for a merge: in another order, which means nothing there."""
    others, runs, latest = list[bytes](), list[_Run](), dict[int, _Run]()
    for update in updates:
        typed = Typed.of(update)
        if typed is None:
            others.append(update)
            continue
        run = latest.get(typed.client)
        if run is None or not run.takes(typed):
            run = latest[typed.client] = _Run(typed)
            runs.append(run)
    return [*others, *(run.update() for run in runs)]
