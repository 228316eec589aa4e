"""The one place where a proposal gets another stage or status, and the row that says so."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from proposals.portfolio.access import PAIR_PARTS, abilities_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.portfolio.selectors import supporters_of
from proposals.workflow.domain.facts import Facts
from proposals.workflow.domain.gates import GateShut, check
from proposals.workflow.domain.moves import Move, State, allowed
from proposals.workflow.models import Consent, Transition
from proposals.workflow.selectors.facts import facts_of
from proposals.workflow.selectors.leads import leads_of
from proposals.workflow.selectors.texts import Text
from workspaces import audit, notices
from workspaces.domain.news import Kind, Piece
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person
from workspaces.selectors import as_halves
from workspaces.services import tell

NOT_A_HALF = "Only the clinician and the manager of the pair can do this, each for themselves."


class BadInput(RefusedError):
    """Something that was sent cannot be used. `part` names it."""

    def __init__(self, part: str, sentence: str) -> None:
        self.part = part
        super().__init__(sentence)


class TextChanged(RefusedError):
    """The words are not those that the person saw."""


def locked(proposal: Proposal) -> Proposal:
    """The row as it is now, held until the atomic block ends."""
    rows = Proposal.objects.select_related(*PAIR_PARTS, "committee").select_for_update(of=("self",))
    return rows.get(pk=proposal.pk)


def permitted(proposal: Proposal, ability: Ability, *, by: Person) -> Proposal:
    """The same row, for whoever may do this to it."""
    row = locked(proposal)
    grant = abilities_for(by, row)[ability]
    if not grant.allowed:
        raise PermissionDenied(grant.reason)
    return row


def half_of(proposal: Proposal, person: Person) -> Side:
    """Which half this person is. Deputies write for a half, but neither confirm nor sign for it."""
    side = as_halves(proposal.pair).side_of(person.pk)
    if side is None:
        raise PermissionDenied(NOT_A_HALF)
    return side


def demand(proposal: Proposal, move: Move, text: Text | None = None) -> Facts:
    """The facts, if the gate of this move is open; else everything that is missing."""
    facts = facts_of(proposal, text)
    verdict = check(facts.stage, move, facts)
    if not verdict.open:
        raise GateShut(verdict)
    return facts


def state_of(proposal: Proposal) -> State:
    return State(Stage(proposal.stage), Status(proposal.status))


def moved(  # noqa: PLR0913 - the facts of one row
    proposal: Proposal,
    move: Move,
    target: State,
    *,
    by: Person | None,
    reason: str = "",
    sha256: str = "",
    facts: Mapping[str, object] | None = None,
) -> Transition:
    """Bring the locked proposal to another state. Whoever calls has asked the gate."""
    source = state_of(proposal)
    if not allowed(move, source, target):
        raise RefusedError(f"A proposal does not go from {source} to {target} like this.")
    made = noted(proposal, move, target, by=by, reason=reason, sha256=sha256)
    proposal.stage, proposal.status = target.stage.value, target.status.value
    proposal.save(update_fields=["stage", "status", "committee", "changed_at"])
    # What two had begun to agree on belongs to where the proposal stood.
    Consent.objects.filter(proposal=proposal, ended_at=None).update(ended_at=timezone.now())
    audit.record(
        by=by,
        verb=move.value,
        target=f"proposal:{proposal.pk}",
        workspace=proposal.workspace,
        **{"from": str(source), "to": str(target), "reason": reason, "sha256": sha256, **(facts or {})},
    )
    notices.publish(f"proposal.{proposal.pk}", "stage", proposal=proposal.pk)
    return made


def noted(
    proposal: Proposal,
    move: Move,
    target: State,
    *,
    by: Person | None,
    reason: str = "",
    sha256: str = "",
) -> Transition:
    """The row of a move, also of one that leaves stage and status as they are."""
    source = state_of(proposal)
    return Transition.objects.create(
        proposal=proposal,
        move=move.value,
        number=move.number,
        from_stage=source.stage.value,
        from_status=source.status.value,
        to_stage=target.stage.value,
        to_status=target.status.value,
        sha256=sha256,
        reason=reason,
        by=by,
    )


def once(proposal: Proposal, move: Move, sha256: str, *, by: Person | None) -> bool:
    """Ready and signed are said once of each text: was this the time?"""
    if Transition.objects.filter(proposal=proposal, move=move.value, sha256=sha256).exists():
        return False
    noted(proposal, move, state_of(proposal), by=by, sha256=sha256)
    notices.publish(f"proposal.{proposal.pk}", move.value, proposal=proposal.pk)
    return True


def say(
    proposal: Proposal,
    headline: str,
    *,
    by: Person | None,
    to: set[int] | None = None,
    text: str = "",
    kind: Kind = Kind.STAGE,
) -> None:
    """Tell the pair and who stands beside it, or the people given."""
    piece = Piece(
        kind=kind,
        headline=headline,
        text=text,
        url=reverse("proposal", args=[proposal.reference]),
        proposal=proposal.pk,
        target=f"proposal:{proposal.pk}",
    )
    tell(to if to is not None else everybody(proposal), piece, by=by)


def everybody(proposal: Proposal) -> set[int]:
    """The pair, who stands beside it, and the leads of a small test."""
    beside = {each.membership.person_id for each in supporters_of(proposal)}
    return halves(proposal) | beside | {lead.membership.person_id for lead in leads_of(proposal)}


def halves(proposal: Proposal) -> set[int]:
    both = as_halves(proposal.pair)
    return {half.person for side in PAIR_SIDES if (half := both.half(side))}
