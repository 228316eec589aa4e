"""A decline looked at again: one half asks once, the chair of the committee above answers with reasons."""

from django.db import transaction
from django.utils import timezone

from proposals.comments import services as comments
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Reconsideration
from proposals.workflow.selectors.reconsiderations import ASK_WITHIN, last_day_to_ask, request_of
from proposals.workflow.selectors.withdrawals import reached
from proposals.workflow.services.handing import desk_of
from proposals.workflow.services.implementing import reasoned
from proposals.workflow.services.moving import BadInput, demand, everybody, moved, permitted, say
from workspaces import audit, notices
from workspaces.domain.news import Kind
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person, Seat

ONCE = "This has been asked for once already, and it can be asked for once only."
TOO_LATE = f"It could be asked for within {ASK_WITHIN} working days of the decline. They are over."


@transaction.atomic
def ask_again(proposal: Proposal, ground: str, text: str, *, by: Person) -> Reconsideration:
    """Ask the committee above to look at a decline, on the process or on a new fact. Once, and in time."""
    row = permitted(proposal, Ability.ASK_AGAIN, by=by)
    demand(row, Move.RECONSIDER)
    if ground not in dict(Reconsideration.GROUNDS):
        raise BadInput("ground", "Choose a ground.")
    if request_of(row):
        raise RefusedError(ONCE)
    if last_day_to_ask(row) is None:
        raise RefusedError(TOO_LATE)
    try:
        said = reasoned(text, "Write in a sentence or two what it was.")
    except BadInput as bad:
        raise BadInput("text", str(bad)) from bad
    made = Reconsideration.objects.create(proposal=row, ground=ground, text=said, by=by)
    _record(row, "ask_again", said, by=by)
    chairs = Seat.objects.filter(committee__children=row.committee_id, role=Seat.CHAIR, ended_at=None)
    headline = f"{by.name} asks you to look again at “{row.title}”, which was declined"
    people = set(chairs.values_list("person", flat=True))
    say(row, headline, by=by, to=people, text=said, kind=Kind.ASSIGNMENT)
    say(row, f"{by.name} asked the committee above to look again at “{row.title}”", by=by)
    return made


@transaction.atomic
def reconsider(proposal: Proposal, answer: str, *, granted: bool, by: Person) -> None:
    """Answer the request. A yes brings the proposal before the committee above, as it was handed in."""
    row = permitted(proposal, Ability.RECONSIDER, by=by)
    demand(row, Move.RECONSIDER)
    asked = request_of(row)
    if asked is None or asked.answered_at is not None:
        raise RefusedError("Nobody has asked for this, or it has been answered.")
    try:
        said = reasoned(answer, "Write the reason in a sentence or two.")
    except BadInput as bad:
        raise BadInput("answer", str(bad)) from bad
    asked.granted, asked.answer, asked.answered_by, asked.answered_at = granted, said, by, timezone.now()
    asked.save(update_fields=["granted", "answer", "answered_by", "answered_at"])
    below = row.committee
    if granted and below:
        target = State(reached(row), Status.IN_REVIEW)
        if below.parent:
            comments.bring_up(row, to=below.parent)
        row.committee = below.parent
        moved(row, Move.RECONSIDER, target, by=by, reason=said)
    else:
        _record(row, "stand_by", said, by=by)
    desk = set(desk_of(below).values_list("person", flat=True)) if below else set()
    outcome = "lets the committee above look again at" if granted else "lets the decline stand of"
    headline = f"{by.name} {outcome} “{row.title}”"
    say(row, headline, by=by, to=everybody(row) | desk, text=said, kind=Kind.DECISION)


def _record(proposal: Proposal, verb: str, reason: str, *, by: Person) -> None:
    target = f"proposal:{proposal.pk}"
    audit.record(by=by, verb=verb, target=target, workspace=proposal.workspace, reason=reason)
    notices.publish(f"proposal.{proposal.pk}", verb, proposal=proposal.pk)
