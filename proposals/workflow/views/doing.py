"""A deed behind a form, and the page of a move: what is in the way becomes errors of the form."""

from collections.abc import Callable, Mapping

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from proposals.portfolio.access import SignedIn
from proposals.portfolio.forms.proposals import Data
from proposals.portfolio.models import Proposal
from proposals.workflow import forms, services
from proposals.workflow.domain.gates import Verdict
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors import verdict_of
from workspaces.domain.refusals import RefusedError


def done(form: Form, deed: Callable[[], object]) -> bool:
    """Do it if the form is whole; a refusal stands beside the field that it is about."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        deed()
    except services.GateShut as shut:
        refuse(form, shut.verdict)
        return False
    except services.BadInput as bad:
        form.add_error(bad.part if bad.part in form.fields else None, str(bad))
        return False
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def refuse(form: Form, verdict: Verdict) -> None:
    """Everything that the gate still wants, as errors of the form."""
    for each in verdict.missing:
        form.add_error(None, each.sentence)


PAGES = {
    Move.TEST: "workflow/test_start.html",
    Move.CONCLUDE: "workflow/conclusion.html",
    Move.GO_LIVE: "workflow/go_live.html",
    Move.PAUSE: "workflow/pause.html",
    Move.RESUME: "workflow/resumption.html",
    Move.EVALUATE: "workflow/evaluation_start.html",
}


def move_page(  # noqa: PLR0917 - one page of six that differ in these
    request: SignedIn,
    proposal: Proposal,
    move: Move,
    make: Callable[[Data], Form],
    deed: Callable[[Form], None],
    facts: Mapping[str, object],
) -> HttpResponse:
    """The form where the gate is open, else what is missing; the same sentences for whoever tries anyway."""
    data = request.POST if request.method == "POST" else None
    verdict = verdict_of(proposal, move)
    shut = verdict is not None and not verdict.open
    form = _refused(data, verdict) if shut and verdict else make(data)
    if not shut and done(form, lambda: deed(form)):
        return redirect("proposal", proposal.reference)
    shown = {"proposal": proposal, "form": form, "verdict": verdict, **facts}
    return render(request, PAGES[move], shown, status=422 if form.errors else 200)


def _refused(data: Data, verdict: Verdict) -> Form:
    form = forms.PlainForm(data)
    if form.is_bound:
        refuse(form, verdict)
    return form
