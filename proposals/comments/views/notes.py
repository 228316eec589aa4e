"""The text with its comments as numbered notes: to read, to print and to take away."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from proposals.comments import services
from proposals.comments.domain.notes import Note, with_notes
from proposals.comments.entries import UNSETTLED
from proposals.comments.noting import Noted, notes_of
from proposals.comments.selectors import Wanted
from proposals.editing import rendering
from proposals.editing.domain.whole import part_markdown
from proposals.editing.selectors import stage_document_for
from proposals.editing.services import export
from proposals.portfolio.access import Access, SignedIn, access_of
from proposals.portfolio.models import Section


@dataclass(frozen=True, slots=True)
class Shown:
    """One comment of a note on the page."""

    who: str
    when: str
    html: SafeString
    is_answer: bool
    gap: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its notes on the page."""

    section: Section
    html: SafeString
    notes: list[tuple[Note, list[Shown]]]


@require_safe
def text_notes(request: SignedIn, *, reference: str, stage: str) -> HttpResponse:
    """The page."""
    access, noted, everything = _noted(request, reference, stage)
    parts = [
        Part(section, rendering.shown(said), [(note, _shown(note)) for note in notes])
        for section, said, notes in _parts(noted)
        if said or notes
    ]
    facts = {
        "proposal": access.document.proposal,
        "document": access.document,
        "parts": parts,
        "everything": everything,
        "note": noted.note,
    }
    return render(request, "comments/text_notes.html", facts)


@require_safe
def text_notes_markdown(request: SignedIn, *, reference: str, stage: str) -> HttpResponse:
    """The same as a Markdown file."""
    access, noted, _ = _noted(request, reference, stage)
    document = access.document
    name = f"{document.proposal.reference}-{document.stage.replace('_', '-')}-notes.md".lower()
    parts = [(section.title, said, notes) for section, said, notes in _parts(noted)]
    export(document, "markdown with notes", by=request.user)
    return HttpResponse(
        with_notes(document.proposal.title, parts),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _noted(request: SignedIn, reference: str, stage: str) -> tuple[Access, Noted, bool]:
    """What is not settled yet, or with `show=all` everything."""
    access = access_of(request.user, stage_document_for(request.user, reference, stage))
    everything = request.GET.get("show") == "all"
    services.look_again(access.document)
    return access, notes_of(access, request.user, Wanted(states=() if everything else UNSETTLED)), everything


def _parts(noted: Noted) -> list[tuple[Section, str, list[Note]]]:
    return [
        (section, part_markdown(section, noted.content), noted.notes.get(section.key, []))
        for section in noted.sections
    ]


def _shown(note: Note) -> list[Shown]:
    return [
        Shown(
            voice.who,
            voice.when,
            rendering.shown(voice.body),
            voice.is_answer,
            "" if voice.body else voice.gap,
        )
        for voice in note.voices
    ]
