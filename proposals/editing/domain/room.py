"""An open document in one process: who is here, what is held. (peer, message) -> effects, and no I/O."""

from collections.abc import Iterable, Mapping, Sequence

from proposals.editing.domain import protocol
from proposals.editing.domain.admission import Admission, Opening
from proposals.editing.domain.committed import Committed
from proposals.editing.domain.intake import Intake, receipts
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.merging import merge
from proposals.editing.domain.peers import Cast, Effect, Line, Peer, Send, Ticket, closing
from proposals.editing.domain.presence import Presence, claims
from proposals.editing.domain.protocol import CloseCode, Entry, Message

# For so many peers presence skips a tick: what it costs grows with the square of their number, and in a
# full room nobody sees whether a caret moved a tenth of a second ago.
PEERS_A_TICK = 16

# From here on writers are told how full the document is, in per cent, and again at every step.
NEARLY_FULL = 80
FILL_STEP = 5


def nearly_full(percent: int) -> str:
    return (
        f"This document is {percent}% full. Please shorten it or move something to an annex. "
        "When it is full, nothing more can be added."
    )


class Room:
    """Told what happens, it answers with effects. No text leaves it that is not in the log."""

    def __init__(self, opening: Opening, limits: Limits, most_bytes: int) -> None:
        self.peers: dict[int, Peer] = {}
        self.text = Committed(opening.merged)
        self.head = opening.head
        self._admission = Admission(opening, limits)
        self._intake = Intake(self.text, self._admission, most_bytes)
        self._presence = Presence(limits)
        self._news: dict[int, Entry] = {}
        self._ticks = 0  # since presence was last told
        self._freezing = False
        self._warned = 0  # how full the document was when people were last told
        self._ahead: set[int] = set()  # seqs stored from here, beyond rows of others that are not here yet

    @property
    def has_work(self) -> bool:
        return bool(self._news or (self._intake.inbox and self._intake.flight is None))

    @property
    def in_flight(self) -> bool:
        return self._intake.flight is not None

    @property
    def is_idle(self) -> bool:
        return not (self.peers or self.is_busy)

    @property
    def is_busy(self) -> bool:
        """Something that has arrived is not in the log yet."""
        return bool(self._intake.inbox or self._intake.flight)

    @property
    def is_behind(self) -> bool:
        """Another process seems to have stored rows that are not here."""
        return bool(self._ahead) or self._intake.missed_something

    # -- coming and going ----------------------------------------------------------------------------
    def join(self, peer: Peer) -> list[Effect]:
        self.peers[peer.key] = peer
        effects: list[Effect] = [Send(peer.key, self.text.step1())]
        if peer.ours:
            effects.append(self._state(peer))
        if here := self._presence.all():
            effects.append(Send(peer.key, protocol.awareness(here)))
        return effects

    def leave(self, key: int) -> None:
        """The others hear of it at the next tick. What the peer has sent is still stored."""
        peer = self.peers.pop(key, None)
        if peer is None:
            return
        self._tell(self._presence.leave(key))
        if peer.client is not None and all(other.client != peer.client for other in self.peers.values()):
            self._admission.release(peer.client)

    def rights(self, key: int, *, writes: bool, reason: str, stage: str) -> list[Effect]:
        """What the peer may do now; it hears of it if that has changed."""
        peer = self.peers.get(key)
        if peer is None or (peer.writes, peer.reason, peer.stage) == (writes, reason, stage):
            return []
        peer.writes, peer.reason, peer.stage = writes, reason, stage
        return [self._state(peer)] if peer.ours else []

    def heartbeat(self) -> list[Effect]:
        """Something for everybody, so that no client takes the silence for a broken line."""
        states: list[Effect] = [self._state(peer) for peer in self.peers.values() if peer.ours]
        return [Cast(protocol.awareness(self._presence.all()), ours=False), *states]

    def tell(self, hint: Mapping[str, object]) -> list[Effect]:
        """Pass a hint on to our own clients."""
        return [Cast(protocol.event(hint), ours=True)]

    def close(self, code: CloseCode, why: str) -> list[Effect]:
        return [closing(peer, code, why) for peer in self.peers.values() if not peer.closed]

    # -- messages --------------------------------------------------------------------------------------
    def receive(self, key: int, message: Message) -> list[Effect]:
        peer = self.peers.get(key)
        if peer is None or peer.closed:
            return []
        if isinstance(message, protocol.Awareness):
            return self._hear(peer, message.entries)
        if isinstance(message, protocol.SyncUpdate | protocol.SyncStep2):
            return self._intake.queue(peer, message.update, whole=isinstance(message, protocol.SyncStep2))
        if isinstance(message, protocol.Hello):
            return self._greet(peer, message)
        answer = (
            self.text.step2(message.state_vector)
            if isinstance(message, protocol.SyncStep1)
            else protocol.awareness(self._presence.all())
        )
        return [Send(key, answer)]

    def _hear(self, peer: Peer, entries: Sequence[Entry]) -> list[Effect]:
        """Presence is taken only from a client id that is, or now becomes, this person's."""
        if peer.client is None:
            client = claims(entries)
            if client is None or not self._bind(peer, client):
                return []
        self._tell(self._presence.receive(peer.key, peer.identity, entries, reader=not peer.writes))
        return []

    def _greet(self, peer: Peer, hello: protocol.Hello) -> list[Effect]:
        if hello.schema != protocol.SCHEMA:
            return [closing(peer, CloseCode.OTHER_EPOCH, "other schema")]
        if not self._bind(peer, hello.client):
            return [closing(peer, CloseCode.OTHER_EPOCH, "client id of somebody else")]
        return []

    def _bind(self, peer: Peer, client: int) -> bool:
        if not self._admission.is_free_for(client, peer.person):
            return False
        if peer.client is not None and peer.client != client:
            self._admission.release(peer.client)
            self._tell(self._presence.leave(peer.key))
        peer.client = client
        self._admission.reserve(client, peer.person)
        self._presence.bind(peer.key, client)
        return True

    def _tell(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._news[entry.client] = entry

    # -- into the log ----------------------------------------------------------------------------------
    def take(self) -> tuple[list[Line], list[Effect]]:
        """At a tick: what goes into the log. If anything, `stored`, `refused` or `frozen` must follow."""
        if self.in_flight or not self._intake.inbox:
            return [], self._presence_news()
        flight, effects = self._intake.take()
        for line in flight.lines:
            if line.waiting.peer.client is None and len(line.clients) == 1:
                self._bind(line.waiting.peer, next(iter(line.clients)))
        if flight.lines:
            # Presence waits for the text that it points into.
            return flight.lines, effects
        return [], [*effects, *self._presence_news(), *receipts(flight, self.peers, self.head)]

    def stored(self, head: int) -> list[Effect]:
        """The lines are in the log, the last one at `head`: now everybody may see them."""
        flight, update = self._intake.stored()
        first = max(self.head, head - len(flight.lines)) + 1
        self._ahead.update(range(first, head + 1))
        self._close_up()
        return [
            Cast(protocol.sync_update(update), but=flight.author),
            *self._presence_news(),
            *receipts(flight, self.peers, head),
            *self._fill_news(),
        ]

    def refused(
        self, barred: frozenset[int], taken: frozenset[int], ended: frozenset[Ticket] = frozenset()
    ) -> list[Effect]:
        return self._intake.refused(barred, taken, ended)

    def freezing(self, *, begun: bool) -> list[Effect]:
        """Ask our own clients to send what they have and take no further input; or say that it goes on."""
        self._freezing = begun
        return [self._state(peer) for peer in self.peers.values() if peer.ours]

    def frozen(self) -> list[Effect]:
        """The epoch is closed, and everybody has to go."""
        return [*self._intake.frozen(), *self.close(CloseCode.FROZEN, "frozen")]

    def caught_up(self, rows: Sequence[tuple[int, bytes]], owners: Mapping[int, int]) -> list[Effect]:
        """Every row after `head` that the log holds by now: some from here, some from another process."""
        self._intake.missed_something = False
        self._admission.learn_owners(owners)
        fresh = [data for seq, data in rows if seq > self.head and seq not in self._ahead]
        for data in fresh:
            self._admission.follow(data)
        if rows:
            self.head = max(self.head, rows[-1][0])
            self._ahead = {seq for seq in self._ahead if seq > self.head}
            self._close_up()
        if not fresh:
            return []
        update = merge(fresh)
        self.text.add(update)
        return [Cast(protocol.sync_update(update))]

    def _close_up(self) -> None:
        """Move `head` over the rows stored from here that follow it without a gap."""
        while self.head + 1 in self._ahead:
            self.head += 1
            self._ahead.discard(self.head)

    # -- frames ----------------------------------------------------------------------------------------
    def _presence_news(self) -> list[Effect]:
        """The latest state of whoever moved, at this tick or one of the next."""
        self._ticks += 1
        if not self._news or self._ticks <= len(self.peers) // PEERS_A_TICK:
            return []
        self._ticks = 0
        news, self._news = self._news, {}
        author = self._presence.peer_of(next(iter(news))) if len(news) == 1 else None
        return [Cast(protocol.awareness(news.values()), but=author)]

    def _state(self, peer: Peer) -> Send:
        facts: dict[str, object] = {
            "mode": self._mode(peer),
            "stage": peer.stage,
            "seq": self.head,
            "schema": protocol.SCHEMA,
            "you": dict(peer.identity),
            "fill": self._intake.fill,
        }
        if not peer.writes:
            facts["reason"] = peer.reason
        elif self._intake.fill >= NEARLY_FULL:
            facts["notice"] = nearly_full(self._intake.fill)
        return Send(peer.key, protocol.state(facts))

    def _fill_news(self) -> list[Effect]:
        """Everybody hears when the document gets so full that they should know, and at every further step."""
        step = self._intake.fill // FILL_STEP * FILL_STEP
        due, self._warned = step > self._warned and step >= NEARLY_FULL, step
        return [self._state(peer) for peer in self.peers.values() if peer.ours] if due else []

    def _mode(self, peer: Peer) -> str:
        if not peer.writes:
            return "read"
        return "freezing" if self._freezing else "edit"
