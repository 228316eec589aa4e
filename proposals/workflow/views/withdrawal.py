"""The page on which a proposal is put away: one half asks, the other answers."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from proposals.portfolio.access import SignedIn, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Proposal
from proposals.workflow import forms, services
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors import consents_to, verdict_of, withdraws_alone
from proposals.workflow.views.doing import done


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: SignedIn, reference: str) -> HttpResponse:
    """Ask with a reason, take that back, or answer the other half; each says what it means before it does."""
    proposal = proposal_for(request.user, reference, Ability.WITHDRAW)
    consents = consents_to(proposal, Move.WITHDRAW)
    asked = next((each for each in consents if each.by != request.user), None)
    mine = next((each for each in consents if each.by == request.user), None)
    sent = request.POST if request.method == "POST" else None
    form: Form
    if "take_back" in request.POST:
        form = forms.PlainForm(sent)
        carried = done(form, lambda: _take_back(proposal, request))
    elif "answer" in request.POST or (asked and "reason" not in request.POST):
        form = answering = forms.WithdrawalAnswerForm(sent)
        carried = done(form, lambda: _answer(answering, proposal, request))
    else:
        form = forms.WithdrawalForm(sent)
        carried = done(form, lambda: _ask(form, proposal, request))
    if carried:
        return redirect("proposal", proposal.reference)
    facts = {
        "proposal": proposal,
        "form": form,
        "verdict": verdict_of(proposal, Move.WITHDRAW),
        "asked": asked if "answer" in form.fields else None,
        "mine": mine if not asked else None,
        "alone": withdraws_alone(proposal),
    }
    return render(request, "workflow/withdrawal.html", facts, status=422 if form.errors else 200)


def _ask(form: Form, proposal: Proposal, request: SignedIn) -> None:
    if services.withdraw(proposal, form.cleaned_data["reason"], by=request.user):
        messages.success(request, f"{proposal.reference} has been withdrawn.")
    else:
        messages.success(request, "You have asked. It waits for your colleague, and stays open until then.")


def _take_back(proposal: Proposal, request: SignedIn) -> None:
    services.keep_after_all(proposal, by=request.user)
    messages.success(request, f"{proposal.reference} stays open.")


def _answer(form: forms.WithdrawalAnswerForm, proposal: Proposal, request: SignedIn) -> None:
    if form.cleaned_data["answer"] == "agree":
        services.agree_to_withdraw(proposal, form.request(), by=request.user)
        messages.success(request, f"{proposal.reference} has been withdrawn.")
    else:
        services.keep(proposal, form.request(), form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{proposal.reference} stays open. Your colleague can read why.")
