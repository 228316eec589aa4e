"""The change itself, as pages: it goes live, pauses, goes on, and its evaluation begins."""

from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals.portfolio.access import SignedIn, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.workflow import forms, services
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Consent
from proposals.workflow.selectors import consents_to, launch_of, newest_of
from proposals.workflow.views.doing import move_page

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def go_live(request: SignedIn, reference: str) -> HttpResponse:
    """Since when the change is live: both say the same day, each for themselves."""
    proposal = proposal_for(request.user, reference, Ability.IMPLEMENT)
    consents = consents_to(proposal, Move.GO_LIVE)
    mine = next((each for each in consents if each.by == request.user), None)
    other = next((each for each in consents if each.by != request.user), None)
    said = _days(other or mine)

    def deed(form: Form) -> None:
        given = form.cleaned_data
        made = services.go_live(proposal, given["live_on"], given["review_on"], by=request.user)
        messages.success(request, "It is live." if made else "You have said it. It waits for the other half.")

    facts = {"mine": mine, "other": other, "my_days": _days(mine), "other_days": _days(other)}
    return move_page(request, proposal, Move.GO_LIVE, lambda data: forms.LiveForm(data, said), deed, facts)


@page
def pause(request: SignedIn, reference: str) -> HttpResponse:
    """Stop at once, on one half's word."""
    proposal = proposal_for(request.user, reference, Ability.IMPLEMENT)

    def deed(form: Form) -> None:
        services.pause(proposal, form.cleaned_data["reason"], by=request.user)
        messages.success(request, "It is paused. The chair of the committee has been told.")

    return move_page(request, proposal, Move.PAUSE, forms.PauseForm, deed, {})


@page
def resumption(request: SignedIn, reference: str) -> HttpResponse:
    """The chair lets it go on."""
    proposal = proposal_for(request.user, reference, Ability.RESUME)

    def deed(form: Form) -> None:
        services.resume(proposal, form.cleaned_data["reason"], by=request.user)
        messages.success(request, "It goes on. The pair has been told.")

    facts = {"pause": newest_of(proposal, Move.PAUSE)}
    return move_page(request, proposal, Move.RESUME, forms.ResumptionForm, deed, facts)


@page
def evaluation_start(request: SignedIn, reference: str) -> HttpResponse:
    """Begin the evaluation; before the day of review it takes a reason."""
    proposal = proposal_for(request.user, reference, Ability.IMPLEMENT)
    launch = launch_of(proposal)
    early = launch is None or timezone.localdate() < launch.review_on

    def deed(form: Form) -> None:
        services.start_evaluation(proposal, form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The evaluation is open. Write it together.")

    facts = {"launch": launch, "early": early}
    return move_page(
        request, proposal, Move.EVALUATE, lambda data: forms.EvaluationForm(data, early=early), deed, facts
    )


def _days(consent: Consent | None) -> dict[str, date]:
    return {key: date.fromisoformat(day) for key, day in consent.terms.items()} if consent else {}
