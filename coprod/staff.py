"""Who works beside the sockets of a server process: a postman, and a clerk for what comes due."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from proposals.news.postman import Postman
from proposals.workflow.clerk import Clerk


def prepare() -> None:
    """Once Daphne's reactor runs. Several processes may each have them: nothing is sent or done twice."""
    reactor: Any = sys.modules.get("twisted.internet.reactor")
    if reactor is None or threading.current_thread() is not threading.main_thread():
        return
    for hand in _wanted():
        reactor.callWhenRunning(hand.start)
        reactor.addSystemEventTrigger("after", "shutdown", hand.stop)


def _wanted() -> Iterator[Postman | Clerk]:
    if settings.SEND_MAIL:
        yield Postman()
    if settings.RUN_DUE:
        yield Clerk()
