"""Ending an epoch, on the row that every append has to claim: afterwards nothing enters."""

from uuid import UUID

from django.db import connection
from django.utils import timezone

from workspaces.prepared import key_of

CLOSE = "UPDATE editing_epoch SET closed_at = %s WHERE id = %s AND closed_at IS NULL RETURNING head"


def close(epoch_id: UUID) -> int | None:
    """Close the epoch: the seq of the last row it will ever hold, or None if somebody has closed it already.

    Inside a transaction writers wait until it ends, and go on if it fails.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, [now, key_of(epoch_id, connection.features)])
        row = cursor.fetchone()
    return None if row is None else int(row[0])
