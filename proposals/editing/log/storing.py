"""The transaction that stores what rooms have to say: epochs, rights, client ids, rows and their seals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from django.utils import timezone

from proposals.editing.domain.peers import Ticket
from proposals.editing.domain.seals import microseconds, seal
from proposals.editing.faults import die_at
from proposals.editing.log.chain import Ends
from proposals.editing.log.direct import Direct, Key, transaction
from proposals.editing.log.holding import Holder
from proposals.editing.log.rights import Rights
from proposals.editing.models import ClientBinding

# Their rows are ours from here to the commit: SQLite has one writer at a time, PostgreSQL locks them, in one
# order everywhere, so that two processes never wait for each other's epochs.
OPEN_EPOCHS = "SELECT id, head, document_id FROM editing_epoch WHERE closed_at IS NULL AND id IN (%s)"
LOCKED = " ORDER BY id FOR UPDATE"
ADVANCE = "UPDATE editing_epoch SET head = %s, size = size + %s WHERE id = %s"
INSERT = """
INSERT INTO editing_update (epoch_id, seq, data, by_id, at, seal) VALUES (%s, %s, %s, %s, %s, %s)
"""
BIND = """
INSERT INTO editing_clientbinding (epoch_id, client_id, person_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
Row = tuple[object, ...]


class Line(NamedTuple):
    """One accepted update. `claims` are the client ids that it uses for the first time in this epoch.

    With a `ticket`, it is stored only while that still lets its holder in.
    """

    person: int | None
    data: bytes
    claims: frozenset[int] = frozenset()
    ticket: Ticket | None = None


class Batch(NamedTuple):
    """What one room has to say in one transaction."""

    epoch: UUID
    lines: tuple[Line, ...]


class Outcome(NamedTuple):
    """What became of a batch: all of it stored up to `head`, or nothing of it and why."""

    head: int = 0
    closed: bool = False
    barred: frozenset[int] = frozenset()  # people who may not write here (any more)
    taken: frozenset[int] = frozenset()  # client ids that belong to somebody else
    ended: frozenset[Ticket] = frozenset()  # what lets nobody in any more

    @property
    def stored(self) -> bool:
        return self.head > 0


class Moment(NamedTuple):
    """Now, as a seal counts it and as this database stores it."""

    microseconds: int
    stored: datetime | str | None

    @classmethod
    def now(cls, direct: Direct) -> Self:
        now = timezone.now()
        return cls(microseconds(now), direct.moment(now))


@dataclass(slots=True)
class _Head:
    """How far an open epoch has got in this transaction."""

    key: Key
    seq: int
    document: int
    size: int = 0  # bytes of the rows that this transaction adds
    seal: bytes = b""  # of the last of them


class Store:
    """Writes batches, all in one transaction: each of them whole, or not at all and why."""

    def __init__(self) -> None:
        self._rights = Rights()
        self._ends = Ends()

    def write(self, batches: Sequence[Batch]) -> list[Outcome]:
        with transaction() as direct:
            keys = [direct.key_of(batch.epoch) for batch in batches]
            holders = [holders_of(batch) for batch in batches]
            self._rights.begin(set().union(*holders), keys, direct)
            now = Moment.now(direct)
            heads = open_epochs(set(keys), direct)
            rows, outcomes = list[Row](), list[Outcome]()
            for key, batch, theirs in zip(keys, batches, holders, strict=True):
                head = heads.get(key)
                if head is None:
                    outcomes.append(Outcome(closed=True))
                elif refusal := self._refusal(batch, theirs, head=head, direct=direct):
                    outcomes.append(refusal)
                else:
                    rows += self._rows(batch, head, now)
                    outcomes.append(Outcome(head=head.seq))
            moved = [head for head in heads.values() if head.seal]
            direct.tell_each(INSERT, rows)
            direct.tell_each(ADVANCE, [(head.seq, head.size, head.key) for head in moved])
            die_at("before-commit")
        for head in moved:
            self._ends.remember(head.key, head.seq, head.seal)
        return outcomes

    def _rows(self, batch: Batch, head: _Head, now: Moment) -> list[Row]:
        """The batch's rows, each sealed with the one before it; `head` moves on to the last."""
        key, seq, last = head.key, head.seq, head.seal or self._ends.at(head.key, head.seq)
        rows = list[Row]()
        for line in batch.lines:
            seq += 1
            last = seal(last, seq, line.person, at=now.microseconds, data=line.data)
            rows.append((key, seq, line.data, line.person, now.stored, last))
            head.size += len(line.data)
        head.seq, head.seal = seq, last
        return rows

    def _refusal(
        self, batch: Batch, holders: Collection[Holder], *, head: _Head, direct: Direct
    ) -> Outcome | None:
        ended, barred = set[Ticket](), set[int]()
        for person, ticket in holders:
            if ticket and not self._rights.lets_in(person, ticket):
                ended.add(ticket)
            elif not self._rights.may_write(person, head.document):
                barred.add(person)
        if ended:
            return Outcome(ended=frozenset(ended))
        if barred:
            return Outcome(barred=frozenset(barred))
        if taken := bind(batch, head.key, direct):
            return Outcome(taken=frozenset(taken))
        return None


def open_epochs(keys: Collection[Key], direct: Direct) -> dict[Key, _Head]:
    """Those of these epochs that are open, until our commit."""
    question = OPEN_EPOCHS % ", ".join(["%s"] * len(keys))
    if not direct.is_alone:
        question += LOCKED
    return {key: _Head(key, head, document) for key, head, document in direct.ask(question, list(keys))}


def holders_of(batch: Batch) -> set[Holder]:
    """Who wrote, and what let them in."""
    return {(line.person, line.ticket) for line in batch.lines if line.person is not None}


def bind(batch: Batch, key: Key, direct: Direct) -> set[int]:
    """Give each new client id to its first writer; the ids that somebody else already has."""
    wanted = {c: line.person for line in batch.lines if line.person is not None for c in line.claims}
    if not wanted:
        return set()
    direct.tell_each(BIND, [(key, client, person) for client, person in wanted.items()])
    given = ClientBinding.objects.filter(epoch=batch.epoch, client_id__in=list(wanted))
    return {
        client for client, person in given.values_list("client_id", "person_id") if wanted[client] != person
    }
