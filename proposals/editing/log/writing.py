"""The one thread that writes: a connection of its own, one transaction for all rooms that have news."""

import logging
import queue
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from proposals.editing.domain.peers import Ticket
from proposals.editing.domain.seals import microseconds, seal
from proposals.editing.faults import die_at
from proposals.editing.gauges import COMMIT_SECONDS, COMMIT_UPDATES, COMMIT_WAITS
from proposals.editing.log.chain import Ends
from proposals.editing.log.holding import Holder
from proposals.editing.log.rights import Rights
from proposals.editing.log.rows import key_of
from proposals.editing.models import ClientBinding
from workspaces import notices

logger = logging.getLogger(__name__)

# For so long the log is tried again, so that a restart of the database is survived; and so often, because
# once it is back everybody waits for the next try.
PATIENCE_SECONDS = 6.0
PAUSE_SECONDS = 0.1

CLAIM = """
UPDATE editing_epoch SET head = head + %s, size = size + %s
WHERE id = %s AND closed_at IS NULL RETURNING head, document_id
"""
RELEASE = "UPDATE editing_epoch SET head = head - %s, size = size - %s WHERE id = %s"
INSERT = """
INSERT INTO editing_update (epoch_id, seq, data, by_id, at, seal) VALUES (%s, %s, %s, %s, %s, %s)
"""


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


Answer = Future[list[Outcome]]


class _Job(NamedTuple):
    batches: Sequence[Batch]
    answer: Answer


class Writer:
    """Takes batches from any thread and answers when they are committed, or refused, or cannot be written."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._rights = Rights()
        self._ends = Ends()

    def append(self, batches: Sequence[Batch]) -> Answer:
        answer: Answer = Future()
        self._jobs.put(_Job(batches, answer))
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
                self._thread.start()
        return answer

    def stop(self) -> None:
        """Finish what was handed in, then end the thread and its connection."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            thread.join()

    def _run(self) -> None:
        try:
            while (jobs := self._next()) is not None:
                self._answer(jobs)
        finally:
            connection.close()

    def _next(self) -> list[_Job] | None:
        """Everything that waits: whoever came while the last commit ran shares the next one."""
        job = self._jobs.get()
        jobs = []
        while job is not None:
            jobs.append(job)
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs
        if jobs:
            self._jobs.put(None)
        return jobs or None

    def _answer(self, jobs: list[_Job]) -> None:
        batches = [batch for job in jobs for batch in job.batches]
        COMMIT_UPDATES.inc(sum(len(batch.lines) for batch in batches))
        try:
            with COMMIT_SECONDS.time():
                outcomes = iter(self._patiently(batches))
        except Exception as error:
            logger.exception("The log could not be written")
            for job in jobs:
                job.answer.set_exception(error)
            return
        die_at("after-commit")
        for job in jobs:
            results = [next(outcomes) for _ in job.batches]
            job.answer.set_result(results)
            for batch, outcome in zip(job.batches, results, strict=True):
                if outcome.stored:
                    self._ends.remember(batch.epoch, outcome.head, outcome.seal)
                    announce(batch.epoch, outcome.head)

    def _patiently(self, batches: Sequence[Batch]) -> list[Outcome]:
        """Write, and try again while the database is away. A row written twice does no harm."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._write(batches)
            except (DatabaseError, InterfaceError) as error:
                COMMIT_WAITS.inc()
                connection.close()
                if time.monotonic() > end:
                    raise
                logger.warning("The log waits for the database: %s", type(error).__name__)
                time.sleep(PAUSE_SECONDS)

    def _write(self, batches: Sequence[Batch]) -> list[Outcome]:
        with transaction.atomic():
            self._rights.begin(holders_of(batches), [key_of(batch.epoch) for batch in batches])
            now = timezone.now()
            # In one order everywhere, so that two processes never wait for each other's epochs.
            order = sorted(range(len(batches)), key=lambda n: batches[n].epoch)
            outcomes = {n: self._store(batches[n], now) for n in order}
            die_at("before-commit")
            return [outcomes[n] for n in range(len(batches))]

    def _store(self, batch: Batch, now: datetime) -> Outcome:
        """Claim the next seqs if the epoch is open, check the writers, insert; or give the seqs back."""
        key = key_of(batch.epoch)
        size = (len(batch.lines), sum(len(line.data) for line in batch.lines))
        with closing(connection.create_cursor()) as cursor, connection.wrap_database_errors:
            cursor.execute(CLAIM, [*size, key])
            claimed = cursor.fetchone()
            if claimed is None:
                return Outcome(closed=True)
            head, document_id = claimed
            refusal = self._refusal(batch, document_id)
            if refusal is not None:
                cursor.execute(RELEASE, [*size, key])
                return refusal
            seals = self._seals(batch, head, now)
            at, first = connection.ops.adapt_datetimefield_value(now), head - len(batch.lines) + 1
            rows = [
                (key, first + n, line.data, line.person, at, seals[n]) for n, line in enumerate(batch.lines)
            ]
            cursor.executemany(INSERT, rows)
        return Outcome(head=head, seal=seals[-1])

    def _seals(self, batch: Batch, head: int, now: datetime) -> list[bytes]:
        """The seal of each line, bound to the row before it."""
        seq, at, seals = head - len(batch.lines), microseconds(now), list[bytes]()
        last = self._ends.at(batch.epoch, seq)
        for line in batch.lines:
            seq += 1
            last = seal(last, seq, line.person, at=at, data=line.data)
            seals.append(last)
        return seals

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


def announce(epoch_id: UUID, head: int) -> None:
    """Tell other processes how far the log has got. A hint: if it gets lost, their poll finds out."""
    if settings.NOTICES_URL.startswith("memory:"):
        return
    try:
        notices.publish(f"epoch.{epoch_id}", "advanced", seq=head)
    except Exception:
        logger.exception("A hint could not be sent")


@cache
def writer() -> Writer:
    """The writer of this process."""
    return Writer()


def append(batches: Sequence[Batch]) -> Answer:
    """Hand batches to this process's writer."""
    return writer().append(batches)
