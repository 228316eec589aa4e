"""What is seen of a document's threads in its newest text, and who wrote away what has gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proposals.comments.domain.anchors import Fate, Quote, Spot, Verdict, judge, plain
from proposals.comments.domain.threads import AnchorState
from proposals.comments.models import Thread
from proposals.editing import log, scribe
from proposals.editing.domain.merging import merge
from proposals.editing.domain.positions import Position, position
from proposals.editing.models import Epoch, Update

# To find out who wrote a text away costs a reading for each halving, so not for many threads at once.
MOST_SOUGHT, MOST_HALVINGS = 5, 12


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of one thread at one seq."""

    thread: Thread
    verdict: Verdict
    text: str
    holds: bool  # its places are where it stands, at characters that are still there
    ends: tuple[Position, Position] | None = None
    by: int | None = None

    @property
    def spot(self) -> Spot:
        """Where it stands; only for what has not been lost."""
        if self.verdict.spot is None:
            raise ValueError("This thread stands nowhere.")
        return self.verdict.spot


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a document's text, and up to where. `since`: where the last look had ended."""

    epoch: Epoch
    seq: int
    since: int
    merged: bytes


def sights_of(seen: Seen, threads: Sequence[Thread]) -> list[Sight]:
    """Look for all threads in one reading."""
    pairs = [(position(thread.start), position(thread.end)) for thread in threads]
    placed = scribe.place(seen.merged, pairs)
    texts = {root: plain(text) for root, text in placed.texts.items()}
    sights = []
    for nth, (thread, pair, spot) in enumerate(zip(threads, pairs, placed.stretches, strict=True)):
        text = texts[pair[0].root]
        verdict = judge(text, spot, quotes_of(thread))
        sights.append(Sight(thread, verdict, text, verdict.spot == spot and not placed.frayed[nth]))
    return _named(seen, _blamed(seen, sights))


def quotes_of(thread: Thread) -> tuple[Quote, ...]:
    """What stood there last, and what stood there when the thread was opened."""
    first = Quote(thread.exact, thread.prefix, thread.suffix)
    return (Quote.from_json(thread.latest), first) if thread.latest else (first,)


def _named(seen: Seen, sights: list[Sight]) -> list[Sight]:
    """Give new places to those that stand elsewhere, or between characters that are gone."""
    moved = [sight for sight in sights if sight.verdict.spot is not None and not sight.holds]
    if not moved:
        return sights
    stretches = [(f"t:{sight.thread.section}", *sight.spot) for sight in moved]
    ends = dict(zip([sight.thread.pk for sight in moved], scribe.name(seen.merged, stretches), strict=True))
    return [replace(sight, ends=ends.get(sight.thread.pk)) for sight in sights]


def _blamed(seen: Seen, sights: list[Sight]) -> list[Sight]:
    """Find out who wrote away what has just gone missing."""
    gone = [
        sight.thread
        for sight in sights
        if sight.verdict.fate is Fate.LOST
        and sight.thread.missing_since is None
        and sight.thread.anchor_state == AnchorState.ANCHORED
    ]
    blamed = {thread.pk: _remover(seen, thread) for thread in gone[:MOST_SOUGHT]}
    return [replace(sight, by=blamed.get(sight.thread.pk)) for sight in sights]


def _remover(seen: Seen, thread: Thread) -> int | None:
    """Whoever alone has written since the words were last there; of several, whose update took them."""
    # The first row of an epoch is the server's, and holds what was there before.
    placed = thread.placed_seq if thread.placed_epoch_id == seen.epoch.pk else 1
    since = max(seen.since, placed)
    rows = Update.objects.filter(epoch=seen.epoch, seq__gt=since, seq__lte=seen.seq)
    authors = set(rows.values_list("by_id", flat=True))
    return authors.pop() if len(authors) == 1 else _culprit(seen, thread, since)


def _culprit(seen: Seen, thread: Thread, since: int) -> int | None:
    """Found by halving. Nobody, when the log has been folded past it."""
    rows = [row for row in log.since(seen.epoch.pk, 0) if row[0] <= seen.seq]
    low = next((at for at, (seq, _) in enumerate(rows) if seq > since), len(rows))
    high = len(rows) - 1
    for _ in range(MOST_HALVINGS):
        if low >= high:
            break
        middle = (low + high) // 2
        if _is_gone(thread, merge([data for _, data in rows[: middle + 1]])):
            high = middle
        else:
            low = middle + 1
    if low != high:
        return None
    return Update.objects.filter(epoch=seen.epoch, seq=rows[high][0]).values_list("by_id", flat=True).first()


def _is_gone(thread: Thread, merged: bytes) -> bool:
    pair = (position(thread.start), position(thread.end))
    placed = scribe.place(merged, [pair])
    verdict = judge(plain(placed.texts[pair[0].root]), placed.stretches[0], quotes_of(thread))
    return verdict.fate is Fate.LOST
