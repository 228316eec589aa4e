"""`python -m tests.load.soak`: a server under people who stay and people who come and go; does anything grow?

200 sockets sit in 40 documents and type now and then; beside them one document after the other is opened,
written in and left. Every few seconds the server's memory, file handles, threads and tasks are looked at.
"""

import argparse
import asyncio
import itertools
import json
import os
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
# The first part of a run is not looked at: caches fill, threads start.
WARM = 0.4
# What may grow in an hour: megabytes beyond what the documents themselves hold, and handles or tasks.
MOST_MB, MOST_OTHERS = 1.0, 2.0
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


def when_left(server: Server) -> Sample:
    """Once the last room is freed; on a busy machine that may take a while."""
    end = time.monotonic() + LEFT_ALONE
    while (last := sample(server)).rooms and time.monotonic() < end:
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

    def _peer(self, epoch: str, who: int) -> LivePeer:
        url = f"ws://127.0.0.1:{self._server.port}/ws/documents/{epoch}"
        return LivePeer(Door(url, self._cookies[who], self._server.address), client=next(self._clients))

    async def run(self, seconds: float) -> None:
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
            try:
                with suppress(ConnectionClosed, TimeoutError):
                    await peer.connect()
                    peer.type("Seen. ")
                    await peer.saved()
            finally:
                await peer.disconnect()
            self.visited += 1
            await asyncio.sleep(0.1)


def slope(samples: Sequence[Sample], of: str) -> float:
    """Growth in an hour."""
    ats = [each.at for each in samples]
    return statistics.linear_regression(ats, [getattr(each, of) for each in samples]).slope * HOUR


def report(soak: Soak, first: Sample, last: Sample) -> Iterator[str]:
    """What was seen, line by line."""
    warm = soak.samples[int(len(soak.samples) * WARM) :]
    minutes = (soak.samples[-1].at - soak.samples[0].at) / 60
    yield f"{minutes:.0f} minutes, {SOCKETS} sockets in {ROOMS} documents, {soak.visited} others opened"
    yield f"{'':10}{'before':>10}{'warm':>10}{'end':>10}{'left alone':>12}{'in an hour':>12}"
    for name in ("memory", "texts", "handles", "threads", "tasks", "rooms", "sockets", "waiting"):
        seen = [getattr(each, name) for each in (first, warm[0], warm[-1], last)]
        told = "".join(f"{value:>{width}.1f}" for value, width in zip(seen, (10, 10, 10, 12), strict=True))
        yield f"{name:10}{told}{slope(warm, name):>+12.1f}"


def faults(soak: Soak, first: Sample, last: Sample) -> Iterator[str]:
    """What must not be: nothing, if all is well. In under an hour chance is larger than any slope."""
    warm = soak.samples[int(len(soak.samples) * WARM) :]
    if last.rooms or last.sockets or last.waiting:
        yield "Rooms, sockets or waiting bytes are left although everybody has gone."
    if last.handles > first.handles + 12:
        yield "File handles are left although everybody has gone."
    if last.tasks > first.tasks + 3:
        yield "Tasks are left although everybody has gone."
    if warm[-1].at - warm[0].at < HOUR / 2:
        return
    if slope(warm, "memory") - slope(warm, "texts") > MOST_MB:
        yield f"Memory grows by more than {MOST_MB} MB an hour beyond the texts."
    for name in ("handles", "threads", "tasks"):
        if slope(warm, name) > MOST_OTHERS:
            yield f"The number of {name} grows."


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.soak")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--documents", type=int, default=1_000, help="how many are opened and left in turn")
    parser.add_argument("--uvicorn", action="store_true", help="under uvicorn rather than Daphne")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = migrated(f"sqlite:///{folder}/soak.sqlite3")
        told = run_there(url, "tests.protocol.deeds:furnish", DOCUMENTS=str(ROOMS + chosen.documents))
        server = Server(url, UVICORN if chosen.uvicorn else DAPHNE).start()
        try:
            first = sample(server)
            soak = Soak(server, **json.loads(told))
            asyncio.run(soak.run(chosen.minutes * 60))
            last = when_left(server)
        finally:
            server.close()
    print("\n".join(report(soak, first, last)))
    wrong = list(faults(soak, first, last))
    print("\n".join(wrong))
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
