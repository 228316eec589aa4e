"""Where new structs stand: found through neighbours and parents, in whatever order an update brings them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from proposals.editing.domain.profile import Place, fits
from proposals.editing.domain.runs import Run, Runs
from proposals.editing.domain.update import DELETED, GC, TYPE, Block, Id, Struct
from proposals.editing.domain.verdicts import Gap, refused


@dataclass(slots=True)
class News:
    """A block that goes beyond the clock the room knows, and how far its structs have been placed."""

    block: Block
    known: int
    at: int = 0


class _Lacking(Exception):
    def __init__(self, client: int) -> None:
        super().__init__()
        self.client = client


class Placing:
    """Places one update's news beside what is known. Without roots all is taken: it passed before."""

    __slots__ = ("_fresh", "_known", "_right", "_right_place", "_roots", "adrift")

    def __init__(self, known: Mapping[int, Runs], roots: frozenset[str] | None) -> None:
        self._known = known
        self._roots = roots
        self._fresh: dict[int, Runs] = {}
        # Typing in the middle of a text names the same right neighbour again and again.
        self._right: Id | None = None
        self._right_place: Place | None = None
        # Content beside or inside what has been collected becomes collected itself, in every browser.
        self.adrift: set[Id] = set()

    @property
    def runs(self) -> list[Run]:
        return [Run(client, *run) for client, runs in self._fresh.items() for run in runs]

    def ends(self) -> dict[int, int]:
        return {client: runs.end for client, runs in self._fresh.items()}

    def place(self, news: Iterable[News]) -> None:
        """Raises Gap if a clock, neighbour or parent is missing, or if structs wait in a circle."""
        ready = list(news)
        for part in ready:
            if part.block.structs[0].clock > part.known:
                raise Gap
            self._fresh[part.block.client] = Runs(part.known)
        waiting: dict[int, list[News]] = {}
        stuck = 0
        while ready:
            part = ready.pop()
            before = part.at
            lacking = self._advance(part)
            if lacking is not None:
                waiting.setdefault(lacking, []).append(part)
                stuck += 1
            if part.at > before:
                woken = waiting.pop(part.block.client, [])
                stuck -= len(woken)
                ready.extend(woken)
        if stuck:
            raise Gap

    def _advance(self, part: News) -> int | None:
        """Place structs until one lacks something; answers whose it is, or nothing when all are placed."""
        structs, client = part.block.structs, part.block.client
        fresh = self._fresh[client]
        while part.at < len(structs):
            struct = structs[part.at]
            if struct.end > part.known:
                try:
                    place = self._stand(client, struct, fresh)
                except _Lacking as lack:
                    return lack.client
                self._settle(client, struct, place)
            part.at += 1
        return None

    def _settle(self, client: int, struct: Struct, place: Place | None) -> None:
        fresh, kind = self._fresh[client], struct.kind
        leads = struct.origin is None and struct.clock == fresh.end and place is not None
        if kind == fresh.kind and place is fresh.place and not leads:
            fresh.end = struct.end
            return
        if place is None and kind != GC:
            self.adrift.add((client, struct.clock))
            kind = GC
        if self._roots is not None and not fits(kind, place):
            raise refused("kind")
        fresh.append(struct.end, kind, place, leads=leads)

    def _stand(self, client: int, struct: Struct, fresh: Runs) -> Place | None:
        if struct.kind == GC:
            return None
        if struct.origin is None and struct.right is not None:
            self._see_that_it_leads(struct.right)
        # The rest of a struct that is partly known stands to the right of its known part.
        origin = struct.origin if fresh.end == struct.clock else (client, fresh.end - 1)
        if origin is None:
            return self._without_origin(struct)
        if origin[1] == fresh.end - 1 and origin[0] == client and fresh.kind >= 0:
            place = fresh.place
        else:
            place = self._find(origin)[1]
        if struct.right is None:
            return place
        other = self._place_of_right(struct.right)
        if place is None or other is None:
            return None
        if place is not other and place != other:
            raise refused("malformed")
        return place

    def _without_origin(self, struct: Struct) -> Place | None:
        if struct.right is not None:
            return self._place_of_right(struct.right)
        return self._named(struct.parent, struct.sub)

    def _see_that_it_leads(self, right: Id) -> None:
        """Without a left neighbour, the right one has none either: it was put before everything else, too.

        No editor does otherwise, as what has a left neighbour stands behind it. Browsers that hear of such a
        struct in another order would show other people's words in another order.
        """
        if self._roots is None or self._place_of_right(right) is None:
            return  # it passed before, or becomes collected itself
        if not self._runs_of(right).leads(right[1]):
            raise refused("malformed")

    def _place_of_right(self, right: Id) -> Place | None:
        if right != self._right:
            self._right_place = self._find(right)[1]
            self._right = right
        return self._right_place

    def _named(self, parent: str | Id, sub: str | None) -> Place | None:
        if isinstance(parent, str):
            if self._roots is not None and parent not in self._roots:
                raise refused("root")
            return parent, sub
        kind, place = self._find(parent)
        if place is None or kind == DELETED:
            return None
        if kind != TYPE:
            raise refused("malformed")
        return parent, sub

    def _find(self, identity: Id) -> tuple[int, Place | None]:
        return self._runs_of(identity).at(identity[1])

    def _runs_of(self, identity: Id) -> Runs:
        client, clock = identity
        runs = self._known.get(client)
        if runs is None or clock >= runs.end:
            runs = self._fresh.get(client)
            if runs is None or clock >= runs.end:
                raise _Lacking(client)
        return runs
