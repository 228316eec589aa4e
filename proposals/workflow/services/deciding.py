"""The committee's word: recorded by review, and what it does to the proposal, in one step."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from proposals.comments import services as comments
from proposals.editing.domain.canonical import content_in
from proposals.editing.models import FrozenVersion
from proposals.portfolio import services as portfolio
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Proposal
from proposals.review import services as review
from proposals.review.domain.decisions import Said
from proposals.review.models import Decision
from proposals.workflow.domain.effects import effect
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Launch, Plan, SignOff
from proposals.workflow.selectors.launches import launch_of
from proposals.workflow.services.moving import demand, locked, moved, noted, state_of
from proposals.workflow.services.secretary import Change, checked, newest_submission, reopened
from workspaces.models import Person

PLANNED = "evaluation_plan"


@transaction.atomic
def decide(proposal: Proposal, said: Said, *, by: Person) -> Decision:
    """Record what the committee decided on the version before it, and bring the proposal where that leads."""
    row = locked(proposal)
    facts = demand(row, Move.DECIDE)
    version = newest_submission(row).version
    outcome = said.outcome.value if said.outcome else ""
    signed = SignOff.objects.filter(document=version.document).values_list("by", flat=True)
    decision = review.record_decision(row, version, said, by=by, signed=set(signed))
    permissions = [each.value for each in said.permissions]
    move, target = effect(facts.stage, said.kind.value, permissions=permissions, outcome=outcome)
    noted(row, Move.DECIDE, state_of(row), by=by, reason=said.reasons, sha256=version.sha256)
    if move is not Move.DECIDE:
        _carry_out(row, decision, (move, target), by=by)
    return decision


def _carry_out(proposal: Proposal, decision: Decision, step: tuple[Move, State], *, by: Person) -> None:
    move, target = step
    version = decision.version
    if move is Move.RETURN:
        reopened(proposal, checked(proposal, [Change(text) for text in decision.changes]), by=by)
    elif move is Move.REFER_UP:
        demand(proposal, Move.REFER_UP)
        if proposal.committee and proposal.committee.parent:
            comments.bring_up(proposal, to=proposal.committee.parent)
            proposal.committee = proposal.committee.parent
    elif proposal.stage == Stage.BUSINESS_CASE and target.stage is Stage.IMPLEMENTATION:
        lock_plan(proposal, version)
    elif decision.review_on:
        goes_on(proposal, decision.review_on)
    facts = {"outcome": decision.outcome, "review_on": str(decision.review_on or "")}
    moved(proposal, move, target, by=by, reason=decision.reasons, sha256=version.sha256, facts=facts)
    opens_text(proposal, target, by=by)


def opens_text(proposal: Proposal, target: State, *, by: Person) -> None:
    """A stage that is written gets its text."""
    if target.stage in (Stage.BUSINESS_CASE, Stage.EVALUATION):
        portfolio.open_document(proposal, target.stage, by=by)


def goes_on(proposal: Proposal, review_on: date) -> Launch:
    """The same change with another day of review; on it the evaluation is opened again."""
    before = launch_of(proposal)
    since = before.live_on if before else timezone.localdate()
    return Launch.objects.create(proposal=proposal, live_on=since, review_on=review_on)


def lock_plan(proposal: Proposal, version: FrozenVersion, reason: str = "") -> Plan:
    """Fix what was promised to be measured, and the change that is expected, as the frozen text says it."""
    content = content_in(version.canonical)
    return Plan.objects.create(
        proposal=proposal,
        version=version,
        measures=content.registers.get(PLANNED, []),
        expected={
            key: value for key, value in content.forms.get(PLANNED, {}).items() if key.startswith("expected")
        },
        reason=reason,
    )
