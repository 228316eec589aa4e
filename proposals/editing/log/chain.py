"""Where each log's chain of seals ends, and the log as it is stored, to be proved."""

from collections import OrderedDict
from uuid import UUID

from proposals.editing.domain.seals import NO_SEAL, Base, Log, Row, origin
from proposals.editing.log.direct import Key
from proposals.editing.models import Checkpoint, Epoch, Update

# A process remembers the ends of so many logs; another one is read again.
MOST_ENDS = 1_000


class Ends:
    """The last seal of the logs that were written lately. A committed row never changes, so nor does this."""

    def __init__(self) -> None:
        self._ends: OrderedDict[Key, tuple[int, bytes]] = OrderedDict()

    def at(self, epoch: Key, seq: int) -> bytes:
        """The seal of that row: what the next one is bound to."""
        known = self._ends.get(epoch)
        return known[1] if known is not None and known[0] == seq else end_of(epoch, seq)

    def remember(self, epoch: Key, seq: int, seal: bytes) -> None:
        """Only once it is committed."""
        self._ends[epoch] = (seq, seal)
        self._ends.move_to_end(epoch)
        if len(self._ends) > MOST_ENDS:
            self._ends.popitem(last=False)


def end_of(epoch_id: Key, seq: int) -> bytes:
    """The seal of an epoch's row, wherever that is kept by now; of row 0 what the first is bound to."""
    if not seq:
        return origin_of(Epoch.objects.get(pk=epoch_id))
    row = Update.objects.filter(epoch_id=epoch_id, seq=seq).values_list("seal", flat=True).first()
    if row is None:
        row = Checkpoint.objects.filter(epoch_id=epoch_id, upto=seq).values_list("seal", flat=True).first()
    return NO_SEAL if row is None else bytes(row)


def origin_of(epoch: Epoch) -> bytes:
    """What the epoch's first row is bound to."""
    earlier = Epoch.objects.filter(document=epoch.document_id, number__lt=epoch.number)
    before = earlier.order_by("-number").first()
    return origin(epoch.document_id, epoch.pk, end_of(before.pk, before.head) if before else NO_SEAL)


def stored(epoch_id: UUID) -> Log:
    """The log of an epoch at one moment, whoever writes or compacts meanwhile."""
    while True:
        base = _base(epoch_id)
        epoch = Epoch.objects.get(pk=epoch_id)
        rows = [
            Row(row.seq, row.by_id, row.at, bytes(row.data), bytes(row.seal))
            for row in Update.objects.filter(epoch=epoch_id, seq__lte=epoch.head).order_by("seq")
        ]
        # Rows go only in the commit that moves the checkpoint.
        if _upto(epoch_id) == (base.upto if base else 0):
            return Log(origin_of(epoch), base, rows, epoch.head)


def _base(epoch_id: UUID) -> Base | None:
    kept = Checkpoint.objects.filter(epoch=epoch_id).first()
    if kept is None:
        return None
    return Base(kept.upto, bytes(kept.data), bytes(kept.seal), bytes(kept.proof))


def _upto(epoch_id: UUID) -> int:
    return Checkpoint.objects.filter(epoch=epoch_id).values_list("upto", flat=True).first() or 0
