"""Since when a change is live, and what the two have said about it."""

from proposals.portfolio.models import Proposal
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Consent, Launch, Transition


def consents_to(proposal: Proposal, move: Move) -> list[Consent]:
    """The word of one of the pair that waits for the other's to the same."""
    halves = [proposal.pair.clinician.person_id, proposal.pair.manager.person_id]
    found = Consent.objects.filter(proposal=proposal, move=move.value, ended_at=None, by__in=halves)
    return list(found.select_related("by"))


def launch_of(proposal: Proposal) -> Launch | None:
    """The newest start of the change; none for a test that never went live."""
    return Launch.objects.filter(proposal=proposal).first()


def newest_of(proposal: Proposal, move: Move) -> Transition | None:
    """When this move was last made, by whom and why."""
    return Transition.objects.filter(proposal=proposal, move=move.value).select_related("by").first()
