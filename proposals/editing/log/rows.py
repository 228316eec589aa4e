"""Reading the log by seq, and folding old rows into a checkpoint that two processes cannot corrupt."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from proposals.editing.domain.merging import gather
from proposals.editing.domain.seals import fault, proof
from proposals.editing.faults import die_at
from proposals.editing.log.chain import stored
from proposals.editing.models import Checkpoint, ClientBinding, Epoch, Quarantine, Update
from workspaces.prepared import key_of

SINCE = """
SELECT upto, data FROM editing_checkpoint WHERE epoch_id = %s AND upto > %s
UNION ALL
SELECT seq, data FROM editing_update WHERE epoch_id = %s AND seq > %s
ORDER BY 1
"""
# The head of the epoch comes along as a row without data.
READABLE = """
SELECT head AS seq, NULL AS data FROM editing_epoch WHERE id = %s
UNION ALL
SELECT seq, data FROM (
    SELECT epoch_id, upto AS seq, data FROM editing_checkpoint WHERE epoch_id = %s
    UNION ALL
    SELECT epoch_id, seq, data FROM editing_update WHERE epoch_id = %s
) AS written WHERE NOT EXISTS (
    SELECT 1 FROM editing_quarantine AS aside WHERE aside.epoch_id = written.epoch_id
    AND aside.ended_at IS NULL AND written.seq BETWEEN aside.first AND aside.last)
ORDER BY 1
"""


def since(epoch_id: UUID, seq: int) -> list[tuple[int, bytes]]:
    """Everything after `seq`, in order. One statement, so a compaction in between cannot tear a hole."""
    key = key_of(epoch_id, connection.features)
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [key, seq, key, seq])
        return [(row_seq, bytes(data)) for row_seq, data in cursor.fetchall()]


def readable(epoch_id: UUID) -> list[tuple[int, bytes]]:
    """Everything but what was set aside because it cannot be read."""
    return _readable(epoch_id)[1]


def merged(epoch_id: UUID) -> tuple[bytes, int]:
    """The document, without what was set aside, as one update; and the seq of the newest row of all."""
    head, rows = _readable(epoch_id)
    return gather([data for _, data in rows]), head


def _readable(epoch_id: UUID) -> tuple[int, list[tuple[int, bytes]]]:
    key = key_of(epoch_id, connection.features)
    with connection.cursor() as cursor:
        cursor.execute(READABLE, [key, key, key])
        found = cursor.fetchall()
    head = max((seq for seq, data in found), default=0)
    return head, [(seq, bytes(data)) for seq, data in found if data is not None]


def heads(epoch_ids: Collection[UUID]) -> dict[UUID, tuple[int, bool]]:
    """Newest seq of each epoch and whether it is still open: what other processes did meanwhile."""
    rows = Epoch.objects.filter(pk__in=epoch_ids).values_list("pk", "head", "closed_at")
    return {pk: (head, closed_at is None) for pk, head, closed_at in rows}


def owners(epoch_id: UUID) -> dict[int, int]:
    """Client id to the person it belongs to."""
    return dict(ClientBinding.objects.filter(epoch=epoch_id).values_list("client_id", "person_id"))


class Broken(Exception):
    """The log is not what was written; folding it would hide that."""


def compact(epoch_id: UUID, least: int = 1) -> bool:
    """If at least so many rows wait for it: fold what was read into the checkpoint, delete exactly that.

    Two processes may try at once: the one whose starting point is no longer the newest checkpoint gives up.
    Only a log whose chain holds is folded, and the checkpoint keeps the chain's end.
    """
    log = stored(epoch_id)
    if len(log.rows) < max(least, 1) or Quarantine.objects.filter(epoch=epoch_id, ended_at=None).exists():
        return False
    if broken := fault(log):
        raise Broken(broken)
    base, last = (log.base.upto if log.base else 0), log.rows[-1]
    pieces = [*([log.base.data] if log.base else []), *(row.data for row in log.rows)]
    data = gather(pieces)
    folded = Checkpoint(
        epoch_id=epoch_id, upto=last.seq, data=data, seal=last.seal, proof=proof(last.seal, last.seq, data)
    )
    with transaction.atomic():
        if not _advance(epoch_id, base, folded):
            return False
        die_at("mid-compaction")
        Update.objects.filter(epoch=epoch_id, seq__lte=last.seq).delete()
        saved = sum(map(len, pieces)) - len(data)
        Epoch.objects.filter(pk=epoch_id).update(size=F("size") - saved)
    return True


def _advance(epoch_id: UUID, base: int, row: Checkpoint) -> bool:
    """Move the checkpoint from `base` on; False if somebody else has moved it meanwhile."""
    facts = {"upto": row.upto, "data": row.data, "seal": row.seal, "proof": row.proof}
    if base:
        return bool(Checkpoint.objects.filter(epoch=epoch_id, upto=base).update(**facts))
    _, made = Checkpoint.objects.get_or_create(epoch_id=epoch_id, defaults=facts)
    return made
