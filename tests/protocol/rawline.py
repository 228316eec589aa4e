"""A WebSocket by hand, for tests that open thousands: nothing is checked, nothing is kept."""

import asyncio
import base64
import os
from typing import Self
from urllib.parse import urlsplit

from proposals.editing.domain.protocol import SUBPROTOCOL
from tests.protocol.clients import Door

CLOSE = 8
HEAD_END = b"\r\n\r\n"


class RawLine(asyncio.Protocol):
    """Frames out as they are, messages in one by one; `code` once the server has ended it.

    No stream: what has arrived before a line breaks can be heard here even if we were too slow to answer it.
    """

    def __init__(self) -> None:
        self.code: int | None = None
        self._transport: asyncio.WriteTransport
        self._unread = b""
        self._ended = False
        self._news = asyncio.Event()

    @classmethod
    async def to(cls, door: Door) -> Self:
        where = urlsplit(door.url)
        loop = asyncio.get_running_loop()
        transport, self = await loop.create_connection(cls, where.hostname or "", where.port or 80)
        self._transport = transport
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
        self._transport.write("\r\n".join([*lines, "", ""]).encode())
        while HEAD_END not in self._unread:
            await self._more()
        self._unread = self._unread.partition(HEAD_END)[2]
        return self

    def data_received(self, data: bytes) -> None:
        self._unread += data
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = True
        self._news.set()

    def send(self, payload: bytes) -> None:
        """Masked with nothing, which is as good a mask as any."""
        size = len(payload)
        if size < 126:
            head = bytes([0x82, 0x80 | size])
        elif size < 65_536:
            head = bytes([0x82, 0xFE]) + size.to_bytes(2)
        else:
            head = bytes([0x82, 0xFF]) + size.to_bytes(8)
        self._transport.write(head + bytes(4) + payload)

    async def hear(self) -> bytes | None:
        """The next message, or None: it is over. Whoever stops waiting for it loses nothing."""
        while self.code is None:
            if (found := self._cut()) is None:
                if self._ended:
                    break
                await self._more()
            elif found[0] & 15 != CLOSE:
                return found[1]
            else:
                self.code = int.from_bytes(found[1][:2])
        return None

    async def ended(self) -> None:
        """Until the line itself is cut."""
        while not self._ended:
            self._news.clear()
            await self._news.wait()

    def leave(self) -> None:
        self._transport.abort()

    async def _more(self) -> None:
        if self._ended:
            raise ConnectionResetError
        self._news.clear()
        await self._news.wait()

    def _cut(self) -> tuple[int, bytes] | None:
        """The first byte and the payload of the next frame, if it is here."""
        data = self._unread
        size = data[1] if len(data) > 1 else 0
        start = {126: 4, 127: 10}.get(size, 2)
        if start > 2:
            size = int.from_bytes(data[2:start])
        if len(data) < start + size:
            return None
        self._unread = data[start + size :]
        return data[0], data[start : start + size]
