"""Reads about people: which workspaces are mine, who is in them, who waits to come in."""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.utils import timezone

from workspaces.domain.invitations import Fate, Offer
from workspaces.domain.memberships import Departure
from workspaces.domain.pairing import PAIR_SIDES, Halves, Member, Side
from workspaces.models import (
    AuditEntry,
    Committee,
    Deputy,
    Invitation,
    Membership,
    Pair,
    Person,
    Seat,
    Workspace,
)


def workspaces_for(person: Person) -> QuerySet[Workspace]:
    """The workspaces in which the person has an open membership."""
    return (
        Workspace.objects.filter(memberships__person=person, memberships__ended_at=None)
        .select_related("organisation")
        .order_by("name")
    )


def workspace_for(person: Person, slug: str) -> Workspace:
    """The workspace, or 404: strangers do not learn that it exists."""
    workspace = workspaces_for(person).filter(slug=slug).first()
    if workspace is None:
        raise Http404
    return workspace


def membership_of(person: Person, workspace: Workspace) -> Membership | None:
    """The person's open membership of the workspace, if there is one."""
    return (
        Membership.objects.select_related("person", "workspace")
        .filter(person=person, workspace=workspace, ended_at=None)
        .first()
    )


def colleagues(workspace: Workspace, *, side: Side | None = None) -> QuerySet[Membership]:
    """Open memberships by name; with `side`, of that side only."""
    members = Membership.objects.select_related("person").filter(workspace=workspace, ended_at=None)
    if side is not None:
        members = members.filter(side=side.value)
    return members.order_by("person__name", "pk")


def membership_for(person: Person, slug: str, membership_id: int) -> Membership:
    """An open membership of one of the person's workspaces, or 404."""
    membership = colleagues(workspace_for(person, slug)).filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    return membership


def membership_with(membership_id: int) -> Membership:
    """One membership, open or ended, with what its rules need."""
    return Membership.objects.select_related("person", "workspace").get(pk=membership_id)


def departure_of(membership: Membership, person: Person) -> Departure:
    """What the rules need to know when `person` wants to end that membership."""
    place = membership_of(person, membership.workspace)
    others = colleagues(membership.workspace).filter(is_admin=True).exclude(pk=membership.pk)
    return Departure(
        own=membership.person_id == person.pk,
        by_administrator=place is not None and place.is_admin,
        last_administrator=membership.is_admin and not others.exists(),
    )


def person_with(email: str) -> Person | None:
    """Whoever signs in with this address."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def open_invitations(workspace: Workspace) -> QuerySet[Invitation]:
    """Invitations nobody has used or taken back; expired ones are shown so that they can be sent again."""
    return (
        Invitation.objects.filter(workspace=workspace, accepted_at=None, revoked_at=None)
        .select_related("invited_by")
        .order_by("-created_at", "-pk")
    )


def invitation_for(person: Person, slug: str, invitation_id: int) -> Invitation:
    """An unanswered invitation to one of the person's workspaces, or 404."""
    waiting = open_invitations(workspace_for(person, slug)).select_related("workspace")
    invitation = waiting.filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    return invitation


def invitation_at(token: str) -> Invitation:
    """The invitation behind a link, whatever has become of it, or 404."""
    invitation = (
        Invitation.objects.select_related("workspace__organisation", "invited_by", "accepted_by")
        .filter(token=token)
        .first()
    )
    if invitation is None:
        raise Http404
    return invitation


def fate_of(invitation: Invitation) -> Fate:
    """What has become of the invitation by now."""
    offer = Offer(invitation.expires_at, invitation.accepted_at, invitation.revoked_at)
    return offer.fate(timezone.now())


def pairs_of(membership: Membership) -> QuerySet[Pair]:
    """Pairs that have not ended and of which this membership is a half."""
    return Pair.objects.select_related("clinician__person", "manager__person").filter(
        Q(clinician=membership) | Q(manager=membership), ended_at=None
    )


