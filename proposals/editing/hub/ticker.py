"""Ticks: gather what rooms have, commit it for all of them together, then let everybody see it."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from functools import partial

from proposals.editing import log
from proposals.editing.domain.pace import Pace
from proposals.editing.domain.peers import Effect, Line, Send
from proposals.editing.faults import die_at, through
from proposals.editing.gauges import TICK_SECONDS
from proposals.editing.hub.lines import Lines
from proposals.editing.hub.seats import OpenRoom

logger = logging.getLogger(__name__)


class Ticker:
    """A quiet room's first message goes at once; under load the gap grows with what a tick costs."""

    def __init__(
        self,
        apply: Callable[[OpenRoom, Iterable[Effect]], None],
        abandon: Callable[[OpenRoom], None],
        catch_up: Callable[[OpenRoom], None],
    ) -> None:
        self.pace = Pace()
        self._apply = apply
        self._abandon = abandon
        self._catch_up = catch_up
        self._loop = asyncio.get_running_loop()
        self.lines = Lines(self._is_soon)
        self._marked: set[OpenRoom] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._cost = 0.0

    def mark(self, place: OpenRoom) -> None:
        """This room has something to do; the next tick sees to it."""
        self._marked.add(place)
        self._arm()

    def is_marked(self, place: OpenRoom) -> bool:
        return place in self._marked

    def stop(self) -> None:
        self.lines.close()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        if self._timer is None:
            self._timer = self._loop.call_at(self.pace.due(self._loop.time()), self._tick)

    def _is_soon(self) -> bool:
        """Something has arrived: does it wait for the next tick?"""
        now = self._loop.time()
        if self.pace.due(now) <= now:
            return False
        self._arm()
        return True

    def _tick(self) -> None:
        started = time.thread_time()
        self.lines.drain()
        self._timer = None
        self.pace.ran(self._loop.time())
        marked, self._marked = self._marked, set()
        flying: list[OpenRoom] = []
        batches: list[log.Batch] = []
        for place in marked:
            if not place.gone and (batch := self._batch(place)) is not None:
                flying.append(place)
                batches.append(batch)
            elif place.room.has_work and not place.gone:
                self.mark(place)
        if not self.lines.is_watched:
            self._arm()
        self._cost += time.thread_time() - started
        if batches:
            log.append(batches).add_done_callback(partial(self._answered, flying))
        else:
            self._account()

    def _batch(self, place: OpenRoom) -> log.Batch | None:
        try:
            lines, effects = place.room.take()
            self._apply(place, effects)
        except Exception:
            logger.exception("Room %s failed at its tick", place.epoch)
            self._abandon(place)
            return None
        if place.room.is_behind:
            self._catch_up(place)
        if not lines:
            return None
        die_at("after-gate")
        return log.Batch(
            place.epoch,
            tuple(line_of(line) for line in lines),
        )

    def _answered(self, flying: list[OpenRoom], answer: log.Answer) -> None:
        """In the writer's thread: only hand over."""
        try:
            self._loop.call_soon_threadsafe(self._landed, flying, answer)
        except RuntimeError:
            logger.info("The log answered after the loop had ended")

    def _landed(self, flying: list[OpenRoom], answer: log.Answer) -> None:
        started = time.thread_time()
        failed = answer.exception() is not None
        outcomes = [None] * len(flying) if failed else answer.result()
        for place, outcome in zip(flying, outcomes, strict=True):
            if not place.gone:
                self._conclude(place, outcome)
        self._cost += time.thread_time() - started
        self._account()

    def _conclude(self, place: OpenRoom, outcome: log.Outcome | None) -> None:
        if outcome is None:
            self._abandon(place)
            return
        try:
            effects = through("before-receipt", effects_of(place, outcome), is_for_one)
            self._apply(place, effects)
        except Exception:
            logger.exception("Room %s failed after a commit", place.epoch)
            self._abandon(place)
            return
        if place.room.is_behind:
            self._catch_up(place)
        if place.room.has_work:
            self.mark(place)

    def _account(self) -> None:
        self.pace.spent(self._cost)
        TICK_SECONDS.observe(self._cost)
        self._cost = 0.0


def line_of(line: Line) -> log.Line:
    peer = line.waiting.peer
    return log.Line(peer.person, line.update, line.claims, peer.ticket)


def is_for_one(_: int, effect: Effect) -> bool:
    return isinstance(effect, Send)


def effects_of(place: OpenRoom, outcome: log.Outcome) -> list[Effect]:
    if outcome.stored:
        return place.room.stored(outcome.head)
    if outcome.closed:
        return place.room.frozen()
    return place.room.refused(outcome.barred, outcome.taken, outcome.ended)
