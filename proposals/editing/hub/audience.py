"""Who listens for hints on a page without an open document, and to which groups."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.utils import timezone

from proposals.editing.domain.protocol import CloseCode
from proposals.editing.hub.housekeeping import seconds_until
from proposals.editing.hub.hub import hub
from proposals.editing.hub.seats import Socket
from proposals.editing.hub.visits import signed_in
from proposals.portfolio.access import visible_proposals
from workspaces import notices

logger = logging.getLogger(__name__)

MOST_PROPOSALS = 500
RECHECK_SECONDS = 30.0
GATHER_SECONDS = 0.5  # hints that come together are looked into together


class Audience:
    """One socket's subscriptions. They are looked up again whenever something happens to the person."""

    def __init__(self, session_key: str, socket: Socket) -> None:
        self._session_key = session_key
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._groups: dict[str, Callable[[], None]] = {}
        self._until = timezone.now()
        self._watch: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def open(self) -> None:
        hub().audiences.add(self)
        if await self._subscribe():
            self._watch = asyncio.create_task(self._keep_up())

    def close(self, code: CloseCode) -> None:
        self.leave()
        self._socket.close(code.value)

    def leave(self) -> None:
        hub().audiences.discard(self)
        if self._watch is not None:
            self._watch.cancel()
        for stop in self._groups.values():
            stop()
        self._groups.clear()

    async def _keep_up(self) -> None:
        """Rights may change without a word, so look again now and then."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), min(RECHECK_SECONDS, seconds_until(self._until)))
            await asyncio.sleep(GATHER_SECONDS)
            self._changed.clear()
            try:
                if not await self._subscribe():
                    return
            except Exception:
                logger.exception("The groups of a notice socket could not be looked up")

    async def _subscribe(self) -> bool:
        """False, and the socket closed, if nobody is signed in (any more)."""
        wanted, until = await hub().doors.run(groups_of, self._session_key)
        if wanted is None or until is None:
            self._watch = None
            self.close(CloseCode.SIGN_IN)
            return False
        self._until = until
        for group in self._groups.keys() - wanted:
            self._groups.pop(group)()
        for group in wanted - self._groups.keys():
            self._groups[group] = notices.subscribe(group, self._heard)
        return True

    def _heard(self, hint: notices.Payload) -> None:
        """In whatever thread brings it."""
        try:
            self._loop.call_soon_threadsafe(self._pass_on, hint)
        except RuntimeError:
            logger.info("A hint came after the loop had ended")

    def _pass_on(self, hint: notices.Payload) -> None:
        if not self._groups:
            return
        self._changed.set()
        if not self._socket.send(json.dumps(hint)):
            self.close(CloseCode.BUSY)


def groups_of(session_key: str) -> tuple[set[str] | None, datetime | None]:
    """The groups whose hints concern this person, and until when; none if nobody is signed in."""
    guest = signed_in(session_key)
    if guest is None:
        return None, None
    person, until = guest
    ids = visible_proposals(person).order_by("-changed_at").values_list("pk", flat=True)[:MOST_PROPOSALS]
    return {f"person.{person.pk}", *(f"proposal.{pk}" for pk in ids)}, until