def deputies_of(pair: Pair, *, on: date | None = None) -> QuerySet[Deputy]:
    """Deputies of a pair whose time is not over on that day (today if not given), soonest first."""
    day = on or timezone.localdate()
    return (
        Deputy.objects.select_related("membership__person")
        .filter(pair=pair, ended_at=None, ends_on__gte=day, membership__ended_at=None)
        .order_by("starts_on", "pk")
    )


def standing_in(membership: Membership, *, on: date | None = None) -> QuerySet[Deputy]:
    """What the member stands in for on that day (today if not given)."""
    day = on or timezone.localdate()
    return Deputy.objects.select_related("pair").filter(
        membership=membership, ended_at=None, starts_on__lte=day, ends_on__gte=day, pair__ended_at=None
    )


def as_member(membership: Membership) -> Member:
    """The membership as the rules see it."""
    return Member(
        person=membership.person_id,
        name=membership.person.name,
        workspace=membership.workspace_id,
        side=Side(membership.side),
        is_open=membership.ended_at is None,
    )


def as_halves(pair: Pair) -> Halves:
    """The pair as the rules see it."""
    return Halves(
        clinician=as_member(pair.clinician),
        manager=as_member(pair.manager),
        accepted=frozenset(side for side in PAIR_SIDES if getattr(pair, f"{side.value}_accepted_at")),
        ended=pair.ended_at is not None,
    )


def locked_pair(pair: Pair) -> Pair:
    """The pair as it is now, its row locked until the atomic block ends."""
    return (
        Pair.objects.select_for_update(of=("self",))
        .select_related("workspace", "clinician__person", "manager__person")
        .get(pk=pair.pk)
    )


def ending_of(pair: Pair) -> AuditEntry | None:
    """Who ended or declined the pair, and the reason they gave (`facts["reason"]`)."""
    deeds = AuditEntry.objects.filter(target=f"pair:{pair.pk}", verb__in=["decline_pair", "end_pair"])
    return deeds.select_related("by").order_by("-at", "-pk").first()


# -- committees ------------------------------------------------------------------------------------
def looks_after(person: Person, organisation_id: int) -> bool:
    """Whether the person gives seats there: they look after a workspace of it, or after coprod itself."""
    if not person.is_active:
        return False
    mine = Membership.objects.filter(
        person=person, workspace__organisation=organisation_id, is_admin=True, ended_at=None
    )
    return person.is_staff or mine.exists()


def open_seats(committee: Committee) -> QuerySet[Seat]:
    """Who sits on a committee: the chair, then secretaries, then members, by name."""
    order = Case(When(role=Seat.CHAIR, then=0), When(role=Seat.SECRETARY, then=1), default=2)
    seats = Seat.objects.filter(committee=committee, ended_at=None, person__is_active=True)
    return seats.select_related("person").order_by(order, "person__name", "pk")


def seat_of(person: Person, committee: Committee) -> Seat | None:
    """The person's open seat there, if they have one."""
    return open_seats(committee).filter(person=person).first()


def committees_for(person: Person) -> QuerySet[Committee]:
    """The committees on which the person sits, and those whose seats they give."""
    seats = Seat.objects.filter(
        committee=OuterRef("pk"), person=person, person__is_active=True, ended_at=None
    )
    kept = Membership.objects.filter(
        workspace__organisation=OuterRef("organisation"), person=person, is_admin=True, ended_at=None
    )
    keeps = Exists(seats) | Exists(kept)
    found = Committee.objects.all() if person.is_staff else Committee.objects.filter(keeps)
    return found.select_related("organisation", "parent").order_by("name", "pk")


def committee_for(person: Person, slug: str) -> Committee:
    """The committee, or 404 for whoever neither sits on it nor gives its seats."""
    committee = committees_for(person).filter(slug=slug).first()
    if committee is None:
        raise Http404
    return committee


def people_of(organisation_id: int) -> QuerySet[Person]:
    """Everybody with an open membership in the organisation, by name."""
    return (
        Person.objects.filter(
            is_active=True, memberships__workspace__organisation=organisation_id, memberships__ended_at=None
        )
        .distinct()
        .order_by("name", "pk")
    )
