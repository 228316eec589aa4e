"""What must be right before coprod starts: a wrong setting stops it here, with a sentence."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

NOTICE_TRANSPORTS = ("memory", "postgres", "redis", "rediss")
SQLITE_WANTED = {"journal_mode": "wal", "synchronous": 2}  # 2 is FULL


@register(Tags.security)
def origins_are_named(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Sockets and forms are taken only from origins on the list, so the list may not be empty in use."""
    if settings.DEBUG or settings.ALLOWED_ORIGINS:
        return []
    hint = "Set ALLOWED_ORIGINS to the addresses people use, as https://coprod.trust.example."
    return [Error("No origin may open a socket, so nobody could write.", hint=hint, id="coprod.E001")]


@register
def notices_can_travel(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The hint transport is one we have."""
    scheme = urlsplit(settings.NOTICES_URL).scheme
    if scheme in NOTICE_TRANSPORTS:
        return []
    hint = f"Use one of: {', '.join(name + '://' for name in NOTICE_TRANSPORTS)}"
    return [Error(f"NOTICES_URL names an unknown transport, {scheme!r}.", hint=hint, id="coprod.E002")]


@register
def server_sqlite_is_alone(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Several processes on one SQLite file work, but PostgreSQL is what we measured for it."""
    alone = urlsplit(settings.NOTICES_URL).scheme == "memory"
    if alone or connections["default"].vendor != "sqlite":
        return []
    hint = "Set DATABASE_URL to a PostgreSQL database, or NOTICES_URL to memory://."
    return [Warning("Several processes share one SQLite file.", hint=hint, id="coprod.W003")]


@register
def mail_leaves_the_house(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Invitations and new passwords come by mail."""
    if settings.DEBUG or not settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return []
    hint = "Set EMAIL_URL to your mail server, as smtp+tls://user:password@host:587."
    return [Warning("Mail is only printed to the console.", hint=hint, id="coprod.W005")]


@register(Tags.database)
def sqlite_keeps_its_word(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A receipt means the update is on the disk; SQLite promises that only with WAL and synchronous=FULL."""
    if connections["default"].vendor != "sqlite" or not databases:
        return []
    with connections["default"].cursor() as cursor:
        live = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE_WANTED}
    return [
        Error(f"SQLite runs with {name}={live[name]}, wanted {wanted}.", id="coprod.E004")
        for name, wanted in SQLITE_WANTED.items()
        if live[name] != wanted
    ]
