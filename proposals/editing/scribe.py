"""The scribe, seen from the web process: documents are opened only in a child process that may be killed."""

import atexit
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from django.conf import settings

from proposals.editing.domain.content import Content, Fields
from proposals.editing.domain.jobs import Facts, next_from, written
from proposals.editing.domain.positions import Position, position
from proposals.editing.gauges import SCRIBE_FAILURES, SCRIBE_SECONDS

logger = logging.getLogger(__name__)
CHILD = "proposals.editing.scribe_child"
START_SECONDS = 30.0


class ScribeFailed(Exception):
    """A document could not be read or begun; the message is for people, the reason for the record."""

    def __init__(self, sentence: str, reason: str = "") -> None:
        super().__init__(sentence)
        self.reason = reason  # nothing: it was not the document's fault


@dataclass(frozen=True, slots=True)
class Placed:
    """Where pairs of places stand, in characters of their root's text (None: not in it), and the texts.

    `frayed`: a character that names one of the two places has been deleted.
    """

    stretches: list[tuple[int, int] | None]
    frayed: list[bool]
    texts: dict[str, str]


Notes = Mapping[str, Sequence[tuple[int, str]]]


def read(merged: bytes, roots: Iterable[str], notes: Notes | None = None) -> Content:
    """What a document says: `merged` are all its updates in one.

    `notes` are signs to write into each root's text, each behind so many characters of it.
    """
    facts, _ = _child.ask({"job": "read", "roots": sorted(roots), "notes": dict(notes or {})}, merged)
    return Content.from_json(facts)


def replay(updates: Sequence[bytes], roots: Iterable[str], *, by: "Child | None" = None) -> Content:
    """What a document says once these have been applied, one after the other."""
    job: Facts = {"job": "read", "roots": sorted(roots), "sizes": [len(update) for update in updates]}
    facts, _ = (by or _child).ask(job, b"".join(updates))
    return Content.from_json(facts)


def whole(updates: Sequence[bytes]) -> bytes:
    """All that these make of a document as one update; what builds on something missing is left out."""
    return _child.ask({"job": "whole", "sizes": [len(update) for update in updates]}, b"".join(updates))[1]


def place(merged: bytes, pairs: Sequence[tuple[Position, Position]]) -> Placed:
    """Where pairs of places stand now. Characters the document does not know stand nowhere."""
    given = [(start.as_json(), end.as_json()) for start, end in pairs]
    facts, _ = _child.ask({"job": "place", "pairs": given}, merged)
    found = cast(list[list[int] | None], facts["stretches"])
    return Placed(
        [(each[0], each[1]) if each else None for each in found],
        cast(list[bool], facts["frayed"]),
        cast(dict[str, str], facts["texts"]),
    )


def name(merged: bytes, stretches: Sequence[tuple[str, int, int]]) -> list[tuple[Position, Position] | None]:
    """The places at both ends of stretches (root, from, to) of characters, to find them again later."""
    facts, _ = _child.ask({"job": "name", "stretches": list(stretches)}, merged)
    found = cast(list[list[object] | None], facts["pairs"])
    return [(position(each[0]), position(each[1])) if each else None for each in found]


def seed(
    texts: Mapping[str, str],
    forms: Mapping[str, Fields],
    registers: Mapping[str, list[Fields]],
    *,
    roots: Iterable[str],
) -> bytes:
    """The update that opens a new document, with texts given as Markdown. Its author is the server."""
    start = Content(dict(texts), dict(forms), dict(registers)).as_json()
    return _child.ask({"job": "seed", "roots": sorted(roots), **start}, b"")[1]


def restore(merged: bytes, wanted: Content, *, roots: Iterable[str], client: int) -> bytes:
    """The update, by this client id, that makes the roots say what is wanted; nothing if they do already."""
    job: Facts = {"job": "restore", "roots": sorted(roots), "client": client, **wanted.as_json()}
    return _child.ask(job, merged)[1]


class Child:
    """One child process, started when first needed; one job at a time; killed when it takes too long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, job: Facts, data: bytes) -> tuple[Facts, bytes]:
        seconds: float = settings.ENGINE["SCRIBE_SECONDS"]
        lock = self._lock
        if not lock.acquire(timeout=seconds * 4):
            raise ScribeFailed("Many texts are being read just now. Please try again in a minute.")
        started = time.monotonic()
        try:
            process = self._running(seconds)
            started = time.monotonic()
            with SCRIBE_SECONDS.labels(job["job"]).time():
                return _exchange(process, written(job, data), seconds)
        except (OSError, EOFError, ValueError) as trouble:
            self.end()
            SCRIBE_FAILURES.labels(job["job"]).inc()
            reason = _reason(trouble, time.monotonic() - started >= seconds)
            logger.warning("The scribe failed at a %s job of %d bytes: %s", job["job"], len(data), reason)
            raise ScribeFailed("This text could not be read just now.", reason) from trouble
        finally:
            lock.release()

    def end(self) -> None:
        """Kill the child, if there is one; the next job starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)
            process.wait()

    def leave_behind(self) -> None:
        """After a fork: the child belongs to the process we came from."""
        if self._process is not None:
            _left_behind.append(self._process)
        self._lock, self._process = threading.Lock(), None

    def _running(self, seconds: float) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", CHILD, str(settings.ENGINE["SCRIBE_MEMORY_BYTES"]), str(seconds)],
            cwd=settings.BASE,
            # Nothing of the web process's secrets, and no page of trace for every panic.
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "RUST_BACKTRACE": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # On a busy machine starting may take seconds, which are no fault of a document's.
        _within(START_SECONDS, self._process, b"")
        return self._process


def _exchange(process: subprocess.Popen[bytes], message: bytes, seconds: float) -> tuple[Facts, bytes]:
    facts, data = _within(seconds, process, message)
    if "failed" in facts:
        raise ValueError(str(facts["failed"]))
    return facts, data


def _within(seconds: float, process: subprocess.Popen[bytes], message: bytes) -> tuple[Facts, bytes]:
    """Give the job and wait for the answer; killing the child ends either wait."""
    alarm = threading.Timer(seconds, process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        jobs, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        jobs.write(message)
        jobs.flush()
        return next_from(answers)
    finally:
        alarm.cancel()


def _reason(trouble: Exception, late: bool) -> str:  # noqa: FBT001 - read beside its sentence
    """Without anything of the document: what the library says of it may quote its words."""
    if isinstance(trouble, ValueError):
        return "it ran out of memory" if str(trouble) == "MemoryError" else f"it failed ({trouble})"
    return "it took too long" if late else "it ended"


def _close(pipe: IO[bytes] | None) -> None:
    # What was still to be written to a child that died cannot be flushed.
    if pipe is not None:
        with suppress(OSError):
            pipe.close()


# Kept, so that nobody collects (and complains about) a process that is not ours.
_left_behind: list[subprocess.Popen[bytes]] = []
_child = Child()
atexit.register(_child.end)
os.register_at_fork(after_in_child=_child.leave_behind)
