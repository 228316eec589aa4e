"""One socket's seat in a room, and what a room can ask of whoever carries its words."""

from dataclasses import dataclass, field

from proposals.editing.domain.presence import Identity
from proposals.editing.domain.protocol import CloseCode


@dataclass(frozen=True, slots=True)
class Ticket:
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
    waiting: int = 0  # how many of them are in the inbox, and their bytes
    waiting_bytes: int = 0
    gaps: int = 0  # resyncs asked for without an end
    holding: bool = False  # receipts wait until a resync has brought what was missing
    refused: bool = False  # an update was refused, so later ones that build on it will be
    closed: bool = False  # its socket is being closed; whatever still comes is not read


@dataclass(slots=True, eq=False)
class Waiting:
    """An update that has arrived and is not in the log. `whole`: a sync step 2, all that the sender had."""

    peer: Peer
    count: int
    update: bytes
    whole: bool


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


@dataclass(frozen=True, slots=True)
class Send:
    """A frame for one peer."""

    to: int
    frame: bytes


@dataclass(frozen=True, slots=True)
class Cast:
    """One frame for every peer, or only for those that speak coprod.v1, or only for the others."""

    frame: bytes
    ours: bool | None = None


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
