"""What a room knows of its document without holding one: clocks, deletions, and where every struct stands."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.merging import lacking, state_vector_of
from proposals.editing.domain.placing import News, Placing
from proposals.editing.domain.ranges import Ranges
from proposals.editing.domain.runs import Run, Runs
from proposals.editing.domain.update import read_update
from proposals.editing.domain.wire import Reader, state_vector

_UNBOUNDED = Limits(structs=2**31, values=2**31, json_bytes=2**31, vector_entries=2**31)


class Lesson(Protocol):
    """What an update teaches the room that takes it in."""

    @property
    def runs(self) -> Iterable[Run]: ...
    @property
    def deletes(self) -> Mapping[int, Iterable[tuple[int, int]]]: ...


class Known:
    """Clocks per client, deleted stretches per client, and the runs that say where everything stands."""

    __slots__ = ("_runs", "_unread", "clocks", "deleted")

    def __init__(self) -> None:
        self.clocks: dict[int, int] = {}
        self.deleted: dict[int, Ranges] = {}
        self._runs: dict[int, Runs] = {}
        self._unread = b""

    @classmethod
    def of(cls, merged: bytes) -> Self:
        """From the merged bytes of a log. Where everything stands is read only when somebody writes."""
        known = cls()
        known._open(merged)
        return known

    @property
    def runs(self) -> dict[int, Runs]:
        if self._unread:
            blocks = read_update(self._unread, _UNBOUNDED).blocks
            self._unread = b""
            self._stand(_placed([News(block, 0) for block in blocks], {}))
        return self._runs

    def follow(self, update: bytes) -> None:
        """Take in what is in the log already: another process let it pass, or the server wrote it."""
        read = read_update(update, _UNBOUNDED)
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
        vector = state_vector_of(merged)
        self.clocks = state_vector(Reader(vector), _UNBOUNDED.vector_entries)
        self._delete(read_update(lacking(merged, vector), _UNBOUNDED).deletes)
        self._unread = merged

    def _stand(self, runs: Iterable[Run]) -> None:
        for client, _, end, kind, place in runs:
            mine = self.runs.get(client)
            if mine is None:
                mine = self._runs[client] = Runs()
            mine.append(end, kind, place)
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
