"""Frames to and from the server under us: at once under Daphne, through queues elsewhere."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from twisted.internet.tcp import Connection as TcpConnection

from proposals.editing.domain.frames import framed, whole_messages
from proposals.editing.hub.lines import Lines

logger = logging.getLogger(__name__)

READ_BYTES = 65_536
# So much may still leave before a close: a refusal, and what came with it.
FAREWELL_BYTES = 65_536
# Until a line is cut on which nobody answers a close. Autobahn waits one, and drops parts of a second.
CLOSE_SECONDS = 2

Event = dict[str, Any]
Send = Callable[[Event], Awaitable[None]]
Hear = Callable[[bytes | None], None]  # one message; none stands for a text message


class DaphneSocket:
    """Daphne's `send` never suspends: it hands frames to Twisted's transport, which holds back without end.

    So we look at what the transport holds before we give it more. Most of what a frame costs is the way down
    to the operating system's socket, so while nothing is held back we write there ourselves (`direct`). Names
    as in twisted.internet.abstract.FileDescriptor and autobahn.websocket.protocol; a test holds us to them.
    """

    def __init__(
        self, send: partial[Coroutine[Any, Any, None]], budget: int, *, lines: Lines | None = None
    ) -> None:
        self._hand_over = send
        self._protocol = send.args[0]
        self._transport = self._protocol.transport
        self._budget = budget
        self._lines = lines
        is_direct = lines is not None and is_plain(self._protocol)
        self._put = self._transport.socket.send if is_direct else None
        self._listening: Listening | None = None

    def send(self, frame: bytes | str) -> bool:
        if isinstance(frame, bytes):
            return self.send_all(framed(frame), (frame,))
        if self.unsent > self._budget:
            return False
        run(self._hand_over(sending(frame)))
        return True

    def send_all(self, data: bytes, frames: Iterable[bytes]) -> bool:
        """`data`: the same frames as they go over the line, put together once for everybody."""
        unsent = self.unsent
        if unsent > self._budget:
            return False
        if self._put is None:
            for frame in frames:
                run(self._hand_over(sending(frame)))
            return True
        protocol, transport = self._protocol, self._transport
        if protocol.state == protocol.STATE_OPEN and transport.connected:
            sent = 0 if unsent or protocol.send_queue else put(self._put, data)
            if sent < len(data):
                transport.write(data[sent:])
        return True

    def close(self, code: int) -> None:
        self.resume()  # the other side's answer to the close has to be read
        self._protocol.closeHandshakeTimeout = CLOSE_SECONDS
        run(self._hand_over({"type": "websocket.close", "code": code}))

    def listen(self, hear: Hear) -> bool:
        """From now on `hear` gets what arrives, `receive` only the end. False: something waits there."""
        if self._lines is None or self._put is None or not self._protocol.application_queue.empty():
            return False
        self._listening = Listening(self._protocol, hear, self._lines)
        self.resume()
        return True

    def forget(self) -> None:
        """The line has ended."""
        self._put = None
        if self._listening is not None:
            self._listening.end()
            self._listening = None
        if (timer := self._protocol.closeHandshakeTimeoutCall) is not None:
            timer.cancel()  # Autobahn lets it run on, and with it lives all that belongs to the line
            self._protocol.closeHandshakeTimeoutCall = None

    def pause(self) -> None:
        if self._listening is not None:
            self._listening.pause()
        if self._transport.connected:
            self._transport.pauseProducing()

    def resume(self) -> None:
        # A transport that is on its way out must not be read again.
        if not self._transport.connected or self._transport.disconnecting:
            return
        if self._listening is None or not self._listening.resume():
            self._transport.resumeProducing()

    @property
    def unsent(self) -> int:
        transport = self._transport
        held: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen  # noqa: SLF001
        return held


def put(send: Callable[[bytes], int], data: bytes) -> int:
    """How much of it the operating system took at once."""
    try:
        return send(data)
    except BlockingIOError:
        return 0
    except OSError:
        return len(data)  # the transport finds out for itself that the socket is gone


def is_plain(protocol: Any) -> bool:
    """An unencrypted TCP socket without compression: what is written to it is what goes over the line."""
    transport = protocol.transport
    compressed = protocol._perMessageCompress is not None  # noqa: SLF001
    return isinstance(transport, TcpConnection) and not transport.TLS and not compressed


class Listening:
    """Takes over what Daphne's protocol does with what arrives. Most of what a small message costs is the way
    through Autobahn's reader and a queue, so whole binary frames are read here, everything else as before."""

    def __init__(self, protocol: Any, hear: Hear, lines: Lines) -> None:
        self._protocol = protocol
        self._hear = hear
        self._lines = lines
        self._transport = protocol.transport
        self._socket = protocol.transport.socket
        self._number = self._socket.fileno()
        self._by_the_way = protocol.dataReceived
        self._rest = b""  # the beginning of a frame
        self._resumed = False
        protocol.dataReceived = self._received
        protocol.onMessage = self._message

    def resume(self) -> bool:
        """Read this line with all the others. False: leave it to the server, who sees its end."""
        if not self._resumed and self._protocol.state == self._protocol.STATE_OPEN:
            self._transport.stopReading()
            self._resumed = self._lines.add(self._number, self._read)
        return self._resumed

    def pause(self) -> None:
        self._resumed = False
        self._lines.remove(self._number, self._read)

    def end(self) -> None:
        """Give the protocol back as it was: while it leads to us, all that a visit held lives on with it."""
        self._hand_back()
        del self._protocol.dataReceived, self._protocol.onMessage

    def _read(self) -> None:
        try:
            data = self._socket.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        try:
            if data:
                self._received(data)
                return
        except Exception:
            logger.exception("What a line brought could not be handled")
            self._transport.abortConnection()
        self._hand_back()

    def _hand_back(self) -> None:
        """The server reads on: it knows what to do when a line ends."""
        self.pause()
        if self._transport.connected and not self._transport.disconnecting:
            self._transport.startReading()

    def _received(self, data: bytes) -> None:
        if self._rest:
            data, self._rest = self._rest + data, b""
        if self._is_between_messages():
            messages, at, is_cut = whole_messages(data)
            if messages:
                self._protocol.last_ping = time.time()
                for message in messages:
                    self._hear(message)
                if at == len(data):
                    return
                data = data[at:]
            if is_cut and self._is_between_messages():
                self._rest = data
                return
        if data:
            self._by_the_way(data)

    def _is_between_messages(self) -> bool:
        protocol = self._protocol
        return not (
            protocol.data
            or protocol.inside_message
            or protocol.current_frame
            or protocol.autoPingTimeoutCall
            or protocol.muted
            or protocol.state != protocol.STATE_OPEN
        )

    def _message(self, payload: bytes, is_binary: bool) -> None:  # noqa: FBT001 - the signature is Autobahn's
        if not self._protocol.muted:
            self._protocol.last_ping = time.time()
            self._hear(payload if is_binary else None)


