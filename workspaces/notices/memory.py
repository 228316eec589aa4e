"""Hints inside one process: whoever commits calls the listeners."""

import logging
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Protocol

logger = logging.getLogger(__name__)

Payload = dict[str, int | str]
Callback = Callable[[Payload], None]
Unsubscribe = Callable[[], None]


class Transport(Protocol):
    """Carries a hint from the process that committed to the processes that listen."""

    def send(self, group: str, payload: Payload) -> None: ...

    def subscribe(self, group: str, callback: Callback) -> Unsubscribe: ...


class Memory:
    """One process only: calls the listeners in the thread that committed."""

    def __init__(self, url: str = "memory://") -> None:
        self.url = url
        self._lock = Lock()
        self._listeners: dict[str, list[Callback]] = {}

    def send(self, group: str, payload: Payload) -> None:
        with self._lock:
            listeners = list(self._listeners.get(group, ()))
        for listener in listeners:
            try:
                listener(dict(payload))
            except Exception:
                # One deaf listener must not keep the hint from the others, nor fail the request.
                logger.exception("A listener for %s failed", group)

    def subscribe(self, group: str, callback: Callback) -> Unsubscribe:
        with self._lock:
            self._listeners.setdefault(group, []).append(callback)
        return partial(self._forget, group, callback)

    def _forget(self, group: str, callback: Callback) -> None:
        with self._lock:
            listeners = self._listeners.get(group, [])
            if callback in listeners:
                listeners.remove(callback)
            if not listeners:
                self._listeners.pop(group, None)
