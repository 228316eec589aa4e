"""Clients of the document socket: frames by hand, and a whole editor with a document behind it."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pycrdt import Doc, Text, TransactionEvent
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from proposals.editing.domain import protocol
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.protocol import SUBPROTOCOL, Entry
from proposals.editing.domain.values import Json
from proposals.editing.domain.wire import Reader, encode_state_vector, varbytes

LIMITS = Limits(frame_bytes=2**24)
SOON = 5.0


@dataclass(frozen=True)
class Door:
    """Where to knock, and with which cookie and origin."""

    url: str
    cookie: str = ""
    origin: str | None = None
    ours: bool = True

    async def knock(self) -> ClientConnection:
        return await connect(
            self.url,
            additional_headers={"Cookie": f"sessionid={self.cookie}"} if self.cookie else {},
            origin=self.origin,  # type: ignore[arg-type]
            subprotocols=[Subprotocol(SUBPROTOCOL)] if self.ours else None,
            max_size=2**24,
            ping_interval=None,
        )


async def close_code(door: Door) -> int:
    """How a socket ends to which nothing is said."""
    line = await door.knock()
    async with asyncio.timeout(SOON):
        await line.wait_closed()
    assert line.close_code is not None
    return line.close_code


class LivePeer:
    """An editor: a document, a line to the server, and everything the server has told it."""

    def __init__(self, door: Door, *, client: int, root: str = "t:problem") -> None:
        self.door = door
        self.client = client
        self.doc = Doc({root: Text()}, client_id=client)
        self.text = self.doc.get(root, type=Text)
        self.sent = 0
        self.frames: list[bytes] = []
        self.updates: list[bytes] = []  # its own and those it heard of, as they came
        self.receipts: list[tuple[int, int]] = []
        self.rejects: list[tuple[int, str, str]] = []
        self.states: list[dict[str, object]] = []
        self.events: list[dict[str, object]] = []
        self.present: dict[int, Entry] = {}
        self.synced = False
        self.line: ClientConnection | None = None
        self._news = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        self._quiet = False
        self._outgoing: set[asyncio.Task[None]] = set()
        self.doc.observe(self._changed)

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.disconnect()

    async def connect(self) -> None:
        self.line = await self.door.knock()
        self.synced, self.sent = False, 0
        self._reader = asyncio.create_task(self._read(self.line))
        with contextlib.suppress(ConnectionClosed):
            if self.door.ours:
                await self.line.send(protocol.hello(protocol.SCHEMA, self.client))
            await self.line.send(b"\x00\x00" + varbytes(self.doc.get_state()))
            await self.until(lambda: self.synced or self.is_closed)

    async def disconnect(self) -> None:
        if self.line is not None:
            await self.line.close()
        if self._reader is not None:
            await self._reader

    @property
    def is_closed(self) -> bool:
        return self._reader is None or self._reader.done()

    @property
    def code(self) -> int | None:
        return None if self.line is None else self.line.close_code

    # -- doing -------------------------------------------------------------------------------------------
    def type(self, words: str) -> None:
        self.text.insert(len(str(self.text).encode()), words)

    async def say(self, frame: bytes) -> None:
        assert self.line is not None
        if frame[:2] in (b"\x00\x01", b"\x00\x02"):
            self.sent += 1
        with contextlib.suppress(ConnectionClosed):
            await self.line.send(frame)

    async def show(self, clock: int, state: Mapping[str, Json] | None) -> None:
        await self.say(
            protocol.awareness([Entry(self.client, clock, dict(state) if state is not None else None)])
        )

    async def until(self, condition: Callable[[], bool], seconds: float = SOON) -> None:
        """Wait until what the server says makes it true."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def saved(self) -> None:
        """Until everything sent so far has its receipt. Whoever stops waiting takes no word back."""
        await asyncio.gather(*map(asyncio.shield, self._outgoing))
        await self.until(lambda: bool(self.receipts) and self.receipts[-1][0] >= self.sent)

    # -- hearing -----------------------------------------------------------------------------------------
    def _changed(self, event: TransactionEvent) -> None:
        if self._quiet:
            return
        self.updates.append(event.update)
        if self.line is not None and not self.is_closed:
            task = asyncio.ensure_future(self.say(protocol.sync_update(event.update)))
            self._outgoing.add(task)
            task.add_done_callback(self._outgoing.discard)

    async def _read(self, line: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for frame in line:
                assert isinstance(frame, bytes)
                self.frames.append(frame)
                await self._hear(frame)
                self._news.set()
        self._news.set()

    async def _hear(self, frame: bytes) -> None:
        kind, reader = frame[0], Reader(frame[1:])
        if kind == protocol.ACK:
            self.receipts.append((reader.varuint(), reader.varuint()))
        elif kind == protocol.REJECT:
            self.rejects.append((reader.varuint(), reader.string(), reader.string()))
        elif kind == protocol.STATE:
            self.states.append(json.loads(reader.string()))
        elif kind == protocol.EVENT:
            self.events.append(json.loads(reader.string()))
        elif frame != protocol.awareness([]):
            await self._y(protocol.decode(frame, LIMITS))

    async def _y(self, message: protocol.Message) -> None:
        if isinstance(message, protocol.SyncStep1):
            update = self.doc.get_update(encode_state_vector(message.state_vector))
            await self.say(protocol.sync_step2(update))
        elif isinstance(message, protocol.SyncStep2 | protocol.SyncUpdate):
            self.updates.append(message.update)
            self._quiet = True
            self.doc.apply_update(message.update)
            self._quiet = False
            self.synced = self.synced or isinstance(message, protocol.SyncStep2)
        elif isinstance(message, protocol.Awareness):
            self.present.update({entry.client: entry for entry in message.entries})

    @property
    def said(self) -> str:
        return str(self.text)
