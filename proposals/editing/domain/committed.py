"""A room's committed text as bytes: what joiners get. It never holds anything that is not in the log."""

from proposals.editing.domain import protocol, wire
from proposals.editing.domain.merging import gather, lacking, merge, state_vector_of

# Folding costs by the size of the whole, so the tail grows to this length before it is folded unasked.
TAIL_LENGTH = 512
TAIL_BYTES = 262_144


class Committed:
    """The merged bytes, and a tail of newer updates that is folded in when somebody asks."""

    def __init__(self, merged: bytes) -> None:
        self._merged = merged
        self._tail: list[bytes] = []
        self._tail_bytes = 0
        self._step1: bytes | None = None

    def add(self, update: bytes) -> None:
        self._tail.append(update)
        self._tail_bytes += len(update)
        self._step1 = None
        if len(self._tail) >= TAIL_LENGTH or self._tail_bytes >= TAIL_BYTES:
            self._fold()

    @property
    def size(self) -> int:
        return len(self._merged) + self._tail_bytes

    @property
    def merged(self) -> bytes:
        self._fold()
        return self._merged

    def step1(self) -> bytes:
        """The server's own question to a joiner: what do you have that the log does not?"""
        if self._step1 is None:
            self._step1 = b"\x00\x00" + wire.varbytes(state_vector_of(self.merged))
        return self._step1

    def step2(self, vector: dict[int, int]) -> bytes:
        """The answer to a joiner's question. A newcomer gets the merged bytes as they are."""
        if not vector:
            return protocol.sync_step2(self.merged)
        return protocol.sync_step2(lacking(self.merged, wire.encode_state_vector(vector)))

    def _fold(self) -> None:
        if self._tail:
            self._merged = merge([self._merged, gather(self._tail)])
            self._tail = []
            self._tail_bytes = 0
