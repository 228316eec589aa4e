"""What a room knows of its document without holding one: clocks, deletions, and where every struct stands."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

from proposals.editing.domain.limits import UNBOUNDED
from proposals.editing.domain.merging import state_vector_of
from proposals.editing.domain.placing import News, Placing
from proposals.editing.domain.ranges import Ranges
from proposals.editing.domain.runs import Run, Runs
from proposals.editing.domain.update import read_update
from proposals.editing.domain.wire import Reader, state_vector


class Lesson(Protocol):
    """What an update teaches the room that takes it in."""

    @property
    def runs(self) -> Iterable[Run]: ...
    @property
    def deletes(self) -> Mapping[int, Iterable[tuple[int, int]]]: ...


class Known:
    """Clocks per client, deleted stretches per client, and the runs that say where everything stands."""

    __slots__ = ("_deleted", "_runs", "_unread", "clocks")

    def __init__(self) -> None:
        self.clocks: dict[int, int] = {}
        self._deleted: dict[int, Ranges] = {}
        self._runs: dict[int, Runs] = {}
        self._unread = b""

    @classmethod
    def of(cls, merged: bytes) -> Self:
        """From the merged bytes of a log. The rest is read only when somebody writes."""
        known = cls()
        known._open(merged)
        return known

    @property
    def runs(self) -> dict[int, Runs]:
        if self._unread:
            self._read()
        return self._runs

    @property
    def deleted(self) -> dict[int, Ranges]:
        if self._unread:
            self._read()
        return self._deleted

    def follow(self, update: bytes) -> None:
        """Take in what is in the log already: another process let it pass, or the server wrote it."""
        read = read_update(update, UNBOUNDED)
        clocks = self.clocks
        news = [News(block, clocks.get(block.client, 0)) for block in read.blocks]
        news = [part for part in news if part.block.structs[-1].end > part.known]
        if news:
            self._stand(_placed(news, self.runs))
        self._delete(read.deletes)

    def learn(self, lesson: Lesson) -> None:
        """Take in an update that `check` has accepted."""
        self._stand(lesson.runs)
        self._delete(lesson.deletes)

    def _open(self, merged: bytes) -> None:
        self.clocks = state_vector(Reader(state_vector_of(merged)), UNBOUNDED.vector_entries)
        self._unread = merged

    def _read(self) -> None:
        unread, self._unread = self._unread, b""
        read = read_update(unread, UNBOUNDED)
        self._stand(_placed([News(block, 0) for block in read.blocks], {}))
        self._delete(read.deletes)

    def _stand(self, runs: Iterable[Run]) -> None:
        for client, _, end, kind, place, leads in runs:
            mine = self.runs.get(client)
            if mine is None:
                mine = self._runs[client] = Runs()
            mine.append(end, kind, place, leads=leads)
            self.clocks[client] = end

    def _delete(self, deletes: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        for client, stretches in deletes.items():
            ranges = self.deleted.setdefault(client, Ranges())
            for start, end in stretches:
                ranges.add(start, end)


def _placed(news: list[News], known: Mapping[int, Runs]) -> list[Run]:
    placing = Placing(known, None)
    placing.place(news)
    return placing.runs
