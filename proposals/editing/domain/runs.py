"""Where the structs of one client stand, kept as runs: a page typed in one go is a single entry."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from proposals.editing.domain.profile import Place


class Run(NamedTuple):
    """Successive clocks of one client, of one kind, in one place. No place: collected content.

    `leads`: what stands at its start was put before everything else in its place.
    """

    client: int
    start: int
    end: int
    kind: int
    place: Place | None
    leads: bool = False


class Runs:
    """One client's runs from a clock on, neighbours alike joined. `kind` and `place`: the last run's."""

    __slots__ = ("_kinds", "_leads", "_places", "_starts", "end", "kind", "place")

    def __init__(self, start: int = 0) -> None:
        self._starts: list[int] = []
        self._kinds: list[int] = []
        self._places: list[Place | None] = []
        self._leads: list[bool] = []
        self.end = start
        self.kind = -1
        self.place: Place | None = None

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[tuple[int, int, int, Place | None, bool]]:
        """Start, end, kind and place of each run, and whether it leads."""
        ends = [*self._starts[1:], self.end]
        return zip(self._starts, ends, self._kinds, self._places, self._leads, strict=True)

    def append(self, end: int, kind: int, place: Place | None, *, leads: bool = False) -> None:
        if leads or kind != self.kind or place != self.place:
            self._starts.append(self.end)
            self._kinds.append(kind)
            self._places.append(place)
            self._leads.append(leads)
            self.kind, self.place = kind, place
        self.end = end

    def at(self, clock: int) -> tuple[int, Place | None]:
        """Kind and place of the struct that holds this clock, which the caller knows to be in here."""
        at = bisect_right(self._starts, clock) - 1
        return self._kinds[at], self._places[at]

    def leads(self, clock: int) -> bool:
        """Whether what stands at this clock was put before everything else in its place."""
        at = bisect_right(self._starts, clock) - 1
        return self._leads[at] and self._starts[at] == clock
