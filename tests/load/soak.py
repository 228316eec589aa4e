"""`python -m tests.load.soak`: a server under people who stay and people who come and go; does anything grow?

The server runs as in use. 200 sockets sit in 40 documents and type now and then; beside them one document
after the other is opened, written in and left. Every few seconds the server's memory, file handles, threads
and tasks are looked at. What it holds before is taken after a rehearsal, when everybody has come once and has
left. `SOAK_MINUTES` says how long; from ten minutes on it also judges what grows.
"""

import argparse
import asyncio
import itertools
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from tests.protocol.clients import Door, LivePeer
from tests.protocol.server import DAPHNE, UVICORN, Server, migrated, run_there

ROOMS, SOCKETS = 40, 200
EVERY = 5.0
KEY_SECONDS = 8.0  # each of those who stay types a key so often
LEFT_ALONE = 60.0  # by then every room has been freed
REHEARSAL = 20.0
# The first part of a run is not looked at: caches fill, threads start.
WARM = 0.4
# Shorter than this, chance and what is still warming up are larger than any leak.
JUDGED = 300.0
# What may be more at the end than when it was warm: megabytes beyond what the documents hold, handles, tasks.
MOST_MB, MOST_OTHERS = 2.0, 2.0
# A room knows where everything in its text stands: for keys of several people, so many bytes a byte of text.
KNOWN = 6.0
HOUR = 3_600.0


@dataclass(frozen=True)
class Sample:
    """How the server stands at a moment. Megabytes, or a count."""

    at: float
    memory: float
    texts: float
    handles: float
    threads: float
    tasks: float
    rooms: float
    sockets: float
    waiting: float


def figures(server: Server) -> dict[str, float]:
    with urllib.request.urlopen(f"{server.address}/metrics", timeout=30) as answer:
        lines = [line.split() for line in answer.read().decode().splitlines() if "{" not in line]
    return {name: float(value) for name, value in (line for line in lines if len(line) == 2)}


def sample(server: Server) -> Sample:
    told, process = figures(server), Path(f"/proc/{server.pid}")
    memory = int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return Sample(
        at=time.monotonic(),
        memory=memory,
        texts=told["coprod_room_bytes"] / 2**20,
        handles=len(list((process / "fd").iterdir())),
        threads=len(list((process / "task").iterdir())),
        tasks=told["coprod_tasks"],
        rooms=told["coprod_rooms"],
        sockets=told["coprod_sockets"],
        waiting=told["coprod_queue_updates"] + told["coprod_outbox_bytes"],
    )


def when_left(server: Server, tasks: float = 2) -> Sample:
    """Once the last room is freed and put away; on a busy machine that may take a while."""
    end = time.monotonic() + LEFT_ALONE
    while ((last := sample(server)).rooms or last.tasks > tasks) and time.monotonic() < end:
        time.sleep(1)
    return last


