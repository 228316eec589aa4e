"""Rows of a log that the scribe cannot read: found by bisection, set aside, their bytes kept, and told of.

While rows are set aside the rest of the text is shown and nobody writes; an administrator puts them back once
the scribe can read them, or lets people go on without them (`manage.py quarantine`).
"""

import logging
import threading
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from proposals.editing import log, scribe
from proposals.editing.gauges import QUARANTINES
from proposals.editing.models import Epoch, Quarantine, Rendering
from workspaces import audit, notices
from workspaces.models import Person
from workspaces.prepared import Prepared

logger = logging.getLogger(__name__)

HELD = (
    "A part of this text could not be read and was set aside. It is kept, and an administrator has been "
    "told. The rest can be read, and nobody can change it until this is settled."
)
# More rows than this are not looked for one by one: then all that follows is set aside.
MOST = 8

Roots = Collection[str]
Rows = Sequence[tuple[int, bytes]]

_looking = threading.Lock()


def is_held(epoch_id: UUID) -> bool:
    """Are rows of this epoch set aside now?"""
    return bool(_HELD_NOW.ask(epoch_id))


_HELD_NOW = Prepared(
    lambda epoch, **_: Quarantine.objects.filter(epoch=epoch, ended_at=None).values_list("pk")[:1], UUID
)


def suspect(epoch_id: UUID, roots: Roots) -> None:
    """The scribe failed at this epoch: look for the rows in a thread, one epoch at a time."""
    if not _looking.acquire(blocking=False):
        return  # whoever reads the text in a minute asks again
    threading.Thread(target=_look, args=(epoch_id, roots), name="quarantine", daemon=True).start()


def _look(epoch_id: UUID, roots: Roots) -> None:
    try:
        examine(epoch_id, roots)
    except Exception:
        logger.exception("The rows that cannot be read could not be found")
    finally:
        connection.close()
        _looking.release()


def examine(epoch_id: UUID, roots: Roots) -> list[Quarantine]:
    """Set aside as little as possible, so that the scribe can read the rest. What was set aside."""
    child, found = scribe.Child(), list[Quarantine]()
    rows = log.readable(epoch_id)
    try:
        while reason := _trouble(child, rows, roots):
            at = _first_bad(child, rows, roots)
            last = at if len(found) < MOST - 1 else len(rows) - 1
            first_seq = rows[at - 1][0] + 1 if at else 1
            found.append(Quarantine(epoch_id=epoch_id, first=first_seq, last=rows[last][0], reason=reason))
            rows = [*rows[:at], *rows[last + 1 :]]
    finally:
        child.end()
    return _kept(epoch_id, found)


def _trouble(child: scribe.Child, rows: Rows, roots: Roots) -> str:
    """Why the scribe cannot read these rows; nothing if it can. Asked twice: once may be chance."""
    reason = ""
    for _ in range(2):
        try:
            scribe.replay([data for _, data in rows], roots, by=child)
        except scribe.ScribeFailed as failed:
            reason = failed.reason
        else:
            return ""
    return reason


def _first_bad(child: scribe.Child, rows: Rows, roots: Roots) -> int:
    """The row with which the beginning of the log stops being readable."""
    good, bad = 0, len(rows)  # so many rows can be read; so many cannot
    while bad - good > 1:
        middle = (good + bad) // 2
        if _trouble(child, rows[:middle], roots):
            bad = middle
        else:
            good = middle
    return bad - 1


def _kept(epoch_id: UUID, found: list[Quarantine]) -> list[Quarantine]:
    if not found:
        return []
    try:
        with transaction.atomic():
            for each in found:
                each.save()
            _settle(epoch_id, "quarantined", by=None, rows=found)
    except IntegrityError:
        return []  # another process has found them at the same moment
    QUARANTINES.inc(len(found))
    for each in found:
        logger.error("Rows were set aside: %s (%s)", each, each.reason)
    return found


def release(held: Quarantine, *, roots: Roots, by: Person | None) -> str:
    """Put the rows back, if the scribe can read them now: nothing, or why they stay where they are."""
    others = Quarantine.objects.filter(epoch=held.epoch_id, ended_at=None).exclude(pk=held.pk)
    rows = [row for row in log.since(held.epoch_id, 0) if not any(each.holds(row[0]) for each in others)]
    child = scribe.Child()
    try:
        if reason := _trouble(child, rows, roots):
            return f"The text still cannot be read with these rows ({reason}), so they stay set aside."
    finally:
        child.end()
    with transaction.atomic():
        Quarantine.objects.filter(pk=held.pk).update(ended_at=timezone.now())
        _settle(held.epoch_id, "released", by=by, rows=[held])
    return ""


def _settle(epoch_id: UUID, kind: str, *, by: Person | None, rows: Sequence[Quarantine]) -> None:
    """What was read before no longer counts; it stands in the record, and open pages start anew."""
    Rendering.objects.filter(epoch=epoch_id).delete()
    epoch = Epoch.objects.select_related("document__proposal__workspace").get(pk=epoch_id)
    proposal = epoch.document.proposal
    for each in rows:
        audit.record(
            by=by,
            verb="quarantine" if kind == "quarantined" else "release",
            target=f"proposal:{proposal.pk}",
            workspace=proposal.workspace,
            stage=epoch.document.stage,
            epoch=epoch.number,
            first=each.first,
            last=each.last,
            reason=each.reason,
        )
    notices.publish(f"epoch.{epoch_id}", kind)
