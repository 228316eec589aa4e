"""Thousands of hostile frames against a running server while five people type."""

import asyncio
import contextlib
import itertools
import json
import os
import random
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.selectors import roots_of
from proposals.portfolio.models import Document
from tests.protocol.clients import LivePeer
from tests.protocol.conftest import Place, ask
from tests.protocol.hostility import Attacker
from tests.protocol.test_slow import memory_of

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on the path"),
]
FRAMES = int(os.environ.get("HOSTILE", "1000"))
ATTACKERS = 4
A_CONNECTION = 12  # frames, unless the server ends it before
FINAL = {CloseCode.MALFORMED, CloseCode.TOO_LARGE, CloseCode.OTHER_EPOCH}
READER = Path(__file__).parent / "read_updates.mjs"


async def test_thousands_of_hostile_frames_harm_nobody(place: Place) -> None:
    """[ED153] No death, wait or growth; senders are closed; what was accepted reads the same everywhere."""
    amara, ben = place.cast.amara, place.cast.ben
    honest = [place.peer(who) for who in (amara, ben, amara, ben, amara)]
    pid = place.server.pid
    for person in honest:
        await person.connect()
    before = memory_of(pid)
    typing = [asyncio.create_task(type_honestly(person)) for person in honest]
    attacks = [attack(place, seed) for seed in range(ATTACKERS)]
    codes = {code for each in await asyncio.gather(*attacks) for code in each}
    for task in typing:
        task.cancel()
    waits = sorted(itertools.chain(*await asyncio.gather(*typing)))
    assert place.server.pid == pid
    assert codes <= FINAL
    assert waits[int(len(waits) * 0.95)] < 2, "somebody waited"
    assert memory_of(pid) - before < 50
    for person in honest:
        assert person.code is None
        await person.saved()
    await reads_the_same(place, honest)
    for person in honest:
        await person.disconnect()


async def type_honestly(person: LivePeer) -> list[float]:
    """A key a few times a second, until it is cancelled: how long each receipt took."""
    waits = []
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            started = time.monotonic()
            person.type("k")
            await person.saved()
            waits.append(time.monotonic() - started)
            await asyncio.sleep(0.2)
    return waits


async def attack(place: Place, seed: int) -> list[int | None]:
    """Connection after connection, each until the server ends it: with which codes."""
    rng, left, codes = random.Random(seed), FRAMES // ATTACKERS, []
    people = (place.cast.amara, place.cast.ben, place.cast.dele)
    while left > 0:
        line = await place.door(rng.choice(people)).knock()
        frames = Attacker(rng, next(place.clients)).frames()
        with contextlib.suppress(ConnectionClosed):
            for frame in itertools.islice(frames, A_CONNECTION):
                left -= 1
                await line.send(frame)
                await judged(line, frame)
            await line.send(b"\x09")  # and now something that is certainly no message
        async with asyncio.timeout(10):
            await line.wait_closed()
        codes.append(line.close_code)
    return codes


async def judged(line: ClientConnection, frame: bytes) -> None:
    """Give the server the time to say what it makes of an update."""
    if frame[:2] not in (b"\x00\x01", b"\x00\x02"):
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.1):
            while (await line.recv())[0] not in (protocol.ACK, protocol.REJECT):
                pass


async def reads_the_same(place: Place, honest: list[LivePeer]) -> None:
    """In every open editor, in Yjs and in the library on the server."""
    rows = [data for _, data in await place.rows()]
    roots = sorted(await ask(lambda: roots_of(Document.objects.get(pk=place.epoch.document_id).template)))
    command = ["node", str(READER), *roots]
    node = await asyncio.to_thread(
        subprocess.run, command, input="\n".join(row.hex() for row in rows).encode(), capture_output=True
    )
    assert node.returncode == 0, node.stderr.decode()
    told = json.loads(node.stdout)
    kinds: dict[str, Any] = {"t": Text, "f": Map, "r": Array}
    doc: Doc[Any] = Doc({root: kinds[root[0]]() for root in roots})
    for row in rows:
        doc.apply_update(row)
    here = {root: doc.get(root, type=kinds[root[0]]).to_py() for root in roots}
    assert told["said"] == here
    assert not told["pending"]
    for person in honest:
        await person.until(lambda person=person: person.said == told["said"]["t:problem"])  # type: ignore[misc]
