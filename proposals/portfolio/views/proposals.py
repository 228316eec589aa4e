"""Pages under a proposal: starting one, its pair and who stands beside it, and its title."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from proposals.portfolio import forms, selectors, services
from proposals.portfolio.access import SignedIn, abilities_for, proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.forms import carried_out
from proposals.portfolio.models import Proposal
from proposals.portfolio.standing import standing_of
from proposals.portfolio.views.replies import page, sent, shown
from workspaces import services as people
from workspaces.domain.deputies import Term
from workspaces.domain.pairing import Side
from workspaces.selectors import deputies_of, ending_of


@page
def proposal_new(request: SignedIn) -> HttpResponse:
    """Begin a proposal with a colleague of the other side."""
    places = list(selectors.places_of(request.user))
    halves = selectors.can_be_half(places)
    title = request.GET.get("title", "").replace("\0", "")[: forms.TITLE_LENGTH]
    form = forms.ProposalForm(sent(request), selectors.counterparts(places), title=title)
    made: list[Proposal] = []
    if carried_out(form, lambda: made.append(_propose(form, request))):
        return redirect("proposal", made[0].reference)
    facts = {
        "form": form,
        "places": places,
        "halves": halves,
        "has_colleagues": selectors.counterparts(places).exists(),
        "askable": [] if halves else [(place, selectors.authors_in(place)) for place in places],
    }
    return shown(request, "portfolio/proposal_new.html", facts)


def _propose(form: forms.ProposalForm, request: SignedIn) -> Proposal:
    colleague = form.cleaned_data["colleague"]
    made = services.propose(colleague.workspace, form.cleaned_data["title"], colleague, by=request.user)
    messages.success(
        request, f"{made.reference} has begun. {colleague.person.name} has been asked to accept."
    )
    return made


@page
def acceptance(request: SignedIn, reference: str) -> HttpResponse:
    """The invited half says yes or no."""
    needed = Ability.ACCEPT if request.method == "POST" else Ability.VIEW
    proposal = proposal_for(request.user, reference, needed)
    form = forms.AnswerForm(sent(request))
    if carried_out(form, lambda: _answer(form, proposal, request)):
        return redirect("proposal", proposal.reference)
    grant = abilities_for(request.user, proposal)[Ability.ACCEPT]
    return shown(request, "portfolio/acceptance.html", {"proposal": proposal, "form": form, "grant": grant})


def _answer(form: forms.AnswerForm, proposal: Proposal, request: SignedIn) -> None:
    if form.cleaned_data["answer"] == "accept":
        services.accept(proposal, by=request.user)
        messages.success(request, "You are both in. You can write together now.")
    else:
        services.decline(proposal, form.cleaned_data["reason"], by=request.user)
        messages.success(request, "You have declined. Your colleague can read why.")


@page
def pair(request: SignedIn, reference: str) -> HttpResponse:
    """Go on with another colleague after the pair has ended."""
    proposal = proposal_for(request.user, reference, Ability.PAIR_AGAIN)
    here = selectors.places_of(request.user).filter(workspace=proposal.workspace)
    colleagues = selectors.counterparts(list(here))
    form = forms.PairForm(sent(request), colleagues)
    if carried_out(
        form, lambda: services.pair_again(proposal, form.cleaned_data["colleague"], by=request.user)
    ):
        messages.success(request, f"{form.cleaned_data['colleague'].person.name} has been asked to accept.")
        return redirect("proposal", proposal.reference)
    facts = {"proposal": proposal, "form": form, "ending": ending_of(proposal.pair), "colleagues": colleagues}
    return shown(request, "portfolio/pair.html", facts)


@page
def deputies(request: SignedIn, reference: str) -> HttpResponse:
    """Who stands in for a half of the pair, and until when; a half appoints its own deputy here."""
    needed = Ability.APPOINT_DEPUTY if request.method == "POST" else Ability.VIEW
    proposal = proposal_for(request.user, reference, needed)
    side = standing_of(request.user, proposal).half or Side.OTHER
    form = forms.DeputyForm(sent(request), selectors.stand_ins(proposal, side))
    if carried_out(form, lambda: _appoint(form, proposal, side, by=request)):
        return redirect("deputies", proposal.reference)
    facts = {
        "proposal": proposal,
        "form": form,
        "side": side,
        "deputies": deputies_of(proposal.pair),
        "has_colleagues": selectors.stand_ins(proposal, side).exists(),
        "grant": abilities_for(request.user, proposal)[Ability.APPOINT_DEPUTY],
    }
    return shown(request, "portfolio/deputies.html", facts)


def _appoint(form: forms.DeputyForm, proposal: Proposal, side: Side, *, by: SignedIn) -> None:
    first, last = form.days()
    deputy = form.cleaned_data["deputy"]
    services.appoint_deputy(proposal, deputy, side=side, term=Term(first, last), by=by.user)
    messages.success(by, f"{deputy.person.name} stands in for you from {first:%-d %B} to {last:%-d %B %Y}.")


@require_POST
def deputy_ending(request: SignedIn, reference: str, deputy_id: int) -> HttpResponse:
    """A deputy's time ends early."""
    proposal = proposal_for(request.user, reference)
    deputy = deputies_of(proposal.pair).filter(pk=deputy_id).first()
    if deputy is None:
        raise Http404
    people.end_deputyship(deputy, by=request.user)
    messages.success(request, f"{deputy.membership.person.name} no longer stands in.")
    return redirect("deputies", proposal.reference)


