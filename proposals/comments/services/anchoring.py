"""Fastening a thread to words: the places are looked up in the saved text, and the words there compared."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from proposals.comments.domain.anchors import Given, NoAnchor, Quote, Spot, is_known, plain, quote_at
from proposals.comments.domain.threads import AnchorState
from proposals.comments.domain.words import Words, find_words
from proposals.comments.models import Thread
from proposals.editing import log, scribe
from proposals.editing.domain.known import Known
from proposals.editing.domain.merging import Unmergeable
from proposals.editing.domain.positions import Position
from proposals.editing.domain.values import utf16_length
from proposals.editing.models import Epoch, FrozenVersion
from proposals.editing.selectors import newest_epoch
from proposals.portfolio.models import Document, Section
from workspaces.domain.refusals import RefusedError

CHANGED = "The text changed while you were selecting it. Please select it again."
UNREADABLE = "This text could not be read just now. Please try again in a minute."
NO_SECTION = "This text has no such section."
WRITTEN_ON = "The pair writes on since this was handed in, so nothing new is begun on it. You can reply."


class TextChanged(RefusedError):
    """The words are not where they were said to be; the message is for people."""


@dataclass(frozen=True, slots=True)
class Fastening:
    """Words found in the saved text."""

    given: Given
    quote: Quote
    indices: tuple[int, int]
    epoch: Epoch
    seq: int


def fasten(document: Document, section: str, given: Given | None) -> Fastening | None:
    """Find the words; nothing for a thread on the whole section. Refuses what is not there."""
    epoch = _epoch_with(document, section)
    if given is None:
        return None
    if epoch is None:
        raise TextChanged(CHANGED)
    try:
        merged, seq = log.merged(epoch.pk)
        clocks = Known.of(merged).clocks
        if not (is_known(given.start, clocks) and is_known(given.end, clocks)):
            raise TextChanged(CHANGED)
        placed = scribe.place(merged, [(given.start, given.end)])
    except (scribe.ScribeFailed, Unmergeable) as trouble:
        raise RefusedError(UNREADABLE) from trouble
    text = plain(placed.texts[given.start.root])
    spot = placed.stretches[0]
    if spot is None or text[slice(*spot)] != given.exact:
        raise TextChanged(CHANGED)
    return Fastening(given, quote_at(text, spot), indices(text, spot), epoch, seq)


def fasten_words(version: FrozenVersion, section: str, words: Words | None) -> Fastening | None:
    """Find words of a text that was handed in, by what stands around them; nothing for the whole section.

    Where they stand is worked out here: nothing that a page could say about places is asked for.
    """
    epoch = newest_epoch(version.document)
    if epoch is None or not version.closes or epoch.pk != version.epoch_id or epoch.closed_at is None:
        raise RefusedError(WRITTEN_ON)
    if not Section.objects.filter(template=version.template_id, key=section).exists():
        raise RefusedError(NO_SECTION)
    if words is None:
        return None
    root = f"t:{section}"
    whole = (Position(root, None, 0, after=True), Position(root, None, 0, after=False))
    try:
        merged, seq = log.merged(epoch.pk)
        text = plain(scribe.place(merged, [whole]).texts[root])
        spot = find_words(text, words)
        ends = scribe.name(merged, [(root, *spot)])[0]
    except (scribe.ScribeFailed, Unmergeable) as trouble:
        raise RefusedError(UNREADABLE) from trouble
    except NoAnchor as wrong:
        raise RefusedError(str(wrong)) from wrong
    if ends is None:
        raise RefusedError(UNREADABLE)
    given = Given(*ends, text[slice(*spot)])
    return Fastening(given, quote_at(text, spot), indices(text, spot), epoch, seq)


def put(thread: Thread, at: Fastening) -> None:
    """Write into the row where the thread stands now; the caller saves it."""
    thread.anchor_state = AnchorState.ANCHORED.value
    thread.start, thread.end = at.given.start.as_json(), at.given.end.as_json()
    thread.exact, thread.prefix, thread.suffix = at.quote.exact, at.quote.prefix, at.quote.suffix
    thread.latest = at.quote.as_json()
    thread.placed_epoch, thread.placed_seq = at.epoch, at.seq
    thread.placed_from, thread.placed_to = at.indices
    thread.missing_since = thread.missing_by = thread.detached_at = None


def indices(text: str, spot: Spot) -> tuple[int, int]:
    """The same stretch as browsers count it."""
    start = utf16_length(text[: spot[0]])
    return start, start + utf16_length(text[slice(*spot)])


def _epoch_with(document: Document, section: str) -> Epoch | None:
    """The document's newest epoch, if its template has such a section at all."""
    sections = Section.objects.filter(template=document.template_id, key=section)
    here = sections.filter(template=OuterRef("document__template"))
    epoch = (
        Epoch.objects.filter(document=document).annotate(has_section=Exists(here)).order_by("-number").first()
    )
    has_section = epoch.has_section if epoch is not None else sections.exists()
    if not has_section:
        raise RefusedError(NO_SECTION)
    return epoch
