"""Ending a membership, and with it everything that leant on it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from workspaces import audit, notices, selectors
from workspaces.domain.refusals import RefusedError
from workspaces.models import Deputy, Membership, Person, Workspace
from workspaces.services.pairs import end_with_membership


@transaction.atomic
def end_membership(membership: Membership, *, by: Person) -> Membership:
    """Somebody leaves or is seen off; their pairs and deputyships end too, and the history stays."""
    # The workspace lock keeps the last two administrators from leaving at the same moment.
    Workspace.objects.select_for_update().get(pk=membership.workspace_id)
    membership = selectors.membership_with(membership.pk)
    departure = selectors.departure_of(membership, by)
    if reason := departure.why_not_by_them():
        raise PermissionDenied(reason)
    if membership.ended_at:
        return membership
    if reason := departure.why_not_yet():
        raise RefusedError(reason)
    for pair in selectors.pairs_of(membership):
        end_with_membership(pair, by=by)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    Deputy.objects.filter(membership=membership, ended_at=None).update(ended_at=membership.ended_at)
    audit.record(
        by=by,
        verb="end_membership",
        target=f"membership:{membership.pk}",
        workspace=membership.workspace,
    )
    notices.publish(f"person.{membership.person_id}", "membership", workspace=membership.workspace_id)
    return membership
