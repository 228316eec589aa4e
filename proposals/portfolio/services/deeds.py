"""What every deed on a proposal begins and ends with: its row, locked, and the record of what was done."""

from django.core.exceptions import PermissionDenied

from proposals.portfolio.domain.standing import ENDINGS
from proposals.portfolio.models import Proposal
from workspaces import audit, notices
from workspaces.models import Person


def locked_open(proposal: Proposal, *, or_closed: bool = False) -> Proposal:
    """The row, locked, so that two people cannot change it past each other.

    `or_closed`: also of what a committee or two leads have brought to its end.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.withdrawn_at:
        raise PermissionDenied("This proposal has been withdrawn. It is not changed any more.")
    if locked.status in ENDINGS and not or_closed:
        raise PermissionDenied("This proposal is closed. What was written stays.")
    return locked


def record(proposal: Proposal, verb: str, *, by: Person | None, **facts: object) -> None:
    """Keep what was done, and tell those who have the proposal open."""
    audit.record(by=by, verb=verb, target=f"proposal:{proposal.pk}", workspace=proposal.workspace, **facts)
    tell(proposal, verb)


def tell(proposal: Proposal, verb: str) -> None:
    """Everybody who has the proposal open looks again once this is committed."""
    notices.publish(f"proposal.{proposal.pk}", verb, proposal=proposal.pk)
