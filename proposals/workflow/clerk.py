"""Who sees to what comes due: in a thread of a server process, so that nobody has to set up a timer."""

import logging
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, reset_queries

logger = logging.getLogger(__name__)

FIRST_SECONDS = 60.0  # whoever waits at the door comes first
ROUND_SECONDS = 3_600.0


class Clerk:
    """Does what `manage.py run_due` does, soon after the start and then every hour."""

    def __init__(self) -> None:
        self._ended = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        self._thread = Thread(target=self.work, name="clerk", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 1.0) -> None:
        """Finish what is in hand, if that is soon done, and go: what is half done never happened."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def work(self) -> None:
        """Until `stop` is called."""
        pause = FIRST_SECONDS
        while not self._ended.wait(pause):
            self._round()
            pause = ROUND_SECONDS

    def _round(self) -> None:
        # The whole workflow hangs on it: a process that only carries sockets is not kept waiting for that.
        from proposals.workflow.services import run_due  # noqa: PLC0415

        close_old_connections()
        reset_queries()  # as at the start of a request: while developing, Django keeps what was asked
        try:
            done = {name: count for name, count in run_due().items() if count}
            logger.info("What has come due was seen to: %s", done or "nothing")
        except DatabaseError:
            logger.exception("What has come due was not looked for; that is tried again in an hour")
        finally:
            close_old_connections()
