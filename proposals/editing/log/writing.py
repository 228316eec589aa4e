"""The one thread that writes: a connection of its own, one transaction for all rooms that have news."""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, reset_queries

from proposals.editing.faults import die_at
from proposals.editing.gauges import COMMIT_SECONDS, COMMIT_UPDATES, COMMIT_WAITS
from proposals.editing.log.storing import Batch, Outcome, Store
from workspaces import notices

logger = logging.getLogger(__name__)

# For so long the log is tried again, so that a restart of the database is survived; and so often, because
# once it is back everybody waits for the next try.
PATIENCE_SECONDS = 6.0
PAUSE_SECONDS = 0.1

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
        self._store = Store()

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
            while self._work():
                pass
        finally:
            connection.close()

    def _work(self) -> bool:
        """One transaction. Nothing of it is held while the next one is waited for: it leads to rooms."""
        jobs = self._next()
        if jobs is not None:
            self._answer(jobs)
        return jobs is not None

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
        reset_queries()  # as at the start of a request: while developing, Django keeps what was asked
        batches = [batch for job in jobs for batch in job.batches]
        COMMIT_UPDATES.inc(sum(len(batch.lines) for batch in batches))
        started = time.perf_counter()
        try:
            outcomes = self._patiently(batches)
        except Exception as error:
            logger.exception("The log could not be written")
            for job in jobs:
                job.answer.set_exception(error)
            return
        finally:
            COMMIT_SECONDS.observe(time.perf_counter() - started)
        die_at("after-commit")
        left = iter(outcomes)
        for job in jobs:
            job.answer.set_result([next(left) for _ in job.batches])
        announce(batches, outcomes)

    def _patiently(self, batches: Sequence[Batch]) -> list[Outcome]:
        """Write, and try again while the database is away. A row written twice does no harm."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._store.write(batches)
            except (DatabaseError, InterfaceError) as error:
                COMMIT_WAITS.inc()
                connection.close()
                if time.monotonic() > end:
                    raise
                logger.warning("The log waits for the database: %s", type(error).__name__)
                time.sleep(PAUSE_SECONDS)


def announce(batches: Sequence[Batch], outcomes: Sequence[Outcome]) -> None:
    """Tell other processes how far each log has got. A hint: if it gets lost, their poll finds out."""
    if settings.NOTICES_URL.startswith("memory:"):
        return
    for batch, outcome in zip(batches, outcomes, strict=True):
        if outcome.stored:
            try:
                notices.publish(f"epoch.{batch.epoch}", "advanced", seq=outcome.head)
            except Exception:
                logger.exception("A hint could not be sent")


@cache
def writer() -> Writer:
    """The writer of this process."""
    return Writer()


def append(batches: Sequence[Batch]) -> Answer:
    """Hand batches to this process's writer."""
    return writer().append(batches)
