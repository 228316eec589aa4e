"""The hub: opens rooms, seats sockets in them, and carries out what the rooms ask for."""

import asyncio
import logging
from collections.abc import Iterable
from itertools import count
from uuid import UUID

from django.conf import settings

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.merging import Unmergeable
from proposals.editing.domain.peers import Cast, Close, Effect, Peer, Reject
from proposals.editing.domain.protocol import CloseCode, TooLarge, decode
from proposals.editing.domain.room import Room
from proposals.editing.domain.wire import Malformed
from proposals.editing.faults import through
from proposals.editing.gauges import CLOSED, REFUSED, REGISTRY
from proposals.editing.hub.census import Census
from proposals.editing.hub.housekeeping import Housekeeping
from proposals.editing.hub.parcels import Parcel
from proposals.editing.hub.reads import Reads
from proposals.editing.hub.seats import Closing, Full, OpenRoom, Seat, Socket
from proposals.editing.hub.ticker import Ticker
from proposals.editing.hub.traffic import Traffic
from proposals.editing.hub.visits import Visit, open_document, visit

logger = logging.getLogger(__name__)


class Hub:
    """All open rooms of this process. Lives in one event loop; only `reads` and the log's writer leave it."""

    def __init__(self) -> None:
        self.rooms: dict[UUID, OpenRoom] = {}
        self.audiences: set[Closing] = set()  # the sockets that only listen for hints
        # Who may come in is asked by one thread. Two would wait for each other, and the event loop for both,
        # each time one of them hears from the database: under a flood of visitors people would feel it.
        self.doors = Reads("hub-doors", threads=1)
        self.reads = Reads("hub-reads", threads=2)
        self.traffic = Traffic()
        self.limits = Limits(
            frame_bytes=int(settings.ENGINE["FRAME_BYTES"]),
            state_bytes=int(settings.ENGINE["AWARENESS_BYTES"]),
        )
        self._keys = count(1)
        self._draining = False
        self._opening: dict[UUID, asyncio.Task[OpenRoom]] = {}
        self._housekeeping = Housekeeping(self)
        self.ticker = Ticker(self.apply, self.abandon, self._housekeeping.catch_up)

    # -- sockets -----------------------------------------------------------------------------------------
    async def visit(self, session_key: str, epoch: UUID) -> Visit | CloseCode:
        return await self.doors.run(visit, session_key, epoch)

    async def join(self, socket: Socket, guest: Visit, *, ours: bool) -> Seat:
        if self._draining:
            raise Full
        place = await self._open(guest)
        if self._draining or len(place.seats) >= settings.ENGINE["PEERS_PER_DOCUMENT"]:
            raise Full
        peer = Peer(
            key=next(self._keys),
            person=guest.person,
            identity=guest.identity,
            ours=ours,
            writes=guest.writes,
            stage=guest.stage,
            reason=guest.reason,
            ticket=guest.ticket,
        )
        seat = Seat(peer, socket, guest, place, self._housekeeping.watch(peer.key, guest))
        place.seats[seat.key] = seat
        self.apply(place, place.room.join(peer))
        return seat

    def receive(self, seat: Seat, frame: bytes) -> None:
        """One frame from one socket. Whatever is wrong with it ends that socket and touches no other."""
        place = seat.place
        try:
            message = decode(frame, self.limits, own=seat.peer.client)
            effects = place.room.receive(seat.key, message)
        except (Malformed, Unmergeable) as error:
            self.end(seat, CloseCode.MALFORMED, type(error).__name__)
        except TooLarge:
            self.end(seat, CloseCode.TOO_LARGE, "frame")
        except Exception:
            logger.exception("A message could not be handled")
            self.end(seat, CloseCode.BUSY, "failure")
        else:
            if effects:
                self.apply(place, effects)
            if place.room.has_work:
                self.ticker.mark(place)

    def leave(self, seat: Seat) -> None:
        """The socket is gone. Safe to say twice."""
        place = seat.place
        if place.seats.pop(seat.key, None) is None:
            return
        seat.unsubscribe()
        place.room.leave(seat.key)
        if place.room.has_work and not place.gone:
            self.ticker.mark(place)
        if not place.seats:
            self._housekeeping.linger(place)

    def end(self, seat: Seat, code: CloseCode, why: str) -> None:
        logger.info("Socket of person %s closed with %s: %s", seat.visit.person, code.value, why)
        CLOSED.labels(code.value, why).inc()
        seat.peer.closed = True
        seat.socket.close(code.value)
        self.leave(seat)

    # -- rooms -------------------------------------------------------------------------------------------
    async def _open(self, guest: Visit) -> OpenRoom:
        """The room, opened once however many ask; nothing is awaited between finding it and using it."""
        while (place := self.rooms.get(guest.epoch)) is None:
            task = self._opening.get(guest.epoch)
            if task is None:
                task = asyncio.ensure_future(self._load(guest))
                self._opening[guest.epoch] = task
            await asyncio.shield(task)
        if place.linger is not None:
            place.linger.cancel()
            place.linger = None
        return place

    async def _load(self, guest: Visit) -> OpenRoom:
        try:
            opening = await self.reads.run(open_document, guest.epoch)
            room = Room(opening, self.limits, int(settings.ENGINE["DOCUMENT_BYTES"]))
            place = OpenRoom(guest.epoch, guest.proposal, room, folded=opening.head)
            self.rooms[guest.epoch] = place
            self._housekeeping.opened(place)
            return place
        finally:
            del self._opening[guest.epoch]

    def abandon(self, place: OpenRoom) -> None:
        """Something failed here: everybody comes back to a room read anew from the log."""
        self._drop(place)
        for seat in list(place.seats.values()):
            self.end(seat, CloseCode.BUSY, "room abandoned")

    def _drop(self, place: OpenRoom) -> None:
        place.gone = True
        if self.rooms.get(place.epoch) is place:
            del self.rooms[place.epoch]
        for stop in place.unsubscribe:
            stop()
        place.unsubscribe.clear()
        if place.linger is not None:
            place.linger.cancel()
            place.linger = None

    def unload(self, place: OpenRoom) -> bool:
        """Free a room in which nobody sits and nothing waits. False: not yet."""
        if place.seats or place.gone:
            return True
        if not place.room.is_idle or self.ticker.is_marked(place):
            return False
        self._drop(place)
        return True

    # -- effects -----------------------------------------------------------------------------------------
    def apply(self, place: OpenRoom, effects: Iterable[Effect]) -> None:
        """What goes to the same people in a row goes out in one piece, with what each alone is told."""
        parcel = Parcel()
        for effect in effects:
            if parcel.takes(effect):
                continue
            self._deliver(place, parcel)
            parcel = Parcel()
            if isinstance(effect, Cast):
                parcel.takes(effect)
            elif isinstance(effect, Close):
                self._close(place.seats.get(effect.to), effect)
            else:
                if isinstance(effect, Reject):
                    REFUSED.labels(effect.reason).inc()
                self._send(place.seats.get(effect.to), effect.frame)
        self._deliver(place, parcel)

    def _deliver(self, place: OpenRoom, parcel: Parcel) -> None:
        if parcel.casts:
            seats = through("mid-broadcast", place.seats.items(), is_second)
            behind = [seat for seat, told in parcel.shares(seats) if not seat.socket.send_all(*told)]
            self._drop_behind(behind)

    def _send(self, seat: Seat | None, frame: bytes) -> None:
        if seat is not None and not seat.socket.send(frame):
            self._drop_behind([seat])

    def _drop_behind(self, seats: Iterable[Seat]) -> None:
        for seat in seats:
            self.end(seat, CloseCode.BUSY, "reads too slowly")

    def _close(self, seat: Seat | None, close: Close) -> None:
        if seat is not None:
            self.end(seat, close.code, close.why)

    # -- the end -----------------------------------------------------------------------------------------
    async def drain(self, seconds: float = 2.0) -> None:
        """Let nobody in, let the log answer for what has arrived, then send everybody away to come back."""
        self._draining = True
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end and any(place.room.is_busy for place in self.rooms.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        for place in list(self.rooms.values()):
            self.abandon(place)
        for audience in list(self.audiences):
            audience.close(CloseCode.BUSY)
        await self.stop()

    async def stop(self) -> None:
        self.ticker.stop()
        self._housekeeping.stop()
        for reads in (self.doors, self.reads):
            await asyncio.get_running_loop().run_in_executor(None, reads.close)


def is_second(number: int, _: object) -> bool:
    return number == 1


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}
REGISTRY.register(Census(lambda: dict(_hubs)))


def hub() -> Hub:
    """The hub of this event loop."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        for ended in [each for each in _hubs if each.is_closed()]:
            del _hubs[ended]
        found = _hubs[loop] = Hub()
    return found
