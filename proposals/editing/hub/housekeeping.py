"""What the hub does by the clock and on hints: catch up with other processes, check rights, tidy up."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from proposals.editing import log
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.hub.seats import OpenRoom, Seat
from proposals.editing.hub.visits import Visit, fold, news_since, visit
from workspaces import notices

if TYPE_CHECKING:
    from proposals.editing.hub.hub import Hub

logger = logging.getLogger(__name__)

LINGER_SECONDS = 5.0
HEARTBEAT_SECONDS = 12.0
RIGHTS_SECONDS = 30.0
HINT_SECONDS = 0.2  # hints that come together are answered together
COMPACT_ROWS = 200
OPEN_ROWS = 5_000  # so many in a room that stays open, so that a long history never lies there row by row
# Longer than a freeze can take: after it, whoever began one must have died.
FREEZE_SECONDS = 15.0


class Housekeeping:
    """Runs while any room is open. Every failure is logged and tried again at the next round."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._rounds: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._recheck: set[OpenRoom] = set()
        self._rights: asyncio.Task[None] | None = None  # the latest look at everybody's rights
        self._unsubscribe = notices.subscribe(notices.RETURNED, lambda _hint: self._call(0, self._look))

    # -- rooms come and go -------------------------------------------------------------------------------
    def opened(self, place: OpenRoom) -> None:
        place.unsubscribe = [
            notices.subscribe(f"proposal.{place.proposal}", partial(self._hint, place)),
            notices.subscribe(f"epoch.{place.epoch}", partial(self._epoch_hint, place)),
        ]
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.ensure_future(self._go_round())

    def linger(self, place: OpenRoom) -> None:
        """Somebody who reloads the page finds the room still open."""
        if not place.gone:
            place.linger = self._loop.call_later(LINGER_SECONDS, self._unload, place)

    def _unload(self, place: OpenRoom) -> None:
        place.linger = None
        if not self._hub.unload(place):
            self.linger(place)
        elif place.gone:
            self._soon(self._compact(place))

    async def _compact(self, place: OpenRoom) -> None:
        await self._hub.reads.run(fold, place.epoch, COMPACT_ROWS)

    # -- other processes ---------------------------------------------------------------------------------
    def catch_up(self, place: OpenRoom) -> None:
        if not place.catching_up and not place.gone:
            place.catching_up = True
            self._soon(self._catch_up(place))

    async def _catch_up(self, place: OpenRoom) -> None:
        try:
            rows, owners = await self._hub.reads.run(news_since, place.epoch, place.room.head)
        finally:
            place.catching_up = False
        if not place.gone:
            self._hub.apply(place, place.room.caught_up(rows, owners))

    def _epoch_hint(self, place: OpenRoom, hint: notices.Payload) -> None:
        """In whatever thread brings it."""
        if hint["type"] == "advanced":
            # Usually it is our own commit that echoes: look a moment later.
            self._call(HINT_SECONDS / 4, self._if_behind, place, int(hint.get("seq", 0)))
        else:
            self._call(0, self._freeze_hint, place, str(hint["type"]))

    def _freeze_hint(self, place: OpenRoom, kind: str) -> None:
        """Somebody is about to close the epoch, has closed it, or could not."""
        if place.gone:
            return
        if kind in ("quarantined", "released"):
            self._hub.abandon(place)  # they come back to the text without, or with, those rows
            return
        if kind == "frozen":
            self._soon(self._poll())
            return
        self._hub.apply(place, place.room.freezing(begun=kind == "freezing"))
        if kind == "freezing":
            self._loop.call_later(FREEZE_SECONDS, self._freeze_hint, place, "unfrozen")

    def _look(self) -> None:
        """Hints may have been lost: see what the log and everybody's rights say."""
        self._soon(self._poll())
        self._recheck_everybody()

    def _if_behind(self, place: OpenRoom, seq: int) -> None:
        if place.room.head < seq:
            self.catch_up(place)

    # -- rights ------------------------------------------------------------------------------------------
    def watch(self, key: int, guest: Visit) -> Callable[[], None]:
        """What happens to this person, and the end of their session, may concern this seat."""
        stop = notices.subscribe(
            f"person.{guest.person}", lambda _hint: self._call(0, self._recheck_one, key, guest.epoch)
        )
        end = self._loop.call_later(seconds_until(guest.until), self._recheck_one, key, guest.epoch)

        def leave() -> None:
            stop()
            end.cancel()

        return leave

    def _recheck_one(self, key: int, epoch: UUID) -> None:
        place = self._hub.rooms.get(epoch)
        if place is not None and (seat := place.seats.get(key)) is not None:
            self._soon(self._check(seat))

    def _hint(self, place: OpenRoom, hint: notices.Payload) -> None:
        self._call(0, self._hinted, place, hint)

    def _hinted(self, place: OpenRoom, hint: notices.Payload) -> None:
        if place.gone:
            return
        self._hub.apply(place, place.room.tell(hint))
        if place not in self._recheck:
            self._recheck.add(place)
            self._loop.call_later(HINT_SECONDS, self._recheck_room, place)

    def _recheck_room(self, place: OpenRoom) -> None:
        self._recheck.discard(place)
        self._soon(self._check_all([place]))

    def _recheck_everybody(self) -> None:
        """Unless the last look at everybody still goes on: with very many sockets it may take a while."""
        if self._rights is None or self._rights.done():
            self._rights = self._soon(self._check_all(list(self._hub.rooms.values())))

    async def _check_all(self, places: Sequence[OpenRoom]) -> None:
        """One after the other: whoever comes to a door meanwhile waits for one of them, not for all."""
        for place in places:
            for seat in list(place.seats.values()):
                await self._logged(self._check(seat))

    async def _check(self, seat: Seat) -> None:
        """Still signed in, still let in, still allowed to write?"""
        if seat.key not in seat.place.seats:
            return
        guest = seat.visit
        now = await self._hub.doors.run(visit, guest.ticket.session, guest.epoch)
        if seat.key not in seat.place.seats:
            return
        if isinstance(now, CloseCode):
            # Whoever was inside knows that the document is there: say that access has ended, not "unknown".
            code = CloseCode.NO_ACCESS if now is CloseCode.UNKNOWN else now
            self._hub.end(seat, code, "rights have changed")
            return
        if now.identity != guest.identity:
            self._hub.end(seat, CloseCode.BUSY, "comes back under another name or side")
            return
        if now.until != guest.until:
            seat.unsubscribe()
            seat.unsubscribe = self.watch(seat.key, now)
        seat.visit = now
        effects = seat.place.room.rights(seat.key, writes=now.writes, reason=now.reason, stage=now.stage)
        self._hub.apply(seat.place, effects)

    # -- by the clock ------------------------------------------------------------------------------------
    async def _go_round(self) -> None:
        rights = heartbeat = self._loop.time()
        while self._hub.rooms:
            await asyncio.sleep(settings.ENGINE["POLL_SECONDS"])
            now = self._loop.time()
            self._soon(self._poll())
            if now - heartbeat >= HEARTBEAT_SECONDS - settings.ENGINE["POLL_SECONDS"]:
                heartbeat = now
                self._heartbeat()
            if now - rights >= RIGHTS_SECONDS:
                rights = now
                self._recheck_everybody()

    def _heartbeat(self) -> None:
        for place in list(self._hub.rooms.values()):
            self._hub.apply(place, place.room.heartbeat())

    async def _poll(self) -> None:
        """Lost hints do no harm: the log says how far it has got, and which epochs are closed."""
        places = dict(self._hub.rooms)
        heads = await self._hub.reads.run(log.heads, list(places))
        for epoch, place in places.items():
            head, is_open = heads.get(epoch, (0, False))
            if not is_open and not place.room.in_flight:
                self._hub.apply(place, place.room.frozen())
            elif head > place.room.head and not place.room.in_flight:
                self.catch_up(place)
            if head - place.folded >= OPEN_ROWS:
                place.folded = head
                self._soon(self._compact(place))

    # -- tasks -------------------------------------------------------------------------------------------
    def _soon(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(self._logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _logged(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            logger.exception("The hub could not finish a chore")

    def _call(self, delay: float, what: Callable[..., None], *args: object) -> None:
        """From any thread into the loop."""
        try:
            self._loop.call_soon_threadsafe(self._loop.call_later, delay, what, *args)
        except RuntimeError:
            logger.info("A hint came after the loop had ended")

    def stop(self) -> None:
        self._unsubscribe()
        for task in [*self._tasks, *([self._rounds] if self._rounds else [])]:
            task.cancel()


def seconds_until(moment: datetime) -> float:
    """A little more than that: when the clock strikes, it is over."""
    return max((moment - timezone.now()).total_seconds(), 0) + 0.05
