"""Ten things that go wrong beside two processes on one PostgreSQL while four people type on both."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from pycrdt import Doc, Text

from proposals.editing.domain import protocol
from tests.protocol.carriers import PrivatePostgres, PrivateRedis, Wire
from tests.protocol.clients import Door
from tests.protocol.server import Server, migrated, run_there
from tests.protocol.test_flood import flooding
from tests.protocol.test_hostile_flood import READER
from tests.protocol.test_slow import deaf_at, masked
from tests.protocol.typists import PATIENCE, Typist, first_rows

# With a PostgreSQL and a Redis of its own, so once is enough: in the half of the suite that is for them.
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="runs where the suite runs on PostgreSQL"),
]

EQUAL_WITHIN = 2.5
SINCE = """
SELECT upto, data FROM editing_checkpoint WHERE epoch_id = %s
UNION ALL SELECT seq, data FROM editing_update WHERE epoch_id = %s ORDER BY 1
"""
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
# Two processes a day and a half apart: nothing is ordered by a clock. (A day ahead every session is over.)
SKEWS = ("-24h", "+11h")


@dataclass
class Scene:
    """One document, two processes, what they lean on, and who types."""

    here: Server
    there: Server
    postgres: PrivatePostgres
    redis: PrivateRedis
    wire: Wire
    epoch: str
    cookies: list[str]

    def door(self, port: int, who: int) -> Door:
        url = f"ws://127.0.0.1:{port}/ws/documents/{self.epoch}"
        # Through the wire, too, the page is the server's own.
        server = self.here if port == self.here.port else self.there
        return Door(url, self.cookies[who], server.address)

    def rows(self) -> list[tuple[int, bytes]]:
        return [(seq, bytes(data)) for seq, data in self.postgres.ask(SINCE, self.epoch, self.epoch)]

    async def apart(self, deed: Callable[[], object]) -> None:
        await asyncio.to_thread(deed)


Deed = Callable[[Scene], Awaitable[object]]


# -- what goes wrong: each ends when it is healed ----------------------------------------------------------
async def database_restarts(scene: Scene) -> None:
    await scene.apart(lambda: scene.postgres.end(signal.SIGINT))
    await scene.apart(scene.postgres.start)


async def database_crashes(scene: Scene) -> None:
    await scene.apart(lambda: scene.postgres.end(signal.SIGKILL))
    await scene.apart(scene.postgres.start)


async def redis_dies(scene: Scene) -> None:
    await scene.apart(lambda: scene.redis.end(signal.SIGKILL))
    await asyncio.sleep(1.5)
    await scene.apart(scene.redis.start)


async def listeners_are_cut(scene: Scene) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(query, 'LISTEN')"
    ended = await asyncio.to_thread(scene.postgres.ask, cut)
    assert len(ended) == 2


async def process_stops(scene: Scene) -> None:
    os.kill(scene.there.pid, signal.SIGSTOP)
    await asyncio.sleep(3)
    os.kill(scene.there.pid, signal.SIGCONT)


async def clocks_differ(scene: Scene) -> None:
    """They did so from the start."""
    await asyncio.sleep(1)


async def reader_is_slow(scene: Scene) -> None:
    reader, writer = await deaf_at(scene.door(scene.here.port, 2))
    for _ in range(200):
        writer.write(masked(protocol.sync_step1({})))
        await asyncio.sleep(0.01)
    assert not reader.at_eof()
    writer.close()


async def somebody_floods(scene: Scene) -> None:
    async with flooding(scene.door(scene.here.port, 2), "question"):
        await asyncio.sleep(3)


async def line_is_half_open(scene: Scene) -> None:
    """Whoever types there finds out by the silence, and comes back by another one."""
    assert scene.wire.go_dead() == 2
    await asyncio.sleep(PATIENCE + 1)


async def process_is_killed(scene: Scene) -> None:
    await scene.apart(scene.there.kill9)
    await asyncio.sleep(0.5)
    await scene.apart(scene.there.start)


async def servers_are_renewed(scene: Scene) -> None:
    for server in (scene.here, scene.there):
        assert await asyncio.to_thread(server.stop) < 5
        await scene.apart(server.start)


@dataclass(frozen=True)
class Fault:
    """`stays`: nobody's line breaks."""

    deed: Deed
    notices: str = "postgres"
    stays: bool = False
    skewed: bool = False


FAULTS = [
    Fault(database_restarts),
    Fault(database_crashes),
    Fault(listeners_are_cut, stays=True),
    Fault(process_stops),
    Fault(reader_is_slow, stays=True),
    Fault(somebody_floods, stays=True),
    Fault(line_is_half_open),
    Fault(process_is_killed),
    Fault(servers_are_renewed),
    Fault(redis_dies, notices="redis", stays=True),
    Fault(clocks_differ, stays=True, skewed=True),
]


# -- where it happens -------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def postgres() -> Iterator[PrivatePostgres]:
    private = PrivatePostgres()
    private.start()
    yield private
    private.close()


