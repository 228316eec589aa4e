"""The messages of the document socket: what may arrive, what is sent, and the codes a socket closes with."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.values import Json, parse_json
from proposals.editing.domain.wire import (
    Malformed,
    Reader,
    client_id,
    encode_state_vector,
    state_vector,
    varbytes,
    varstring,
    varuint,
)

SUBPROTOCOL = "coprod.v1"
SCHEMA = 1

SYNC, AWARENESS, QUERY_AWARENESS = 0, 1, 3
STEP_1, STEP_2, UPDATE = 0, 1, 2
ACK, STATE, EVENT, REJECT, HELLO = 0x64, 0x65, 0x66, 0x67, 0x68

State = dict[str, Json]


class CloseCode(IntEnum):
    """Why a socket was closed. 4400 to 4499 are final; a client comes back after 4503."""

    MALFORMED = 4400
    SIGN_IN = 4401
    NO_ACCESS = 4403
    UNKNOWN = 4404
    OTHER_EPOCH = 4409
    TOO_LARGE = 4413
    FROZEN = 4423
    BUSY = 4503


class TooLarge(ValueError):
    """A frame beyond its limit; it was not read."""


@dataclass(frozen=True, slots=True)
class SyncStep1:
    state_vector: dict[int, int]


@dataclass(frozen=True, slots=True)
class SyncStep2:
    update: bytes


# What comes with every key or caret is not frozen: that would make it three times as dear.
@dataclass(slots=True)
class SyncUpdate:
    update: bytes


@dataclass(slots=True)
class Entry:
    """One client's presence. No state means that the client has left. `size`: of the state as it came."""

    client: int
    clock: int
    state: State | None
    size: int = field(default=0, compare=False)


@dataclass(slots=True)
class Awareness:
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class QueryAwareness:
    pass


@dataclass(frozen=True, slots=True)
class Hello:
    schema: int
    client: int


_UPDATE_HEAD = bytes((SYNC, UPDATE))

Message = SyncStep1 | SyncStep2 | SyncUpdate | Awareness | QueryAwareness | Hello


def decode(frame: bytes, limits: Limits, *, own: int | None = None) -> Message:
    """Read one frame as one message. Raises Malformed (4400) or TooLarge (4413), nothing else.

    Where the sender's client id is known, `own` spares reading what it says about others.
    """
    if len(frame) > limits.frame_bytes:
        raise TooLarge("This message is larger than the server takes.")
    if frame[:2] == _UPDATE_HEAD and 3 <= len(frame) < 131 and frame[2] == len(frame) - 3:
        return SyncUpdate(frame[3:])  # a keystroke: most of what arrives
    reader = Reader(frame)
    kind = reader.byte()
    if kind == AWARENESS:
        message: Message = _awareness(reader, limits, own)
    elif kind in _readers:
        message = _readers[kind](reader, limits)
    else:
        raise Malformed("a message of no known kind")
    if not reader.at_end:
        raise Malformed("more after the end of the message")
    return message


def _sync(reader: Reader, limits: Limits) -> Message:
    step = reader.byte()
    if step == UPDATE:
        return SyncUpdate(reader.bytes())
    if step == STEP_2:
        return SyncStep2(reader.bytes())
    if step != STEP_1:
        raise Malformed("a sync message of no known kind")
    return SyncStep1(decode_state_vector(reader.bytes(), limits))


def decode_state_vector(data: bytes, limits: Limits) -> dict[int, int]:
    reader = Reader(data)
    vector = state_vector(reader, limits.vector_entries)
    if not reader.at_end:
        raise Malformed("more after the end of the state vector")
    return vector


def _awareness(reader: Reader, limits: Limits, own: int | None) -> Awareness:
    if reader.left > limits.awareness_bytes:
        raise TooLarge("This presence message is larger than the server takes.")
    if reader.varuint() != reader.left:
        raise Malformed("presence of another length than it says")
    number = reader.count(3)
    if number == 1:
        entry = _entry(reader, limits, own)
        return Awareness((entry,) if entry else ())
    if not 0 < number <= limits.awareness_entries:
        raise Malformed("presence of nobody, or of too many")
    entries = [_entry(reader, limits, own) for _ in range(number)]
    return Awareness(tuple(entry for entry in entries if entry))


def _entry(reader: Reader, limits: Limits, own: int | None) -> Entry | None:
    client = reader.varuint() if own is None else reader.client(own)
    clock, text = reader.varuint(), reader.string()
    if own is not None and client != own:
        return None
    if text == "null":
        return Entry(client, clock, None)
    state = parse_json(text, limits)
    if state is not None and not isinstance(state, dict):
        raise Malformed("presence that is not an object")
    return Entry(client, clock, state, len(text))


def _query(reader: Reader, limits: Limits) -> QueryAwareness:  # noqa: ARG001 - one signature for all readers
    return QueryAwareness()


def _hello(reader: Reader, limits: Limits) -> Hello:  # noqa: ARG001 - one signature for all readers
    return Hello(reader.varuint(), reader.varuint())


_readers: Mapping[int, Callable[[Reader, Limits], Message]] = {
    SYNC: _sync,
    QUERY_AWARENESS: _query,
    HELLO: _hello,
}


def sync_step1(vector: dict[int, int]) -> bytes:
    return b"\x00\x00" + varbytes(encode_state_vector(vector))


def sync_step2(update: bytes) -> bytes:
    return b"\x00\x01" + varbytes(update)


def sync_update(update: bytes) -> bytes:
    return b"\x00\x02" + varbytes(update)


def awareness(entries: Iterable[Entry]) -> bytes:
    parts = [
        client_id(entry.client) + varuint(entry.clock) + varstring(dumps(entry.state)) for entry in entries
    ]
    return b"\x01" + varbytes(varuint(len(parts)) + b"".join(parts))


def query_awareness() -> bytes:
    return b"\x03"


def receipt(count: int, seq: int) -> bytes:
    """The first `count` updates of this connection are in the log; `seq` is its newest row."""
    return b"\x64" + varuint(count) + varuint(seq)


def state(facts: Mapping[str, object]) -> bytes:
    return b"\x65" + varstring(dumps(facts))


def event(facts: Mapping[str, object]) -> bytes:
    return b"\x66" + varstring(dumps(facts))


def reject(count: int, code: str, sentence: str) -> bytes:
    """The `count`-th update of this connection was not taken, and why."""
    return b"\x67" + varuint(count) + varstring(code) + varstring(sentence)


def hello(schema: int, client: int) -> bytes:
    return b"\x68" + varuint(schema) + varuint(client)


_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def dumps(value: object) -> str:
    """JSON as it travels: short, ASCII where a lone surrogate would break UTF-8, and never NaN."""
    return _encoder.encode(value)
