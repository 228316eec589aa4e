"""What the secretary does with a submission: take it in or send it back, give it a day, send the papers."""

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
from proposals.workflow.models import Listing
from proposals.workflow.selectors import submission_of, verdict_of
from proposals.workflow.views.doing import done

PAGES = {
    Move.SCREEN: "workflow/screening.html",
    Move.SCHEDULE: "workflow/schedule.html",
    Move.SEND_PAPERS: "workflow/papers.html",
}
page = require_http_methods(["GET", "HEAD", "POST"])


@page
def screening(request: SignedIn, reference: str) -> HttpResponse:
    """Is it complete and on the right route?"""
    proposal = proposal_for(request.user, reference, Ability.SCREEN)
    form = forms.ScreeningForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: _screen(form, proposal, request)):
        return redirect("proposal", proposal.reference)
    return _shown(request, Move.SCREEN, proposal, form=form)


def _screen(form: forms.ScreeningForm, proposal: Proposal, request: SignedIn) -> None:
    if form.cleaned_data["answer"] == "accept":
        services.accept_submission(proposal, by=request.user)
        messages.success(request, "You have taken it in. Give it a day next.")
    else:
        services.send_back(proposal, form.listed(), by=request.user)
        messages.success(request, "It is back with the pair, with your list.")


@page
def schedule(request: SignedIn, reference: str) -> HttpResponse:
    """On which day the committee meets about it."""
    proposal = proposal_for(request.user, reference, Ability.SCHEDULE)
    form = forms.ScheduleForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: _schedule(form, proposal, request)):
        return redirect("proposal", proposal.reference)
    return _shown(request, Move.SCHEDULE, proposal, form=form)


def _schedule(form: forms.ScheduleForm, proposal: Proposal, request: SignedIn) -> None:
    day, consent = form.cleaned_data["meets_on"], form.cleaned_data["late_consent"]
    made = services.schedule(proposal, day, by=request.user, late_consent=consent)
    messages.success(request, f"It is on the agenda of {made.meets_on:%-d %B %Y}.")


@page
def papers(request: SignedIn, reference: str) -> HttpResponse:
    """The papers go out: from now on the committee has it before it."""
    proposal = proposal_for(request.user, reference, Ability.SCHEDULE)
    form = forms.PlainForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: services.send_papers(proposal, by=request.user)):
        messages.success(request, "The papers are out.")
        return redirect("proposal", proposal.reference)
    return _shown(request, Move.SEND_PAPERS, proposal, form=form)


def _shown(request: SignedIn, move: Move, proposal: Proposal, *, form: Form) -> HttpResponse:
    submission = submission_of(proposal)
    listing = Listing.objects.filter(submission=submission).first() if submission else None
    facts = {
        "proposal": proposal,
        "form": form,
        "submission": submission,
        "listing": listing,
        "verdict": verdict_of(proposal, move),
    }
    return render(request, PAGES[move], facts, status=422 if form.errors else 200)
