"""Reads for committees: who may decide, what was decided, which conditions stand, what waits where."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from proposals.portfolio.access import visible_proposals
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal, Supporter
from proposals.review.domain.decisions import Decider, Limits
from proposals.review.models import Condition, Decision
from workspaces.models import AuditEntry, Committee, Deputy, Pair, Person, Seat
from workspaces.selectors import open_seats, people_of

DECIDED_LENGTH = 10
PAIR_PARTS = ("pair__clinician__person", "pair__manager__person")
SHOWN = ("proposal", "version__document", "committee", "chaired_by", "recorded_by")


@dataclass(frozen=True, slots=True)
class Desk:
    """A committee's page: what waits for whom, what was decided, and what is overdue."""

    submitted: list[Proposal]
    screened: list[Proposal]
    scheduled: list[Proposal]
    in_review: list[Proposal]
    decided: list[Decision]
    overdue: list[Condition]
    standing: list[Condition]


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at the table when something is decided: the person who acts, and whoever has the chair."""

    person: Decider
    chair: Decider | None
    chaired_by: Person | None


def parts_of(proposal: Proposal, people: Collection[int]) -> dict[int, str]:
    """What these people are to a proposal besides their seat; who was in an earlier pair still counts."""
    pairs = _pairs_of(proposal)
    parts: dict[int, str] = {}
    supporters = Supporter.objects.filter(proposal=proposal, membership__person__in=people)
    for person, role in supporters.values_list("membership__person", "role"):
        parts[person] = Role(role).phrase
    deputies = Deputy.objects.filter(pair__in=pairs, membership__person__in=people)
    parts |= dict.fromkeys(deputies.values_list("membership__person", flat=True), "a deputy of an author")
    halves = Pair.objects.filter(pk__in=pairs).values_list("clinician__person", "manager__person")
    authors = {person for both in halves for person in both} | {proposal.created_by_id}
    parts |= dict.fromkeys(authors & set(people), "an author")
    return parts


def _pairs_of(proposal: Proposal) -> set[int]:
    """The pair of today and those before it, which the record knows."""
    told = AuditEntry.objects.filter(
        target=f"proposal:{proposal.pk}", verb__in=["propose", "pair_again"]
    ).values_list("facts", flat=True)
    return {facts["pair"] for facts in told if "pair" in facts} | {proposal.pair_id}


def table_of(
    proposal: Proposal, committee: Committee, person: Person, *, signed: Collection[int] = ()
) -> Table:
    """Who has the chair, and `person` as the rules see them. `signed`: who has signed for the proposal."""
    seats = {seat.person_id: seat for seat in open_seats(committee)}
    chair = next((seat for seat in seats.values() if seat.role == Seat.CHAIR), None)
    here = {person.pk} | ({chair.person_id} if chair else set())
    parts = dict.fromkeys(here & set(signed), "one of those who signed") | parts_of(proposal, here)

    def decider(who: Person) -> Decider:
        role = seats[who.pk].role if who.pk in seats else ""
        return Decider(who.name, role, parts.get(who.pk, ""))

    return Table(decider(person), decider(chair.person) if chair else None, chair.person if chair else None)


def limits_of(committee: Committee) -> Limits:
    return Limits(revenue=committee.revenue_limit, capital=committee.capital_limit)


def decisions_of(proposal: Proposal) -> QuerySet[Decision]:
    """What was decided on a proposal, newest first."""
    return (
        Decision.objects.filter(proposal=proposal)
        .select_related(*SHOWN)
        .prefetch_related("conditions__owner", "conditions__discharged_by")
    )


def decisions_for(person: Person) -> QuerySet[Decision]:
    """What the person may read: decisions on proposals they see, and those of committees they sit on."""
    seats = Seat.objects.filter(
        committee=OuterRef("committee"), person=person, person__is_active=True, ended_at=None
    )
    seen = Q(proposal__in=visible_proposals(person).values("pk"))
    found = Decision.objects.filter(seen | Exists(seats)).select_related(*SHOWN)
    return found.prefetch_related("conditions__owner", "conditions__discharged_by")


def decision_for(person: Person, decision_id: int) -> Decision:
    """One decision, or 404 for whoever sees neither the proposal nor the committee."""
    decision = decisions_for(person).filter(pk=decision_id).first()
    if decision is None:
        raise Http404
    return decision


def condition_for(person: Person, condition_id: int) -> Condition:
    """One condition of a decision the person may read, or 404."""
    readable = decisions_for(person).values("pk").order_by()
    condition = (
        Condition.objects.select_related("decision__proposal", "decision__committee", "owner")
        .filter(pk=condition_id, decision__in=readable)
        .first()
    )
    if condition is None:
        raise Http404
    return condition


def open_conditions(proposal: Proposal, *, before_start: bool | None = None) -> QuerySet[Condition]:
    """Conditions nobody has met yet, soonest first; with `before_start`, only those of that kind."""
    found = Condition.objects.filter(decision__proposal=proposal, discharged_at=None)
    if before_start is not None:
        found = found.filter(before_start=before_start)
    return found.select_related("owner", "decision").order_by("due", "number")


def owners_for(proposal: Proposal) -> QuerySet[Person]:
    """Who can see to a condition: everybody of the organisation."""
    return people_of(proposal.workspace.organisation_id)


def desk_of(committee: Committee, *, today: date | None = None) -> Desk:
    """What lies on a committee's desk."""
    day = today or timezone.localdate()
    lying = Proposal.objects.filter(committee=committee, withdrawn_at=None).select_related(*PAIR_PARTS)
    by_status: dict[str, list[Proposal]] = {}
    for proposal in lying.order_by("changed_at", "pk"):
        by_status.setdefault(proposal.status, []).append(proposal)
    decisions = Decision.objects.filter(committee=committee).select_related(*SHOWN)
    waiting = Condition.objects.filter(decision__committee=committee, discharged_at=None)
    conditions = list(waiting.select_related("owner", "decision__proposal").order_by("due", "number"))
    return Desk(
        submitted=by_status.get(Status.SUBMITTED, []),
        screened=by_status.get(Status.SCREENED, []),
        scheduled=by_status.get(Status.SCHEDULED, []),
        in_review=by_status.get(Status.IN_REVIEW, []),
        decided=list(decisions[:DECIDED_LENGTH]),
        overdue=[each for each in conditions if each.due < day],
        standing=[each for each in conditions if each.due >= day],
    )


def overdue_conditions(committees: Iterable[Committee], *, today: date | None = None) -> QuerySet[Condition]:
    """Conditions whose day has passed: for the secretary and the chair, not for everybody."""
    day = today or timezone.localdate()
    found = Condition.objects.filter(decision__committee__in=list(committees), discharged_at=None)
    return found.filter(due__lt=day).select_related("owner", "decision__proposal")
