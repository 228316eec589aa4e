"""Keeping one busy socket from slowing the others: it is read more slowly, and closed if it will not stop."""

import asyncio
import time
from collections import deque

from proposals.editing.domain.allowance import Allowance
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.hub.hub import Hub
from proposals.editing.hub.seats import Seat

# How much of one peer may wait for the log before we read on, in messages and bytes.
SOFT_WAITING = 256
SOFT_WAITING_BYTES = 1_048_576
LOOK_SECONDS = 0.005


class Throttle:
    """Stands between one socket's line and the hub, and reads from the line only as fast as is fair."""

    def __init__(self, hub: Hub, seat: Seat) -> None:
        self._hub = hub
        self._seat = seat
        self._loop = asyncio.get_running_loop()
        self._allowance = Allowance()
        self._kept: deque[bytes] = deque()  # came with the last read, after which the line was held
        self._held = False  # the line is not read
        self._waits = False  # nor is what was kept

    def hear(self, frame: bytes | None) -> None:
        """What the line brings: a frame, or None for text, which nobody sends us."""
        peer = self._seat.peer
        if peer.closed:
            return
        if frame is None:
            self._hub.end(self._seat, CloseCode.MALFORMED, "text frame")
        elif self._waits:
            self._kept.append(frame)
        else:
            self._hub.receive(self._seat, frame)
            now = time.monotonic()
            pause = self._due(frame, now) if self._hub.traffic.is_shared(peer.key, now) else 0.0
            if (pause or self._is_pressing) and not peer.closed:
                self._hold(pause)

    def _hold(self, pause: float) -> None:
        """Read nothing more from this line for so many seconds, and until the log has caught up."""
        if not self._held:
            self._held = True
            self._seat.socket.pause()
        self._waits = True
        self._loop.call_later(max(pause, LOOK_SECONDS), self._look)

    async def opened(self) -> None:
        """For servers that read no further than we do: return when the next frame is welcome."""
        while self._held and not self._seat.peer.closed:  # noqa: ASYNC110 - the clock or the log ends it
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self) -> None:
        """Go on with what was kept, and once that is handled with what the line brings."""
        if self._is_pressing and not self._seat.peer.closed:
            self._loop.call_later(LOOK_SECONDS, self._look)
            return
        self._waits = False
        while self._kept and not self._waits:
            self.hear(self._kept.popleft())
        if not self._waits:
            self._held = False
            self._seat.socket.resume()

    def finish(self) -> None:
        """The line has ended: what it had brought before is handled all the same."""
        while self._kept and not self._seat.peer.closed:
            self._hub.receive(self._seat, self._kept.popleft())

    def _due(self, frame: bytes, now: float) -> float:
        price = 1 + len(frame) / Allowance.SENT
        if frame[:2] == b"\x00\x00":  # asks for the text
            price += self._seat.place.room.text.size / Allowance.ASKED
        pause = self._allowance.spend(price, now)
        if pause and self._allowance.is_over(now) and not self._seat.peer.closed:
            self._hub.end(self._seat, CloseCode.BUSY, "sends too much")
        return pause

    @property
    def _is_pressing(self) -> bool:
        peer = self._seat.peer
        return peer.waiting > SOFT_WAITING or peer.waiting_bytes > SOFT_WAITING_BYTES