class QueuedSocket:
    """For servers whose `send` may wait: one queue and one task for each socket."""

    def __init__(self, send: Send, budget: int) -> None:
        self._hand_over = send
        self._budget = budget
        self._waiting: deque[Event] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def unsent(self) -> int:
        return self._bytes

    def send(self, frame: bytes | str) -> bool:
        if self._bytes > self._budget:
            return False
        self._bytes += len(frame)
        self._enqueue(sending(frame))
        return True

    def send_all(self, data: bytes, frames: Iterable[bytes]) -> bool:  # noqa: ARG002 - the other's signature
        return all(self.send(frame) for frame in list(frames))

    def forget(self) -> None:
        """Nothing is kept elsewhere."""

    def close(self, code: int) -> None:
        """Whoever is far behind gets nothing more, so that the close is not held up; others hear why."""
        if self._bytes > FAREWELL_BYTES:
            self._waiting.clear()
            self._bytes = 0
        self._enqueue({"type": "websocket.close", "code": code})

    def listen(self, hear: Hear) -> bool:  # noqa: ARG002 - the other socket's signature
        return False

    def pause(self) -> None:
        """These servers read no further than their application does."""

    def resume(self) -> None:
        """Nothing was paused."""

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


def socket_over(send: Send, budget: int, *, lines: Lines | None = None) -> DaphneSocket | QueuedSocket:
    """The right socket for the server that gave us this `send`; without `lines`, used as any server is."""
    if isinstance(send, partial) and getattr(send.func, "__module__", "").startswith("daphne."):
        return DaphneSocket(send, budget, lines=lines)
    return QueuedSocket(send, budget)
