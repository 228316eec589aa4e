"""Reading the database beside the event loop: threads that keep their connections."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    connection,
    connections,
    reset_queries,
)
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


class Reads:
    """Runs functions that use the ORM, so many at a time; a broken connection is replaced, once."""

    def __init__(self, name: str, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._connections: list[BaseDatabaseWrapper] = []
        self._seen = threading.local()

    async def run(self, read: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: self._read(lambda: read(*args, **kwargs)))

    def _read(self, read: Callable[[], R]) -> R:
        self._remember()
        reset_queries()  # as at the start of a request: while developing, Django keeps what was asked
        try:
            return read()
        except (DatabaseError, InterfaceError):
            logger.warning("Reading again on a new connection")
            connection.close()
            return read()

    def _remember(self) -> None:
        if not getattr(self._seen, "yes", False):
            self._seen.yes = True
            mine = connections[DEFAULT_DB_ALIAS]
            mine.inc_thread_sharing()  # so that `close` may end it from its own thread
            self._connections.append(mine)

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        for each in self._connections:
            each.close()
