"""Reads about people: which workspaces are mine, who is in them, who waits to come in."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Invitation, Membership, Pair, Person, Workspace


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


def open_invitations(workspace: Workspace) -> QuerySet[Invitation]:
    """Invitations nobody has used or taken back; expired ones are shown so that they can be sent again."""
    return (
        Invitation.objects.filter(workspace=workspace, accepted_at=None, revoked_at=None)
        .select_related("invited_by")
        .order_by("-created_at", "-pk")
    )


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