class Soak:
    """One run on a server with so many documents."""

    def __init__(self, server: Server, epochs: Sequence[str], cookies: Sequence[str]) -> None:
        self._server = server
        self._cookies = cookies
        self._staying, self._others = epochs[:ROOMS], epochs[ROOMS:]
        self._clients = itertools.count(1_000_001)
        self.visited = 0
        self.samples: list[Sample] = []

    def _door(self, path: str, who: int) -> Door:
        return Door(f"ws://127.0.0.1:{self._server.port}/ws/{path}", self._cookies[who], self._server.address)

    def _peer(self, epoch: str, who: int) -> LivePeer:
        return LivePeer(self._door(f"documents/{epoch}", who), client=next(self._clients))

    async def run(self, seconds: float) -> None:
        self.visited, self.samples = 0, []
        tasks = [asyncio.create_task(self._stay(n)) for n in range(SOCKETS)]
        tasks += [asyncio.create_task(self._visit(each)) for each in (self._others[::2], self._others[1::2])]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await asyncio.sleep(EVERY)
            self.samples.append(await asyncio.to_thread(sample, self._server))
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if not isinstance(ended, asyncio.CancelledError | None):
                raise ended

    async def _stay(self, number: int) -> None:
        """Type a key now and then, take it back, and come back if the line breaks."""
        peer = self._peer(self._staying[number % ROOMS], number // ROOMS % 2)
        await asyncio.sleep(number / SOCKETS * KEY_SECONDS)
        try:
            while True:
                if peer.is_closed:
                    with suppress(ConnectionClosed, TimeoutError):
                        await peer.connect()
                peer.type("k")
                peer.frames.clear()
                peer.receipts[:-1] = []
                peer.states.clear()
                await asyncio.sleep(KEY_SECONDS)
        finally:
            await peer.disconnect()

    async def _visit(self, epochs: Sequence[str]) -> None:
        for epoch in itertools.cycle(epochs):
            peer = self._peer(epoch, 0)
            hints = await self._door("notices", 0).knock()
            try:
                with suppress(ConnectionClosed, TimeoutError):
                    await peer.connect()
                    peer.type("Seen. ")
                    await peer.saved()
            finally:
                await peer.disconnect()
                await hints.close()
            self.visited += 1
            await asyncio.sleep(0.1)


def warm(soak: Soak) -> list[Sample]:
    """What was seen once caches were full and threads had started."""
    return soak.samples[int(len(soak.samples) * WARM) :]


def growth(samples: Sequence[Sample], of: str) -> float:
    """By how much it has grown from the first to the last, along a straight line through all of them."""
    ats = [each.at for each in samples]
    line = statistics.linear_regression(ats, [getattr(each, of) for each in samples])
    return line.slope * (ats[-1] - ats[0])


def report(soak: Soak, before: Sample, left: Sample) -> Iterator[str]:
    """What was seen, line by line."""
    seen = warm(soak)
    watched = seen[-1].at - seen[0].at
    minutes = (soak.samples[-1].at - soak.samples[0].at) / 60
    yield f"{minutes:.0f} minutes, {SOCKETS} sockets in {ROOMS} documents, others opened {soak.visited} times"
    yield f"{'':10}{'before':>10}{'warm':>10}{'end':>10}{'left alone':>12}{'grown':>12}{'in an hour':>12}"
    for name in ("memory", "texts", "handles", "threads", "tasks", "rooms", "sockets", "waiting"):
        values = [getattr(each, name) for each in (before, seen[0], seen[-1], left)]
        told = "".join(f"{value:>{width}.1f}" for value, width in zip(values, (10, 10, 10, 12), strict=True))
        grown = growth(seen, name)
        yield f"{name:10}{told}{grown:>+12.1f}{grown / watched * HOUR:>+12.1f}"


def kept(before: Sample, left: Sample) -> Iterator[str]:
    """What is there although everybody has gone: nothing, if all is well."""
    if left.rooms or left.sockets or left.waiting:
        yield "Rooms, sockets or waiting bytes are left although everybody has gone."
    for name in ("handles", "tasks"):
        if getattr(left, name) > getattr(before, name) + MOST_OTHERS:
            yield f"There are more {name} than before although everybody has gone."


def grown(soak: Soak, documents: int) -> Iterator[str]:
    """What has become more since the server was warm: nothing, if all is well."""
    seen = warm(soak)
    if seen[-1].at - seen[0].at < JUDGED:
        return
    if soak.visited < documents:
        yield f"Only {soak.visited} of {documents} documents were opened."
    for name in ("handles", "threads", "tasks"):
        if growth(seen, name) > MOST_OTHERS:
            yield f"The number of {name} grows."
    beyond = growth(seen, "memory") - growth(seen, "texts") * (1 + KNOWN)
    if beyond > MOST_MB:
        yield f"Memory has grown by {beyond:.1f} MB beyond the documents."


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.soak")
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("SOAK_MINUTES", "30")))
    parser.add_argument("--documents", type=int, default=1_000, help="how many are opened and left in turn")
    parser.add_argument("--uvicorn", action="store_true", help="under uvicorn rather than Daphne")
    chosen = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "coprod.settings", "SECRET_KEY": secrets.token_urlsafe(64)}
    with tempfile.TemporaryDirectory() as folder:
        url = migrated(f"sqlite:///{folder}/soak.sqlite3")
        many = str(ROOMS + chosen.documents)
        told = json.loads(run_there(url, "tests.protocol.deeds:furnish", DOCUMENTS=many))
        server = Server(url, UVICORN if chosen.uvicorn else DAPHNE, LOG_LEVEL="WARNING").start()
        try:
            soak = Soak(server, **told)
            asyncio.run(soak.run(REHEARSAL))
            before = when_left(server)
            asyncio.run(soak.run(chosen.minutes * 60))
            left = when_left(server, before.tasks)
        finally:
            server.close()
    print("\n".join(report(soak, before, left)))
    wrong = [*kept(before, left), *grown(soak, chosen.documents)]
    print("\n".join(wrong))
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
