"""Reads for starting a proposal, for who is part of it, for its route, and for templates."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from proposals.portfolio.domain.routes import Level, Limit
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import DelegationLimit, Proposal, Supporter, Template, Triage
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.models import Membership, Organisation, Person, Seat
from workspaces.selectors import colleagues

OTHER_HALF = {Side.CLINICIAN: Side.MANAGER, Side.MANAGER: Side.CLINICIAN}


def places_of(person: Person) -> QuerySet[Membership]:
    """Where the person is a member today."""
    return (
        Membership.objects.select_related("workspace")
        .filter(person=person, ended_at=None)
        .order_by("workspace__name")
    )


def can_be_half(places: Sequence[Membership]) -> list[Membership]:
    """The memberships with which somebody can be one half of a pair."""
    return [place for place in places if place.side in PAIR_SIDES]


def counterparts(places: Sequence[Membership]) -> QuerySet[Membership]:
    """Colleagues of the opposite side, in each workspace where the person can be half of a pair."""
    wanted = Q(pk=None)
    for place in can_be_half(places):
        wanted |= Q(workspace=place.workspace_id, side=OTHER_HALF[Side(place.side)].value)
    return (
        Membership.objects.select_related("person", "workspace")
        .filter(wanted, ended_at=None, person__is_active=True)
        .order_by("person__name", "pk")
    )


def authors_in(place: Membership) -> QuerySet[Membership]:
    """The clinicians and managers of a workspace, whom somebody with an idea can ask."""
    return colleagues(place.workspace).filter(side__in=[side.value for side in PAIR_SIDES])


def stand_ins(proposal: Proposal, side: Side) -> QuerySet[Membership]:
    """Who could be deputy for one half: members of the same side who are not the half."""
    halves = [proposal.pair.clinician_id, proposal.pair.manager_id]
    return colleagues(proposal.workspace, side=side).exclude(pk__in=halves)


def bystanders(proposal: Proposal) -> QuerySet[Membership]:
    """Members who could stand beside the pair."""
    halves = [proposal.pair.clinician_id, proposal.pair.manager_id]
    return colleagues(proposal.workspace).exclude(pk__in=halves)


def supporters_of(proposal: Proposal) -> QuerySet[Supporter]:
    """Patient partners, then coaches, then readers, by name; people who have left are not shown."""
    places = [When(role=role.value, then=Value(place)) for place, role in enumerate(Role)]
    return (
        Supporter.objects.select_related("membership__person", "proposal")
        .filter(proposal=proposal, membership__ended_at=None)
        .order_by(Case(*places, output_field=IntegerField()), "membership__person__name")
    )


def newest_triage(proposal: Proposal) -> Triage | None:
    """What decided the route the proposal is on."""
    return Triage.objects.filter(proposal=proposal).select_related("by").order_by("-pk").first()


def newest_answers(proposal: Proposal) -> Triage | None:
    """The pair's last answers to the six questions."""
    answered = Triage.objects.filter(proposal=proposal).exclude(answers={})
    return answered.select_related("by").order_by("-pk").first()


def limits_of(organisation: Organisation, on: date) -> dict[Level, Limit]:
    """Up to what each level decides on that day: by the organisation's own rows, else by everybody's."""
    mine = Q(organisation=organisation) | Q(organisation=None)
    rows = DelegationLimit.objects.filter(mine, valid_from__lte=on)
    # Later rows win: everybody's before one's own, older before newer.
    told = sorted(rows, key=lambda row: (row.organisation_id is not None, row.valid_from))
    found = {Level(row.level): Limit(Level(row.level), row.revenue, row.capital, row.source) for row in told}
    return {level: found[level] for level in Level if level in found}


def may_change_route(person: Person, proposal: Proposal) -> bool:
    """A secretary of the committee that has the proposal, or before that of any of the organisation.

    Nobody does so for a proposal of their own.
    """
    pair = proposal.pair
    if person.pk in (pair.clinician.person_id, pair.manager.person_id):
        return False
    seats = Seat.objects.filter(person=person, role=Seat.SECRETARY, ended_at=None)
    if proposal.committee_id:
        return seats.filter(committee=proposal.committee_id).exists()
    return seats.filter(committee__organisation=proposal.workspace.organisation_id).exists()


def organisations_run_by(person: Person) -> QuerySet[Organisation]:
    """Where somebody looks after a workspace, and so after the organisation's templates."""
    places = Membership.objects.filter(person=person, is_admin=True, ended_at=None, person__is_active=True)
    return Organisation.objects.filter(workspaces__memberships__in=places).distinct().order_by("name")


def templates_of(organisation: Organisation) -> QuerySet[Template]:
    """The organisation's own templates and everybody's, newest first."""
    mine = Q(organisation=organisation) | Q(organisation=None)
    return Template.objects.filter(mine).order_by("-valid_from", "-pk")
