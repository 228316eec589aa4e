"""The sockets: a document's, which knows nothing but bytes and the peer, and one for hints to other pages."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from channels.consumer import AsyncConsumer
from django.conf import settings
from django.http import parse_cookie

from proposals.editing.adapters import DaphneSocket, Event, QueuedSocket, socket_over
from proposals.editing.domain.protocol import SUBPROTOCOL, CloseCode
from proposals.editing.hub import Audience, Full, Seat, Throttle, hub

logger = logging.getLogger(__name__)

# What a notice socket may leave unread.
NOTICE_BYTES = 65_536

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
DocumentSocket = DaphneSocket | QueuedSocket


class DocumentConsumer(AsyncConsumer):
    """Reads the server's events in one loop of its own: per-message dispatch costs more than the message."""

    channel_layer_alias = "none"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        ours = SUBPROTOCOL in scope.get("subprotocols", [])
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if ours else None})
        lines = hub().ticker.lines if settings.ENGINE["DIRECT_WRITES"] else None
        socket = socket_over(scope.get("raw_send", send), int(settings.ENGINE["OUTBOX_BYTES"]), lines=lines)
        seat = None
        try:
            seat = await self._join(scope, socket, ours=ours)
            await self._listen(receive, seat, socket)
        except Exception:
            logger.exception("A document socket failed")
            socket.close(CloseCode.BUSY.value)
        finally:
            socket.forget()
            if seat is not None:
                hub().leave(seat)

    async def _join(self, scope: Scope, socket: DocumentSocket, *, ours: bool) -> Seat | None:
        epoch = epoch_of(scope)
        guest = await hub().visit(session_key(scope), epoch) if epoch else CloseCode.UNKNOWN
        if isinstance(guest, CloseCode):
            socket.close(guest.value)
            return None
        try:
            return await hub().join(socket, guest, ours=ours)
        except Full:
            socket.close(CloseCode.BUSY.value)
            return None

    async def _listen(self, receive: Receive, seat: Seat | None, socket: DocumentSocket) -> None:
        """Until the socket is gone. Somebody without a seat is on the way out: what they say is not read."""
        throttle = Throttle(hub(), seat) if seat else None
        hear = throttle.hear if throttle else _nothing
        direct = socket.listen(hear)
        while (event := await receive())["type"] == "websocket.receive":
            hear(event.get("bytes"))
            direct = direct or socket.listen(hear)
            if throttle is not None:
                await throttle.opened()
        if throttle is not None:
            throttle.finish()


def _nothing(_frame: bytes | None) -> None:
    """For somebody without a seat, who is on the way out."""


class NoticeConsumer(AsyncConsumer):
    """Hints for pages without an open document: "look again", with ids, about whatever the person may see."""

    channel_layer_alias = "none"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        await send({"type": "websocket.accept"})
        audience = Audience(session_key(scope), socket_over(scope.get("raw_send", send), NOTICE_BYTES))
        try:
            await audience.open()
            while (await receive())["type"] == "websocket.receive":
                pass  # nothing is expected from this side
        except Exception:
            logger.exception("A notice socket failed")
            audience.close(CloseCode.BUSY)
        finally:
            audience.leave()


class NowhereConsumer(AsyncConsumer):
    """No such address."""

    channel_layer_alias = "none"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG002
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": CloseCode.UNKNOWN.value})


def session_key(scope: Scope) -> str:
    """The session cookie of this handshake."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            return parse_cookie(value.decode("latin1")).get(settings.SESSION_COOKIE_NAME, "")
    return ""


def epoch_of(scope: Scope) -> UUID | None:
    try:
        return UUID(scope["url_route"]["kwargs"]["epoch"])
    except ValueError:
        return None
