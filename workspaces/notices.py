"""Hints between people's pages: after a commit, "something changed, look again". Ids only, never content."""

import logging
from collections.abc import Callable
from functools import cache, partial
from threading import Lock
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

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


# Scheme of settings.NOTICES_URL -> what makes the transport.
TRANSPORTS: dict[str, Callable[[str], Transport]] = {"memory": Memory}


@cache
def transport_at(url: str) -> Transport:
    """The transport of this process for `url`, made once."""
    scheme = urlsplit(url).scheme
    if scheme not in TRANSPORTS:
        known = ", ".join(sorted(TRANSPORTS))
        raise ValueError(f"NOTICES_URL starts with {scheme!r}; it can start with: {known}.")
    return TRANSPORTS[scheme](url)


def publish(group: str, kind: str, **ids: int | str) -> None:
    """Tell `group` ("proposal.7", "person.3") once the surrounding atomic block has committed."""
    payload: Payload = {"type": kind, **ids}
    transaction.on_commit(lambda: transport_at(settings.NOTICES_URL).send(group, payload))


def subscribe(group: str, callback: Callback) -> Unsubscribe:
    """Call `callback` with each hint for `group`, in whatever thread brings it; the result ends that."""
    return transport_at(settings.NOTICES_URL).subscribe(group, callback)