@page
def supporters(request: SignedIn, reference: str) -> HttpResponse:
    """The patient partner, the coach and those who read along; either half of the pair chooses them."""
    needed = Ability.ADD_SUPPORTER if request.method == "POST" else Ability.VIEW
    proposal = proposal_for(request.user, reference, needed)
    form = forms.SupporterForm(sent(request), selectors.bystanders(proposal))
    if carried_out(form, lambda: _add(form, proposal, request)):
        return redirect("supporters", proposal.reference)
    facts = {
        "proposal": proposal,
        "form": form,
        "supporters": selectors.supporters_of(proposal),
        "has_colleagues": selectors.bystanders(proposal).exists(),
        "grant": abilities_for(request.user, proposal)[Ability.ADD_SUPPORTER],
    }
    return shown(request, "portfolio/supporters.html", facts)


def _add(form: forms.SupporterForm, proposal: Proposal, request: SignedIn) -> None:
    person, role = form.cleaned_data["person"], Role(form.cleaned_data["role"])
    services.add_supporter(proposal, person, role, by=request.user)
    messages.success(request, f"{person.person.name} is now {role.phrase}.")


@require_POST
def supporter_ending(request: SignedIn, reference: str, supporter_id: int) -> HttpResponse:
    """Somebody no longer stands beside the pair."""
    proposal = proposal_for(request.user, reference, Ability.ADD_SUPPORTER)
    supporter = selectors.supporters_of(proposal).filter(pk=supporter_id).first()
    if supporter is None:
        raise Http404
    services.remove_supporter(supporter, by=request.user)
    messages.success(
        request, f"{supporter.membership.person.name} is no longer {Role(supporter.role).phrase}."
    )
    return redirect("supporters", proposal.reference)


@page
def proposal_title(request: SignedIn, reference: str) -> HttpResponse:
    """Another title."""
    proposal = proposal_for(request.user, reference, Ability.RENAME)
    form = forms.TitleForm(sent(request), initial={"title": proposal.title})
    if carried_out(form, lambda: services.rename(proposal, form.cleaned_data["title"], by=request.user)):
        messages.success(request, "The title has been changed.")
        return redirect("proposal", proposal.reference)
    return shown(request, "portfolio/proposal_title.html", {"proposal": proposal, "form": form})
