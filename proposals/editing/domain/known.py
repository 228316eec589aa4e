"""What a room knows of its document without holding one: clocks, deletions, and where every struct stands."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.placing import News, Placing
from proposals.editing.domain.ranges import Ranges
from proposals.editing.domain.runs import Run, Runs
from proposals.editing.domain.update import read_update

_UNBOUNDED = Limits(structs=2**31, values=2**31, json_bytes=2**31)


class Lesson(Protocol):
    """What an update teaches the room that takes it in."""

    @property
    def runs(self) -> Iterable[Run]: ...
    @property
    def deletes(self) -> Mapping[int, Iterable[tuple[int, int]]]: ...


class Known:
    """Clocks per client, deleted stretches per client, and the runs that say where everything stands."""

    __slots__ = ("clocks", "deleted", "runs")

    def __init__(self) -> None:
        self.clocks: dict[int, int] = {}
        self.deleted: dict[int, Ranges] = {}
        self.runs: dict[int, Runs] = {}

    @classmethod
    def of(cls, merged: bytes) -> Self:
        """From the merged bytes of a log. Raises Malformed, Unfit or Gap on anything else."""
        known = cls()
        known.follow(merged)
        return known

    def follow(self, update: bytes) -> None:
        """Take in what is in the log already: another process let it pass, or the server wrote it."""
        read = read_update(update, _UNBOUNDED)
        placing = Placing(self.runs, None)
        placing.place(
            News(block, self.clocks.get(block.client, 0))
            for block in read.blocks
            if block.structs[-1].end > self.clocks.get(block.client, 0)
        )
        self._learn(placing.runs, read.deletes)

    def learn(self, lesson: Lesson) -> None:
        """Take in an update that `check` has accepted."""
        self._learn(lesson.runs, lesson.deletes)

    def _learn(self, runs: Iterable[Run], deletes: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        for client, _, end, kind, place in runs:
            mine = self.runs.get(client)
            if mine is None:
                mine = self.runs[client] = Runs()
            mine.append(end, kind, place)
            self.clocks[client] = end
        for client, stretches in deletes.items():
            ranges = self.deleted.setdefault(client, Ranges())
            for start, end in stretches:
                ranges.add(start, end)
