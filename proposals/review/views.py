"""Pages of committees: mine, one with what lies on its desk, its seats, and meeting a condition."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from proposals.portfolio.access import SignedIn
from proposals.portfolio.forms import carried_out
from proposals.review import forms, selectors, services
from proposals.review.domain.decisions import spoken
from proposals.review.models import Condition
from workspaces import selectors as people
from workspaces import services as seating
from workspaces.models import Committee, Person, Seat

page = require_http_methods(["GET", "HEAD", "POST"])
KEEPERS_SEE_SEATS = (
    "You give the seats of this committee but have none yourself. "
    "What is submitted to it is for those who sit on it."
)


@require_safe
def committees(request: SignedIn) -> HttpResponse:
    """The committees on which I sit, and those whose seats I give."""
    found = [(each, people.seat_of(request.user, each)) for each in people.committees_for(request.user)]
    return render(request, "review/committees.html", {"committees": found})


@require_safe
def committee(request: SignedIn, slug: str) -> HttpResponse:
    """What waits for the secretary, what is scheduled, what waits for a decision, what was decided."""
    found = people.committee_for(request.user, slug)
    seat = people.seat_of(request.user, found)
    if seat is None:
        raise PermissionDenied(KEEPERS_SEE_SEATS)
    facts = {
        "committee": found,
        "seat": seat,
        "seats": people.open_seats(found),
        "desk": selectors.desk_of(found),
        "limits_in_words": spoken(selectors.limits_of(found)),
        "follows_up": seat.role in (Seat.CHAIR, Seat.SECRETARY),
    }
    return render(request, "review/committee.html", facts)


@page
def seats(request: SignedIn, slug: str) -> HttpResponse:
    """Who sits on a committee; whoever looks after a workspace of the organisation gives seats here."""
    found = people.committee_for(request.user, slug)
    keeper = people.looks_after(request.user, found.organisation_id)
    if request.method == "POST" and not keeper:
        raise PermissionDenied(
            "Only people who look after a workspace of this organisation give seats on its committees."
        )
    form = forms.SeatForm(forms.sent(request.method or "", request.POST), _candidates(found, request.user))
    if carried_out(form, lambda: _seat(form, found, request)):
        return redirect("seats", slug)
    facts = {"committee": found, "seats": people.open_seats(found), "form": form, "keeper": keeper}
    return render(request, "review/seats.html", facts, status=422 if form.errors else 200)


def _candidates(committee: Committee, person: Person) -> QuerySet[Person]:
    """People of the organisation without a seat there; nobody gives one to themselves."""
    seated = people.open_seats(committee).values("person").order_by()
    return people.people_of(committee.organisation_id).exclude(pk__in=seated).exclude(pk=person.pk)


def _seat(form: forms.SeatForm, committee: Committee, request: SignedIn) -> None:
    made = seating.seat(committee, form.cleaned_data["person"], form.cleaned_data["role"], by=request.user)
    messages.success(request, f"{made.person.name} is now {made.get_role_display().lower()} of {committee}.")


@require_POST
def seat_ending(request: SignedIn, slug: str, seat_id: int) -> HttpResponse:
    """A seat ends."""
    found = people.committee_for(request.user, slug)
    seat = people.open_seats(found).filter(pk=seat_id).first()
    if seat is None:
        raise Http404
    seating.unseat(seat, by=request.user)
    messages.success(request, f"{seat.person.name} has no seat on {found} any more.")
    return redirect("committees") if seat.person_id == request.user.pk else redirect("seats", slug)


@page
def discharge(request: SignedIn, condition_id: int) -> HttpResponse:
    """Say that a condition is met, and by what one sees it."""
    condition = selectors.condition_for(request.user, condition_id)
    decision = condition.decision
    seat = people.seat_of(request.user, decision.committee)
    if seat is None or seat.role == Seat.MEMBER:
        raise PermissionDenied("The chair or the secretary of the committee says when a condition is met.")
    form = forms.EvidenceForm(forms.sent(request.method or "", request.POST))
    if carried_out(form, lambda: _discharge(form, condition, request)):
        return redirect("committee", decision.committee.slug)
    facts = {"condition": condition, "decision": decision, "form": form}
    return render(request, "review/discharge.html", facts, status=422 if form.errors else 200)


def _discharge(form: forms.EvidenceForm, condition: Condition, request: SignedIn) -> None:
    services.discharge(condition, form.cleaned_data["evidence"], by=request.user)
    messages.success(request, f"Condition {condition.number} is met.")
