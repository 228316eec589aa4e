"""Handing frames to the server under us: at once under Daphne, through a queue of our own elsewhere."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

logger = logging.getLogger(__name__)

Event = dict[str, Any]
Send = Callable[[Event], Awaitable[None]]


class DaphneSocket:
    """Daphne's `send` never suspends: it hands frames to Twisted's transport, which holds back without end.

    So we look at what the transport holds before we give it more.
    """

    def __init__(self, send: partial[Coroutine[Any, Any, None]], budget: int) -> None:
        self._hand_over = send
        self._protocol = send.args[0]
        self._budget = budget

    def send(self, frame: bytes | str) -> bool:
        if self._held_back() > self._budget:
            return False
        run(self._hand_over(sending(frame)))
        return True

    def close(self, code: int) -> None:
        run(self._hand_over({"type": "websocket.close", "code": code}))

    def _held_back(self) -> int:
        # Names as in twisted.internet.abstract.FileDescriptor; a test holds us to them.
        transport = self._protocol.transport
        held: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen  # noqa: SLF001
        return held


class QueuedSocket:
    """For servers whose `send` may wait: one queue and one task for each socket."""

    def __init__(self, send: Send, budget: int) -> None:
        self._hand_over = send
        self._budget = budget
        self._waiting: deque[Event] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None

    def send(self, frame: bytes | str) -> bool:
        if self._bytes > self._budget:
            return False
        self._bytes += len(frame)
        self._enqueue(sending(frame))
        return True

    def close(self, code: int) -> None:
        """Whoever is closed gets nothing more, so that the close itself is not held up."""
        self._waiting.clear()
        self._bytes = 0
        self._enqueue({"type": "websocket.close", "code": code})

    def _enqueue(self, event: Event) -> None:
        self._waiting.append(event)
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                event = self._waiting.popleft()
                await self._hand_over(event)
                self._bytes -= len(event.get("bytes") or event.get("text") or "")
        except Exception as error:  # noqa: BLE001 - each server has its own way to say that the socket is gone
            logger.info("A socket went away while it was written to: %s", type(error).__name__)
            self._waiting.clear()


def sending(frame: bytes | str) -> Event:
    return {"type": "websocket.send", "bytes" if isinstance(frame, bytes) else "text": frame}


def run(step: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that does not suspend."""
    try:
        step.send(None)
    except StopIteration:
        return
    step.close()
    raise RuntimeError("The server's send waited although it never should")


def socket_over(send: Send, budget: int) -> DaphneSocket | QueuedSocket:
    """The right socket for the server that gave us this `send`."""
    if isinstance(send, partial) and getattr(send.func, "__module__", "").startswith("daphne."):
        return DaphneSocket(send, budget)
    return QueuedSocket(send, budget)
