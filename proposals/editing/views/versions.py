"""The versions of a document: the list, and what changed between two. One alone is read with its margin."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from proposals.editing import selectors, services
from proposals.editing.domain.canonical import content_in
from proposals.editing.domain.content import Content
from proposals.editing.domain.redline import redline as compared
from proposals.editing.forms import ComparisonForm, NameForm
from proposals.editing.models import FrozenVersion
from proposals.portfolio.access import SignedIn, document_abilities_for, document_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.forms import carried_out
from proposals.portfolio.models import Document


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: SignedIn, reference: str, stage: str) -> HttpResponse:
    """What was kept of a text; its authors keep another one here."""
    document = selectors.stage_document_for(request.user, reference, stage, ability=Ability.READ_VERSION)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        document_for(request.user, document.pk, Ability.EDIT)
        if carried_out(form, lambda: _name(document, form.cleaned_data["title"], request)):
            return redirect("versions", reference, stage)
    facts = version_facts(request, document)
    found = [each for each in selectors.versions_of(document) if facts["can_read"] or each.closes]
    comparison = ComparisonForm(
        request.GET if "older" in request.GET else None, _choices(found), now=bool(facts["can_read"])
    )
    if comparison.is_valid():
        older, newer = comparison.cleaned_data["older"], comparison.cleaned_data["newer"]
        return redirect("redline", reference, stage, *_in_order(older, newer))
    facts |= {"versions": found, "form": form, "comparison": comparison}
    return render(
        request, "editing/versions.html", facts, status=422 if form.errors or comparison.errors else 200
    )


@require_safe
def redline(request: SignedIn, reference: str, stage: str, *, older: int, newer: str) -> HttpResponse:
    """What changed from one version to another, or to the text as it is now."""
    before = selectors.stage_version_for(request.user, reference, stage, number=older)
    document = before.document
    if newer == ComparisonForm.NOW:
        after = None
        document_for(request.user, document.pk, Ability.READ)
    else:
        after = selectors.stage_version_for(request.user, reference, stage, number=int(newer))
    content, note = _content_of(document, after)
    sections = list((after or before).template.sections.order_by("order"))
    changes = compared(sections, content_in(before.canonical), content)
    facts = {
        **version_facts(request, document),
        "older": before,
        "newer": after,
        "note": note,
        "changes": changes,
        "changed": [part for part in changes if part.count],
    }
    return render(request, "editing/redline.html", facts)


def _content_of(document: Document, version: FrozenVersion | None) -> tuple[Content, str]:
    """A version's content, or what is written now and, if so, why that may not be the newest."""
    if version is not None:
        return content_in(version.canonical), ""
    reading = selectors.reading_of(document)
    return reading.content, reading.note


def _name(document: Document, title: str, request: SignedIn) -> None:
    made = services.name_version(document, title, by=request.user)
    messages.success(request, f"Version {made.number} is kept as “{made.title}”.")


def version_facts(request: SignedIn, document: Document) -> dict[str, object]:
    """What every page about versions shows: the document, and what the reader may do with it."""
    epoch = selectors.newest_epoch(document)
    grants = document_abilities_for(request.user, document)
    is_open = epoch is None or epoch.closed_at is None
    return {
        "document": document,
        "proposal": document.proposal,
        "can_read": grants[Ability.READ].allowed,
        "can_edit": grants[Ability.EDIT].allowed and is_open,
    }


def _choices(found: list[FrozenVersion]) -> list[tuple[int, str]]:
    return [(each.number, f"Version {each.number}" + (each.title and f", {each.title}")) for each in found]


def _in_order(older: str, newer: str) -> tuple[int, str]:
    """The older one first, in whichever order they were chosen."""
    if newer != ComparisonForm.NOW and int(newer) < int(older):
        older, newer = newer, older
    return int(older), newer
