"""Peers, sockets and frames by hand, for tests of rooms and of the hub."""

from collections.abc import Iterable

from pycrdt import Doc, Text

from proposals.editing.domain import protocol
from proposals.editing.domain.admission import Opening
from proposals.editing.domain.frames import framed
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.peers import Effect, Peer, Reject, Send
from proposals.editing.domain.room import Room

ROOTS = frozenset({"t:problem"})


class Typist:
    """Makes updates as an editor would."""

    def __init__(self, client: int, said: bytes = b"\x00\x00") -> None:
        self.client = client
        self.doc = Doc({"t:problem": Text()}, client_id=client)
        self.doc.apply_update(said)
        self.text = self.doc.get("t:problem", type=Text)
        self.made: list[bytes] = []
        self.doc.observe(lambda event: self.made.append(event.update))

    def type(self, words: str) -> protocol.SyncUpdate:
        self.text.insert(len(str(self.text).encode()), words)
        return protocol.SyncUpdate(self.made[-1])

    def delete(self, start: int, end: int) -> protocol.SyncUpdate:
        del self.text[start:end]
        return protocol.SyncUpdate(self.made[-1])


def a_room(most_bytes: int = 2**20, limits: Limits | None = None) -> Room:
    return Room(Opening(b"\x00\x00", 0, {}, ROOTS), limits or Limits(), most_bytes)


def a_peer(key: int, *, ours: bool = True, writes: bool = True) -> Peer:
    identity: dict[str, int | str] = {"id": key, "name": f"Person {key}", "side": "clinician"}
    return Peer(key, key, identity, ours, writes, reason="" if writes else "You only read.")


def frames(effects: list[Effect], to: int) -> list[bytes]:
    return [effect.frame for effect in effects if isinstance(effect, Send | Reject) and effect.to == to]


class FakeSocket:
    """Keeps what it is given; `full` stands for somebody who does not read."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.pieces: list[list[bytes]] = []  # what left together
        self.code: int | None = None
        self.full = False
        self.paused = 0
        self.unsent = 0

    def send(self, frame: bytes | str) -> bool:
        if isinstance(frame, bytes) and not self.full:
            self.frames.append(frame)
        return not self.full

    def send_all(self, data: bytes, frames: Iterable[bytes]) -> bool:
        together = list(frames)
        assert data == b"".join(map(framed, together))
        self.pieces.append(together)
        return all(self.send(frame) for frame in together)

    def close(self, code: int) -> None:
        self.code = code

    def pause(self) -> None:
        self.paused += 1

    def resume(self) -> None:
        self.paused -= 1
