"""Reads many sockets in one go: on arrival while the hub is quiet, at its ticks while it is busy.

A wake-up of the event loop costs more than a small message, and what arrives between two ticks waits for the
next one anyway. So all lines share one epoll object. The loop watches that object, and not at all while a
tick is due that will look for itself.
"""

import asyncio
import select
from collections.abc import Callable

Read = Callable[[], None]

MOST_AT_ONCE = 4_096


class Lines:
    """`is_held` says, and sees to it, that a tick will `drain` soon."""

    def __init__(self, is_held: Callable[[], bool]) -> None:
        self._is_held = is_held
        self._loop = asyncio.get_running_loop()
        self._ready = select.epoll() if hasattr(select, "epoll") else None
        self._reads: dict[int, Read] = {}
        self._watched = False

    def add(self, number: int, read: Read) -> bool:
        """Call `read` whenever this file has something to read. False: not on this system."""
        if self._ready is None:
            return False
        self._reads[number] = read
        self._ready.register(number, select.EPOLLIN)
        self._watch()
        return True

    def remove(self, number: int, read: Read) -> None:
        """Safe to say twice, and when the file is closed and its number already somebody else's."""
        if self._ready is None or self._reads.get(number) != read:
            return
        del self._reads[number]
        try:
            self._ready.unregister(number)
        except OSError:
            return  # closed files leave by themselves

    def drain(self) -> bool:
        """Read whatever has something. False: nobody had, and the loop watches again."""
        found = self._ready.poll(0, MOST_AT_ONCE) if self._ready else []
        for number, _ in found:
            read = self._reads.get(number)
            if read is not None:
                read()
        if not found and self._ready:
            self._watch()
        return bool(found)

    def close(self) -> None:
        if self._ready is not None:
            self._unwatch()
            self._ready.close()
            self._ready = None

    @property
    def is_watched(self) -> bool:
        return self._watched or self._ready is None

    def _arrived(self) -> None:
        if self._is_held():
            self._unwatch()
        else:
            self.drain()

    def _watch(self) -> None:
        if not self._watched and self._ready is not None:
            self._loop.add_reader(self._ready.fileno(), self._arrived)
            self._watched = True

    def _unwatch(self) -> None:
        if self._watched and self._ready is not None:
            self._loop.remove_reader(self._ready.fileno())
            self._watched = False
