"""Reads for starting a proposal and for choosing who is part of it."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal, Supporter
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.models import Membership, Person
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
