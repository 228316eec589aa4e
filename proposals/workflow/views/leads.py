"""A small test, as pages: the pair names two leads, who let it begin and decide on what it has shown."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from proposals.portfolio.access import SignedIn, abilities_for, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Route
from proposals.portfolio.models import Proposal
from proposals.review.domain.kinds import Outcome
from proposals.workflow import forms, services
from proposals.workflow.domain.history import AFTERWARDS
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Consent
from proposals.workflow.selectors import candidates, facts_of, leads_of, said_by_leads
from proposals.workflow.views.doing import done, move_page
from workspaces.domain.pairing import PAIR_SIDES

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def leads(request: SignedIn, reference: str) -> HttpResponse:
    """Who decides on the test; either half names them here."""
    needed = Ability.NAME_LEADS if request.method == "POST" else Ability.VIEW
    proposal = proposal_for(request.user, reference, needed)
    found = {side.value: candidates(proposal, side) for side in PAIR_SIDES}
    named = {lead.side: lead for lead in leads_of(proposal)}
    chosen = {side: lead.membership_id for side, lead in named.items()}
    form = forms.LeadsForm(request.POST if request.method == "POST" else None, found, chosen)
    if done(form, lambda: _name(form, proposal, request)):
        messages.success(request, "The two have been asked. They can read the text from now on.")
        return redirect("proposal", proposal.reference)
    facts = {
        "proposal": proposal,
        "form": form,
        "named": named.values(),
        "is_test": proposal.route == Route.TEST,
        "grant": abilities_for(request.user, proposal)[Ability.NAME_LEADS],
        "lacking": [side.label.lower() for side in PAIR_SIDES if side.value not in form.fields],
    }
    return render(request, "workflow/leads.html", facts, status=422 if form.errors else 200)


def _name(form: Form, proposal: Proposal, request: SignedIn) -> None:
    for side in PAIR_SIDES:
        if membership := form.cleaned_data.get(side.value):
            services.name_lead(proposal, side, membership, by=request.user)


@page
def test_start(request: SignedIn, reference: str) -> HttpResponse:
    """Both leads let the test begin, each for themselves, on the same text and until the same day."""
    proposal = proposal_for(request.user, reference, Ability.LEAD)

    def deed(form: Form) -> None:
        given = form.cleaned_data
        made = services.begin_test(proposal, given["seen"], given["review_on"], by=request.user)
        messages.success(request, "The test has begun." if made else WAITS)

    return _by_both(request, proposal, Move.TEST, forms.TestStartForm, deed)


@page
def conclusion(request: SignedIn, reference: str) -> HttpResponse:
    """Both leads decide on what the test has shown: adopt it, abandon it, or go on testing."""
    proposal = proposal_for(request.user, reference, Ability.LEAD)

    def deed(form: Form) -> None:
        given = form.cleaned_data
        said = services.Conclusion(Outcome(given["outcome"]), given["reason"], given["review_on"])
        made = services.conclude(proposal, given["seen"], said, by=request.user)
        messages.success(request, "It is decided." if made else WAITS)

    return _by_both(request, proposal, Move.CONCLUDE, forms.ConclusionForm, deed)


WAITS = "You have said it. It waits for the other lead."
Making = type[forms.TestStartForm] | type[forms.ConclusionForm]


def _by_both(  # noqa: PLR0917 - one page of two that differ in these
    request: SignedIn, proposal: Proposal, move: Move, make: Making, deed: Callable[[Form], None]
) -> HttpResponse:
    if "take_back" in request.POST:
        services.take_back(proposal, move, by=request.user)
        messages.success(request, "You have taken it back.")
        return redirect("proposal", proposal.reference)
    seen = facts_of(proposal).sha256
    waiting = [each for each in said_by_leads(proposal, move) if each.terms.get("sha256") == seen]
    mine = next((each for each in waiting if each.by == request.user), None)
    other = next((each for each in waiting if each.by != request.user), None)
    said = _said(other or mine)
    facts = {"mine": mine, "other": other, "mine_said": _said(mine), "other_said": _said(other), "seen": seen}
    return move_page(request, proposal, move, lambda data: make(data, said), deed, facts)


def _said(consent: Consent | None) -> dict[str, object]:
    """What a lead has said, with its day as a day."""
    if consent is None:
        return {}
    until = consent.terms.get("review_on")
    words = AFTERWARDS.get(consent.terms.get("outcome", ""), "")
    return {**consent.terms, "words": words, "review_on": date.fromisoformat(until) if until else None}
