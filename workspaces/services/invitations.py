"""Inviting people, taking an invitation back, and becoming a member by one."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from workspaces import audit, notices, post, selectors
from workspaces.domain.invitations import LIFETIME, Fate, same_address, why_closed
from workspaces.domain.news import Kind, Piece
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Invitation, Membership, Person, Workspace
from workspaces.services.news import tell


@transaction.atomic
def invite(
    workspace: Workspace, email: str, side: Side, *, by: Person, origin: str | None = None
) -> Invitation:
    """Offer membership to an address; with `origin` ("https://host"), an email leaves after the commit."""
    _only_an_administrator(workspace, by)
    # The row lock makes two administrators who invite the same address take turns.
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    email = email.strip().lower()
    _clear_the_way(workspace, email, by=by)
    invitation = Invitation.objects.create(
        workspace=workspace,
        email=email,
        side=side.value,
        token=secrets.token_urlsafe(32),
        invited_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    audit.record(
        by=by,
        verb="invite",
        target=f"invitation:{invitation.pk}",
        workspace=workspace,
        email=email,
        side=side.value,
    )
    if origin is not None:
        _write(invitation, origin)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Person) -> Invitation:
    """Take an invitation back; its link says so from then on."""
    _only_an_administrator(invitation.workspace, by)
    invitation = Invitation.objects.select_for_update().select_related("workspace").get(pk=invitation.pk)
    if invitation.accepted_at:
        raise RefusedError("This invitation has already been used. You can end the membership instead.")
    if invitation.revoked_at is None:
        _revoke(invitation, by=by)
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, by: Person, title: str = "") -> Membership:
    """Become a member. The invitation must have been sent to the person's own address."""
    invitation = _locked(token)
    if invitation.accepted_by_id == by.pk and (
        membership := selectors.membership_of(by, invitation.workspace)
    ):
        return membership
    if reason := why_closed(selectors.fate_of(invitation), inviter=invitation.invited_by.name):
        raise RefusedError(reason)
    if not same_address(invitation.email, by.email):
        raise PermissionDenied(
            f"This invitation was sent to {invitation.email}, and you are signed in as {by.email}. "
            "Sign out, then open the link again."
        )
    return _join(invitation, by=by, title=title)


@transaction.atomic
def join_by_invitation(token: str, *, name: str, password: str, title: str = "") -> Membership:
    """Make an account for the invited address, and make it a member."""
    invitation = _locked(token)
    if reason := why_closed(selectors.fate_of(invitation), inviter=invitation.invited_by.name):
        raise RefusedError(reason)
    if selectors.person_with(invitation.email):
        raise RefusedError("There is already an account with this email address. Sign in to accept.")
    person = Person.objects.create_user(invitation.email, password, name=name)
    audit.record(by=person, verb="open_account", target=f"person:{person.pk}", workspace=invitation.workspace)
    return _join(invitation, by=person, title=title)


def _only_an_administrator(workspace: Workspace, by: Person) -> None:
    membership = selectors.membership_of(by, workspace)
    if membership is None or not membership.is_admin:
        raise PermissionDenied("Only people who look after this workspace can invite others to it.")


def _clear_the_way(workspace: Workspace, email: str, *, by: Person) -> None:
    """One open membership and one waiting invitation for each address; an expired one makes room."""
    member = selectors.colleagues(workspace).filter(person__email__iexact=email).first()
    if member:
        raise RefusedError(f"{member.person.name} is already a member of {workspace.name}.")
    for earlier in selectors.open_invitations(workspace).filter(email__iexact=email):
        if selectors.fate_of(earlier) is Fate.WAITING:
            raise RefusedError(
                f"An invitation to {email} is already waiting. Take it back first to send a new one."
            )
        _revoke(earlier, by=by)


def _revoke(invitation: Invitation, *, by: Person) -> None:
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit.record(
        by=by,
        verb="revoke_invitation",
        target=f"invitation:{invitation.pk}",
        workspace=invitation.workspace,
    )


def _locked(token: str) -> Invitation:
    """The invitation, locked so that two tabs cannot both use it."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("workspace", "invited_by")
        .filter(token=token)
        .first()
    )
    if invitation is None:
        raise RefusedError("There is no such invitation. Ask the person who invited you to send a new one.")
    return invitation


def _join(invitation: Invitation, *, by: Person, title: str) -> Membership:
    workspace = invitation.workspace
    membership = selectors.membership_of(by, workspace) or Membership.objects.create(
        workspace=workspace, person=by, side=invitation.side, title=title.strip()
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(
        by=by,
        verb="accept_invitation",
        target=f"invitation:{invitation.pk}",
        workspace=workspace,
        membership=membership.pk,
    )
    notices.publish(f"person.{invitation.invited_by_id}", "membership", workspace=workspace.pk)
    url = reverse("workspace", args=[workspace.slug])
    piece = Piece(Kind.PAIR, f"{by.name} has joined {workspace.name}", url, workspace=workspace.pk)
    tell([invitation.invited_by_id], piece, by=by)
    return membership


def _write(invitation: Invitation, origin: str) -> None:
    facts = {"invitation": invitation, "link": origin + reverse("invitation", args=[invitation.token])}
    post.write(
        to=invitation.email,
        subject=f"{invitation.invited_by.name} invites you to {invitation.workspace.name}",
        text=render_to_string("workspaces/invitation_email.txt", facts),
    )
