"""Keystrokes one after the other, each an update of its own, put together as if made in one go.

A struct of many letters means the same as one struct a letter, each behind the one before and with the same
right neighbour; one deletion of many letters the same as many of one. The library's merge keeps every struct,
so a long history would weigh ten times as much; and each row of the log costs what one letter is not worth.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from proposals.editing.domain.ranges import Ranges
from proposals.editing.domain.update import STRING
from proposals.editing.domain.wire import Malformed, Reader, client_id, varbytes, varuint

_ORIGIN, _BOTH = STRING | 128, STRING | 192
_ONE_STRUCT, _ONLY_DELETES, _NO_DELETES = b"\x01\x01", b"\x00\x01", b"\x00"
# Longer updates are no keystrokes.
_SMALL = 128


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
        if update[:2] != _ONE_STRUCT or update[-1]:
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
        origin = reader.client(client), reader.varuint()
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


class Letters:
    """What one client typed in a row."""

    __slots__ = ("_behind", "_client", "_end", "_first", "_letters", "_next", "_right")

    def __init__(self, first: Typed) -> None:
        self._first = first
        self._letters = [first.letters]
        self._end = first.clock + len(first.letters)
        self._client = client_id(first.client)
        self._behind = bytes((_BOTH if first.right else _ORIGIN,)) + self._client
        self._right = first.right + b"\x01"
        self._next = self._head(varuint(self._end - 1))

    def takes(self, update: bytes) -> bool:
        """The very next letter, told by its first bytes. False, and unchanged: it is something else."""
        at = len(update) - 2
        if update[:at] != self._next or update[-1] or update[at] > 127:
            return False
        last = varuint(self._end)
        self._letters.append(update[at : at + 1])
        self._end += 1
        self._next = self._head(last)
        return True

    def takes_words(self, typed: Typed) -> bool:
        """As `takes`, for one letter or more."""
        first = self._first
        behind = typed.clock == self._end and typed.origin == (first.client, self._end - 1)
        if not behind or typed.right != first.right:
            return False
        self._letters.append(typed.letters)
        self._end += len(typed.letters)
        self._next = self._head(varuint(self._end - 1))
        return True

    def update(self) -> bytes:
        return self._first.head + varbytes(b"".join(self._letters)) + _NO_DELETES

    def _head(self, last: bytes) -> bytes:
        """How the next letter's update begins; `last`: the clock of the newest one."""
        return b"".join((_ONE_STRUCT, self._client, varuint(self._end), self._behind, last, self._right))


class Erased:
    """What somebody deleted letter by letter, of one client's."""

    __slots__ = ("_head", "_stretches")

    def __init__(self, client: int) -> None:
        self._head = _ONLY_DELETES + varuint(client) + b"\x01"
        self._stretches = Ranges()

    @classmethod
    def of(cls, update: bytes) -> Self | None:
        """None: the update is something else than one stretch of deletions."""
        if update[:2] != _ONLY_DELETES:
            return None
        reader = Reader(update)
        reader.at = 2
        try:
            erased = cls(reader.varuint())
        except Malformed:
            return None
        return erased if erased.takes(update) else None

    def takes(self, update: bytes) -> bool:
        """One more stretch of the same client's. False, and unchanged: it is something else."""
        head = self._head
        if not update.startswith(head):
            return False
        reader = Reader(update)
        reader.at = len(head)
        try:
            start, length = reader.varuint(), reader.varuint()
        except Malformed:
            return False
        if not length or not reader.at_end:
            return False
        self._stretches.add(start, start + length)
        return True

    def update(self) -> bytes:
        stretches = list(self._stretches)
        parts = [varuint(start) + varuint(end - start) for start, end in stretches]
        return b"".join((self._head[:-1], varuint(len(parts)), *parts))


Gesture = Letters | Erased


def gesture(update: bytes) -> Gesture | None:
    """What may go on with the sender's next update; None if this is no single keystroke."""
    if not 2 < len(update) < _SMALL:
        return None
    typed = Typed.of(update)
    return Letters(typed) if typed else Erased.of(update)


def joined(updates: Iterable[bytes]) -> list[bytes]:
    """The same in fewer updates, for a merge: in another order, which means nothing there."""
    others, runs, latest = list[bytes](), list[Letters](), dict[int, Letters]()
    for update in updates:
        typed = Typed.of(update)
        if typed is None:
            others.append(update)
            continue
        run = latest.get(typed.client)
        if run is None or not run.takes_words(typed):
            run = latest[typed.client] = Letters(typed)
            runs.append(run)
    return [*others, *(run.update() for run in runs)]
