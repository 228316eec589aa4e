"""A world for the room's machine: clients with real documents, lossy lines, two processes and one log."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pycrdt import Doc, Text, TransactionEvent

from proposals.editing.domain import protocol
from proposals.editing.domain.admission import Opening
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.merging import merge
from proposals.editing.domain.peers import Cast, Close, Effect, Line, Peer, Send
from proposals.editing.domain.room import Room
from proposals.editing.domain.wire import Reader, encode_state_vector, varbytes

LIMITS = Limits()
ROOT = "t:problem"
ROOTS = frozenset({ROOT})


def opening_text() -> bytes:
    """What the server seeds: the newline that opens the first block."""
    doc = Doc({ROOT: Text()}, client_id=2)
    doc.get(ROOT, type=Text).insert(0, "\n")
    return doc.get_update()


@dataclass
class Log:
    """The log of one epoch, as the database keeps it."""

    rows: list[bytes] = field(default_factory=lambda: [opening_text()])
    owners: dict[int, int] = field(default_factory=dict)
    by: list[int] = field(default_factory=lambda: [0])
    barred: set[int] = field(default_factory=set)

    def since(self, seq: int) -> list[tuple[int, bytes]]:
        return list(enumerate(self.rows, start=1))[seq:]

    def refusal(self, lines: list[Line]) -> tuple[frozenset[int], frozenset[int]] | None:
        barred = {line.waiting.peer.person for line in lines} & self.barred
        taken = {
            client
            for line in lines
            for client in line.claims
            if self.owners.get(client, line.waiting.peer.person) != line.waiting.peer.person
        }
        return (frozenset(barred), frozenset(taken)) if barred or taken else None

    def append(self, lines: list[Line]) -> int:
        for line in lines:
            self.owners.update(dict.fromkeys(line.claims, line.waiting.peer.person))
            self.rows.append(line.update)
            self.by.append(line.waiting.peer.person)
        return len(self.rows)

    def replay(self) -> Doc[Text]:
        doc: Doc[Text] = Doc({ROOT: Text()}, client_id=3)
        for row in self.rows:
            doc.apply_update(row)
        return doc


class Client:
    """A person's browser: a document, a line to one process at a time, and what it was told is saved."""

    def __init__(self, person: int) -> None:
        self.person = person
        self.id = 1_000 + person
        self.doc = Doc({ROOT: Text()}, client_id=self.id)
        self.text = self.doc.get(ROOT, type=Text)
        self.peer: Peer | None = None
        self.process: Process | None = None
        self.to_server: list[tuple[bytes, bytes | None]] = []  # a frame, and the update in it
        self.to_client: list[bytes] = []
        self.arrived: list[bytes] = []  # the updates of this connection, as they reached the process
        self.resyncs = 0
        self.rejected: list[str] = []
        self.codes: list[int] = []
        self._quiet = False
        self._asked = False
        self.doc.observe(self._changed)

    def _changed(self, event: TransactionEvent) -> None:
        if not self._quiet and self.peer is not None:
            self.to_server.append((protocol.sync_update(event.update), event.update))

    def connect(self, process: "Process", key: int) -> None:
        peer = Peer(
            key, self.person, {"id": self.person, "name": "P", "side": "clinician"}, ours=True, writes=True
        )
        self.peer, self.process = peer, process
        self.to_server = [
            (protocol.hello(protocol.SCHEMA, self.id), None),
            (b"\x00\x00" + varbytes(self.doc.get_state()), None),
        ]
        self.to_client, self.arrived = [], []
        self._asked = False
        process.clients[key] = self
        process.apply(process.room.join(peer))

    def disconnect(self) -> None:
        if self.peer is not None and self.process is not None:
            self.process.clients.pop(self.peer.key, None)
            self.process.room.leave(self.peer.key)
        self.peer = self.process = None
        self.to_server, self.to_client, self.arrived = [], [], []

    def hear(self, frame: bytes) -> Iterator[int]:
        """Take one frame in; yields the count of a receipt."""
        if frame[0] == protocol.ACK:
            yield Reader(frame[1:]).varuint()
        elif frame[0] == protocol.REJECT:
            reader = Reader(frame[1:])
            reader.varuint()
            self.rejected.append(reader.string())
        elif frame[0] == protocol.SYNC:
            self._sync(protocol.decode(frame, Limits(frame_bytes=2**24)))

    def _sync(self, message: protocol.Message) -> None:
        if isinstance(message, protocol.SyncStep1):
            update = self.doc.get_update(encode_state_vector(message.state_vector))
            self.to_server.append((protocol.sync_step2(update), update))
            self.resyncs += self._asked
            self._asked = True
        elif isinstance(message, protocol.SyncStep2 | protocol.SyncUpdate):
            self._quiet = True
            self.doc.apply_update(message.update)
            self._quiet = False

    @property
    def said(self) -> str:
        return str(self.text)


class Process:
    """One web process with its room; `crash` takes the room and every line with it."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.clients: dict[int, Client] = {}
        self.flying: list[Line] = []
        self.room = self._open()

    def _open(self) -> Room:
        rows = self.log.since(0)
        merged = merge([data for _, data in rows])
        return Room(Opening(merged, len(rows), dict(self.log.owners), ROOTS), LIMITS, 2**22)

    def apply(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Cast):
                for client in self.clients.values():
                    client.to_client.append(effect.frame)
            elif isinstance(effect, Send) and effect.to in self.clients:
                self.clients[effect.to].to_client.append(effect.frame)
            elif isinstance(effect, Close) and effect.to in self.clients:
                client = self.clients[effect.to]
                client.codes.append(effect.code)
                client.disconnect()

    def take(self) -> None:
        lines, effects = self.room.take()
        self.apply(effects)
        self.flying = lines or self.flying

    def commit(self, *, crash_after: bool = False) -> None:
        """The log answers for what is on its way."""
        lines, self.flying = self.flying, []
        if not lines:
            return
        refusal = self.log.refusal(lines)
        head = 0 if refusal else self.log.append(lines)
        if crash_after:
            self.crash()
        elif refusal:
            self.apply(self.room.refused(*refusal))
        else:
            self.apply(self.room.stored(head))

    def catch_up(self) -> None:
        self.apply(self.room.caught_up(self.log.since(self.room.head), self.log.owners))

    def crash(self) -> None:
        for client in list(self.clients.values()):
            client.peer = None  # no farewell
            client.disconnect()
        self.clients = {}
        self.flying = []
        self.room = self._open()
