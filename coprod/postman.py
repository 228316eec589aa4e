"""The single process of `make run` also sends mail: one thread beside Daphne's reactor, ended with it."""

import sys
import threading
from typing import Any

from django.conf import settings

from proposals.news.postman import Postman


def prepare() -> None:
    """Once Daphne's reactor runs. Several processes may each have one: every mail is in one hand."""
    reactor: Any = sys.modules.get("twisted.internet.reactor")
    if reactor is None or not settings.SEND_MAIL:
        return
    if threading.current_thread() is threading.main_thread():
        postman = Postman()
        reactor.callWhenRunning(postman.start)
        reactor.addSystemEventTrigger("after", "shutdown", postman.stop)
