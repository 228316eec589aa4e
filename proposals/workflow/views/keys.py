"""The pair's two keys: a section to confirm, the whole to sign, and handing it in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from proposals.editing.views.document import section_pages
from proposals.portfolio.access import SignedIn, abilities_for, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Proposal
from proposals.portfolio.standing import standing_of
from proposals.workflow import selectors, services
from proposals.workflow.domain.moves import Move
from proposals.workflow.forms import PlainForm
from proposals.workflow.selectors.texts import text_of
from proposals.workflow.views.doing import done

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def confirmation(request: SignedIn, reference: str, section: str) -> HttpResponse:
    """The words of one section, what is new since my confirmation, and one button."""
    proposal = _proposal(request, reference, Ability.CONFIRM)
    text = text_of(proposal)
    states = {each.section.key: each for each in selectors.confirmations_of(proposal, text)}
    if text is None or section not in states:
        raise Http404
    form = PlainForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: services.confirm(proposal, section, form.cleaned_data["seen"], by=request.user)):
        messages.success(request, f"You have confirmed “{states[section].section.title}”.")
        return redirect("sign_off", proposal.reference)
    side = standing_of(request.user, proposal).half
    keys = {key.side: key for key in states[section].keys}
    facts = {
        "proposal": proposal,
        "form": form,
        "grant": abilities_for(request.user, proposal)[Ability.CONFIRM],
        "state": states[section],
        "mine": keys.get(side) if side else None,
        "changes": selectors.changes_since(proposal, section, side, text=text) if side else None,
        "sections": section_pages(
            [part for part in text.sections if part.key == section], text.content, proposal.route
        ),
        "seen": text.hash_of(section),
    }
    return _shown(request, "workflow/confirmation.html", facts)


@page
def sign_off(request: SignedIn, reference: str) -> HttpResponse:
    """Every section with its two keys, and my signature under the whole."""
    proposal = _proposal(request, reference, Ability.SIGN)
    text = text_of(proposal)
    if text is None:
        raise Http404
    form = PlainForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: services.sign_off(proposal, form.cleaned_data["seen"], by=request.user)):
        messages.success(request, "You have signed. It holds as long as nobody changes the text.")
        return redirect("proposal", proposal.reference)
    side = standing_of(request.user, proposal).half
    found = selectors.facts_of(proposal, text)
    facts = {
        "proposal": proposal,
        "form": form,
        "grant": abilities_for(request.user, proposal)[Ability.SIGN],
        "states": selectors.confirmations_of(proposal, text, found),
        "verdict": selectors.verdict_of(proposal, Move.SIGN, facts=found),
        "signed": [found.name(each) for each in found.signed],
        "have_signed": side in found.signed,
        "seen": text.sha256,
    }
    return _shown(request, "workflow/sign_off.html", facts)


@page
def submission(request: SignedIn, reference: str) -> HttpResponse:
    """What handing in means, what is still missing, and the button."""
    proposal = _proposal(request, reference, Ability.SUBMIT)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: services.submit(proposal, by=request.user)):
        messages.success(request, f"{proposal.reference} has been handed in. Its text is closed.")
        return redirect("proposal", proposal.reference)
    facts = {
        "proposal": proposal,
        "form": form,
        "grant": abilities_for(request.user, proposal)[Ability.SUBMIT],
        "verdict": selectors.verdict_of(proposal, Move.SUBMIT),
    }
    return _shown(request, "workflow/submission.html", facts)


def _proposal(request: SignedIn, reference: str, ability: Ability) -> Proposal:
    """Whoever may read the text sees the page; only whoever has the key can turn it."""
    return proposal_for(request.user, reference, ability if request.method == "POST" else Ability.READ)


def _shown(request: SignedIn, template: str, facts: dict[str, object]) -> HttpResponse:
    form = facts["form"]
    refused = isinstance(form, PlainForm) and bool(form.errors)
    return render(request, template, facts, status=422 if refused else 200)
