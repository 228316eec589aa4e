"""Who somebody is to a proposal today: asked once for every page, every socket and every change of rights."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from proposals.portfolio.domain.abilities import STRANGER, Standing
from proposals.portfolio.domain.stages import Route
from proposals.portfolio.domain.supporters import foremost
from proposals.portfolio.models import JointLead, Proposal, Supporter
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, Pair, Person, Seat
from workspaces.prepared import Prepared


def standing_of(person: Person, proposal: Proposal) -> Standing:
    """Read who the person is to this proposal today, in one query."""
    ids = (proposal.pk, proposal.workspace_id, proposal.pair_id, proposal.committee_id)
    here = _PARTS.ask(person.pk, *ids)
    found: dict[str, Any] = dict(zip(PARTS, here[0], strict=True)) if here else {}
    seat = found.get("seat") or ""
    if found.get("place") is None:
        above = bool(found.get("above"))
        outside = Standing(side=Side.OTHER, is_member=False, seat=seat, is_above=above)
        return outside if seat or above else STRANGER
    half = halves_of(proposal.pair).get(found["place"])
    deputy_side = None if half else found["deputy_side"]
    return Standing(
        side=Side(found["side"]),
        half=Side(deputy_side) if deputy_side else half,
        is_deputy=deputy_side is not None,
        supporter="" if half else foremost(set(found["roles"].split())),
        seat=seat,
        is_lead=bool(found["leads"]),
        is_admin=bool(found["admin"]),
        is_above=bool(found["above"]),
    )


PARTS = ("place", "side", "deputy_side", "seat", "roles", "leads", "admin", "above")


def _parts_of(*ids: int, on: date) -> QuerySet[Person, Any]:
    """What a person can be to a proposal, all in one row: every page and every socket asks."""
    person, proposal, workspace, pair, committee = ids
    who = OuterRef("pk")
    places = Membership.objects.filter(workspace=workspace, person=who, ended_at=None)
    deputies = open_deputies(on).filter(pair=pair, membership__person=who)
    supports = Supporter.objects.filter(proposal=proposal, membership__person=who, membership__ended_at=None)
    seats = Seat.objects.filter(committee=committee, person=who, ended_at=None)
    above = Seat.objects.filter(committee__children=committee, person=who, role=Seat.CHAIR, ended_at=None)
    leads = open_leads().filter(proposal=proposal, membership__person=who)
    roles = [
        Case(When(Exists(supports.filter(role=role)), then=Value(f"{role} ")), default=Value(""))
        for role, _ in Supporter.ROLES
    ]
    parts = {
        "place": Subquery(places.values("pk")[:1]),
        "side": Subquery(places.values("side")[:1]),
        "deputy_side": Subquery(deputies.order_by("pk").values("side")[:1]),
        "seat": Subquery(seats.values("role")[:1]),
        "roles": Concat(*roles, output_field=CharField()),
        "leads": Exists(leads),
        "admin": Exists(places.filter(is_admin=True)),
        "above": Exists(above),
    }
    return Person.objects.filter(pk=person, is_active=True).annotate(**parts).values_list(*PARTS)


_PARTS = Prepared(_parts_of, int, int, int, int, int)


def halves_of(pair: Pair) -> dict[int, Side]:
    """Which place is which half. Whoever never came in is none once the pair is over: it was not theirs."""
    places = {
        Side.CLINICIAN: (pair.clinician_id, pair.clinician_accepted_at),
        Side.MANAGER: (pair.manager_id, pair.manager_accepted_at),
    }
    return {place: side for side, (place, came_in) in places.items() if came_in or not pair.ended_at}


def open_deputies(today: date) -> QuerySet[Deputy]:
    """Deputies who stand in on this day and are still members."""
    return Deputy.objects.filter(
        starts_on__lte=today, ends_on__gte=today, ended_at=None, membership__ended_at=None
    )


def open_leads() -> QuerySet[JointLead]:
    """The leads of small tests who are still members; on another route nobody decides so."""
    return JointLead.objects.filter(
        proposal__route=Route.TEST.value, ended_at=None, membership__ended_at=None
    )
