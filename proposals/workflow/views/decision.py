"""The page on which the chair's decision is recorded, on the version that was submitted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from proposals.portfolio.access import SignedIn, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Proposal
from proposals.review.forms import CONDITIONS, DecisionForm
from proposals.review.selectors import owners_for
from proposals.review.services import item_of
from proposals.workflow import services
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors import submission_of, verdict_of
from proposals.workflow.views.doing import done


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedIn, reference: str) -> HttpResponse:
    """One of seven kinds, with its reasons and whatever else the kind needs."""
    proposal = proposal_for(request.user, reference, Ability.DECIDE)
    verdict = verdict_of(proposal, Move.DECIDE)
    facts: dict[str, object] = {"proposal": proposal, "verdict": verdict}
    if proposal.committee is None or verdict is None or not verdict.open:
        return render(
            request, "workflow/decision.html", facts, status=422 if request.method == "POST" else 200
        )
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, item_of(proposal, proposal.committee), owners_for(proposal))
    if done(form, lambda: _decide(form, proposal, request)):
        return redirect("proposal", proposal.reference)
    submission = submission_of(proposal)
    rows = [
        [form[f"{part}_{nth}"] for part in ("text", "owner", "due", "before_start")]
        for nth in range(1, CONDITIONS + 1)
    ]
    plain = [form[name] for name in form.fields if not name[-1].isdigit() and name != "kind"]
    facts |= {"form": form, "rows": rows, "plain": plain, "submission": submission}
    return render(request, "workflow/decision.html", facts, status=422 if form.errors else 200)


def _decide(form: DecisionForm, proposal: Proposal, request: SignedIn) -> None:
    made = services.decide(proposal, form.said(), by=request.user)
    messages.success(request, f"Recorded: {made.heading.lower()}.")
