"""One socket's seat in a room, and what a room can ask of whoever carries its words."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from proposals.editing.domain.joining import Gesture, gesture
from proposals.editing.domain.merging import gather, merge
from proposals.editing.domain.presence import Identity
from proposals.editing.domain.protocol import CloseCode


class Ticket(NamedTuple):
    """What somebody was let in with: a session, and a seal that breaks when the password changes."""

    session: str
    seal: str


@dataclass(slots=True, eq=False)
class Peer:
    """A person at one socket. `ours` speaks coprod.v1; the others are stock Yjs clients."""

    key: int
    person: int
    identity: Identity
    ours: bool
    writes: bool
    stage: str = ""
    reason: str = ""  # why this peer only reads
    ticket: Ticket | None = None
    client: int | None = None  # the client id it announced, or first spoke for
    received: int = 0  # update-bearing messages so far: what receipts count
    waiting: int = 0  # how many of them are in the inbox, keystrokes in a row as one, and their bytes
    waiting_bytes: int = 0
    newest: "Waiting | None" = None  # of those, the one that came last
    gaps: int = 0  # resyncs asked for without an end
    holding: bool = False  # receipts wait until a resync has brought what was missing
    refused: bool = False  # an update was refused, so later ones that build on it will be
    closed: bool = False  # its socket is being closed; whatever still comes is not read


# So many keystrokes wait as one at most: if they are refused, each of them is told.
MOST_JOINED = 512


@dataclass(slots=True, eq=False)
class Waiting:
    """What has arrived and is not in the log: an update, or keystrokes in a row put together to one.

    It is the sender's `first` to `count`th update. `whole`: a sync step 2, all that the sender had.
    """

    peer: Peer
    count: int
    update: bytes
    whole: bool
    first: int = 0
    size: int = 0  # bytes, as they came
    gesture: Gesture | None = None  # what it grows into while more of it arrives

    def __post_init__(self) -> None:
        self.first, self.size = self.count, len(self.update)

    @property
    def counts(self) -> range:
        return range(self.first, self.count + 1)

    def takes(self, update: bytes) -> bool:
        """Whether it grew by the sender's next update."""
        mine = self.gesture
        if mine is None and self.count == self.first and not self.whole:
            mine = self.gesture = gesture(self.update)
        if mine is None or self.count - self.first >= MOST_JOINED or not mine.takes(update):
            return False
        self.count += 1
        self.size += len(update)
        return True

    def settle(self) -> None:
        """It grows no further."""
        if self.gesture is not None:
            self.update = self.gesture.update()
            self.gesture = None


@dataclass(slots=True, eq=False)
class Line:
    """An update that passed the gate, for the log. `claims`: those of its client ids that are new here."""

    waiting: Waiting
    update: bytes
    clients: frozenset[int]
    claims: frozenset[int]


@dataclass(slots=True)
class Flight:
    """What is on its way into the log, and what it settles: peer -> count of its newest update."""

    lines: list[Line] = field(default_factory=list)
    waitings: list[Waiting] = field(default_factory=list)
    settled: dict[int, int] = field(default_factory=dict)
    size: int = 0  # bytes of all lines

    def together(self) -> bytes:
        """All lines as one update. Where everybody wrote but one line there is nothing to join."""
        updates = [line.update for line in self.lines]
        writers = {client for line in self.lines for client in line.clients}
        return merge(updates) if len(writers) == len(updates) else gather(updates)

    @property
    def author(self) -> int | None:
        """The peer that wrote all of it, if it was one alone."""
        keys = {line.waiting.peer.key for line in self.lines}
        return keys.pop() if len(keys) == 1 else None


@dataclass(slots=True)
class Send:
    """A frame for one peer."""

    to: int
    frame: bytes


@dataclass(slots=True)
class Cast:
    """One frame for every peer, or only for those that speak coprod.v1, or only for the others.

    `but`: the peer that need not be told, because all of it came from there.
    """

    frame: bytes
    ours: bool | None = None
    but: Hashable = None


@dataclass(frozen=True, slots=True)
class Close:
    """End one peer's socket. `why` is for our own record, never content."""

    to: int
    code: CloseCode
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """Tells one peer which of its updates is refused, and why. `reason` is the code, for who counts."""

    to: int
    frame: bytes
    reason: str


Effect = Send | Cast | Close | Reject


def closing(peer: Peer, code: CloseCode, why: str) -> Close:
    """From now on nothing that this peer sends is read."""
    peer.closed = True
    return Close(peer.key, code, why)
