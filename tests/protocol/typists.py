"""People who type on whatever happens: they come back when the line breaks, and know what had its receipt."""

import asyncio
import contextlib
import re
import time
from collections.abc import Sequence
from itertools import cycle

from websockets.exceptions import ConnectionClosed, WebSocketException

from proposals.editing.domain import protocol
from proposals.editing.domain.wire import Reader
from tests.protocol.clients import Door, LivePeer

WORD = re.compile(rb"\[\d+\.\d+\]")
PACE = 0.04
# So long a line may say nothing of what was sent before it is given up.
PATIENCE = 4.0


class Typist(LivePeer):
    """Types `[client.0]`, `[client.1]`, … until told to stop. `doors` are tried in turn."""

    def __init__(self, doors: Sequence[Door], *, client: int) -> None:
        super().__init__(doors[0], client=client)
        self.words: list[str] = []
        self.covered: dict[str, int] = {}  # word -> the seq that its first receipt named
        self.came_back = -1
        self._doors = cycle(doors)
        self._marks: list[tuple[int, int]] = []  # after so many frames, so many words were sent
        self._heard_at = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def is_saved(self) -> bool:
        return len(self.covered) == len(self.words)

    def begin(self) -> None:
        self._tasks = [asyncio.create_task(self._type()), asyncio.create_task(self._stay())]

    def rest(self) -> None:
        """Type no more; the line is kept."""
        self._tasks[0].cancel()

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._hang_up()

    async def _type(self) -> None:
        while True:
            self.words.append(f"[{self.client}.{len(self.words)}]")
            self.type(self.words[-1])
            await asyncio.gather(*self._outgoing)
            await asyncio.sleep(PACE)

    async def _stay(self) -> None:
        """Come back when the line breaks, or says nothing although something waits for its receipt."""
        while True:
            if self.is_closed or self._is_silent:
                self._hang_up()
                await self._come()
            await asyncio.sleep(0.05)

    async def _come(self) -> None:
        self._marks.clear()
        self.door = next(self._doors)
        with contextlib.suppress(OSError, TimeoutError, WebSocketException):
            async with asyncio.timeout(PATIENCE):
                await self.connect()
            self.came_back += 1
        self._heard_at = time.monotonic()

    def _hang_up(self) -> None:
        """Without a farewell: there may be nobody to answer it."""
        if self.line is not None:
            self.line.transport.abort()

    @property
    def _is_silent(self) -> bool:
        return not self.is_saved and time.monotonic() - self._heard_at > PATIENCE

    async def say(self, frame: bytes) -> None:
        assert self.line is not None
        if frame[:2] in (b"\x00\x01", b"\x00\x02"):
            self.sent += 1
            self._marks.append((self.sent, len(self.words)))
        with contextlib.suppress(ConnectionClosed):
            await self.line.send(frame)

    async def _hear(self, frame: bytes) -> None:
        await super()._hear(frame)
        if frame[0] == protocol.ACK:
            self._heard_at = time.monotonic()
            reader = Reader(frame[1:])
            count, seq = reader.varuint(), reader.varuint()
            done = max((words for sent, words in self._marks if sent <= count), default=0)
            for word in self.words[len(self.covered) : done]:
                self.covered[word] = seq


def first_rows(rows: Sequence[tuple[int, bytes]]) -> dict[str, int]:
    """In which row of the log each word stands first."""
    found: dict[str, int] = {}
    for seq, data in rows:
        for word in WORD.findall(data):
            found.setdefault(word.decode(), seq)
    return found
