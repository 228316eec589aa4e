"""What committees do: record a decision on a frozen version, and say that a condition is met."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from proposals.editing.models import FrozenVersion
from proposals.portfolio.models import Proposal
from proposals.portfolio.selectors import supporters_of
from proposals.review.domain.decisions import Item, Said, faults, why_not_decide, why_not_discharge
from proposals.review.models import Condition, Decision
from proposals.review.selectors import limits_of, table_of
from workspaces import audit, notices
from workspaces.domain.news import Kind as NewsKind
from workspaces.domain.news import Piece
from workspaces.domain.refusals import RefusedError
from workspaces.models import Committee, Person
from workspaces.selectors import deputies_of, open_seats
from workspaces.services import tell


@transaction.atomic
def record_decision(
    proposal: Proposal, version: FrozenVersion, said: Said, *, by: Person, signed: Collection[int] = ()
) -> Decision:
    """Write down what the committee decided. `signed`: who signed for the proposal, and so decides nothing.

    Moving the proposal is for `workflow`, which calls this in its atomic block with the proposal locked.
    """
    committee = _committee_of(proposal, version)
    table = table_of(proposal, committee, by, signed=signed)
    if not table.person.seat:
        raise PermissionDenied("Only people who sit on this committee decide on what is submitted to it.")
    if reason := why_not_decide(table.chair, table.person):
        raise RefusedError(reason)
    if found := faults(said, item_of(proposal, committee)):
        raise RefusedError(" ".join(fault.sentence for fault in found))
    decision = Decision.objects.create(
        proposal=proposal,
        version=version,
        committee=committee,
        stage=version.document.stage,
        kind=said.kind.value,
        reasons=said.reasons.strip(),
        chaired_by=table.chaired_by or by,
        recorded_by=by,
        permissions=sorted(each.value for each in said.permissions),
        outcome=said.outcome.value if said.outcome else "",
        review_on=said.review_on,
        changes=[change.strip() for change in said.changes if change.strip()],
        awaited=said.awaited.strip(),
        awaited_on=said.awaited_on,
        limit_check=_limit_check(said, committee),
    )
    _set_conditions(decision, said)
    _told(decision, by=by)
    return decision


def _set_conditions(decision: Decision, said: Said) -> None:
    for number, term in enumerate(said.conditions, start=1):
        if term.owner is not None and term.due is not None:  # the rules have asked for both
            Condition.objects.create(
                decision=decision,
                number=number,
                text=term.text.strip(),
                owner_id=term.owner,
                due=term.due,
                before_start=term.before_start,
            )


def item_of(proposal: Proposal, committee: Committee) -> Item:
    """What the rules know of the thing that is decided."""
    return Item(
        stage=proposal.stage,
        today=timezone.localdate(),
        limits=limits_of(committee),
        has_parent=committee.parent_id is not None,
    )


@transaction.atomic
def discharge(condition: Condition, evidence: str, *, by: Person) -> Condition:
    """Say that a condition is met, and by what one sees it."""
    condition = (
        Condition.objects.select_for_update(of=("self",))
        .select_related("decision__proposal__workspace", "decision__committee", "owner")
        .get(pk=condition.pk)
    )
    decision = condition.decision
    person = table_of(decision.proposal, decision.committee, by).person
    if reason := why_not_discharge(person, evidence, met=condition.discharged_at is not None):
        raise PermissionDenied(reason) if not person.seat else RefusedError(reason)
    condition.evidence = evidence.strip()
    condition.discharged_by, condition.discharged_at = by, timezone.now()
    condition.save(update_fields=["evidence", "discharged_by", "discharged_at"])
    audit.record(
        by=by,
        verb="discharge",
        target=f"proposal:{decision.proposal_id}",
        workspace=decision.proposal.workspace,
        decision=decision.pk,
        condition=condition.number,
    )
    notices.publish(f"proposal.{decision.proposal_id}", "condition", proposal=decision.proposal_id)
    return condition


def _committee_of(proposal: Proposal, version: FrozenVersion) -> Committee:
    if proposal.committee is None:
        raise RefusedError("This proposal has not been submitted to a committee.")
    if version.document.proposal_id != proposal.pk or version.document.stage != proposal.stage:
        raise RefusedError("A decision stands on a version of this proposal at the stage it is at.")
    if not version.closes:
        raise RefusedError("A decision stands on the version that was submitted, not on one kept on the way.")
    return proposal.committee


def _limit_check(said: Said, committee: Committee) -> dict[str, object]:
    limits = limits_of(committee)
    worth = said.worth
    return {
        "revenue_limit": limits.revenue,
        "capital_limit": limits.capital,
        "revenue": worth.revenue if worth else None,
        "capital": worth.capital if worth else None,
        "within": limits.allow(worth) if worth else None,
    }


def _told(decision: Decision, *, by: Person) -> None:
    proposal = decision.proposal
    audit.record(
        by=by,
        verb="decide",
        target=f"proposal:{proposal.pk}",
        workspace=proposal.workspace,
        decision=decision.pk,
        kind=decision.kind,
        committee=decision.committee.name,
        stage=decision.stage,
        sha256=decision.version.sha256,
    )
    halves = {proposal.pair.clinician.person_id, proposal.pair.manager.person_id}
    deputies = set(deputies_of(proposal.pair).values_list("membership__person", flat=True))
    beside = {each.membership.person_id for each in supporters_of(proposal)}
    owners = {each.owner_id for each in decision.conditions.all()}
    seats = {seat.person_id for seat in open_seats(decision.committee)}
    piece = Piece(
        kind=NewsKind.DECISION,
        headline=f"{decision.committee.name}: {decision.heading.lower()}, {proposal.title}",
        text=decision.reasons,
        url=reverse("proposal", args=[proposal.reference]),
        proposal=proposal.pk,
        target=f"decision:{decision.pk}",
    )
    tell(halves | deputies | beside | owners | seats, piece, by=by)
    notices.publish(f"proposal.{proposal.pk}", "decision", proposal=proposal.pk)
