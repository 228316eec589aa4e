"""Hints by LISTEN and NOTIFY of the database we have anyway: "postgres://", or the URL of another one."""

from collections.abc import Iterator
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from psycopg import sql

from workspaces.notices.remote import CHANNEL, Remote

# After so long without a word the listener looks whether it should end.
WAIT_SECONDS = 1.0


class Postgres(Remote):
    """One connection to listen, one to tell; never in a transaction, where a NOTIFY holds everybody up."""

    def __init__(self, url: str = "postgres://") -> None:
        super().__init__(url)
        self._lock = Lock()
        self._teller: psycopg.Connection[Any] | None = None

    def carry(self, message: str) -> None:
        with self._lock:
            try:
                self._tell(message)
            except psycopg.OperationalError:
                # The connection may have been lost long ago; a new one will tell.
                self._teller = None
                self._tell(message)

    def messages(self) -> Iterator[str | bytes]:
        with self._connect() as listener:
            listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self.connected()
            while not self._ended.is_set():
                for notify in listener.notifies(timeout=WAIT_SECONDS):
                    yield notify.payload

    def hang_up(self) -> None:
        with self._lock:
            if self._teller is not None:
                self._teller.close()
                self._teller = None

    def _tell(self, message: str) -> None:
        if self._teller is None or self._teller.closed:
            self._teller = self._connect()
        self._teller.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])

    def _connect(self) -> psycopg.Connection[Any]:
        if urlsplit(self.url).hostname:
            return psycopg.connect(self.url, autocommit=True)
        if connection.vendor != "postgresql":
            raise ValueError("NOTICES_URL is postgres:// but the database is another one.")
        facts = connection.settings_dict
        where = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
        return psycopg.connect(
            autocommit=True, **{key: facts[name] for key, name in where.items() if facts.get(name)}
        )
