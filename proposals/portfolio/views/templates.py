"""Pages about templates: an organisation's own and everybody's, one with its sections, a copy to change."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals.portfolio import forms, selectors, services, templates
from proposals.portfolio.access import SignedIn
from proposals.portfolio.domain.filling import choices_of, listed
from proposals.portfolio.domain.pathway import ROUTES, SectionSpec, TemplateSpec, read
from proposals.portfolio.domain.question import KIND_LABELS, Field
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.domain.writing import written
from proposals.portfolio.forms import carried_out
from proposals.portfolio.models import Template
from proposals.portfolio.services.templates import NAME
from proposals.portfolio.views.replies import page, sent, shown
from workspaces.domain.pairing import Side
from workspaces.models import Organisation


@require_safe
def organisation_templates(request: SignedIn, slug: str) -> HttpResponse:
    """Every version, and which of them is in force."""
    organisation = _organisation_for(request, slug)
    found = list(selectors.templates_of(organisation))
    today = timezone.localdate()
    in_force = {each.pk for stage in Stage if (each := templates.in_force(stage, today, organisation))}
    facts = {
        "organisation": organisation,
        "stages": [
            (stage.label, [(each, each.pk in in_force) for each in found if each.stage == stage])
            for stage in Stage
            if any(each.stage == stage for each in found)
        ],
    }
    return shown(request, "portfolio/templates.html", facts)


@require_safe
def organisation_template(request: SignedIn, slug: str, template_id: int) -> HttpResponse:
    """One version with all its sections."""
    organisation = _organisation_for(request, slug)
    template = _template(organisation, template_id)
    sections = _sections(templates.spec_of(template))
    facts = {"organisation": organisation, "template": template, "sections": sections}
    return shown(request, "portfolio/template.html", facts)


@require_safe
def template_file(request: SignedIn, slug: str, template_id: int) -> HttpResponse:
    """The file of one version, to keep or to change elsewhere."""
    template = _template(_organisation_for(request, slug), template_id)
    name = f"{template.stage}-{template.version}.toml".replace(".", "-", template.version.count("."))
    return HttpResponse(
        written(templates.spec_of(template)),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page
def template_copy(request: SignedIn, slug: str, template_id: int) -> HttpResponse:
    """A copy to change: look at it as often as you like, then publish it."""
    organisation = _organisation_for(request, slug)
    template = _template(organisation, template_id)
    start = {"text": written(templates.spec_of(template))}
    form = forms.TemplateForm(sent(request), request.FILES or None, initial=start)
    previews = request.method == "POST" and "publish" not in request.POST
    preview: list[TemplateSpec] = []
    if previews:
        carried_out(form, lambda: preview.append(read(form.cleaned_data["text"], NAME)))
    elif carried_out(form, lambda: _publish(form, organisation, request)):
        return redirect("templates", organisation.slug)
    facts = {
        "organisation": organisation,
        "template": template,
        "form": form,
        "spec": preview[0] if preview else None,
        "sections": _sections(preview[0]) if preview else [],
    }
    return shown(request, "portfolio/template_copy.html", facts)


def _sections(spec: TemplateSpec) -> list[dict[str, object]]:
    """What each section asks, in words."""
    return [
        {
            "said": section,
            "lead": "Both of you"
            if section.lead == "both"
            else f"The {Side(section.lead).label.lower()} leads",
            "needed": _needed(section),
            "fields": [_asked(question) for question in section.fields],
            "columns": [_asked(question) for question in section.columns],
        }
        for section in spec.sections
    ]


def _needed(section: SectionSpec) -> str:
    if not section.required:
        return "Can stay empty"
    if section.routes == ROUTES:
        return "Needed on every route"
    labels = [f"“{Route(route).label}”" for route in section.routes]
    return f"Needed on the route{'s' if len(labels) > 1 else ''} {listed(labels)}"


def _asked(question: Field) -> dict[str, object]:
    words = [label for _, label in choices_of(question)] if question["kind"] == "choice" else []
    kind = KIND_LABELS[str(question["kind"])] + (f": {', '.join(words)}" if words else "")
    return {"label": question["label"], "kind": kind, "required": question.get("required", False)}


def _publish(form: forms.TemplateForm, organisation: Organisation, request: SignedIn) -> None:
    made = services.publish_template(organisation, form.cleaned_data["text"], by=request.user)
    messages.success(
        request,
        f"“{made}” is published. Stages that begin from {made.valid_from:%-d %B %Y} on follow it.",
    )


def _organisation_for(request: SignedIn, slug: str) -> Organisation:
    """Only for those who look after a workspace of it; for everybody else there is no such page."""
    found = selectors.organisations_run_by(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _template(organisation: Organisation, template_id: int) -> Template:
    return get_object_or_404(selectors.templates_of(organisation), pk=template_id)
