"""Who sends mail all day: in a thread of a server process, or alone as `manage.py send_mail --loop`."""

import logging
import uuid
from datetime import datetime
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, reset_queries
from django.utils import timezone

from proposals.news.services import send_due
from workspaces import notices, post

logger = logging.getLogger(__name__)

# A hint wakes the postman at once; without one, this is the longest a mail lies about.
ROUND_SECONDS = 15.0


class Postman:
    """Goes round when woken, when something is due, and now and then. Never on an event loop."""

    def __init__(self) -> None:
        self._name = uuid.uuid4()
        self._woken = Event()
        self._ended = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        self._thread = Thread(target=self.work, name="postman", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 3.0) -> None:
        """Finish the mail in hand, if that is soon done, and go."""
        self._ended.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def work(self) -> None:
        """Until `stop` is called."""
        forget = notices.subscribe(post.GROUP, lambda _hint: self._woken.set())
        try:
            while not self._ended.is_set():
                self._woken.clear()
                following = self._round()
                self._woken.wait(_pause(following))
        finally:
            forget()

    def _round(self) -> datetime | None:
        close_old_connections()
        reset_queries()  # as at the start of a request: while developing, Django keeps what was asked
        try:
            return send_due(self._name)
        except DatabaseError:
            logger.exception("Mail was not looked for; that is tried again soon")
            return None
        finally:
            close_old_connections()


def _pause(following: datetime | None) -> float:
    if following is None:
        return ROUND_SECONDS
    return min(max((following - timezone.now()).total_seconds(), 0.05), ROUND_SECONDS)
