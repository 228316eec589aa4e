"""Pages about the route: the six questions with what they lead to, and a secretary's change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from proposals.portfolio import forms, selectors, services
from proposals.portfolio.access import SignedIn, abilities_for, proposal_for
from proposals.portfolio.domain.abilities import Ability, Grant
from proposals.portfolio.domain.figures import pounds
from proposals.portfolio.domain.routes import QUESTIONS, ROUTE_DEMANDS, Limit, suggest
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.forms import carried_out
from proposals.portfolio.models import Proposal, Triage
from proposals.portfolio.services.triage import NOT_YOURS, OVER, SETTLED, TOO_LATE
from proposals.portfolio.views.replies import page, sent, shown
from workspaces.models import Person


@page
def triage(request: SignedIn, reference: str) -> HttpResponse:
    """Six questions choose one of four routes; the page says which, why, and what the route asks for."""
    proposal = proposal_for(request.user, reference)
    newest, answered = selectors.newest_triage(proposal), selectors.newest_answers(proposal)
    grant = _may_answer(request.user, proposal, newest)
    if request.method == "POST" and not grant.allowed:
        raise PermissionDenied(grant.reason)
    form = forms.TriageForm(sent(request), answered.answers if answered else {})
    if carried_out(form, lambda: services.triage(proposal, form.answers(), by=request.user)):
        messages.success(request, f"The route is “{Route(proposal.route).label}”.")
        return redirect("triage", proposal.reference)
    facts = {
        "proposal": proposal,
        "form": form,
        "grant": grant,
        "may_change": selectors.may_change_route(request.user, proposal),
        **_chosen(proposal, newest, answered),
    }
    return shown(request, "portfolio/triage.html", facts)


def _chosen(proposal: Proposal, newest: Triage | None, answered: Triage | None) -> dict[str, object]:
    """The route with its reasons, the answers it follows from, and all routes beside each other."""
    limits = selectors.limits_of(proposal.workspace.organisation, timezone.localdate())
    suggestion = suggest(answered.answers, limits) if answered else None
    route = Route(proposal.route) if proposal.route else None
    return {
        "route": route,
        "demands": ROUTE_DEMANDS[route] if route else None,
        "newest": newest,
        "answered": answered,
        "suggestion": suggestion,
        "changed": newest if newest and not newest.answers else None,
        "answers": [(each.text, answered.answers.get(each.key, "")) for each in QUESTIONS]
        if answered
        else [],
        "routes": list(ROUTE_DEMANDS.items()),
        "limits": [_limit(limit) for limit in limits.values()],
    }


def _limit(limit: Limit) -> dict[str, str]:
    return {
        "label": limit.level.label,
        "revenue": pounds(limit.revenue),
        "capital": pounds(limit.capital),
        "source": limit.source,
    }


def _may_answer(person: Person, proposal: Proposal, newest: Triage | None) -> Grant:
    """Either half, while the concept is written and no secretary has settled the route."""
    # Whoever may name it anew may say how big it is: the halves who have accepted.
    grant = abilities_for(person, proposal)[Ability.RENAME]
    if not grant.allowed:
        return grant
    if (proposal.stage, proposal.status) != (Stage.CONCEPT, Status.DRAFTING):
        return Grant(allowed=False, reason=TOO_LATE)
    if newest is not None and not newest.answers:
        return Grant(allowed=False, reason=SETTLED)
    return grant


@page
def route(request: SignedIn, reference: str) -> HttpResponse:
    """A secretary sets another route, with a reason."""
    proposal = proposal_for(request.user, reference)
    if not selectors.may_change_route(request.user, proposal):
        raise PermissionDenied(NOT_YOURS)
    if proposal.stage == Stage.CLOSED or proposal.withdrawn_at:
        raise PermissionDenied(OVER)
    form = forms.RouteForm(sent(request), initial={"route": proposal.route})
    if carried_out(form, lambda: _change(form, proposal, request)):
        return redirect("triage", proposal.reference)
    return shown(request, "portfolio/route.html", {"proposal": proposal, "form": form})


def _change(form: forms.RouteForm, proposal: Proposal, request: SignedIn) -> None:
    wanted, reason = Route(form.cleaned_data["route"]), form.cleaned_data["reason"]
    services.change_route(proposal, wanted, reason, by=request.user)
    messages.success(request, f"The route is now “{wanted.label}”. The pair can read why.")
