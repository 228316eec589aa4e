"""A socket's seat in an open room, and the room as the hub keeps it."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from proposals.editing.domain.peers import Peer
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.domain.room import Room
from proposals.editing.hub.visits import Visit


class Full(Exception):
    """No further socket fits into this room."""


class Socket(Protocol):
    """What the hub needs of a connection. Neither call ever waits."""

    def send(self, frame: bytes | str) -> bool:
        """Hand a frame over. False: this socket is too far behind."""
        ...

    def send_all(self, data: bytes, frames: Iterable[bytes]) -> bool:
        """Several frames in one go; `data` is what they are together on a plain line."""
        ...

    def close(self, code: int) -> None: ...

    def pause(self) -> None:
        """Read nothing more from the line for now: the sender's own machine will hold it back."""
        ...

    def resume(self) -> None: ...

    @property
    def unsent(self) -> int:
        """How many bytes were handed over that the line has not taken yet."""
        ...


class Closing(Protocol):
    """Whatever can be told to go."""

    def close(self, code: CloseCode) -> None: ...


@dataclass(slots=True, eq=False)
class OpenRoom:
    """A room, who sits in it, and what keeps it going."""

    epoch: UUID
    proposal: int
    room: Room
    seats: dict[int, "Seat"] = field(default_factory=dict)
    folded: int = 0  # the seq at which its rows were last folded into the checkpoint
    gone: bool = False
    catching_up: bool = False
    linger: asyncio.TimerHandle | None = None
    unsubscribe: list[Callable[[], None]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Seat:
    """One socket in one room."""

    peer: Peer
    socket: Socket
    visit: Visit
    place: OpenRoom
    unsubscribe: Callable[[], None]

    @property
    def key(self) -> int:
        return self.peer.key
