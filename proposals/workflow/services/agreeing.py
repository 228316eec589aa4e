"""Moves that take two: the first one's yes waits for the other's yes to the very same thing."""

from collections.abc import Mapping

from django.utils import timezone

from proposals.portfolio.models import Proposal
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Consent
from workspaces import audit, notices
from workspaces.models import Person


def agreed(proposal: Proposal, move: Move, terms: Mapping[str, str], *, by: Person, others: set[int]) -> bool:
    """Write down this person's yes, in place of an earlier one; true once another of `others` says the same.

    Whoever calls holds the proposal's row. Another day or other words are another thing to agree to.
    """
    mine = Consent.objects.filter(proposal=proposal, move=move.value, by=by, ended_at=None)
    if not mine.filter(terms=dict(terms)).exists():
        mine.update(ended_at=timezone.now())
        Consent.objects.create(proposal=proposal, move=move.value, terms=dict(terms), by=by)
        audit.record(
            by=by,
            verb="agree",
            target=f"proposal:{proposal.pk}",
            workspace=proposal.workspace,
            move=move.value,
            **terms,
        )
        notices.publish(f"proposal.{proposal.pk}", "consent", proposal=proposal.pk)
    waiting = Consent.objects.filter(proposal=proposal, move=move.value, ended_at=None, by__in=others)
    return waiting.filter(terms=dict(terms)).exclude(by=by).exists()


def taken_back(proposal: Proposal, move: Move, *, by: Person) -> bool:
    """End this person's own yes, if one waits: was there one? Whoever calls holds the proposal's row."""
    mine = Consent.objects.filter(proposal=proposal, move=move.value, by=by, ended_at=None)
    if not mine.update(ended_at=timezone.now()):
        return False
    audit.record(
        by=by,
        verb="take_back",
        target=f"proposal:{proposal.pk}",
        workspace=proposal.workspace,
        move=move.value,
    )
    notices.publish(f"proposal.{proposal.pk}", "consent", proposal=proposal.pk)
    return True
