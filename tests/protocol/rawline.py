"""A WebSocket by hand, for tests that open thousands: nothing is checked, nothing is kept."""

import asyncio
import base64
import os
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

from proposals.editing.domain.protocol import SUBPROTOCOL
from tests.protocol.clients import Door

CLOSE = 8


class RawLine:
    """Frames out as they are, messages in one by one; `code` once the server has ended it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.code: int | None = None

    @classmethod
    async def to(cls, door: Door) -> Self:
        where = urlsplit(door.url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        lines = [
            f"GET {where.path} HTTP/1.1",
            f"Host: {where.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
            f"Origin: {door.origin}",
            f"Cookie: sessionid={door.cookie}",
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await reader.readuntil(b"\r\n\r\n")
        return cls(reader, writer)

    def send(self, payload: bytes) -> None:
        """Masked with nothing, which is as good a mask as any."""
        size = len(payload)
        if size < 126:
            head = bytes([0x82, 0x80 | size])
        elif size < 65_536:
            head = bytes([0x82, 0xFE]) + size.to_bytes(2)
        else:
            head = bytes([0x82, 0xFF]) + size.to_bytes(8)
        self._writer.write(head + bytes(4) + payload)

    async def hear(self) -> bytes | None:
        """The next message, or None: it is over."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind, size = await self._reader.readexactly(2)
                if size >= 126:
                    size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8))
                payload = await self._reader.readexactly(size)
                if kind & 15 == CLOSE:
                    self.code = int.from_bytes(payload[:2])
                    break
                return payload
        return None

    def leave(self) -> None:
        self._writer.transport.abort()
