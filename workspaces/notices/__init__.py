"""Hints between people's pages: after a commit, "something changed, look again". Ids only, never content."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from workspaces.notices.memory import Callback, Memory, Payload, Transport, Unsubscribe
from workspaces.notices.remote import RETURNED

__all__ = [
    "RETURNED",
    "Callback",
    "Memory",
    "Payload",
    "Transport",
    "Unsubscribe",
    "publish",
    "subscribe",
    "transport_at",
]

# Scheme of settings.NOTICES_URL -> what makes the transport. Only the one in use is loaded: each is large.
TRANSPORTS = {
    "memory": "workspaces.notices.memory.Memory",
    "postgres": "workspaces.notices.postgres.Postgres",
    "redis": "workspaces.notices.redis.Redis",
    "rediss": "workspaces.notices.redis.Redis",
}


@cache
def transport_at(url: str) -> Transport:
    """The transport of this process for `url`, made once."""
    scheme = urlsplit(url).scheme
    if scheme not in TRANSPORTS:
        known = ", ".join(sorted(TRANSPORTS))
        raise ValueError(f"NOTICES_URL starts with {scheme!r}; it can start with: {known}.")
    make: Callable[[str], Transport] = import_string(TRANSPORTS[scheme])
    return make(url)


def publish(group: str, kind: str, **ids: int | str) -> None:
    """Tell `group` ("proposal.7", "person.3") once the surrounding atomic block has committed."""
    payload: Payload = {"type": kind, **ids}
    transaction.on_commit(lambda: transport_at(settings.NOTICES_URL).send(group, payload))


def subscribe(group: str, callback: Callback) -> Unsubscribe:
    """Call `callback` with each hint for `group`, in whatever thread brings it; the result ends that."""
    return transport_at(settings.NOTICES_URL).subscribe(group, callback)
