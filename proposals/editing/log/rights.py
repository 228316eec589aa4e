"""May this person write here, asked inside the transaction that stores the words, and cheap to ask again."""

import sqlite3
from contextlib import closing
from datetime import date

from django.db import connection
from django.utils import timezone

from proposals.portfolio.access import may_write

Sign = tuple[sqlite3.Connection, int, date]


class Rights:
    """Remembers a yes only while it cannot have changed.

    SQLite tells in a microsecond whether any other connection has committed since; inside our write
    transaction nobody can. Elsewhere there is no such sign, so a yes lasts for one transaction.
    """

    def __init__(self) -> None:
        self._known: set[tuple[int, int]] = set()
        self._as_of: Sign | None = None

    def begin(self) -> None:
        """Call at the start of each write transaction."""
        as_of = self._sign()
        if as_of is None or as_of != self._as_of:
            self._known.clear()
            self._as_of = as_of

    def may_write(self, person_id: int, document_id: int) -> bool:
        pair = (person_id, document_id)
        if pair not in self._known:
            if not may_write(person_id, document_id):
                return False
            self._known.add(pair)
        return True

    def _sign(self) -> Sign | None:
        if connection.vendor != "sqlite":
            return None
        with closing(connection.create_cursor()) as cursor:
            version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        # The number counts for one connection, so the connection is part of the sign.
        return connection.connection, version, timezone.localdate()
