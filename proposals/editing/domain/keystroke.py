"""The commonest update of all, told at a glance: letters typed right behind one's own last ones."""

from proposals.editing.domain.joining import Typed
from proposals.editing.domain.known import Known
from proposals.editing.domain.profile import Place
from proposals.editing.domain.runs import Run
from proposals.editing.domain.update import STRING
from proposals.editing.domain.wire import Reader


def keystroke(update: bytes, known: Known) -> Run | None:
    """Where these letters stand, if the update is nothing else than that. None: read it in full.

    One struct of plain ASCII, no deletions; behind the client's last clock, which is text; its right
    neighbour, if it names one, in the same place.
    """
    typed = Typed.of(update)
    runs = known.runs.get(typed.client) if typed else None
    if typed is None or runs is None or runs.kind != STRING:
        return None
    client, clock = typed.client, typed.clock
    if runs.end != clock or typed.origin != (client, clock - 1):
        return None
    if typed.right and not _stands_in(runs.place, typed.right, known):
        return None
    return Run(client, clock, clock + len(typed.letters), STRING, runs.place)


def _stands_in(place: Place | None, right: bytes, known: Known) -> bool:
    reader = Reader(right)
    runs, clock = known.runs.get(reader.varuint()), reader.varuint()
    return runs is not None and clock < runs.end and runs.at(clock)[1] == place