@pytest.fixture(scope="module")
def redis_of_ours() -> Iterator[PrivateRedis]:
    private = PrivateRedis()
    private.start()
    yield private
    private.close()


@dataclass
class Stage:
    """What all faults share. Two processes serve for one fault after the other, as long as they fit."""

    postgres: PrivatePostgres
    redis: PrivateRedis
    epochs: list[str]
    cookies: list[str]
    kind: tuple[str, bool] | None = None
    servers: list[Server] = field(default_factory=list)

    def servers_for(self, fault: Fault) -> list[Server]:
        kind = fault.notices, fault.skewed
        if kind != self.kind:
            self.close()
            carrier = self.redis.url if fault.notices == "redis" else "postgres://"
            clocks = [clock(by) for by in SKEWS] if fault.skewed else [{}, {}]
            self.servers = [Server(self.postgres.url, NOTICES_URL=carrier, **each) for each in clocks]
            with ThreadPoolExecutor() as together:
                list(together.map(Server.start, self.servers))
            self.kind = kind
        return self.servers

    def close(self) -> None:
        for server in self.servers:
            server.close()
        self.servers, self.kind = [], None


@pytest.fixture(scope="module")
def stage(postgres: PrivatePostgres, redis_of_ours: PrivateRedis) -> Iterator[Stage]:
    """A document for each fault, in a database of their own."""
    migrated(postgres.url)
    told = run_there(postgres.url, "tests.protocol.deeds:furnish", DOCUMENTS=str(len(FAULTS)))
    stage = Stage(postgres, redis_of_ours, **json.loads(told))
    yield stage
    stage.close()


def clock(by: str | None) -> dict[str, str]:
    """The environment of a process whose clock is wrong by so much."""
    if by is None:
        return {}
    if FAKETIME is None:
        pytest.skip("libfaketime is not installed")
    return {"LD_PRELOAD": str(FAKETIME), "FAKETIME": by, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@asynccontextmanager
async def typing(scene: Scene) -> AsyncIterator[list[Typist]]:
    """Two at each process; the last one's line leads through the wire."""
    ports = (scene.here.port, scene.here.port, scene.there.port, scene.wire.port)
    doors = [scene.door(port, n % 2) for n, port in enumerate(ports)]
    people = [Typist([door], client=2_000_001 + n) for n, door in enumerate(doors)]
    for each in people:
        each.begin()
    try:
        yield people
    finally:
        for each in people:
            await each.leave()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.deed.__name__)
async def test_two_processes_survive(fault: Fault, stage: Stage) -> None:
    """[ED157] Nothing receipted is missing, order is kept, and all are equal within 2.5 s of healing."""
    here, there = await asyncio.to_thread(stage.servers_for, fault)
    wire = Wire(there.port)
    await wire.open()
    epoch = stage.epochs[FAULTS.index(fault)]
    scene = Scene(here, there, stage.postgres, stage.redis, wire, epoch, stage.cookies)
    try:
        async with typing(scene) as people:
            await until(lambda: all(len(each.covered) > 5 for each in people))
            await fault.deed(scene)
            for each in people:
                each.rest()
            seconds = await until_equal(people)
            assert not fault.stays or [each.came_back for each in people] == [0] * 4
        print(fault.deed.__name__, round(seconds, 2), [each.came_back for each in people])
        assert seconds < EQUAL_WITHIN, seconds
        proved(await asyncio.to_thread(scene.rows), people)
    finally:
        await wire.close()


async def until_equal(people: Sequence[Typist]) -> float:
    """How long it takes until everything has its receipt and everybody reads the same."""
    started = time.monotonic()
    await until(lambda: all(each.is_saved for each in people) and len({each.said for each in people}) == 1)
    return time.monotonic() - started


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - many tasks bring it about
            await asyncio.sleep(0.01)


def proved(rows: Sequence[tuple[int, bytes]], people: Sequence[Typist]) -> None:
    """The log alone: no seq left out, each word there when its receipt was sent, everybody's in order."""
    assert [seq for seq, _ in rows] == list(range(rows[0][0], len(rows) + rows[0][0]))
    stands = first_rows(rows)
    missing = {
        word: (seq, stands.get(word))
        for each in people
        for word, seq in each.covered.items()
        if stands.get(word, seq + 1) > seq
    }
    assert missing == {}
    doc = Doc({"t:problem": Text()})
    for _, data in rows:
        doc.apply_update(data)
    said = str(doc.get("t:problem", type=Text))
    for each in people:
        assert each.said == said
        places = [said.index(word) for word in each.words]
        assert places == sorted(places)
    if shutil.which("node") is not None:
        assert in_yjs(rows) == said


def in_yjs(rows: Sequence[tuple[int, bytes]]) -> str:
    done = subprocess.run(
        ["node", str(READER), "t:problem"],
        input="\n".join(data.hex() for _, data in rows).encode(),
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert not told["pending"]
    said: str = told["said"]["t:problem"]
    return said
