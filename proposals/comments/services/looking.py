"""Looking where threads stand once their text has moved on: kept, found again, or visibly detached."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from proposals.comments.domain.anchors import Fate, Spot, quote_at
from proposals.comments.domain.threads import AnchorState, State
from proposals.comments.models import Placement, Thread
from proposals.comments.services.anchoring import indices
from proposals.comments.services.records import happened, tell, touch
from proposals.comments.services.seeing import Seen, Sight, sights_of
from proposals.comments.services.telling import tell_detached
from proposals.editing import log, scribe
from proposals.editing.domain.merging import Unmergeable
from proposals.editing.selectors import newest_epoch
from proposals.portfolio.models import Document

logger = logging.getLogger(__name__)

# Cut, think, paste: so long a text may be gone before its thread counts as detached.
GRACE = timedelta(seconds=30)
MOVING = (
    "anchor_state", "start", "end", "latest", "placed_epoch", "placed_seq", "placed_from", "placed_to",
    "missing_since", "missing_by", "detached_at",
)  # fmt: skip


def look_again(document: Document) -> bool:
    """Bring the anchors of a document's unresolved threads up to date; True if something became of any.

    Costs three queries while nobody has written. May be called as often as anybody likes, from any process.
    """
    epoch = newest_epoch(document)
    threads = list(_unresolved(document))
    if epoch is None or not threads:
        return False
    placement = Placement.objects.filter(document=document).first()
    if placement is not None and (placement.epoch_id, placement.seq) == (epoch.pk, epoch.head):
        # A reopened or reattached thread knows its own place.
        return _detach_overdue(document, threads)
    since = placement.seq if placement is not None and placement.epoch_id == epoch.pk else 1
    try:
        merged, seq = log.merged(epoch.pk)
        seen = Seen(epoch, seq, since, merged)
        sights = sights_of(seen, threads)
    except (scribe.ScribeFailed, Unmergeable):
        logger.warning("The threads of document %s could not be placed", document.pk)
        return _detach_overdue(document, threads)
    return _settle(document, seen, sights)


def _unresolved(document: Document) -> QuerySet[Thread]:
    anchored = [AnchorState.ANCHORED.value, AnchorState.DETACHED.value]
    return (
        Thread.objects.filter(document=document, anchor_state__in=anchored)
        .exclude(state=State.RESOLVED.value)
        .select_related("opened_by")
        .order_by("pk")
    )


def _settle(document: Document, seen: Seen, sights: Sequence[Sight]) -> bool:
    """Write down what was seen, unless somebody has looked at a newer text meanwhile."""
    with transaction.atomic():
        placement = _newer(document, seen)
        if placement is None:
            return False
        before = Thread.objects.select_for_update().in_bulk([sight.thread.pk for sight in sights])
        spots: dict[str, Spot] = {}
        news = False
        for sight in sights:
            row = before[sight.thread.pk]
            if (row.start, row.end, row.state) != (sight.thread.start, sight.thread.end, sight.thread.state):
                continue  # somebody has put it elsewhere while we looked
            row.document, row.opened_by = document, sight.thread.opened_by
            news |= _became(row, sight, seen)
            if sight.verdict.spot is not None:
                spots[str(row.pk)] = indices(sight.text, sight.verdict.spot)
        placement.spots = spots
        placement.save()
    return news


def _newer(document: Document, seen: Seen) -> Placement | None:
    """The document's placement, locked, and set to what was seen; None if it is beyond that already."""
    fresh = {"epoch": seen.epoch, "seq": seen.seq}
    placement, made = Placement.objects.select_for_update().get_or_create(document=document, defaults=fresh)
    if not made and placement.epoch_id == seen.epoch.pk and placement.seq >= seen.seq:
        return None
    placement.epoch, placement.seq = seen.epoch, seen.seq
    return placement


def _became(row: Thread, sight: Sight, seen: Seen) -> bool:
    if sight.verdict.fate is Fate.LOST:
        return _is_missing(row, sight.by)
    was_detached = row.anchor_state == AnchorState.DETACHED
    was_missing = row.missing_since is not None
    moved = sight.verdict.fate is Fate.MOVED
    latest = quote_at(sight.text, sight.spot).as_json()
    if sight.holds and not (was_detached or was_missing or latest != row.latest):
        return False
    if not sight.holds:
        if sight.ends is None:
            return False
        row.start, row.end = sight.ends[0].as_json(), sight.ends[1].as_json()
    row.latest = latest
    row.anchor_state = AnchorState.ANCHORED.value
    row.missing_since = row.missing_by = row.detached_at = None
    row.placed_epoch, row.placed_seq = seen.epoch, seen.seq
    row.placed_from, row.placed_to = indices(sight.text, sight.spot)
    return _told(row, "reattached") if was_detached or moved else _kept(row, was_missing=was_missing)


def _is_missing(row: Thread, by: int | None) -> bool:
    """Gone: at first only noted, and detached once the time for pasting is over."""
    if row.anchor_state == AnchorState.DETACHED:
        return False
    if row.missing_since is None:
        row.missing_since, row.missing_by_id = timezone.now(), by
        row.save(update_fields=["missing_since", "missing_by"])
        tell(row)
        return True
    return _detach(row) if timezone.now() - row.missing_since >= GRACE else False


def _detach(row: Thread) -> bool:
    row.anchor_state, row.detached_at = AnchorState.DETACHED.value, timezone.now()
    tell_detached(row)
    return _told(row, "detached", removed_by=row.missing_by_id)


def _detach_overdue(document: Document, threads: Sequence[Thread]) -> bool:
    """Nobody has written since; those that have been missing long enough are detached now."""
    limit = timezone.now() - GRACE
    overdue = [t.pk for t in threads if t.anchor_state == AnchorState.ANCHORED and _is_overdue(t, limit)]
    if not overdue:
        return False
    with transaction.atomic():
        rows = Thread.objects.select_for_update().filter(
            pk__in=overdue, anchor_state=AnchorState.ANCHORED.value, missing_since__lte=limit
        )
        for row in rows:
            row.document = document
            _detach(row)
    return True


def _is_overdue(thread: Thread, limit: datetime) -> bool:
    return thread.missing_since is not None and thread.missing_since <= limit


def _told(row: Thread, kind: str, **facts: object) -> bool:
    touch(row, *MOVING)
    happened(row, kind, by=None, **facts)
    return True


def _kept(row: Thread, *, was_missing: bool) -> bool:
    """In its place; people hear of it only if they had seen it missing."""
    row.save(update_fields=MOVING)
    if was_missing:
        tell(row)
    return was_missing
