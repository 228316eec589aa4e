"""Bringing back what a version said: first what would change, then the deed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from proposals.editing import selectors, services
from proposals.editing.domain.canonical import content_in
from proposals.editing.domain.redline import redline
from proposals.editing.forms import RestorationForm
from proposals.editing.models import FrozenVersion
from proposals.portfolio.access import SignedIn, document_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.forms import carried_out
from proposals.portfolio.models import Document


@require_http_methods(["GET", "HEAD", "POST"])
def restoration(request: SignedIn, reference: str, stage: str, *, number: int) -> HttpResponse:
    """Which parts to bring back, with the words that would come and go."""
    found = selectors.stage_document_for(request.user, reference, stage)
    document = document_for(request.user, found.pk, Ability.EDIT)
    version = selectors.version_of(document, number)
    reading = selectors.reading_of(document)
    sections = document.template.sections.order_by("order")
    changes = [
        part for part in redline(sections, reading.content, content_in(version.canonical)) if part.count
    ]
    parts = [(part.key, part.title) for part in changes]
    form = RestorationForm(request.POST if request.method == "POST" else None, parts)
    if carried_out(
        form, lambda: _restore(document, version, sections=form.cleaned_data["sections"], request=request)
    ):
        return redirect("editor", reference, stage)
    facts = {
        "document": document,
        "proposal": document.proposal,
        "version": version,
        "changes": changes,
        "form": form,
        "note": reading.note,
    }
    return render(request, "editing/restoration.html", facts, status=422 if form.errors else 200)


def _restore(document: Document, version: FrozenVersion, *, sections: list[str], request: SignedIn) -> None:
    kept = services.name_version(
        document, f"Before version {version.number} was brought back", by=request.user
    )
    services.restore(document, version, by=request.user, sections=sections)
    messages.success(
        request,
        f"The words of version {version.number} are back. What stood there is kept as version {kept.number}.",
    )
