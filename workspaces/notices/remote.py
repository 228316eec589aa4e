"""Hints that also reach other processes. Here they are heard at once, elsewhere when the carrier works."""

import json
import logging
import uuid
from abc import abstractmethod
from collections.abc import Iterator
from threading import Event, Lock, Thread

from workspaces.notices.memory import Callback, Memory, Payload, Unsubscribe

logger = logging.getLogger(__name__)

CHANNEL = "coprod_notices"
# Here listeners hear that hints come again after they did not: whatever they missed, they should look.
RETURNED = "returned"
# How long the listening thread waits after each failure in a row.
PAUSES = (0.1, 0.2, 0.5, 1.0)


class Remote(Memory):
    """A hint may get lost: whoever needs the truth looks at the database now and then."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._name = uuid.uuid4().hex
        self._starting = Lock()
        self._thread: Thread | None = None
        self._ended = Event()
        self.listening = Event()  # set while the carrier is connected; tests wait for it
        self._missed = False  # the carrier was away, so hints may have been lost

    def send(self, group: str, payload: Payload) -> None:
        super().send(group, payload)
        try:
            self.carry(json.dumps({"from": self._name, "group": group, "payload": payload}))
        except Exception:
            # The deed is committed; a hint that cannot leave must not make it look as if it had failed.
            logger.exception("A hint for %s did not leave this process", group)

    def subscribe(self, group: str, callback: Callback) -> Unsubscribe:
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._listen, name="notices", daemon=True)
                self._thread.start()
        return super().subscribe(group, callback)

    def close(self) -> None:
        """End the thread and both connections."""
        self._ended.set()
        self.hang_up()
        if self._thread is not None:
            self._thread.join(5)

    def _listen(self) -> None:
        failures = 0
        while not self._ended.is_set():
            try:
                for message in self.messages():
                    failures = 0
                    self._hear(message)
            except Exception as error:  # noqa: BLE001 - each carrier fails in its own way
                self.listening.clear()
                self._missed = True
                if self._ended.is_set():
                    return
                logger.warning("Hints are not heard for now: %s", type(error).__name__)
                self._ended.wait(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1

    def connected(self) -> None:
        """For carriers: from now on every hint is heard."""
        self.listening.set()
        if self._missed:
            self._missed = False
            super().send(RETURNED, {"type": RETURNED})

    def _hear(self, message: str | bytes) -> None:
        try:
            told = json.loads(message)
            sender, group, payload = told["from"], told["group"], told["payload"]
        except (ValueError, KeyError, TypeError):
            logger.warning("A hint could not be read")
            return
        if sender != self._name:
            super().send(group, payload)

    # -- what a carrier must do ----------------------------------------------------------------------------
    @abstractmethod
    def carry(self, message: str) -> None:
        """Hand one message to the carrier; may raise."""

    @abstractmethod
    def messages(self) -> Iterator[str | bytes]:
        """Connect, say so (`connected`), and yield messages until the connection breaks or `hang_up`."""

    @abstractmethod
    def hang_up(self) -> None:
        """Close both connections, from any thread."""
