"""Who is in a room: one entry per socket, the name written by the server, other people's entries ignored."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.protocol import Entry, State, dumps

Identity = Mapping[str, int | str]

_REMEMBERED = 1_024
# We count on from what a client says, and its successors from there. No browser reads a number beyond 2**53.
_LATEST = 2**50


@dataclass(slots=True)
class _Place:
    """One socket's seat: its client id, the last clock it sent, and what lifts ours above the past."""

    client: int
    heard: int = -1
    ahead: int = 0


def claims(entries: Sequence[Entry]) -> int | None:
    """The client id a newcomer's first presence speaks for: its own, alone, and alive."""
    if len(entries) == 1 and entries[0].state is not None:
        return entries[0].client
    return None


class Presence:
    """The table of one room. The caller binds a socket to a client id that it knows to be this person's."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._places: dict[Hashable, _Place] = {}
        self._holders: dict[int, Hashable] = {}
        self._entries: dict[int, Entry] = {}
        self._clocks: dict[int, int] = {}

    def bind(self, peer: Hashable, client: int) -> None:
        """From now on this socket speaks for this client id, and no other socket does."""
        seat = self._places.get(peer)
        if seat is None or seat.client != client:
            self._places[peer] = _Place(client)
            self._holders[client] = peer

    def client_of(self, peer: Hashable) -> int | None:
        seat = self._places.get(peer)
        return None if seat is None else seat.client

    def peer_of(self, client: int) -> Hashable:
        """Which socket speaks for this client id; None if it has left."""
        return self._holders.get(client)

    def receive(
        self, peer: Hashable, identity: Identity, entries: Sequence[Entry], *, reader: bool = False
    ) -> list[Entry]:
        """What to tell the room. Foreign, stale and oversized entries are dropped without a word."""
        seat = self._places.get(peer)
        if seat is None or self._holders.get(seat.client) != peer:
            return []
        told = []
        for entry in entries:
            if entry.client == seat.client and self._is_news(seat, entry):
                told.append(self._keep(seat, entry, _stamped(entry.state, identity, reader=reader)))
        return told

    def leave(self, peer: Hashable) -> list[Entry]:
        """The farewell for a socket that has gone; nothing if another socket has taken its client id over."""
        seat = self._places.pop(peer, None)
        if seat is None or self._holders.get(seat.client) != peer:
            return []
        del self._holders[seat.client]
        if self._entries.pop(seat.client, None) is None:
            return []
        return [Entry(seat.client, self._tick(seat.client, 0), None)]

    def all(self) -> list[Entry]:
        return list(self._entries.values())

    def _is_news(self, seat: _Place, entry: Entry) -> bool:
        if entry.clock + seat.ahead > _LATEST:
            return False
        if entry.clock < seat.heard or (entry.clock == seat.heard and entry.state is not None):
            return False
        return entry.state is None or (entry.size or len(dumps(entry.state))) <= self._limits.state_bytes

    def _keep(self, seat: _Place, entry: Entry, state: State | None) -> Entry:
        """Others know this client by the last clock we sent; a client that returns is lifted above it."""
        clock = self._tick(entry.client, entry.clock + seat.ahead)
        seat.heard, seat.ahead = entry.clock, clock - entry.clock
        kept = Entry(entry.client, clock, state)
        if state is None:
            self._entries.pop(entry.client, None)
        else:
            self._entries[entry.client] = kept
        return kept

    def _tick(self, client: int, wanted: int) -> int:
        clock = max(wanted, self._clocks.pop(client, -1) + 1)
        self._clocks[client] = clock
        if len(self._clocks) > _REMEMBERED:
            self._forget()
        return clock

    def _forget(self) -> None:
        """Clocks of clients long gone; those present are the most recent half or still seated."""
        for client in list(self._clocks)[: _REMEMBERED // 2]:
            if client not in self._holders:
                del self._clocks[client]


def _stamped(state: State | None, identity: Identity, *, reader: bool) -> State | None:
    if state is None:
        return None
    stamped: State = {**state, "user": dict(identity)}
    if reader:
        stamped["cursor"] = None
    return stamped
