"""A client that does not read: it is closed, and costs the others nothing."""

import asyncio
import base64
import os
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from proposals.editing.domain import protocol
from tests.protocol.clients import Door
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live


async def test_a_client_that_does_not_read_is_cut_off(place: Place) -> None:
    """[ED59] It asks for the document again and again and never takes it: the server keeps only so much."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        for _ in range(3):
            amara.type("x" * 150_000)
        await amara.saved()
        before = memory_of(place.server.pid)
        reader, writer = await deaf_at(place.door(place.cast.dele))
        with suppress(ConnectionError):
            for _ in range(60):
                writer.write(masked(protocol.sync_step1({})))
                await writer.drain()
                await asyncio.sleep(0.01)
        started = time.monotonic()
        amara.type("Still quick.")
        await ben.until(lambda: "Still quick." in ben.said)
        assert time.monotonic() - started < 2
        assert memory_of(place.server.pid) - before < 40
        with suppress(ConnectionError):
            # We wait two seconds for the answer to a close, uvicorn ten.
            async with asyncio.timeout(15):
                while await reader.read(65_536):
                    pass
        writer.close()


async def deaf_at(door: Door) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A WebSocket by hand, with a small window, that stops reading after the handshake."""
    where = urlsplit(door.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=4_096)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {where.path} HTTP/1.1",
        f"Host: {where.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {door.origin}",
        f"Cookie: sessionid={door.cookie}",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


def masked(payload: bytes) -> bytes:
    return bytes([0x82, 0x80 | len(payload)]) + bytes(4) + payload


def memory_of(pid: int) -> float:
    """Resident memory in MiB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
