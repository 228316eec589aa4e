"""A socket that sends without end: its neighbours type on, and the server stays small."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from proposals.editing.domain.protocol import CloseCode
from tests.protocol.clients import Door, LivePeer
from tests.protocol.conftest import Place
from tests.protocol.server import ROOT
from tests.protocol.test_slow import memory_of

pytestmark = pytest.mark.live
KEYS = 100
# On a machine that has much else to do, chance alone costs this much now and then.
CHANCE = 0.25


async def delays(writer: LivePeer, reader: LivePeer, keys: int = KEYS) -> float:
    """Type, and look how long each key takes to the other page: the 95th percentile."""
    found = []
    for n in range(keys):
        mark, started = f"[{n}]", time.monotonic()
        writer.type(mark)
        await reader.until(lambda mark=mark: mark in reader.said, 10)  # type: ignore[misc]
        found.append(time.monotonic() - started)
        await asyncio.sleep(0.02)
    writer.text.clear()
    await writer.saved()
    return sorted(found)[int(keys * 0.95)]


@pytest.mark.parametrize("kind", ["question", "presence"])
async def test_neighbours_do_not_notice_a_flood(place: Place, kind: str) -> None:
    """[ED92] [ED93] Delays at most double, memory does not grow, and the sender is closed with 4503."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        await delays(amara, ben, 10)
        quiet = await delays(amara, ben)
        before = memory_of(place.server.pid)
        async with flooding(place.door(place.cast.dele), kind) as process:
            busy = await delays(amara, ben)
            assert busy <= max(2 * quiet, CHANCE)
            assert memory_of(place.server.pid) - before < 30
            while process.returncode is None:
                await delays(amara, ben, 10)
            assert process.stdout is not None
            assert (await process.stdout.read()).decode().strip() == str(CloseCode.BUSY.value)


@asynccontextmanager
async def flooding(door: Door, kind: str) -> AsyncIterator[asyncio.subprocess.Process]:
    module = ("-m", "tests.protocol.flood", door.url, door.cookie, str(door.origin), kind)
    process = await asyncio.create_subprocess_exec(sys.executable, *module, cwd=ROOT, stdout=PIPE)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"begun\n"
        async with asyncio.timeout(60):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_long_history_comes_in_as_fast_as_the_log_takes_it(place: Place) -> None:
    """[ED93] 5,000 keys in one go by a client that waits for nothing: nobody else is there to be hurt."""
    async with place.peer(place.cast.amara) as amara:
        for _ in range(5_000):
            amara.type("a")
        await asyncio.gather(*amara._outgoing)
        await amara.until(lambda: bool(amara.receipts) and amara.receipts[-1][0] == amara.sent, 30)
        assert amara.code is None
