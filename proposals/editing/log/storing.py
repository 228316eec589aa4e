"""The transaction that stores what rooms have to say: epochs, rights, client ids, rows and their seals."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from proposals.editing.domain.peers import Ticket
from proposals.editing.domain.seals import microseconds, seal
from proposals.editing.faults import die_at
from proposals.editing.log.chain import Ends
from proposals.editing.log.holding import Holder
from proposals.editing.log.rights import Rights
from proposals.editing.log.rows import key_of
from proposals.editing.models import ClientBinding

# Their rows are ours from here to the commit: SQLite has one writer at a time, PostgreSQL locks them, in one
# order everywhere, so that two processes never wait for each other's epochs.
OPEN_EPOCHS = "SELECT id, head, document_id FROM editing_epoch WHERE closed_at IS NULL AND id IN (%s)"
LOCKED = " ORDER BY id FOR UPDATE"
ADVANCE = "UPDATE editing_epoch SET head = %s, size = size + %s WHERE id = %s"
INSERT = """
INSERT INTO editing_update (epoch_id, seq, data, by_id, at, seal) VALUES (%s, %s, %s, %s, %s, %s)
"""
Key = str | UUID
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One accepted update. `claims` are the client ids that it uses for the first time in this epoch.

    With a `ticket`, it is stored only while that still lets its holder in.
    """

    person: int | None
    data: bytes
    claims: frozenset[int] = frozenset()
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one room has to say in one transaction."""

    epoch: UUID
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: all of it stored up to `head`, or nothing of it and why."""

    head: int = 0
    closed: bool = False
    barred: frozenset[int] = frozenset()  # people who may not write here (any more)
    taken: frozenset[int] = frozenset()  # client ids that belong to somebody else
    ended: frozenset[Ticket] = frozenset()  # what lets nobody in any more
    seal: bytes = b""  # of the last row

    @property
    def stored(self) -> bool:
        return self.head > 0


class Moment(NamedTuple):
    """Now, as a seal counts it and as this database stores it."""

    microseconds: int
    stored: datetime | str | None

    @classmethod
    def now(cls) -> Self:
        now = timezone.now()
        return cls(microseconds(now), connection.ops.adapt_datetimefield_value(now))


@dataclass(slots=True)
class _Head:
    """How far an open epoch has got in this transaction."""

    key: Key
    seq: int
    document: int
    seal: bytes = b""


class Store:
    """Writes batches, all in one transaction: each of them whole, or not at all and why."""

    def __init__(self) -> None:
        self._rights = Rights()
        self._ends = Ends()

    def write(self, batches: Sequence[Batch]) -> list[Outcome]:
        with transaction.atomic():
            keys = [key_of(batch.epoch) for batch in batches]
            self._rights.begin(holders_of(batches), keys)
            now = Moment.now()
            heads = open_epochs(set(keys))
            rows, advances, outcomes = list[Row](), list[Row](), list[Outcome]()
            for key, batch in zip(keys, batches, strict=True):
                head = heads.get(key)
                if head is None:
                    outcomes.append(Outcome(closed=True))
                elif refusal := self._refusal(batch, head.document):
                    outcomes.append(refusal)
                else:
                    rows += self._rows(batch, head, now)
                    advances.append((head.seq, sum(len(line.data) for line in batch.lines), key))
                    outcomes.append(Outcome(head=head.seq, seal=head.seal))
            insert(rows, advances)
            die_at("before-commit")
            return outcomes

    def committed(self, batch: Batch, outcome: Outcome) -> None:
        """The next row of this epoch is bound to that seal."""
        self._ends.remember(batch.epoch, outcome.head, outcome.seal)

    def _rows(self, batch: Batch, head: _Head, now: Moment) -> list[Row]:
        """The batch's rows, each sealed with the one before it; `head` moves on to the last."""
        seq, last = head.seq, head.seal or self._ends.at(batch.epoch, head.seq)
        rows = list[Row]()
        for line in batch.lines:
            seq += 1
            last = seal(last, seq, line.person, at=now.microseconds, data=line.data)
            rows.append((head.key, seq, line.data, line.person, now.stored, last))
        head.seq, head.seal = seq, last
        return rows

    def _refusal(self, batch: Batch, document_id: int) -> Outcome | None:
        holders = holders_of([batch])
        if ended := {
            ticket for person, ticket in holders if ticket and not self._rights.lets_in(person, ticket)
        }:
            return Outcome(ended=frozenset(ended))
        people = {person for person, _ in holders}
        if barred := {person for person in people if not self._rights.may_write(person, document_id)}:
            return Outcome(barred=frozenset(barred))
        if taken := bind(batch):
            return Outcome(taken=frozenset(taken))
        return None


def open_epochs(keys: Collection[Key]) -> dict[Key, _Head]:
    """Those of these epochs that are open, until our commit."""
    question = OPEN_EPOCHS % ", ".join(["%s"] * len(keys))
    if connection.features.has_select_for_update:
        question += LOCKED
    with closing(connection.create_cursor()) as cursor, connection.wrap_database_errors:
        cursor.execute(question, list(keys))
        return {key: _Head(key, head, document) for key, head, document in cursor.fetchall()}


def insert(rows: Sequence[Row], advances: Sequence[Row]) -> None:
    """All rows of all rooms, and how far each has got."""
    if not rows:
        return
    with closing(connection.create_cursor()) as cursor, connection.wrap_database_errors:
        cursor.executemany(INSERT, rows)
        cursor.executemany(ADVANCE, advances)


def holders_of(batches: Iterable[Batch]) -> set[Holder]:
    """Who wrote, and what let them in."""
    lines = (line for batch in batches for line in batch.lines)
    return {(line.person, line.ticket) for line in lines if line.person is not None}


def bind(batch: Batch) -> set[int]:
    """Give each new client id to its first writer; the ids that somebody else already has."""
    wanted = {c: line.person for line in batch.lines if line.person is not None for c in line.claims}
    if not wanted:
        return set()
    rows = [
        ClientBinding(epoch_id=batch.epoch, client_id=client, person_id=person)
        for client, person in wanted.items()
    ]
    ClientBinding.objects.bulk_create(rows, ignore_conflicts=True)
    given = ClientBinding.objects.filter(epoch=batch.epoch, client_id__in=list(wanted))
    return {
        client for client, person in given.values_list("client_id", "person_id") if wanted[client] != person
    }
