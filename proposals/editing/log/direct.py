"""The database as a transaction of the log talks to it: plain SQL, past what Django puts around a cursor."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from workspaces.prepared import key_of

Key = str | UUID


class Direct:
    """A cursor of the database's own library."""

    def __init__(self, connection: BaseDatabaseWrapper, cursor: Any) -> None:
        self.source: Any = connection.connection
        # SQLite has one writer at a time, and in our transaction that is us.
        self.is_alone = connection.vendor == "sqlite"
        self._features = connection.features
        self._cursor = cursor
        self._ops = connection.ops

    def key_of(self, epoch: UUID) -> Key:
        return key_of(epoch, self._features)

    def moment(self, at: datetime) -> datetime | str | None:
        """A moment as this database stores it."""
        return self._ops.adapt_datetimefield_value(at)

    def ask(
        self, question: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        self._cursor.execute(self._in_its_words(question), values)
        return list(self._cursor.fetchall())

    def tell(self, statement: str) -> None:
        self._cursor.execute(statement)

    def tell_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        self._cursor.executemany(self._in_its_words(statement), rows)

    def _in_its_words(self, statement: str) -> str:
        return statement.replace("%s", "?") if self.is_alone else statement


@contextmanager
def transaction() -> Iterator[Direct]:
    """All that is said by the `Direct` enters the database, or nothing.

    Measured: Django's atomic block and cursors cost as much as all that SQLite does for a commit. To Django
    the connection stands idle meanwhile: its queries may read, but begin no atomic block of their own.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.validate_no_atomic_block()
    connection.ensure_connection()
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        direct = Direct(connection, cursor)
        direct.tell("BEGIN IMMEDIATE" if direct.is_alone else "BEGIN")
        try:
            yield direct
            direct.tell("COMMIT")
        except BaseException:
            # The database may have gone, or have done so by itself.
            with suppress(Error), connection.wrap_database_errors:
                direct.tell("ROLLBACK")
            raise
