"""The chain that binds each row of a log to the row before it: same rows, same hashes, for ever.

A row's seal is the sha256 over the seal before it and all that the row says. An epoch's chain begins at a
hash of its document, its id and the end of the epoch before it, so all epochs of a document are one chain.
When rows are folded into a checkpoint, it keeps the last one's seal and a proof that binds its bytes to that.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

NO_SEAL = b""  # before the first epoch of a document
NOBODY = 0  # the server itself
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ROW = struct.Struct(">qqqq")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log with its stored seal."""

    seq: int
    by: int | None
    at: datetime
    data: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Base:
    """A checkpoint as it is stored: what was folded, up to which seq, and what binds it."""

    upto: int
    data: bytes
    seal: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Log:
    """An epoch's log as it is stored; it should end at `head`."""

    origin: bytes
    base: Base | None
    rows: list[Row]
    head: int


def origin(document: int, epoch: UUID, before: bytes = NO_SEAL) -> bytes:
    """What the first row of an epoch is bound to; `before` is the end of the epoch before it."""
    return sha256(b"epoch" + document.to_bytes(8, "big") + epoch.bytes + before).digest()


def microseconds(at: datetime) -> int:
    """A moment as a whole number, the same for every database and time zone."""
    return (at - _BEGINNING) // _MICROSECOND


def seal(before: bytes, seq: int, by: int | None, *, at: int, data: bytes) -> bytes:
    """`at` in microseconds since 1970. Measured: about one microsecond for a keystroke."""
    return sha256(before + _ROW.pack(seq, by or NOBODY, at, len(data)) + data).digest()


def proof(last: bytes, upto: int, data: bytes) -> bytes:
    """What binds a checkpoint's bytes to the seal of the last row that went into it."""
    return sha256(b"checkpoint" + last + upto.to_bytes(8, "big") + data).digest()


def fault(log: Log) -> str:
    """An empty string, or a sentence that names the first place at which this is not what was written."""
    seq, last, base = 0, log.origin, log.base
    if base is not None:
        if proof(base.seal, base.upto, base.data) != base.proof:
            return f"What was folded up to row {base.upto} has been changed since."
        seq, last = base.upto, base.seal
    found = _fault_in(log.rows, seq, last)
    if found:
        return found
    end = log.rows[-1].seq if log.rows else seq
    return "" if end == log.head else f"The log should end with row {log.head}, but ends with row {end}."


def _fault_in(rows: Iterable[Row], seq: int, last: bytes) -> str:
    for row in rows:
        if row.seq != seq + 1:
            return f"Row {seq + 1} is missing: row {row.seq} follows row {seq}."
        if seal(last, row.seq, row.by, at=microseconds(row.at), data=row.data) != row.seal:
            return f"Row {row.seq}, or its bond to the row before it, has been changed since it was written."
        seq, last = row.seq, row.seal
    return ""
