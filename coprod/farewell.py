"""Ending well under Daphne: what has arrived is saved, every socket hears "come back", then we go."""

import asyncio
import logging
import signal
import sys
import threading
from typing import Any

from proposals.editing.hub import hub

logger = logging.getLogger(__name__)

# Long enough for the close frames to leave; whoever has not answered by then is cut off.
GOODBYE_SECONDS = 0.3


def prepare() -> None:
    """Once Daphne's reactor runs, its own way to end (cancel everything, say nothing) is replaced."""
    reactor: Any = sys.modules.get("twisted.internet.reactor")
    # Only the main thread may say what a signal does; anywhere else we are not Daphne's own process.
    if reactor is not None and threading.current_thread() is threading.main_thread():
        reactor.callWhenRunning(_take_over, reactor)


def _take_over(reactor: Any) -> None:
    loop = asyncio.get_event_loop()
    leaving: list[asyncio.Task[None]] = []

    def leave() -> None:
        if not leaving:
            leaving.append(loop.create_task(_leave(reactor)))

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(leave))


async def _leave(reactor: Any) -> None:
    try:
        await hub().drain()
        await asyncio.sleep(GOODBYE_SECONDS)
    except Exception:
        logger.exception("The hub could not be drained")
    finally:
        reactor.stop()
