"""Putting a proposal away for good: one half asks with a reason, the other agrees or wants to keep it."""

from django.db import transaction
from django.utils import timezone

from proposals.editing import services as editing
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Consent
from proposals.workflow.selectors.withdrawals import withdraws_alone
from proposals.workflow.services.agreeing import agreed, taken_back
from proposals.workflow.services.handing import desk_of
from proposals.workflow.services.implementing import reasoned
from proposals.workflow.services.moving import TextChanged, demand, everybody, halves, moved, permitted, say
from workspaces import audit
from workspaces.domain.news import Kind
from workspaces.models import Person

NO_REASON = "Write the reason in a sentence or two."
OTHERWISE = "Your colleague no longer asks for this, or gives another reason. Read the page again."


@transaction.atomic
def withdraw(proposal: Proposal, reason: str, *, by: Person) -> bool:
    """Put it away, or ask the other half to. True once it is away; everything stays to be read."""
    row = permitted(proposal, Ability.WITHDRAW, by=by)
    demand(row, Move.WITHDRAW)
    said = reasoned(reason, NO_REASON)
    if withdraws_alone(row):
        _put_away(row, said, by=by)
        return True
    if agreed(row, Move.WITHDRAW, {"reason": said}, by=by, others=halves(row)):
        _put_away(row, said, by=by, together=True)
        return True
    headline = f"{by.name} wants to withdraw “{row.title}”: do you agree?"
    say(row, headline, by=by, to=halves(row), text=said, kind=Kind.ASSIGNMENT)
    return False


@transaction.atomic
def agree_to_withdraw(proposal: Proposal, seen: int, *, by: Person) -> None:
    """Say yes to what the other half asked. `seen`: the number of the request that the page showed."""
    row = permitted(proposal, Ability.WITHDRAW, by=by)
    demand(row, Move.WITHDRAW)
    asked = _asked(row, seen, by=by)
    _put_away(row, asked.terms["reason"], by=by, together=True)


@transaction.atomic
def keep(proposal: Proposal, seen: int, reason: str, *, by: Person) -> None:
    """Say no to what the other half asked, and why. Nothing moves."""
    row = permitted(proposal, Ability.WITHDRAW, by=by)
    asked = _asked(row, seen, by=by)
    said = reasoned(reason, NO_REASON)
    asked.ended_at = timezone.now()
    asked.save(update_fields=["ended_at"])
    audit.record(
        by=by,
        verb="disagree",
        target=f"proposal:{row.pk}",
        workspace=row.workspace,
        move=Move.WITHDRAW.value,
        reason=said,
    )
    say(row, f"{by.name} wants to keep “{row.title}”", by=by, to={asked.by_id}, text=said, kind=Kind.ANSWER)


@transaction.atomic
def keep_after_all(proposal: Proposal, *, by: Person) -> None:
    """Take back one's own request. Repeating it changes nothing."""
    row = permitted(proposal, Ability.WITHDRAW, by=by)
    if taken_back(row, Move.WITHDRAW, by=by):
        say(row, f"{by.name} no longer wants to withdraw “{row.title}”", by=by, to=halves(row))


def _asked(proposal: Proposal, seen: int, *, by: Person) -> Consent:
    waiting = Consent.objects.filter(proposal=proposal, move=Move.WITHDRAW.value, ended_at=None)
    found = waiting.filter(pk=seen, by__in=halves(proposal)).exclude(by=by).first()
    if found is None:
        raise TextChanged(OTHERWISE)
    return found


def _put_away(proposal: Proposal, reason: str, *, by: Person, together: bool = False) -> None:
    pair = proposal.pair
    both = f"{pair.clinician.person.name} and {pair.manager.person.name}" if together else ""
    for document in proposal.documents.all():
        editing.shut(document)
    moved(
        proposal,
        Move.WITHDRAW,
        State(Stage.CLOSED, Status.WITHDRAWN),
        by=by,
        reason=reason,
        facts={"both": both},
    )
    proposal.withdrawn_at, proposal.withdrawn_reason = timezone.now(), reason
    proposal.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    desk = set(desk_of(proposal.committee).values_list("person", flat=True)) if proposal.committee else set()
    headline = f"{both or by.name} withdrew “{proposal.title}”"
    say(proposal, headline, by=by, to=everybody(proposal) | desk, text=reason)
