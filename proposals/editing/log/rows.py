"""Reading the log by seq, and folding old rows into a checkpoint that two processes cannot corrupt."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from proposals.editing.domain.merging import merge
from proposals.editing.faults import die_at
from proposals.editing.models import Checkpoint, ClientBinding, Epoch, Update

SINCE = """
SELECT upto, data FROM editing_checkpoint WHERE epoch_id = %s AND upto > %s
UNION ALL
SELECT seq, data FROM editing_update WHERE epoch_id = %s AND seq > %s
ORDER BY 1
"""


def key_of(epoch_id: UUID) -> str | UUID:
    """The epoch's id as this database stores it."""
    return epoch_id if connection.features.has_native_uuid_field else epoch_id.hex


def since(epoch_id: UUID, seq: int) -> list[tuple[int, bytes]]:
    """Everything after `seq`, in order. One statement, so a compaction in between cannot tear a hole."""
    key = key_of(epoch_id)
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [key, seq, key, seq])
        return [(row_seq, bytes(data)) for row_seq, data in cursor.fetchall()]


def merged(epoch_id: UUID) -> tuple[bytes, int]:
    """The whole document as one update, and the seq of the newest row in it."""
    rows = since(epoch_id, 0)
    return merge([data for _, data in rows]), rows[-1][0] if rows else 0


def heads(epoch_ids: Collection[UUID]) -> dict[UUID, tuple[int, bool]]:
    """Newest seq of each epoch and whether it is still open: what other processes did meanwhile."""
    rows = Epoch.objects.filter(pk__in=epoch_ids).values_list("pk", "head", "closed_at")
    return {pk: (head, closed_at is None) for pk, head, closed_at in rows}


def owners(epoch_id: UUID) -> dict[int, int]:
    """Client id to the person it belongs to."""
    return dict(ClientBinding.objects.filter(epoch=epoch_id).values_list("client_id", "person_id"))


def compact(epoch_id: UUID, least: int = 1) -> bool:
    """If at least so many rows wait for it: fold what was read into the checkpoint, delete exactly that.

    Two processes may try at once: the one whose starting point is no longer the newest checkpoint gives up.
    """
    base = Checkpoint.objects.filter(epoch=epoch_id).values_list("upto", flat=True).first() or 0
    rows = since(epoch_id, 0)
    if len([seq for seq, _ in rows if seq > base]) < max(least, 1):
        return False
    data, upto = merge([data for _, data in rows]), rows[-1][0]
    saved = sum(len(data) for _, data in rows) - len(data)
    with transaction.atomic():
        if not _advance(epoch_id, base, Checkpoint(epoch_id=epoch_id, upto=upto, data=data)):
            return False
        die_at("mid-compaction")
        Update.objects.filter(epoch=epoch_id, seq__lte=upto).delete()
        Epoch.objects.filter(pk=epoch_id).update(size=F("size") - saved)
    return True


def _advance(epoch_id: UUID, base: int, row: Checkpoint) -> bool:
    """Move the checkpoint from `base` on; False if somebody else has moved it meanwhile."""
    if base:
        here = Checkpoint.objects.filter(epoch=epoch_id, upto=base)
        return bool(here.update(upto=row.upto, data=row.data))
    _, made = Checkpoint.objects.get_or_create(
        epoch_id=epoch_id, defaults={"upto": row.upto, "data": row.data}
    )
    return made
