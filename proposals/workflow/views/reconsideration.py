"""The page on which a decline is looked at again: the pair asks, the chair of the committee above answers."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from proposals.portfolio.access import SignedIn, abilities_for, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Proposal
from proposals.review.domain.kinds import Kind
from proposals.review.selectors import decisions_of
from proposals.workflow import forms, services
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors import last_day_to_ask, request_of, verdict_of
from proposals.workflow.views.doing import done


@require_http_methods(["GET", "HEAD", "POST"])
def reconsideration(request: SignedIn, reference: str) -> HttpResponse:
    """Ask once, or answer; whoever asked reads here what became of it."""
    proposal = proposal_for(request.user, reference)
    answers = abilities_for(request.user, proposal)[Ability.RECONSIDER].allowed
    if not answers:
        proposal = proposal_for(request.user, reference, Ability.ASK_AGAIN)
    sent = request.POST if request.method == "POST" else None
    form: Form = forms.ReconsiderationForm(sent) if answers else forms.AskAgainForm(sent)
    if done(form, lambda: (_answer if answers else _ask)(form, proposal, request)):
        return redirect("board" if answers else "proposal", *([] if answers else [proposal.reference]))
    asked = request_of(proposal)
    facts = {
        "proposal": proposal,
        "form": form,
        "verdict": verdict_of(proposal, Move.RECONSIDER),
        "asked": asked,
        "decline": decisions_of(proposal).filter(kind=Kind.DECLINE.value).first(),
        "above": proposal.committee.parent if proposal.committee else None,
        "answers": answers and asked and asked.answered_at is None,
        "last": None if answers else last_day_to_ask(proposal),
    }
    return render(request, "workflow/reconsideration.html", facts, status=422 if form.errors else 200)


def _ask(form: Form, proposal: Proposal, request: SignedIn) -> None:
    services.ask_again(proposal, form.cleaned_data["ground"], form.cleaned_data["text"], by=request.user)
    messages.success(request, "You have asked. The chair of the committee above has been told.")


def _answer(form: Form, proposal: Proposal, request: SignedIn) -> None:
    granted = form.cleaned_data["granted"] == "yes"
    services.reconsider(proposal, form.cleaned_data["answer"], granted=granted, by=request.user)
    messages.success(request, "You have answered. The pair has been told.")
