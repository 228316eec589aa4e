"""Proposing a pair, answering for one's own half, and ending it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from workspaces import audit, notices, selectors
from workspaces.domain import pairing
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Deputy, Membership, Pair, Person, Workspace


@transaction.atomic
def pair_up(workspace: Workspace, clinician: Membership, manager: Membership, *, by: Person) -> Pair:
    """Offer a pair. Whoever of the two proposes it has accepted for themselves, and for nobody else."""
    if selectors.membership_of(by, workspace) is None:
        raise PermissionDenied("Only members of this workspace can propose a pair in it.")
    reason = pairing.why_not_pair(selectors.as_member(clinician), selectors.as_member(manager))
    if not reason and clinician.workspace_id != workspace.pk:
        reason = "A pair is made of members of this workspace."
    if reason:
        raise RefusedError(reason)
    pair = Pair(workspace=workspace, clinician=clinician, manager=manager, proposed_by=by)
    if own := selectors.as_halves(pair).side_of(by.pk):
        _mark_accepted(pair, own)
    pair.save()
    _record(pair, by=by, verb="propose_pair", clinician=clinician.pk, manager=manager.pk)
    return pair


@transaction.atomic
def accept_pair(pair: Pair, *, by: Person) -> Pair:
    """Accept one's own half; accepting twice changes nothing."""
    pair = selectors.locked_pair(pair)
    halves = selectors.as_halves(pair)
    own = halves.side_of(by.pk)
    if reason := pairing.why_not_accept(halves, by.pk):
        raise RefusedError(reason) if own else PermissionDenied(reason)
    if own and own not in halves.accepted:
        _mark_accepted(pair, own)
        pair.save(update_fields=[f"{own.value}_accepted_at"])
        _record(pair, by=by, verb="accept_pair", side=own.value)
    return pair


@transaction.atomic
def decline_pair(pair: Pair, reason: str, *, by: Person) -> Pair:
    """Say no to a pair that does not stand yet, and why, so that the other half is not left guessing."""
    pair = selectors.locked_pair(pair)
    halves = selectors.as_halves(pair)
    if obstacle := pairing.why_not_decline(halves, by.pk):
        raise RefusedError(obstacle) if halves.side_of(by.pk) else PermissionDenied(obstacle)
    if not reason.strip():
        raise RefusedError("Say in a sentence why you decline, so that your colleague knows.")
    _end(pair, by=by, verb="decline_pair", reason=reason.strip())
    return pair


@transaction.atomic
def end_pair(pair: Pair, *, by: Person, reason: str = "") -> Pair:
    """Leave a pair; writing stops for both until a new pair stands. Ending twice changes nothing."""
    pair = selectors.locked_pair(pair)
    if obstacle := pairing.why_not_end(selectors.as_halves(pair), by.pk):
        raise PermissionDenied(obstacle)
    if pair.ended_at is None:
        _end(pair, by=by, verb="end_pair", reason=reason.strip())
    return pair


def end_with_membership(pair: Pair, *, by: Person) -> None:
    """A pair cannot outlive the membership of either half. Called inside that deed's atomic block."""
    _end(pair, by=by, verb="end_pair", reason="A membership ended.")


def lapse_pair(pair: Pair) -> None:
    """Nobody answered in time. Called inside the atomic block of whoever has looked at the day."""
    _end(pair, by=None, verb="lapse_pair", reason="")


def _mark_accepted(pair: Pair, side: Side) -> None:
    setattr(pair, f"{side.value}_accepted_at", timezone.now())


def _end(pair: Pair, *, by: Person | None, verb: str, reason: str) -> None:
    pair.ended_at = timezone.now()
    pair.save(update_fields=["ended_at"])
    _record(pair, by=by, verb=verb, reason=reason)
    for deputy in Deputy.objects.filter(pair=pair, ended_at=None).select_related("membership"):
        deputy.ended_at = pair.ended_at
        deputy.save(update_fields=["ended_at"])
        notices.publish(f"person.{deputy.membership.person_id}", "pair", pair=pair.pk)


def _record(pair: Pair, *, by: Person | None, verb: str, **facts: object) -> None:
    """Write it down and tell both halves."""
    audit.record(by=by, verb=verb, target=f"pair:{pair.pk}", workspace=pair.workspace, **facts)
    for side in PAIR_SIDES:
        half: Membership = getattr(pair, side.value)
        notices.publish(f"person.{half.person_id}", "pair", pair=pair.pk)
