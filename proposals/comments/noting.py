"""A document with its threads as numbered notes, read at one moment: text and signs belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from proposals.comments.domain.notes import Note, Voice
from proposals.comments.entries import Entry, entries_of
from proposals.comments.models import Thread
from proposals.comments.selectors import Wanted, margin_of, threads_of
from proposals.editing import log, scribe, selectors
from proposals.editing.domain.content import TEXT, Content
from proposals.editing.domain.merging import Unmergeable
from proposals.editing.domain.positions import position
from proposals.portfolio.access import Access
from proposals.portfolio.models import Section
from workspaces.models import Person


@dataclass(frozen=True, slots=True)
class Noted:
    """What a document says with the signs of its notes in it, and the notes of each section."""

    content: Content
    notes: dict[str, list[Note]]
    sections: list[Section]
    note: str = ""  # says so when the text may miss the newest changes


def notes_of(access: Access, person: Person, wanted: Wanted) -> Noted:
    """The threads somebody wants, numbered in the order of the text."""
    sections = list(access.document.template.sections.order_by("order"))
    margin = margin_of(person, access)
    entries = entries_of(threads_of(access, person, wanted), margin, sections)
    ordered = [entry for section in sections for entry in entries.get(section.key, [])]
    notes = {entry.thread.pk: _note(number, entry, person) for number, entry in enumerate(ordered, start=1)}
    content, trouble = _read(access, [(entry.thread, notes[entry.thread.pk]) for entry in ordered])
    by_section = {key: [notes[entry.thread.pk] for entry in found] for key, found in entries.items()}
    return Noted(content, by_section, sections, trouble)


def _read(access: Access, noted: Sequence[tuple[Thread, Note]]) -> tuple[Content, str]:
    """The text of this moment with signs; without them when it cannot be read just now."""
    document = access.document
    epoch = selectors.newest_epoch(document)
    placeable = [pair for pair in noted if pair[0].start is not None and pair[0].end is not None]
    if epoch is not None and placeable:
        try:
            merged, _ = log.merged(epoch.pk)
            signs = _signs(merged, placeable)
            return scribe.read(merged, selectors.roots_of(document.template), signs), ""
        except (scribe.ScribeFailed, Unmergeable):
            pass
    reading = selectors.reading_of(document)
    return reading.content, reading.note


def _signs(merged: bytes, noted: Sequence[tuple[Thread, Note]]) -> dict[str, list[tuple[int, str]]]:
    places = [(position(thread.start), position(thread.end)) for thread, _ in noted]
    placed = scribe.place(merged, places)
    signs: dict[str, list[tuple[int, str]]] = {}
    for (thread, note), stretch in zip(noted, placed.stretches, strict=True):
        if stretch is not None and stretch[0] < stretch[1] and not note.removed:
            signs.setdefault(f"{TEXT}{thread.section}", []).append((stretch[1], note.sign))
    return signs


def _note(number: int, entry: Entry, reader: Person) -> Note:
    return Note(
        number=number,
        label=f"{entry.label} by {entry.thread.opened_by.name}",
        state=entry.state.lower() if entry.thread.settled_by is None else entry.state,
        quote=entry.thread.exact,
        removed=_removed(entry),
        voices=tuple(
            Voice(
                who=said.comment.by.name,
                when=f"{timezone.localtime(said.comment.at):%-d %B %Y}",
                body=said.comment.said_to(reader),
                hidden=said.comment.hidden_why,
                is_answer=said.comment.is_answer,
            )
            for said in entry.said
        ),
    )


def _removed(entry: Entry) -> str:
    if not entry.is_detached:
        return ""
    by = f" by {entry.thread.missing_by.name}" if entry.thread.missing_by else ""
    return f"These words have been removed{by}."
